"""The hands that a firm lent or was lent."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from maillage.foundation.networks.queries import members_on
from maillage.foundation.organisations.models import Organisation
from maillage.foundation.visibility.queries import rivals_of
from maillage.run.planning.calling.errors import CallError
from maillage.run.planning.calling.hands import note_hand, take_back_hand
from maillage.run.planning.calling.queries import hands_of
from maillage.run.planning.calling.wording import said_hours
from maillage.web.ui.acting import NetworkRequest
from maillage.web.ui.forms import invalid_status
from maillage.web.ui.gates import in_network
from maillage.web.ui.toasts import said
from maillage.web.week.forms import HandForm
from maillage.web.week.reading import own_firm

FORM = ["GET", "HEAD", "POST"]
MOST = 50


@require_http_methods(FORM)
@in_network("ask_help")
def hands(request: NetworkRequest) -> HttpResponse:
    """List the hands of one's own firm; write one down."""
    firm = own_firm(request)
    rivals = rivals_of([firm.pk])
    others = {one.public_id: one for one in _others(request, firm) if one.pk not in rivals}
    form = HandForm(
        request.POST or None, firms=[(one.public_id, one.name) for one in others.values()]
    )
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        other = others[typed["other"]]
        giver, receiver = (firm, other) if typed["way"] == "gave" else (other, firm)
        try:
            note_hand(
                acting=request.acting,
                giver=giver,
                receiver=receiver,
                day=typed["day"],
                minutes=round(typed["hours"] * 60),
                what=typed["what"],
            )
        except CallError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        else:
            said(request, _("It is written down; the other firm reads it too."))
            return redirect("week:hands", request.network.slug)
    rows = [
        (hand, hand.giver_id == firm.pk, said_hours(hand.minutes))
        for hand in hands_of(request.network, firm)[:MOST]
        if not {hand.giver_id, hand.receiver_id} & rivals
    ]
    context = {"network": request.network, "form": form, "hands": rows}
    return render(request, "week/hands.html", context, status=invalid_status(form))


@require_POST
@in_network("ask_help")
def remove(request: NetworkRequest, hand_id: UUID) -> HttpResponse:
    """Remove a line that is wrong."""
    rows = hands_of(request.network, own_firm(request))
    found = rows.filter(public_id=hand_id).select_related("giver", "receiver", "network").first()
    if found is None:
        raise Http404
    take_back_hand(acting=request.acting, hand=found)
    said(request, _("The line is removed."))
    return redirect("week:hands", request.network.slug)


def _others(request: NetworkRequest, firm: Organisation) -> list[Organisation]:
    periods = members_on(request.network, localdate()).select_related("membership__organisation")
    found = {period.membership.organisation for period in periods} - {firm}
    return sorted(found, key=lambda one: (one.folded_name, one.pk))
