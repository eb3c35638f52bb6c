"""What a worker did: said as planned by one tap, otherwise in a few fields; what they spent."""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID, uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from maillage.foundation.organisations.models import Organisation
from maillage.run.employment.models import LendingAgreement, Worker
from maillage.run.employment.queries import in_force
from maillage.run.hours.declaring import Told, add_hours, declare, did_not_work
from maillage.run.hours.enums import SIGNED, EntryKind
from maillage.run.hours.expenses import declare_expense
from maillage.run.hours.models import Expense, HourEntry
from maillage.run.hours.refusals import HoursError
from maillage.run.planning.calling.wording import said_hours
from maillage.web.mywork.forms import ExpenseForm, HoursForm, OtherHoursForm
from maillage.web.mywork.opening import opened
from maillage.web.ui.forms import invalid_status
from maillage.web.ui.shifts import span
from maillage.web.ui.toasts import refused, said

FORM = ["GET", "HEAD", "POST"]
SHOWN = timedelta(days=35)
MOST_EXPENSES = 10


@require_http_methods(["GET", "HEAD"])
@opened
def hours(request: HttpRequest, worker: Worker) -> HttpResponse:
    """Show the hours of the last weeks, the latest first, and what waits to be said."""
    today = localdate()
    rows = (
        HourEntry.objects.filter(worker=worker, day__gt=today - SHOWN, day__lte=today)
        .select_related("organisation")
        .order_by("-day", "-start_minute")
    )
    context = {
        "token": _token(request),
        "worker": worker,
        "lines": [_line(row) for row in rows],
        "expenses": list(
            Expense.objects.filter(worker=worker)
            .defer("receipt")
            .order_by("-day", "-pk")[:MOST_EXPENSES]
        ),
        "key": uuid4(),
    }
    return render(request, "mywork/hours.html", context)


@require_POST
@opened
def as_planned(request: HttpRequest, worker: Worker, entry_id: UUID) -> HttpResponse:
    """Take the word of a worker that they worked as planned."""
    entry = _access(worker, entry_id)
    if entry.planned_start is None or entry.planned_end is None:
        raise Http404
    told = Told(entry.planned_start, entry.planned_end, entry.planned_break or 0)
    try:
        declare(entry=entry, told=told, key=_key(request))
    except HoursError as error:
        refused(request, str(error))
    else:
        said(request, _("Thank you: it is written down."))
    return redirect("mywork:hours", _token(request))


@require_http_methods(FORM)
@opened
def otherwise(request: HttpRequest, worker: Worker, entry_id: UUID) -> HttpResponse:
    """Take the times that a worker says, or that they did not work."""
    entry = _access(worker, entry_id)
    form = HoursForm(request.POST or None, initial=HoursForm.initial_of(entry))
    if request.method == "POST" and form.is_valid():
        try:
            if form.cleaned_data["not_worked"]:
                did_not_work(entry=entry, why=form.cleaned_data["why"])
            else:
                declare(
                    entry=entry,
                    told=form.told(),
                    why=form.cleaned_data["why"],
                    key=form.cleaned_data["key"],
                )
        except HoursError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        else:
            said(request, _("Thank you: it is written down."))
            return redirect("mywork:hours", _token(request))
    lede = f"{entry.organisation.name}, {span(entry.start_minute, entry.end_minute)}"
    return _form_page(request, worker, form, _("It was not as planned"), lede)


@require_http_methods(FORM)
@opened
def more_hours(request: HttpRequest, worker: Worker) -> HttpResponse:
    """Take hours that nobody had planned."""
    form = OtherHoursForm(_firms(worker), request.POST or None, initial={"key": uuid4()})
    if request.method == "POST" and form.is_valid():
        try:
            add_hours(
                worker=worker,
                organisation=form.firm,
                day=form.cleaned_data["day"],
                told=form.told(),
                why=form.cleaned_data["why"],
                key=form.cleaned_data["key"],
            )
        except HoursError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        else:
            said(request, _("Thank you: it is written down."))
            return redirect("mywork:hours", _token(request))
    return _form_page(request, worker, form, _("Hours that were not planned"), "")


@require_http_methods(FORM)
@opened
def expense(request: HttpRequest, worker: Worker) -> HttpResponse:
    """Take what a worker spent."""
    form = ExpenseForm(
        _firms(worker), request.POST or None, request.FILES or None, initial={"key": uuid4()}
    )
    if request.method == "POST" and form.is_valid():
        try:
            declare_expense(
                worker=worker, spent=form.spent(), firms=form.chosen, key=form.cleaned_data["key"]
            )
        except HoursError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        else:
            said(request, _("Thank you: it is written down."))
            return redirect("mywork:hours", _token(request))
    return _form_page(request, worker, form, _("What I spent"), "")


def _line(entry: HourEntry) -> dict[str, object]:
    open_to_say = entry.state not in SIGNED and entry.kind in {EntryKind.WORKED, EntryKind.TRAVEL}
    return {
        "entry": entry,
        "times": span(entry.start_minute, entry.end_minute) if entry.presence_minutes else "",
        "hours": said_hours(entry.presence_minutes),
        "what": "" if entry.kind == EntryKind.WORKED else entry.get_kind_display(),
        "to_say": open_to_say and entry.state == "planned",
        "to_change": open_to_say,
        "kind": "ok" if entry.state in SIGNED else "plain",
    }


def _form_page(
    request: HttpRequest,
    worker: Worker,
    form: HoursForm | OtherHoursForm | ExpenseForm,
    title: str,
    lede: str,
) -> HttpResponse:
    context = {
        "token": _token(request),
        "worker": worker,
        "form": form,
        "title": title,
        "lede": lede,
    }
    return render(request, "mywork/hours_form.html", context, status=invalid_status(form))


def _firms(worker: Worker) -> Sequence[Organisation]:
    today = localdate()
    first: date = today - SHOWN
    rows = LendingAgreement.objects.filter(
        in_force(first, today), contract__worker=worker, signed_on__isnull=False
    ).select_related("organisation")
    firms = {row.organisation_id: row.organisation for row in rows}
    return sorted(firms.values(), key=lambda firm: firm.folded_name)


def _access(worker: Worker, entry_id: UUID) -> HourEntry:
    found = (
        HourEntry.objects.filter(worker=worker, public_id=entry_id)
        .select_related("organisation", "network", "worker")
        .first()
    )
    if found is None:
        raise Http404
    return found


def _key(request: HttpRequest) -> UUID | None:
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError:
        return None


def _token(request: HttpRequest) -> str:
    return str(request.token)  # type: ignore[attr-defined]  # set by the gate
