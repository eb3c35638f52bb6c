"""The hands that firms lend each other, for whoever runs the network."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from maillage.run.planning.calling.errors import CallError
from maillage.run.planning.calling.hands import note_hand, take_back_hand
from maillage.run.planning.calling.queries import hands_of
from maillage.run.planning.calling.wording import said_hours
from maillage.web.calls.forms import HandForm
from maillage.web.calls.reading import member_firms
from maillage.web.ui.acting import NetworkRequest
from maillage.web.ui.forms import invalid_status
from maillage.web.ui.gates import in_network
from maillage.web.ui.toasts import said

FORM = ["GET", "HEAD", "POST"]
MOST = 50


@require_http_methods(FORM)
@in_network("plan_work", hidden=True)
def hands(request: NetworkRequest) -> HttpResponse:
    """List the hands lent; write one down."""
    firms = {firm.public_id: firm for firm in member_firms(request)}
    form = HandForm(
        request.POST or None, firms=[(firm.public_id, firm.name) for firm in firms.values()]
    )
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            note_hand(
                acting=request.acting,
                giver=firms[typed["giver"]],
                receiver=firms[typed["receiver"]],
                day=typed["day"],
                minutes=round(typed["hours"] * 60),
                what=typed["what"],
            )
        except CallError as error:
            where = {"other": "receiver"}.get(error.field, error.field)
            form.add_error(where if where in form.fields else None, str(error))
        else:
            said(request, _("It is written down; both firms read it."))
            return redirect("calls:hands", request.network.slug)
    rows = hands_of(request.network)[:MOST]
    context = {
        "network": request.network,
        "form": form,
        "hands": [(hand, said_hours(hand.minutes)) for hand in rows],
    }
    return render(request, "calls/hands.html", context, status=invalid_status(form))


@require_POST
@in_network("plan_work", hidden=True)
def remove(request: NetworkRequest, hand_id: UUID) -> HttpResponse:
    """Remove a line that is wrong."""
    found = hands_of(request.network).filter(public_id=hand_id).select_related("network").first()
    if found is None:
        raise Http404
    take_back_hand(acting=request.acting, hand=found)
    said(request, _("The line is removed."))
    return redirect("calls:hands", request.network.slug)
