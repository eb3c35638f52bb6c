"""What a firm sees of its own: who contacted it, and whether it was useful."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from maillage.foundation.notify.actions import ContactError, say_useful
from maillage.foundation.notify.queries import contacts_with
from maillage.web.contacts.reading import Firm, access_firm
from maillage.web.ui.acting import NetworkRequest
from maillage.web.ui.gates import in_network
from maillage.web.ui.toasts import refused, said

LAST = 100
ANSWERS = {"yes": True, "no": False, "": None}


@require_safe
@in_network("edit_own_firm")
def mine(request: NetworkRequest) -> HttpResponse:
    """Show who contacted one's own firm, and what it asks for."""
    found = _own_firm(request)
    return render(
        request,
        "contacts/mine.html",
        {
            "network": request.network,
            "firm": found,
            "contacts": contacts_with(found.address)[:LAST],
        },
    )


@require_POST
@in_network("edit_own_firm")
def useful(request: NetworkRequest, public_id: UUID) -> HttpResponse:
    """Say whether a contact was useful."""
    found = _own_firm(request)
    answer = request.POST.get("useful", "")
    if answer not in ANSWERS:
        raise Http404
    try:
        say_useful(
            firm=found.address,
            public_id=public_id,
            useful=ANSWERS[answer],
            actor_id=request.acting.person.public_id,
        )
    except ContactError as error:
        refused(request, str(error))
    else:
        said(request, _("Thank you: it helps to choose who contacts you."))
    return redirect("contacts:mine", request.network.slug)


def _own_firm(request: NetworkRequest) -> Firm:
    own = request.acting.firm
    if own is None:
        raise Http404
    return access_firm(request, own.public_id)
