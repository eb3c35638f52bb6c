"""The directory of a network, as an import goes through it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django_scopes import scopes_disabled

from maillage.foundation.networks.models import Membership, Network
from maillage.foundation.visibility.entry import list_in_network, unlist_in_network

MADE_BY_ENTERING: Final = ("networks.Membership", "visibility.FieldLevels")


@dataclass(frozen=True, slots=True)
class NetworkDoor:
    """Who is in the directory of `network`, who comes in and who goes out.

    Needs the scope of the network to be open.
    """

    network: Network

    @property
    def network_id(self) -> UUID:
        """The public id of the network."""
        return self.network.public_id

    @property
    def network_pk(self) -> int:
        """The row number of the network."""
        return self.network.pk

    def listed(self, organisation_ids: Collection[int]) -> set[int]:
        """Return those of these organisations that the network lists."""
        there = Membership.objects.filter(network=self.network, organisation__in=organisation_ids)
        return set(there.values_list("organisation_id", flat=True))

    def shared(self, organisation_ids: Collection[int]) -> set[int]:
        """Return those that another network lists."""
        with scopes_disabled():
            others = Membership.objects.filter(organisation__in=organisation_ids)
            others = others.exclude(network=self.network)
            return set(others.values_list("organisation_id", flat=True))

    def enter(self, organisation_ids: Sequence[int]) -> int:
        """List organisations in the network; return how many were not."""
        return list_in_network(network=self.network, organisation_ids=organisation_ids)

    def leave(self, organisation_ids: Collection[int]) -> None:
        """Take organisations off the directory of the network."""
        unlist_in_network(network=self.network, organisation_ids=organisation_ids)

    def made_by_entering(self) -> Collection[str]:
        """Return the labels of the models whose rows come with an organisation that enters."""
        return MADE_BY_ENTERING
