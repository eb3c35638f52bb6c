"""What a worker says from their page: I cannot come, I ask for leave."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from maillage.run.employment.balances import leaves_of
from maillage.run.employment.enums import LeaveState
from maillage.run.employment.leaving import LeaveError, ask_leave, withdraw_leave
from maillage.run.employment.models import Leave, Worker
from maillage.run.planning.calling.declaring import declare_absence
from maillage.run.planning.calling.errors import CallError
from maillage.web.mywork.forms import AwayForm, LeaveForm
from maillage.web.mywork.opening import opened
from maillage.web.ui.forms import invalid_status
from maillage.web.ui.toasts import refused, said

FORM = ["GET", "HEAD", "POST"]
LIVING = {LeaveState.ASKED, LeaveState.GRANTED}


@require_http_methods(FORM)
@opened
def away(request: HttpRequest, worker: Worker) -> HttpResponse:
    """Take the word of a worker who cannot come."""
    form = AwayForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            declare_absence(
                worker=worker,
                starts_at=form.starts_at(),
                expected_on=form.cleaned_data["expected_on"],
                kind=form.cleaned_data["kind"],
            )
        except CallError as error:
            where = {"starts_at": "day"}.get(error.field, error.field)
            form.add_error(where if where in form.fields else None, str(error))
        else:
            said(request, _("It is said to everyone concerned. Take care of yourself."))
            return redirect("mywork:home", _token(request))
    context = {"token": _token(request), "worker": worker, "form": form}
    return render(request, "mywork/away.html", context, status=invalid_status(form))


@require_http_methods(FORM)
@opened
def leave(request: HttpRequest, worker: Worker) -> HttpResponse:
    """Show the leave of a worker; take a request."""
    form = LeaveForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            ask_leave(worker=worker, wish=form.wish())
        except LeaveError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        else:
            said(request, _("It is asked. You are told of the answer by mail, and here."))
            return redirect("mywork:leave", _token(request))
    rows = [(one, one.state in LIVING) for one in leaves_of(worker)]
    context = {"token": _token(request), "worker": worker, "form": form, "leaves": rows}
    return render(request, "mywork/leave.html", context, status=invalid_status(form))


@require_POST
@opened
def withdraw(request: HttpRequest, worker: Worker, leave_id: UUID) -> HttpResponse:
    """Withdraw a leave of one's own."""
    found = Leave.objects.filter(worker=worker, public_id=leave_id).first()
    if found is None:
        raise Http404
    try:
        withdraw_leave(worker=worker, leave=found)
    except LeaveError as error:
        refused(request, str(error))
    else:
        said(request, _("It is withdrawn."))
    return redirect("mywork:leave", _token(request))


def _token(request: HttpRequest) -> str:
    return str(request.token)  # type: ignore[attr-defined]  # set by the gate
