"""What an import needs of the network it is made in, which lives on a higher floor."""

from collections.abc import Collection, Sequence
from typing import Protocol
from uuid import UUID


class Door(Protocol):
    """The directory of one network: who is in it, who comes in and who goes out.

    Organisations are given by their row numbers. `network_pk` is the row number of the network.
    """

    @property
    def network_id(self) -> UUID:
        """The public id of the network."""

    @property
    def network_pk(self) -> int:
        """The row number of the network."""

    def listed(self, organisation_ids: Collection[int]) -> set[int]:
        """Return those of these organisations that the network lists."""

    def shared(self, organisation_ids: Collection[int]) -> set[int]:
        """Return those that another network lists."""

    def enter(self, organisation_ids: Sequence[int]) -> int:
        """List organisations in the network; return how many were not."""

    def leave(self, organisation_ids: Collection[int]) -> None:
        """Take organisations off the directory of the network."""

    def made_by_entering(self) -> Collection[str]:
        """Return the labels of the models whose rows come with an organisation that enters."""
