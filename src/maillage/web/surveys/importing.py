"""Bringing in answers collected in a spreadsheet: the file, its columns, its rows, one button."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.bricks.questionnaires.answering import in_words
from maillage.bricks.questionnaires.definition import Definition, read, said
from maillage.foundation.audit.actions import record_reads
from maillage.foundation.organisations.models import Organisation
from maillage.launch.surveys.actions import SurveyError
from maillage.launch.surveys.answers_file.columns import fields_of
from maillage.launch.surveys.answers_file.judging import Fate, Judged, fates_of, judge
from maillage.launch.surveys.answers_file.writing import (
    apply_answers,
    choose_columns,
    receive,
    undo_answers,
)
from maillage.launch.surveys.answers_file.writing import discard as discard_file
from maillage.launch.surveys.models import AnswersImport, Survey
from maillage.web.surveys.reading import access_survey
from maillage.web.ui.acting import NetworkRequest
from maillage.web.ui.columns_form import ACCEPTED, ColumnsForm
from maillage.web.ui.formats import number
from maillage.web.ui.forms import invalid_status
from maillage.web.ui.gates import in_network
from maillage.web.ui.lists import Column, Empty, Listing, ListRows
from maillage.web.ui.parts import Figure
from maillage.web.ui.toasts import refused
from maillage.web.ui.toasts import said as told
from maillage.web.ui.uploads import on_disk

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

FORM: Final = ["GET", "HEAD", "POST"]
ANSWERS: Final = "answers"


class FileForm(forms.Form):
    """The spreadsheet of answers."""

    file = forms.FileField(
        label=gettext_lazy("Spreadsheet of answers"),
        help_text=gettext_lazy(
            "An Excel workbook (.xlsx) or a CSV file, with a line of headings and one firm per"
            " line: 5 MB and 3,000 lines at most."
        ),
        error_messages={
            "required": gettext_lazy("Choose the file to import."),
            "empty": gettext_lazy("This file is empty: there is nothing to read."),
        },
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
    )


def access_file(survey: Survey, import_id: UUID) -> AnswersImport:
    """Return a file of a survey; 404 when it has none such."""
    found = (
        AnswersImport.objects.filter(survey=survey, public_id=import_id)
        .select_related("survey__version", "survey__network")
        .first()
    )
    if found is None:
        raise Http404
    return found


@require_http_methods(FORM)
@in_network("run_surveys")
def files(request: NetworkRequest, survey_id: UUID) -> HttpResponse:
    """Receive a file; list those received before."""
    survey = access_survey(survey_id)
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    if request.method == "POST" and form.is_valid():
        file: UploadedFile[Any] = form.cleaned_data["file"]
        try:
            with on_disk(file) as path:
                source = receive(acting=request.acting, survey=survey, path=path)
        except SurveyError as error:
            form.add_error("file", str(error))
        else:
            return _to(request, source, "surveys:import-columns")
    past = survey.imports.defer("rows", "made")
    context = {"network": request.network, "survey": survey, "form": form, "past": past}
    return render(request, "surveys/imports.html", context, status=invalid_status(form))


@require_http_methods(FORM)
@in_network("run_surveys")
def columns(request: NetworkRequest, survey_id: UUID, import_id: UUID) -> HttpResponse:
    """Show what each column seems to hold; whoever knows better corrects it."""
    source = access_file(access_survey(survey_id), import_id)
    definition = read(source.survey.version.content)
    form = ColumnsForm(
        titles=source.titles,
        fields=source.fields,
        rows=source.rows,
        offered=fields_of(definition),
        data=request.POST if request.method == "POST" else None,
    )
    if request.method == "POST" and form.is_valid():
        try:
            choose_columns(acting=request.acting, source=source, fields=form.chosen)
        except SurveyError as error:
            form.add_error(None, str(error))
        else:
            return _to(request, source)
    context = {
        "title": _("Columns of the file"),
        "eyebrow": source.file_name,
        "lede": _("Correct what is not right, then look at the rows: nothing is brought in yet."),
        "form": form,
        "submit": _("Look at the rows"),
        "cancel": reverse("surveys:imports", args=[request.network.slug, survey_id]),
    }
    return render(request, "ui/form_page.html", context, status=invalid_status(form))


@require_safe
@in_network("run_surveys")
def page(request: NetworkRequest, survey_id: UUID, import_id: UUID) -> HttpResponseBase:
    """Show what becomes of each row, and the one button that goes on."""
    survey = access_survey(survey_id)
    source = access_file(survey, import_id)
    rows = judge(source)
    definition = read(survey.version.content)
    listing = _listing(definition).read(request, lambda wanted: _rows(rows, wanted))
    _note_reads(request, listing.rows)
    fates = fates_of(rows)
    context = {
        "network": request.network,
        "survey": survey,
        "source": source,
        "ready": source.state == AnswersImport.State.READY,
        "applied": source.state == AnswersImport.State.APPLIED,
        "new": fates.get(Fate.NEW, 0),
        "made": len(source.made),
        "figures": [Figure(number(count), Fate(fate).label) for fate, count in fates.items()],
    }
    return listing.respond("surveys/import.html", context)


def _rows(rows: list[Judged], wanted: dict[str, str]) -> ListRows[Judged]:
    if fate := wanted.get("fate"):
        rows = [one for one in rows if one.fate == fate]
    if text := (wanted.get("q") or "").casefold():
        rows = [one for one in rows if text in one.named.casefold()]
    return ListRows(rows, sorts={"line": lambda one: one.line, "fate": lambda one: one.fate})


class FateFilter(forms.Form):
    """Which rows are listed."""

    fate = forms.ChoiceField(
        label=gettext_lazy("What becomes of it"),
        required=False,
        choices=[("", gettext_lazy("All")), *Fate.choices],
    )


def _listing(definition: Definition) -> Listing:
    return Listing(
        name="rows",
        columns=(
            Column("line", gettext_lazy("Line"), lambda row: row.line, sort=True, numeric=True),
            Column("name", gettext_lazy("Firm"), lambda row: row.named, main=True),
            Column(
                "fate",
                gettext_lazy("What becomes of it"),
                lambda row: Fate(row.fate).label,
                sort=True,
            ),
            Column("why", gettext_lazy("Why"), lambda row: " ".join(row.reasons)),
            Column("answers", gettext_lazy("Answers"), lambda row: _answers(row, definition)),
        ),
        default_sort="line",
        filters=FateFilter,
        search=gettext_lazy("Search a firm"),
        caption=lambda n: ngettext("%(count)s row", "%(count)s rows", n) % {"count": number(n)},
        empty=Empty(gettext_lazy("No row here"), gettext_lazy("Other rows have another fate.")),
    )


def _answers(row: Judged, definition: Definition) -> str:
    told_of = (
        (question, in_words(question, row.values[question.key]))
        for question in definition.questions
        if question.key in row.values
    )
    return " · ".join(f"{said(question.text)} {words}" for question, words in told_of)


def _note_reads(request: NetworkRequest, rows: Any) -> None:
    """Write down that the answers of these firms were shown; each reads it."""
    ids = [row.organisation for row in rows if row.organisation is not None]
    firms = Organisation.objects.filter(pk__in=ids).values_list("public_id", flat=True)
    record_reads(
        reader_id=request.acting.person.public_id,
        network_id=request.network.public_id,
        organisation_ids=list(firms),
        fields=[ANSWERS],
        page="surveys",
    )


@require_POST
@in_network("run_surveys")
def apply(request: NetworkRequest, survey_id: UUID, import_id: UUID) -> HttpResponse:
    """Bring the answers in."""

    def act(source: AnswersImport) -> None:
        count = apply_answers(acting=request.acting, source=source)
        text = ngettext(
            "The answers of %(count)s firm are in.", "The answers of %(count)s firms are in.", count
        )
        undo_url = _address(request, source, "surveys:import-undo")
        told(request, text % {"count": number(count)}, undo=undo_url)

    return _acted(request, survey_id, import_id, act)


@require_POST
@in_network("run_surveys")
def undo(request: NetworkRequest, survey_id: UUID, import_id: UUID) -> HttpResponse:
    """Take the answers out again."""

    def act(source: AnswersImport) -> None:
        gone, stay = undo_answers(acting=request.acting, source=source)
        text = ngettext(
            "The answers of %(count)s firm are taken out.",
            "The answers of %(count)s firms are taken out.",
            gone,
        )
        kept = ngettext("%(count)s changed since stays.", "%(count)s changed since stay.", stay) % {
            "count": number(stay)
        }
        told(request, f"{text % {'count': number(gone)}} {kept if stay else ''}".strip())

    return _acted(request, survey_id, import_id, act)


@require_POST
@in_network("run_surveys")
def discard(request: NetworkRequest, survey_id: UUID, import_id: UUID) -> HttpResponse:
    """Forget a file that was not applied."""
    source = access_file(access_survey(survey_id), import_id)
    try:
        discard_file(acting=request.acting, source=source)
    except SurveyError as error:
        refused(request, str(error))
        return _to(request, source)
    told(request, _("%(file)s was discarded: nothing of it is kept.") % {"file": source.file_name})
    return redirect("surveys:imports", request.network.slug, survey_id)


def _acted(
    request: NetworkRequest,
    survey_id: UUID,
    import_id: UUID,
    act: Callable[[AnswersImport], None],
) -> HttpResponse:
    source = access_file(access_survey(survey_id), import_id)
    try:
        act(source)
    except SurveyError as error:
        refused(request, str(error))
    return _to(request, source)


def _address(request: NetworkRequest, source: AnswersImport, name: str) -> str:
    return reverse(name, args=[request.network.slug, source.survey.public_id, source.public_id])


def _to(
    request: NetworkRequest, source: AnswersImport, name: str = "surveys:import"
) -> HttpResponse:
    return redirect(_address(request, source, name))
