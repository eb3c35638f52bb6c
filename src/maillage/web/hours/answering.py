"""One entry: what was said of it, a dispute answered, hours corrected or put right."""

from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from maillage.run.hours.closing import adjust, held_of
from maillage.run.hours.confirming import settle
from maillage.run.hours.declaring import declare
from maillage.run.hours.enums import SIGNED, EntryKind, EntryState
from maillage.run.hours.models import HourEntry
from maillage.run.hours.queries import is_closed
from maillage.run.hours.refusals import HoursError
from maillage.run.planning.calling.wording import said_hours
from maillage.web.hours.forms import AdjustForm, SettleForm, TimesForm
from maillage.web.hours.shown import shown
from maillage.web.ui.acting import NetworkRequest
from maillage.web.ui.forms import invalid_status
from maillage.web.ui.gates import in_network
from maillage.web.ui.toasts import said


@require_safe
@in_network("keep_hours", hidden=True)
def entry(request: NetworkRequest, entry_id: UUID) -> HttpResponse:
    """Show an entry, what was said of it and what puts it right."""
    found = _access(request, entry_id)
    held = held_of(found)
    context = {
        "network": request.network,
        "one": shown(found),
        "found": found,
        "adjustments": [
            (one.why, said_hours(abs(one.billed_minutes)), one.billed_minutes < 0, one.made_at)
            for one in found.adjustments.all()
        ],
        "paid": said_hours(held.presence),
        "billed": said_hours(held.billed),
        "label": _act(found)[1],
    }
    return render(request, "hours/entry.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@in_network("keep_hours", hidden=True)
def change(request: NetworkRequest, entry_id: UUID) -> HttpResponse:
    """Change an entry in the one way that its state allows: correct, settle or put right."""
    found = _access(request, entry_id)
    kind, label = _act(found)
    if not kind:
        raise Http404
    form = _form(request, found, kind)
    if request.method == "POST" and form.is_valid():
        try:
            _do(request, found, form)
        except HoursError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        else:
            said(request, _("It is written down."))
            return redirect("hours:entry", request.network.slug, found.public_id)
    context = {
        "network": request.network,
        "form": form,
        "title": label,
        "found": found,
        "submit": _("Write it down"),
    }
    return render(request, "hours/change.html", context, status=invalid_status(form))


def _act(found: HourEntry) -> tuple[str, str]:
    """Return what may be done with an entry, "" for nothing, and how it is called."""
    if is_closed(found.network, found.day):
        return "adjust", _("Put these hours right")
    if found.state == EntryState.DISPUTED:
        return "settle", _("Answer the dispute")
    if found.state in SIGNED or found.kind not in {EntryKind.WORKED, EntryKind.TRAVEL}:
        return "", ""
    return "declare", _("Correct for the worker")


def _form(request: NetworkRequest, found: HourEntry, kind: str) -> forms.Form:
    data = request.POST or None
    if kind == "adjust":
        return AdjustForm(data)
    if kind == "settle":
        return SettleForm(data, initial=SettleForm.initial_of(found))
    return TimesForm(data, initial=TimesForm.initial_of(found))


def _do(request: NetworkRequest, found: HourEntry, form: forms.Form) -> None:
    typed = form.cleaned_data
    match form:
        case AdjustForm():
            adjust(
                acting=request.acting,
                entry=found,
                presence=typed["presence"],
                billed=typed["billed"],
                why=typed["why"],
            )
        case SettleForm():
            settle(
                acting=request.acting,
                entry=found,
                told=form.told(),
                words=typed["why"],
                agreed=typed["agreed"],
                presence=not typed["pays_all"],
            )
        case TimesForm():
            declare(entry=found, told=form.told(), why=typed["why"], acting=request.acting)


def _access(request: NetworkRequest, entry_id: UUID) -> HourEntry:
    rows = HourEntry.objects.filter(network=request.network, public_id=entry_id)
    found = (
        rows.select_related("organisation", "worker", "network", "contract")
        .prefetch_related("words", "adjustments")
        .first()
    )
    if found is None:
        raise Http404
    return found
