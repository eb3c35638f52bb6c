"""The figures of a result, and what was asked, in words: the same in every report."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from maillage.launch.shared_jobs.outcome import Outcome, ProposedJob
from maillage.launch.shared_jobs.reports.figures import (
    capitalised,
    date,
    duration,
    hours,
    kilometres,
    listed,
    number,
    percent,
)
from maillage.launch.shared_jobs.reports.sentences import contract_band, contract_name

FINE: Final = 1000  # hours below which tenths are shown
TENTH: Final = 0.05  # hours that tenths would show as nothing


@dataclass(frozen=True, slots=True)
class Coverage:
    """Hours a week in words: covered, possible, asked, and the differences between them.

    `possible`, `to_gain` and `share` are "" when no bound was proved. `share` is of what is
    possible, `share_asked` of all that was asked. The differences are those of the figures shown.
    """

    covered: str
    possible: str
    asked: str
    to_gain: str
    beyond: str
    share: str
    share_asked: str


def coverage(outcome: Outcome) -> Coverage:
    """Return the hours covered, possible and asked, with as few decimals as tell them apart."""
    covered = outcome.mean_hours(outcome.covered_units)
    asked = outcome.mean_hours(outcome.total_units)
    bound = None if outcome.bound_units is None else outcome.mean_hours(outcome.bound_units)
    limit = covered if bound is None else bound
    told_apart = limit == covered or round(limit) > round(covered)
    decimals = 0 if covered >= FINE and told_apart else 1
    shown = [round(value, decimals) for value in (covered, limit, asked)]
    return Coverage(
        covered=hours(covered, decimals),
        possible="" if bound is None else hours(bound, decimals),
        asked=hours(asked, decimals),
        to_gain="" if bound is None else _difference(bound - covered, shown[1] - shown[0]),
        beyond=hours(shown[2] - shown[1], decimals),
        share="" if outcome.gap is None else percent(1 - outcome.gap),
        share_asked=percent(covered / asked) if asked else percent(0),
    )


def _difference(exact: float, shown: float) -> str:
    if 0 < exact < TENTH or (exact > 0 and shown < TENTH):
        return _("less than %(hours)s") % {"hours": hours(0.1)}
    return hours(shown)


def verdict(outcome: Outcome) -> str:
    """Say in a sentence or two how good the answer is."""
    if not outcome.jobs:
        return _no_job(outcome)
    figures = coverage(outcome)
    if outcome.proved_best:
        sentence = _("Proved: under these rules, no choice of jobs covers more hours.")
    elif outcome.bound_units is None:
        sentence = _("How many hours could be covered at most was not proved.")
    else:
        sentence = _(
            "Proved: under these rules, no choice of jobs covers more than %(possible)s; "
            "%(to_gain)s at most remain to be gained."
        ) % {"possible": figures.possible, "to_gain": figures.to_gain}
    return f"{sentence} {stopped(outcome)}".strip()


def _no_job(outcome: Outcome) -> str:
    if outcome.proved_best:
        sentence = _("No job is possible under these rules: that is proved.")
    else:
        sentence = _("No job was found in the time given.")
    return f"{sentence} {stopped(outcome)}".strip()


def stopped(outcome: Outcome) -> str:
    """Say that somebody stopped the search, "" when it went to its end."""
    if not outcome.stopped_early:
        return ""
    return _("The search was stopped before its end: this is the best found so far.")


def jobs_in_words(outcome: Outcome) -> str:
    """Say how many jobs there are, and how long they are on average."""
    count = len(outcome.jobs)
    if not count:
        return _("no job")
    return ngettext(
        "%(count)s job of %(hours)s a week",
        "%(count)s jobs, %(hours)s a week on average",
        count,
    ) % {
        "count": number(count, 0),
        "hours": hours(outcome.mean_hours(outcome.covered_units) / count),
    }


def needs_in_words(count: int) -> str:
    """Return a number of needs with its word."""
    return ngettext("%(count)s need", "%(count)s needs", count) % {"count": number(count, 0)}


def firms_in_words(count: int) -> str:
    """Return a number of firms with its word."""
    return ngettext("%(count)s firm", "%(count)s firms", count) % {"count": number(count, 0)}


def pairs_in_words(count: int) -> str:
    """Return a number of pairs with its word."""
    return ngettext("%(count)s pair", "%(count)s pairs", count) % {"count": number(count, 0)}


def firms_sharing(outcome: Outcome) -> int:
    """Return how many firms have a place in a job."""
    return len({need.firm_id for job in outcome.jobs for need in job.needs})


def summary(outcome: Outcome) -> list[tuple[str, str]]:
    """Return the figures and the rules as lines of a label and its value."""
    return [*_results(outcome), *settings(outcome), *_reading(outcome)]


def _results(outcome: Outcome) -> Iterator[tuple[str, str]]:
    figures = coverage(outcome)
    yield _("Hours a week in the jobs proposed"), figures.covered
    yield _("Hours a week possible at most"), figures.possible or _("not proved")
    yield _("Hours a week asked for"), figures.asked
    yield _("Share of what is possible"), figures.share or _("not proved")
    yield _("How good it is"), verdict(outcome)
    yield _("Jobs"), jobs_in_words(outcome)
    yield _("Firms with a place in a job"), number(firms_sharing(outcome), 0)
    yield _("Needs left alone"), number(len(outcome.alone), 0)
    yield _("Time spent looking"), duration(outcome.seconds)
    yield _("Date"), date(outcome.created_at)


def settings(outcome: Outcome) -> Iterator[tuple[str, str]]:
    """Yield the rules of a job, as lines of a label and its value."""
    request, survey = outcome.request, outcome.survey
    band = contract_band(request.contract, outcome.periods)
    yield (
        _("Contract"),
        _("%(name)s: %(band)s") % {"name": contract_name(request.contract), "band": band},
    )
    yield _("Distance"), _("%(limit)s at most") % {"limit": kilometres(request.max_distance_metres)}
    yield (
        _("Employers in a job"),
        _("2 to %(most)d") % {"most": request.max_employers}
        if request.max_employers > 2  # noqa: PLR2004 (a shared job has two employers at least)
        else "2",
    )
    yield _("Competitors, never in one job"), pairs_in_words(len(survey.competitors))
    yield _("Related occupations, accepted in one job"), pairs_in_words(len(survey.related))


def _reading(outcome: Outcome) -> Iterator[tuple[str, str]]:
    request, survey = outcome.request, outcome.survey
    files = (request.needs_file, request.competitors_file, request.related_file)
    yield _("Survey"), ", ".join(filter(None, files))
    yield _("Firms that answered"), number(len(outcome.firm_names), 0)
    yield _("Needs read"), number(len(survey.needs), 0)
    yield _("Rows left aside"), number(len(survey.rejected), 0)
    yield _("Time allowed"), duration(request.time_limit_seconds)
    yield _("Seed of chance"), str(request.seed)
    yield (
        _("Computed on"),
        request.executor
        or ngettext("%(count)d process", "%(count)d processes", request.workers)
        % {"count": request.workers},
    )
    for note in survey.notes:
        yield _("To know"), note


def title_of(outcome: Outcome, job: ProposedJob) -> str:
    """Return the occupations of a job, that of the largest need first."""
    names = dict.fromkeys(outcome.occupation_name(need.occupation) for need in job.needs)
    return capitalised(listed([*names]))
