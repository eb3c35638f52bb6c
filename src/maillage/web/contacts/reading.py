"""What the pages of contacts read: the firm, how it stands, who speaks for which body."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils.timezone import localdate

from maillage.foundation.networks.acting import Acting
from maillage.foundation.networks.enums import NetworkRoleKind
from maillage.foundation.networks.models import Network, NetworkRole
from maillage.foundation.networks.queries import current, usual_ceiling
from maillage.foundation.notify.models import Contact
from maillage.foundation.notify.pressure import Counted, FirmAddress, Pressure, pressure_of
from maillage.foundation.organisations.addressing import address_among
from maillage.foundation.organisations.models import Organisation
from maillage.foundation.visibility.directory import directory_of
from maillage.web.ui.acting import NetworkRequest

LEADERS = (NetworkRoleKind.ANIMATOR, NetworkRoleKind.ADVISER, NetworkRoleKind.TRAINER)


@dataclass(frozen=True, slots=True)
class Firm:
    """A firm as the pages of contacts need it; `own`: the role in use is one in it."""

    address: FirmAddress
    pressure: Pressure
    own: bool
    may_choose: bool

    @property
    def name(self) -> str:
        """What it is called."""
        return self.address.name

    @property
    def public_id(self) -> UUID:
        """Its public id."""
        return self.address.organisation_id


def access_firm(request: NetworkRequest, public_id: UUID) -> Firm:
    """Return a firm that the role in use may know of, and where it stands; else 404.

    Five queries, six for people of a firm who ask about another.
    """
    acting = request.acting
    own = acting.firm is not None and acting.firm.public_id == public_id
    rows = Organisation.objects.all() if own else directory_of(acting).rows
    try:
        address = address_among(rows, public_id=public_id)
    except Organisation.DoesNotExist:
        raise Http404 from None
    return Firm(
        address,
        pressure_of(address, usual=usual_ceiling(request.network)),
        own=own,
        may_choose=acting.can("edit_organisations") or (own and acting.can("edit_own_firm")),
    )


def own_contacts(acting: Acting, contacts: QuerySet[Contact]) -> QuerySet[Contact]:
    """Keep the contacts whose content is theirs: of the whole network for who runs it."""
    if acting.can("see_private"):
        return contacts
    mine = Q(person_id=acting.person.public_id) | Q(body_name=acting.body_name)
    return contacts.filter(mine)


def others(acting: Acting, counted: Sequence[Counted]) -> int:
    """Return how many of the contacts that count are not theirs to read."""
    body, person = acting.body_name, acting.person.public_id
    network = acting.network.public_id if acting.network is not None else None
    everything = acting.can("see_private")
    return sum(
        one.network_id != network
        or not (everything or one.person_id == person or one.body_name == body)
        for one in counted
    )


def leaders(network: Network) -> list[tuple[str, str]]:
    """Return who may lead the contact with a firm: public id and name."""
    held = (
        NetworkRole.objects.filter(current(localdate()), network=network, kind__in=LEADERS)
        .select_related("person")
        .order_by("person__name", "id")
    )
    return list({str(role.person.public_id): str(role.person) for role in held}.items())
