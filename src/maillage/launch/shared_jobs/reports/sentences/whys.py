"""Why firms can make a job together."""

from collections.abc import Callable, Mapping
from typing import Final

from django.utils.translation import gettext as _

from maillage.launch.shared_jobs.outcome import Outcome, ProposedJob
from maillage.launch.shared_jobs.reports.sentences.facts import Facts


def why(outcome: Outcome, job: ProposedJob) -> str:
    """Say in one sentence why these firms can make a job together."""
    return _WHYS[job.why.code](Facts(outcome, job.why))


def _opposite_seasons(facts: Facts) -> str:
    return _(
        "Their seasons complete each other: %(first)s needs most help %(first_peak)s, "
        "%(second)s %(second_peak)s."
    ) % {
        "first": facts.firm("first"),
        "first_peak": facts.when("first_peak"),
        "second": facts.firm("second"),
        "second_peak": facts.when("second_peak"),
    }


def _steady_shares(facts: Facts) -> str:
    return _("%(count)d needs that last all year round, each too small for a job of its own.") % {
        "count": facts.whole("employers")
    }


def _fills_the_gap(facts: Facts) -> str:
    return _("%(filler)s brings hours %(when)s, when %(main)s has few.") % {
        "filler": facts.firm("filler"),
        "when": facts.when("low"),
        "main": facts.firm("main"),
    }


def _adds_up(facts: Facts) -> str:
    return _("The hours of these %(count)d needs make up one whole job, month after month.") % {
        "count": facts.whole("employers")
    }


_WHYS: Final[Mapping[str, Callable[[Facts], str]]] = {
    "opposite_seasons": _opposite_seasons,
    "steady_shares": _steady_shares,
    "adds_up": _adds_up,
    "fills_the_gap": _fills_the_gap,
}
