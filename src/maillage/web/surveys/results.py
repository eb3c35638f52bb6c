"""What a survey says, and the firms behind a figure."""

from uuid import UUID

from babel import dates
from django.http import Http404, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from maillage.bricks.questionnaires.definition import read, said
from maillage.bricks.questionnaires.models import Response
from maillage.foundation.audit.actions import record_reads
from maillage.launch.surveys.actions import has_ended
from maillage.launch.surveys.prospects import has_prospects, prospects_of
from maillage.launch.surveys.results import Result, results_of
from maillage.web.surveys.reading import access_survey
from maillage.web.surveys.results_file import FILE_COLUMNS, file_rows
from maillage.web.ui.acting import NetworkRequest
from maillage.web.ui.formats import language, nice_date, number, percent
from maillage.web.ui.gates import in_network
from maillage.web.ui.lists import Column, Empty, Listing, QuerySetRows
from maillage.web.ui.lists.export import exported
from maillage.web.ui.parts import Bar

ANSWERS = "answers"  # what a firm reads that somebody looked at


@require_safe
@in_network("see_results")
def results(request: NetworkRequest, survey_id: UUID) -> HttpResponseBase:
    """Show what a survey says; whoever does not run it reads what names nobody."""
    survey = access_survey(survey_id)
    runs = request.acting.can("run_surveys")
    found = results_of(survey, everything=runs)
    if (file_format := request.GET.get("export", "")) in {"csv", "xlsx"}:
        return exported(file_format, "results", FILE_COLUMNS, file_rows(found))
    context = {
        "network": request.network,
        "survey": survey,
        "runs": runs,
        "found": found,
        "ended": has_ended(survey),
        "parts": [
            _part(request, survey_id, rank, one, runs=runs)
            for rank, one in enumerate(found.shown, 1)
        ],
    }
    return render(request, "surveys/results.html", context)


def _part(
    request: NetworkRequest, survey_id: UUID, rank: int, result: Result, *, runs: bool
) -> dict[str, object]:
    """Return a result in the words of the page; its rank tells questions of one text apart."""
    listed = runs and has_prospects(result.question)
    slug = request.network.slug
    return {
        "title": f"{rank}. {said(result.question.text)}",
        "line": ngettext(
            "%(answered)s firm of %(asked)s answered",
            "%(answered)s firms of %(asked)s answered",
            result.answered,
        )
        % {"answered": number(result.answered), "asked": number(result.asked)},
        "bars": [
            Bar(cell.label, cell.count, _share(cell.count, result.answered))
            for cell in result.cells
        ],
        "hours": [
            Bar(_month(rank), half_hours / 2, number(half_hours / 2, "h"))
            for rank, half_hours in enumerate(result.hours, 1)
        ],
        "mean": "" if result.mean is None else f"{result.mean:.1f}",
        "links": [
            (
                reverse("surveys:prospects", args=[slug, survey_id, result.question.key, cell.key]),
                cell.label,
            )
            for cell in result.cells
            if listed and cell.count and cell.key
        ],
    }


def _share(count: int, of: int) -> str:
    """Return "198 of 460, 43 %"."""
    if not of:
        return number(count)
    return _("%(count)s of %(of)s, %(share)s") % {
        "count": number(count),
        "of": number(of),
        "share": percent(count / of),
    }


def _month(rank: int) -> str:
    name: str = dates.get_month_names("wide", context="stand-alone", locale=language())[rank]
    return name


def prospects_listing(slug: str) -> Listing:
    """Return the list of the firms behind a figure."""
    return Listing(
        name="prospects",
        columns=(
            Column(
                "name",
                gettext_lazy("Firm"),
                lambda row: row.organisation.name,
                sort=True,
                main=True,
                link=lambda row: reverse(
                    "directory:organisation", args=[slug, row.organisation.public_id]
                ),
            ),
            Column(
                "finished_at",
                gettext_lazy("Answered on"),
                lambda row: localdate(row.finished_at),
                sort=True,
                text=nice_date,
            ),
        ),
        default_sort="name",
        search=gettext_lazy("Search a firm"),
        caption=lambda n: (
            ngettext("%(count)s firm agrees to be called", "%(count)s firms agree to be called", n)
            % {"count": number(n)}
        ),
        empty=Empty(
            gettext_lazy("Nobody to call"),
            gettext_lazy("No firm that answered so agrees to be called about it."),
        ),
    )


@require_safe
@in_network("run_surveys")
def prospects(request: NetworkRequest, survey_id: UUID, key: str, choice: str) -> HttpResponseBase:
    """List the firms behind a figure that agreed to be called; each reads that it was looked at."""
    survey = access_survey(survey_id)
    question = read(survey.version.content).question(key)
    chosen = question.choice(choice) if question is not None else None
    if question is None or chosen is None or not has_prospects(question):
        raise Http404
    found = prospects_of(survey, question, choice)

    def rows(wanted: dict[str, str]) -> QuerySetRows[Response]:
        matching = found.responses.filter(organisation__name__icontains=wanted.get("q") or "")
        sorts = {"name": "organisation__folded_name", "finished_at": "finished_at"}
        return QuerySetRows(matching, sorts=sorts)

    page = prospects_listing(request.network.slug).read(request, rows)
    shown = page.sorted_rows.all() if page.gives_file else page.rows
    record_reads(
        reader_id=request.acting.person.public_id,
        network_id=request.network.public_id,
        organisation_ids=[row.organisation.public_id for row in shown],
        fields=[ANSWERS],
        page="surveys",
    )
    context = {
        "network": request.network,
        "survey": survey,
        "question": said(question.text),
        "answer": said(chosen.text),
        "silent": found.silent,
    }
    return page.respond("surveys/prospects.html", context)
