"""Two searches side by side."""

from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from maillage.launch.shared_jobs.keeping import outcome_in
from maillage.launch.shared_jobs.models import Composition
from maillage.launch.shared_jobs.outcome import Outcome, ProposedJob
from maillage.launch.shared_jobs.queries import compositions_of
from maillage.launch.shared_jobs.reports import summary
from maillage.launch.shared_jobs.reports.figures import hours, kilometres, number
from maillage.launch.shared_jobs.reports.sentences import contract_name
from maillage.web.ui.acting import NetworkRequest
from maillage.web.ui.formats import nice_datetime
from maillage.web.ui.gates import in_network
from maillage.web.workshop.reading import access_composition, note_reads

RECENT = 20


@dataclass(frozen=True, slots=True)
class Line:
    """One figure of both searches."""

    label: str
    first: str
    second: str


@require_safe
@in_network("compose_jobs")
def compare(request: NetworkRequest) -> HttpResponse:
    """Compare two searches: what they cover, and the jobs that only one of them has."""
    recent = [one for one in compositions_of(request.network)[:RECENT] if one.result is not None]
    chosen = [_chosen(request, name, recent, at) for name, at in (("a", 1), ("b", 0))]
    first, second = chosen
    context: dict[str, object] = {
        "network": request.network,
        "recent": [(str(one.public_id), nice_datetime(one.made_at)) for one in recent],
        "a": "" if first is None else str(first[0]),
        "b": "" if second is None else str(second[0]),
        "lines": [],
    }
    if first is not None and second is not None:
        for _id, outcome in (first, second):
            note_reads(request, outcome)
        context |= _both(first[1], second[1])
    return render(request, "workshop/compare.html", context)


def _chosen(
    request: NetworkRequest, name: str, recent: list[Composition], at: int
) -> tuple[UUID, Outcome] | None:
    """Return the search an address names, else one of the last two."""
    wanted = request.GET.get(name, "")
    if wanted:
        try:
            found = access_composition(UUID(wanted))
        except ValueError as error:
            raise Http404 from error
    elif len(recent) > at:
        found = recent[at]
    else:
        return None
    outcome = outcome_in(found)
    return None if outcome is None else (found.public_id, outcome)


def _both(first: Outcome, second: Outcome) -> dict[str, object]:
    ours, theirs = _by_needs(first), _by_needs(second)
    return {
        "lines": [
            Line(*row) for row in zip(_labels(), _figures(first), _figures(second), strict=True)
        ],
        "only_first": [_named(first, ours[key]) for key in ours if key not in theirs],
        "only_second": [_named(second, theirs[key]) for key in theirs if key not in ours],
        "common": number(len(ours.keys() & theirs.keys()), 0),
    }


def _labels() -> list[str]:
    return [
        _("Contract"),
        _("Distance at most"),
        _("Employers of one job at most"),
        _("Needs"),
        _("Jobs found"),
        _("Hours a week brought together"),
        _("Hours a week possible at most"),
        _("Needs left alone"),
    ]


def _figures(outcome: Outcome) -> list[str]:
    figures = summary.coverage(outcome)
    return [
        contract_name(outcome.request.contract),
        kilometres(outcome.request.max_distance_metres),
        number(outcome.request.max_employers, 0),
        number(len(outcome.survey.needs), 0),
        number(len(outcome.jobs), 0),
        figures.covered,
        figures.possible or _("not proved"),
        number(len(outcome.alone), 0),
    ]


def _by_needs(outcome: Outcome) -> dict[frozenset[str], ProposedJob]:
    return {frozenset(need.need_id for need in job.needs): job for job in outcome.jobs}


def _named(outcome: Outcome, job: ProposedJob) -> tuple[str, str, str]:
    firms = ", ".join(need.firm for need in job.needs)
    return summary.title_of(outcome, job), firms, hours(outcome.mean_hours(job.units))
