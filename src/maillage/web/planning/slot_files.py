"""Bringing in what firms need from a spreadsheet: the file, its columns, its rows, one button."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.run.planning.enums import FileState
from maillage.run.planning.models import SlotsImport
from maillage.run.planning.slots import SlotError
from maillage.run.planning.slots_file.columns import FIELDS
from maillage.run.planning.slots_file.judging import Fate, Judged, fates_of, judge
from maillage.run.planning.slots_file.writing import (
    apply_slots,
    choose_columns,
    missing_fields,
    receive,
    undo_slots,
)
from maillage.run.planning.slots_file.writing import discard as discard_file
from maillage.web.planning.weeks import times
from maillage.web.ui.acting import NetworkRequest
from maillage.web.ui.columns_form import ACCEPTED, ColumnsForm
from maillage.web.ui.formats import nice_date, number
from maillage.web.ui.forms import invalid_status
from maillage.web.ui.gates import in_network
from maillage.web.ui.lists import Column, Empty, Listing, ListRows
from maillage.web.ui.parts import Figure
from maillage.web.ui.toasts import refused, said
from maillage.web.ui.uploads import on_disk

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

FORM: Final = ["GET", "HEAD", "POST"]


class FileForm(forms.Form):
    """The spreadsheet of slots."""

    file = forms.FileField(
        label=gettext_lazy("Spreadsheet of slots"),
        help_text=gettext_lazy(
            "An Excel workbook (.xlsx) or a CSV file, with a line of headings and one slot per"
            " line: 5 MB and 1,000 lines at most."
        ),
        error_messages={
            "required": gettext_lazy("Choose the file to import."),
            "empty": gettext_lazy("This file is empty: there is nothing to read."),
        },
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
    )


@require_http_methods(FORM)
@in_network("plan_work")
def files(request: NetworkRequest) -> HttpResponse:
    """Receive a file; list those received before."""
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    if request.method == "POST" and form.is_valid():
        file: UploadedFile[Any] = form.cleaned_data["file"]
        try:
            with on_disk(file) as path:
                source = receive(acting=request.acting, path=path)
        except SlotError as error:
            form.add_error("file", str(error))
        else:
            page = "planning:file-columns" if missing_fields(source) else "planning:slot-file"
            return _to(request, source, page)
    past = SlotsImport.objects.filter(network=request.network).defer("rows", "made")
    context = {"network": request.network, "form": form, "past": past}
    return render(request, "planning/slot_files.html", context, status=invalid_status(form))


@require_http_methods(FORM)
@in_network("plan_work")
def columns(request: NetworkRequest, file_id: UUID) -> HttpResponse:
    """Show what each column seems to hold; whoever knows better corrects it."""
    source = _access(request, file_id)
    form = ColumnsForm(
        titles=source.titles,
        fields=source.fields,
        rows=source.rows,
        offered={name: str(label) for name, label in FIELDS.items()},
        data=request.POST if request.method == "POST" else None,
    )
    if request.method == "POST" and form.is_valid():
        try:
            choose_columns(acting=request.acting, source=source, fields=form.chosen)
        except SlotError as error:
            form.add_error(None, str(error))
        else:
            return _to(request, source)
    context = {
        "title": _("Columns of the file"),
        "eyebrow": source.file_name,
        "lede": _("Correct what is not right, then look at the rows: nothing is brought in yet."),
        "form": form,
        "submit": _("Look at the rows"),
        "cancel": reverse("planning:slot-files", args=[request.network.slug]),
    }
    return render(request, "ui/form_page.html", context, status=invalid_status(form))


@require_safe
@in_network("plan_work")
def page(request: NetworkRequest, file_id: UUID) -> HttpResponseBase:
    """Show what becomes of each row, and the one button that goes on."""
    source = _access(request, file_id)
    ready = source.state == FileState.READY
    rows = judge(source) if ready else []
    listing = LISTING.read(request, lambda wanted: _rows(rows, wanted))
    fates = fates_of(rows)
    context = {
        "network": request.network,
        "source": source,
        "ready": ready,
        "applied": source.state == FileState.APPLIED,
        "new": fates.get(Fate.NEW, 0),
        "made": len(source.made),
        "figures": [Figure(number(count), Fate(fate).label) for fate, count in fates.items()],
    }
    return listing.respond("planning/slot_file.html", context)


@require_POST
@in_network("plan_work")
def apply(request: NetworkRequest, file_id: UUID) -> HttpResponse:
    """Enter the slots of a file."""

    def act(source: SlotsImport) -> None:
        count = apply_slots(acting=request.acting, source=source)
        text = ngettext("%(n)s row is in the plan.", "%(n)s rows are in the plan.", count)
        undo_url = reverse("planning:file-undo", args=[request.network.slug, source.public_id])
        said(request, text % {"n": number(count)}, undo=undo_url)

    return _acted(request, file_id, act)


@require_POST
@in_network("plan_work")
def undo(request: NetworkRequest, file_id: UUID) -> HttpResponse:
    """Take the slots of a file out again."""

    def act(source: SlotsImport) -> None:
        gone, kept = undo_slots(acting=request.acting, source=source)
        text = ngettext("%(n)s row is taken out.", "%(n)s rows are taken out.", gone)
        stays = ngettext(
            "%(n)s used or changed since stays.", "%(n)s used or changed since stay.", kept
        )
        words = [text % {"n": number(gone)}, stays % {"n": number(kept)} if kept else ""]
        said(request, " ".join(filter(None, words)))

    return _acted(request, file_id, act)


@require_POST
@in_network("plan_work")
def discard(request: NetworkRequest, file_id: UUID) -> HttpResponse:
    """Forget a file that was not applied."""
    source = _access(request, file_id)
    try:
        discard_file(acting=request.acting, source=source)
    except SlotError as error:
        refused(request, str(error))
        return _to(request, source)
    said(request, _("%(file)s was discarded: nothing of it is kept.") % {"file": source.file_name})
    return redirect("planning:slot-files", request.network.slug)


class FateFilter(forms.Form):
    """Which rows are listed."""

    fate = forms.ChoiceField(
        label=gettext_lazy("What becomes of it"),
        required=False,
        choices=[("", gettext_lazy("All")), *Fate.choices],
    )


def _rows(rows: list[Judged], wanted: dict[str, str]) -> ListRows[Judged]:
    if fate := wanted.get("fate"):
        rows = [one for one in rows if one.fate == fate]
    if text := (wanted.get("q") or "").casefold():
        rows = [one for one in rows if text in one.named.casefold()]
    return ListRows(rows, sorts={"line": lambda one: one.line, "fate": lambda one: one.fate})


def _what(row: Judged) -> str:
    if row.asked is None:
        return ""
    day = nice_date(row.day) if row.weekday is None else str(WEEKDAYS[row.weekday]).capitalize()
    asked = row.asked
    people = ngettext("%(n)d person", "%(n)d people", asked.people) % {"n": asked.people}
    return f"{day}, {times(asked.start_minute, asked.end_minute)}, {people}"


LISTING = Listing(
    name="slot-rows",
    columns=(
        Column("line", gettext_lazy("Line"), lambda row: row.line, sort=True, numeric=True),
        Column("name", gettext_lazy("Firm"), lambda row: row.named, main=True),
        Column("what", gettext_lazy("What is read"), _what),
        Column(
            "fate", gettext_lazy("What becomes of it"), lambda row: Fate(row.fate).label, sort=True
        ),
        Column("why", gettext_lazy("Why"), lambda row: " ".join(row.reasons)),
    ),
    default_sort="line",
    filters=FateFilter,
    search=gettext_lazy("Search a firm"),
    caption=lambda n: ngettext("%(count)s row", "%(count)s rows", n) % {"count": number(n)},
    empty=Empty(gettext_lazy("No row here"), gettext_lazy("Other rows have another fate.")),
    exports=True,
)


def _acted(
    request: NetworkRequest, file_id: UUID, act: Callable[[SlotsImport], None]
) -> HttpResponse:
    source = _access(request, file_id)
    try:
        act(source)
    except SlotError as error:
        refused(request, str(error))
    return _to(request, source)


def _access(request: NetworkRequest, file_id: UUID) -> SlotsImport:
    rows = SlotsImport.objects.filter(network=request.network).select_related("network")
    found = rows.filter(public_id=file_id).first()
    if found is None:
        raise Http404
    return found


def _to(
    request: NetworkRequest, source: SlotsImport, name: str = "planning:slot-file"
) -> HttpResponse:
    return redirect(name, request.network.slug, source.public_id)
