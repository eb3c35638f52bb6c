"""A request for leave: written down, looked at beside the plan, granted or refused."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from maillage.run.employment.away import Away, away_between
from maillage.run.employment.balances import days_counted, is_short_notice, leave_balance
from maillage.run.employment.certificates import worker_called
from maillage.run.employment.enums import LeaveKind, LeaveState
from maillage.run.employment.leaving import (
    LeaveError,
    Wish,
    ask_leave,
    grant_leave,
    refuse_leave,
)
from maillage.run.employment.models import Leave, Worker
from maillage.run.employment.queries import in_force
from maillage.run.planning.opening import grant_and_open, slots_opened
from maillage.run.planning.placing import PlacementError
from maillage.web.leave.calendar import said_days
from maillage.web.leave.forms import AnswerForm, NewLeave
from maillage.web.ui.acting import NetworkRequest
from maillage.web.ui.formats import number
from maillage.web.ui.forms import invalid_status
from maillage.web.ui.gates import in_network
from maillage.web.ui.toasts import said

FORM = ["GET", "HEAD", "POST"]


@require_http_methods(FORM)
@in_network("manage_staff", hidden=True)
def new(request: NetworkRequest) -> HttpResponse:
    """Write down a leave that somebody asked for by word of mouth."""
    today = localdate()
    here = Worker.objects.filter(
        in_force(today, today, path="contracts__"), network=request.network
    ).distinct()
    names = list(here.order_by("folded_name").values_list("public_id", "name"))
    form = NewLeave(request.POST or None, workers=names)
    if request.method == "POST" and form.is_valid():
        made = _ask(request, form)
        if made is not None:
            said(request, _("It is written down: answer it now or later."))
            return redirect("leave:request", request.network.slug, made.public_id)
    context = {
        "title": _("Write down a leave"),
        "lede": _("Workers ask by their own link; this page is for those who ask by telephone."),
        "form": form,
        "submit": _("Write it down"),
        "cancel": reverse("leave:home", args=[request.network.slug]),
    }
    return render(request, "ui/form_page.html", context, status=invalid_status(form))


def _ask(request: NetworkRequest, form: NewLeave) -> Leave | None:
    typed = form.cleaned_data
    worker = worker_called(request.network, typed["worker"])
    if worker is None:
        raise Http404
    wish = Wish(
        kind=LeaveKind(typed["kind"]),
        starts_on=typed["starts_on"],
        ends_on=typed["ends_on"],
        from_noon=typed["from_noon"],
        until_noon=typed["until_noon"],
    )
    try:
        return ask_leave(worker=worker, wish=wish, acting=request.acting)
    except LeaveError as error:
        form.add_error(error.field if error.field in form.fields else None, str(error))
        return None


@require_http_methods(FORM)
@in_network("manage_staff", hidden=True)
def request_page(request: NetworkRequest, leave_id: UUID) -> HttpResponse:
    """Show a request: the balance, who else is away, the slots it opens; answer it."""
    leave = _access(request, leave_id)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _answered(request, leave, form):
        return redirect("leave:home", request.network.slug)
    away = away_between(request.network, leave.starts_on, leave.ends_on)
    days, balance = days_counted(leave), leave_balance(leave.worker, localdate())
    context = {
        "network": request.network,
        "leave": leave,
        "waits": leave.state == LeaveState.ASKED,
        "form": form,
        "days": said_days(days),
        "balance": balance,
        "too_much": leave.kind == LeaveKind.PAID and balance.left < days,
        "short_notice": is_short_notice(leave),
        "others": _others(away, leave),
        "slots": slots_opened(leave.worker, leave.starts_on, leave.ends_on),
    }
    return render(request, "leave/request.html", context, status=invalid_status(form))


def _access(request: NetworkRequest, leave_id: UUID) -> Leave:
    rows = Leave.objects.filter(worker__network=request.network, public_id=leave_id)
    leave = rows.select_related("worker__network").first()
    if leave is None:
        raise Http404
    return leave


def _others(away: list[Away], leave: Leave) -> list[Away]:
    return [one for one in away if one.worker_id != leave.worker_id]


def _answered(request: NetworkRequest, leave: Leave, form: AnswerForm) -> bool:
    typed, acting = form.cleaned_data, request.acting
    sentence = typed["sentence"]
    try:
        if typed["answer"] == "refuse":
            refuse_leave(acting=acting, leave=leave, sentence=sentence)
            said(request, _("The leave is refused; the worker reads why."))
        elif typed["open_slots"] and acting.can("plan_work"):
            count = grant_and_open(acting=acting, leave=leave, sentence=sentence)
            text = ngettext(
                "The leave is granted; %(n)s slot is to be filled again.",
                "The leave is granted; %(n)s slots are to be filled again.",
                count,
            )
            said(request, text % {"n": number(count)} if count else _("The leave is granted."))
        else:
            grant_leave(acting=acting, leave=leave, sentence=sentence)
            said(request, _("The leave is granted."))
    except LeaveError as error:
        form.add_error(error.field if error.field in form.fields else None, str(error))
        return False
    except PlacementError as error:
        form.add_error(None, str(error))
        return False
    return True
