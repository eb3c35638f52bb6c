"""Who may do what with payments."""

from django.core.exceptions import PermissionDenied

from maillage.foundation.networks.acting import Acting
from maillage.foundation.networks.models import Network
from maillage.run.billing.permissions import can_bill


def collecting_network(acting: Acting) -> Network:
    """Return the network whose payments somebody follows: who bills. Raises PermissionDenied."""
    if acting.network is None or not can_bill(acting):
        raise PermissionDenied
    return acting.network
