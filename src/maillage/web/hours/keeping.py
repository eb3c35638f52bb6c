"""What is done with a month: sent to firms, closed, made ready for pay; expenses answered."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from maillage.run.hours.closing import close_month
from maillage.run.hours.confirming import send_month
from maillage.run.hours.enums import SIGNED
from maillage.run.hours.expenses import answer_expense
from maillage.run.hours.models import Expense
from maillage.run.hours.paying import cut_pay
from maillage.run.hours.queries import entries_of
from maillage.run.hours.refusals import HoursError
from maillage.web.hours.shown import month_asked
from maillage.web.ui.acting import NetworkRequest
from maillage.web.ui.formats import number
from maillage.web.ui.gates import in_network
from maillage.web.ui.toasts import refused, said, warned


@require_POST
@in_network("keep_hours")
def send(request: NetworkRequest) -> HttpResponse:
    """Send the month to one firm, or to all that have something to confirm."""
    month = month_asked(request.POST.get("month", ""))
    rows = entries_of(request.network, month).exclude(state__in=SIGNED)
    asked = request.POST.get("firm", "")
    firms = {row.organisation_id: row.organisation for row in rows}
    if asked:
        firms = {key: one for key, one in firms.items() if str(one.public_id) == asked}
    unsent = []
    try:
        for one in firms.values():
            _sent, why_not = send_month(acting=request.acting, organisation=one, month=month)
            if why_not:
                unsent.append(f"{one.name} ({why_not})")
    except HoursError as error:
        refused(request, str(error))
        return _back(request)
    mailed = len(firms) - len(unsent)
    words = ngettext("%(n)s firm has its hours.", "%(n)s firms have their hours.", mailed)
    if mailed:
        said(request, words % {"n": number(mailed)})
    if unsent:
        warned(
            request,
            _("Not mailed, hand the link over yourself: %(firms)s") % {"firms": ", ".join(unsent)},
        )
    return _back(request)


@require_POST
@in_network("keep_hours")
def close(request: NetworkRequest) -> HttpResponse:
    """Close a month."""
    try:
        close_month(acting=request.acting, month=month_asked(request.POST.get("month", "")))
    except HoursError as error:
        refused(request, str(error))
    else:
        said(request, _("The month is closed: it can be billed."))
    return _back(request)


@require_POST
@in_network("keep_hours")
def pay(request: NetworkRequest) -> HttpResponse:
    """Write down what the pay of a month is prepared with."""
    try:
        cut_pay(acting=request.acting, month=month_asked(request.POST.get("month", "")))
    except HoursError as error:
        refused(request, str(error))
    else:
        said(request, _("It is written down: what comes out otherwise is in the next pay."))
    return _back(request)


@require_POST
@in_network("keep_hours")
def expense(request: NetworkRequest, expense_id: UUID) -> HttpResponse:
    """Approve an expense, or refuse it and say why."""
    found = _expense(request, expense_id)
    why = None if request.POST.get("answer") == "yes" else request.POST.get("why", "")
    try:
        answer_expense(acting=request.acting, expense=found, refused_why=why)
    except HoursError as error:
        refused(request, str(error))
    else:
        said(request, _("The expense has its answer."))
    return _back(request)


@require_safe
@in_network("keep_hours", hidden=True)
def receipt(request: NetworkRequest, expense_id: UUID) -> HttpResponse:
    """Show the receipt of an expense."""
    found = _expense(request, expense_id)
    if not found.receipt:
        raise Http404
    answer = HttpResponse(bytes(found.receipt), content_type=found.receipt_type)
    answer["Content-Disposition"] = "attachment"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def _expense(request: NetworkRequest, expense_id: UUID) -> Expense:
    found = Expense.objects.filter(network=request.network, public_id=expense_id).first()
    if found is None:
        raise Http404
    return found


def _back(request: NetworkRequest) -> HttpResponse:
    month = month_asked(request.POST.get("month", ""))
    page = reverse("hours:home", args=[request.network.slug])
    return redirect(f"{page}?month={month:%Y-%m}")
