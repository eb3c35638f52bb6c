"""What would serve a need that stays alone."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from django.utils.translation import gettext as _

from maillage.launch.shared_jobs.needs_file import NeedRow
from maillage.launch.shared_jobs.outcome import LoneNeed, Outcome
from maillage.launch.shared_jobs.reports.figures import (
    half_hours,
    hours,
    kilometres,
    kilometres_up,
    listed,
)
from maillage.launch.shared_jobs.reports.sentences.facts import Facts, quoted, with_place


def change(outcome: Outcome, lone: LoneNeed) -> str:
    """Say in one sentence the smallest change that would serve a need, "" when none is known."""
    if lone.change is None:
        return ""
    facts = Facts(outcome, lone.change.finding, lone.change.partners)
    return _CHANGES[lone.change.finding.code](facts, _place(facts, facts.partners))


def _place(facts: Facts, partners: Sequence[NeedRow]) -> str:
    """Say where the need would be served, as the end of a sentence."""
    names = listed([with_place(partner) for partner in partners])
    if facts.has("job_number"):
        return _("it can enter job %(job)d, with %(partners)s") % {
            "job": facts.whole("job_number"),
            "partners": names,
        }
    return _("it makes a job with %(partners)s") % {"partners": names}


def _free_job(_facts: Facts, place: str) -> str:
    return _("Nothing to change: %(place)s.") % {"place": place}


def _distance(facts: Facts, place: str) -> str:
    return _("Accept %(distance)s instead of %(limit)s: %(place)s.") % {
        "distance": kilometres_up(facts.whole("metres")),
        "limit": kilometres(facts.outcome.request.max_distance_metres),
        "place": place,
    }


def _occupation(facts: Facts, place: str) -> str:
    return _("Look for somebody who can do both %(first)s and %(second)s: %(place)s.") % {
        "first": quoted(facts.occupation("a")),
        "second": quoted(facts.occupation("b")),
        "place": place,
    }


def _competitor(facts: Facts, place: str) -> str:
    pair = sorted((facts.text("firm_a"), facts.text("firm_b")))
    if tuple(pair) in facts.outcome.survey.set_aside:
        return _("Put back what was set aside: %(place)s.") % {"place": place}
    return _(
        "Ask %(first)s and %(second)s whether they would share somebody although they compete: "
        "%(place)s."
    ) % {
        "first": facts.firm_named("firm_a"),
        "second": facts.firm_named("firm_b"),
        "place": place,
    }


def _hours_down(facts: Facts, place: str) -> str:
    return _("Ask for %(hours)s a week less %(when)s: %(place)s.") % {
        "hours": half_hours(facts.whole("half_hours")),
        "when": facts.when("periods"),
        "place": place,
    }


def _hours_up(facts: Facts, place: str) -> str:
    return _("Ask for %(hours)s a week more %(when)s: %(place)s.") % {
        "hours": half_hours(facts.whole("half_hours")),
        "when": facts.when("periods"),
        "place": place,
    }


def _employers(facts: Facts, place: str) -> str:
    return _("Accept %(count)d employers in one job: %(place)s.") % {
        "count": facts.whole("employers"),
        "place": place,
    }


_CHANGES: Final[Mapping[str, Callable[[Facts, str], str]]] = {
    "free_job": _free_job,
    "distance": _distance,
    "occupation": _occupation,
    "competitor": _competitor,
    "hours_down": _hours_down,
    "hours_up": _hours_up,
    "employers": _employers,
}


def gain(outcome: Outcome, lone: LoneNeed) -> str:
    """Say what the network would gain by the change, "" when nothing."""
    if lone.change is None or lone.change.gain_units <= 0:
        return ""
    gained = hours(outcome.mean_hours(lone.change.gain_units))
    return _("+\N{NO-BREAK SPACE}%(hours)s a week") % {"hours": gained}
