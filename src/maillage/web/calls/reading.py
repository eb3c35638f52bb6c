"""What the pages of calls read and refuse to show."""

from uuid import UUID

from django.http import Http404
from django.utils.timezone import localdate

from maillage.foundation.networks.queries import members_on
from maillage.foundation.organisations.models import Organisation
from maillage.run.employment.models import Absence
from maillage.run.planning.calling.queries import call_of
from maillage.run.planning.models import Call, CallOffer
from maillage.web.ui.acting import NetworkRequest


def access_call(request: NetworkRequest, public_id: UUID) -> Call:
    """Return a call of the network; 404 for any other."""
    call = call_of(request.network, public_id)
    if call is None:
        raise Http404
    return call


def access_offer(request: NetworkRequest, public_id: UUID) -> CallOffer:
    """Return an offer of a call of the network; 404 for any other."""
    found = (
        CallOffer.objects.filter(call__network=request.network, public_id=public_id)
        .select_related("worker", "call")
        .first()
    )
    if found is None:
        raise Http404
    return found


def access_absence(request: NetworkRequest, public_id: UUID) -> Absence:
    """Return an absence of a worker of the network; 404 for any other."""
    found = (
        Absence.objects.filter(worker__network=request.network, public_id=public_id)
        .select_related("worker__network")
        .first()
    )
    if found is None:
        raise Http404
    return found


def member_firms(request: NetworkRequest) -> list[Organisation]:
    """Return the members of today, by name, for whoever runs the network. One query."""
    periods = members_on(request.network, localdate()).select_related("membership__organisation")
    firms = {period.membership.organisation for period in periods}
    return sorted(firms, key=lambda firm: (firm.folded_name, firm.pk))
