"""What every act begins and ends with: who may, one at a time, and a line in the trail."""

from typing import Protocol
from uuid import UUID

from django.core.exceptions import PermissionDenied

from maillage.foundation.audit.actions import Values, record
from maillage.foundation.networks.acting import Acting
from maillage.foundation.networks.models import Network


class Subject(Protocol):
    """Something an act is about."""

    @property
    def public_id(self) -> UUID:
        """The name of the subject in addresses and in the trail."""


def network_where(acting: Acting, permission: str) -> Network:
    """Return the network of the role in use; raises PermissionDenied without `permission`."""
    if acting.network is None or not acting.can(permission):
        raise PermissionDenied
    return acting.network


def locked(network: Network) -> Network:
    """Return the network as it is now, and make other acts on it wait until this one ends."""
    return Network.objects.select_for_update().get(pk=network.pk)


def trail(
    acting: Acting,
    act: str,
    subject: Subject,
    *,
    before: Values | None = None,
    after: Values | None = None,
) -> None:
    """Write down that somebody did `act` to `subject`, in the network of the role in use."""
    record(
        actor_id=acting.person.public_id,
        act=act,
        subject_type=type(subject).__name__,
        subject_id=subject.public_id,
        network_id=acting.network.public_id if acting.network else None,
        before=before,
        after=after,
    )


def home_path(network: Network) -> str:
    """Return the path of the page of the network, for messages that lead there."""
    return f"/n/{network.slug}/network/"
