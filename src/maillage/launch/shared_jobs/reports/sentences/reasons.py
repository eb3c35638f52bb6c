"""Why a need stays alone."""

from collections.abc import Callable, Mapping
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from maillage.launch.shared_jobs.outcome import LoneNeed, Outcome
from maillage.launch.shared_jobs.reports.figures import (
    half_hours,
    kilometres,
    kilometres_beyond,
    listed,
    number,
)
from maillage.launch.shared_jobs.reports.sentences.facts import Facts, with_place


def reason(outcome: Outcome, lone: LoneNeed) -> str:
    """Say in one sentence why no job serves a need."""
    facts = Facts(outcome, lone.reason)
    if lone.reason.code == "only_competitors" and _is_set_aside(facts, lone):
        return _("The firms it could share with were set aside with it.")
    return _REASONS[lone.reason.code](facts)


def _is_set_aside(facts: Facts, lone: LoneNeed) -> bool:
    """Whether somebody chose to keep it apart from one of these firms, which may not compete."""
    own = lone.need.firm_id
    pairs = {(min(own, firm), max(own, firm)) for firm in facts.texts("firms")}
    return not pairs.isdisjoint(facts.outcome.survey.set_aside)


def _no_hours(_facts: Facts) -> str:
    return _("This need asks for no hours.")


def _peak_too_high(facts: Facts) -> str:
    if not facts.has("period"):
        return _("It asks for more hours over the year than the contract allows for a whole job.")
    return _(
        "It asks for %(hours)s a week %(when)s, and the contract allows %(limit)s at most."
    ) % {
        "hours": half_hours(facts.whole("half_hours")),
        "when": facts.when("period"),
        "limit": half_hours(facts.whole("limit")),
    }


def _no_same_occupation(_facts: Facts) -> str:
    return _("No other firm asks for this occupation, or for a related one.")


def _too_far(facts: Facts) -> str:
    nearest = facts.need("nearest_need")
    return _(
        "The nearest firm it could share with, %(firm)s, is %(distance)s away; the limit is "
        "%(limit)s."
    ) % {
        "firm": with_place(nearest),
        "distance": kilometres_beyond(facts.whole("metres")),
        "limit": kilometres(facts.outcome.request.max_distance_metres),
    }


def _only_competitors(facts: Facts) -> str:
    names = [facts.outcome.firm_names.get(firm, firm) for firm in facts.texts("firms")]
    return ngettext(
        "The only firm it could share with is a declared competitor: %(firms)s.",
        "The only firms it could share with are declared competitors: %(firms)s.",
        len(names),
    ) % {"firms": listed(names)}


def _no_fit_short(facts: Facts) -> str:
    values = {
        "partners": facts.firms_of("best_partners"),
        "hours": half_hours(facts.whole("missing_half_hours")),
        "when": facts.when("period") if facts.has("period") else _("over the year"),
    }
    if not values["partners"]:
        return (
            _("Its partners do not bring enough: %(hours)s a week are missing %(when)s.") % values
        )
    sentence = ngettext(
        "Even with its best partner (%(partners)s), %(hours)s a week are missing %(when)s.",
        "Even with its best partners (%(partners)s), %(hours)s a week are missing %(when)s.",
        len(facts.texts("best_partners")),
    )
    return sentence % values


def _no_fit_over(facts: Facts) -> str:
    return _(
        "With any partner there are too many hours: %(hours)s a week too many %(when)s even with "
        "%(partner)s, which suits it best."
    ) % {
        "hours": half_hours(facts.whole("over_half_hours")),
        "when": facts.when("period") if facts.has("period") else _("over the year"),
        "partner": facts.firm("partner"),
    }


def _free_job(_facts: Facts) -> str:
    return _("It can have a place at once: the search was too short to find it.")


def _partners_better_used(facts: Facts) -> str:
    if not facts.has("jobs"):
        return _("Every firm it could share with already has its place in another job.")
    jobs = facts.whole("jobs")
    if facts.truth("or_more"):
        return _(
            "More than %(count)s jobs could serve it, but their firms already have their place in "
            "other jobs."
        ) % {"count": number(jobs, 0)}
    return ngettext(
        "%(count)s job could serve it, but its firms already have their place in other jobs.",
        "%(count)s jobs could serve it, but their firms already have their place in other jobs.",
        jobs,
    ) % {"count": number(jobs, 0)}


_REASONS: Final[Mapping[str, Callable[[Facts], str]]] = {
    "no_hours": _no_hours,
    "peak_too_high": _peak_too_high,
    "no_same_occupation": _no_same_occupation,
    "too_far": _too_far,
    "only_competitors": _only_competitors,
    "no_fit_short": _no_fit_short,
    "no_fit_over": _no_fit_over,
    "free_job": _free_job,
    "partners_better_used": _partners_better_used,
}


def reason_in_general(code: str) -> str:
    """Say a reason of many needs, without the details of any; it follows their number."""
    return {
        "no_hours": _("they ask for no hours"),
        "peak_too_high": _("they ask for more hours than the contract allows"),
        "no_same_occupation": _("no other firm asks for the same occupation or a related one"),
        "too_far": _("the firms they could share with are too far"),
        "only_competitors": _("the only firms they could share with are competitors"),
        "no_fit_short": _("even with their best partners, hours are missing"),
        "no_fit_over": _("with any partner, there are too many hours"),
        "free_job": _("they can have a place at once, with a longer search"),
        "partners_better_used": _("the firms they could share with have their place in other jobs"),
    }[code]
