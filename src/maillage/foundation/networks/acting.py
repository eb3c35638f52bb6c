"""Who acts, in which network, in which of their roles."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from maillage.foundation.accounts.models import Person
from maillage.foundation.networks.enums import NetworkRoleKind
from maillage.foundation.networks.models import Network
from maillage.foundation.networks.permissions import Permissions
from maillage.foundation.organisations.models import Organisation


@dataclass(frozen=True, slots=True)
class RoleHeld:
    """A role somebody holds today in a network: one of the network, or one in a firm of it."""

    public_id: UUID
    kind: str
    label: str
    network: Network
    permissions: Permissions
    organisation: Organisation | None = None
    tier: str | None = None

    @property
    def in_firm(self) -> bool:
        """Whether the role is one in a firm (or another organisation) of the network."""
        return self.organisation is not None and self.kind not in NetworkRoleKind.values


@dataclass(frozen=True, slots=True)
class Acting:
    """A person and the role in use; `network` is None outside the pages of a network.

    `roles` are all the roles the person holds today, in every network.
    """

    person: Person
    roles: Sequence[RoleHeld]
    role: RoleHeld | None = None

    @property
    def network(self) -> Network | None:
        """The network of the role in use."""
        return self.role.network if self.role else None

    @property
    def firm(self) -> Organisation | None:
        """The firm the person speaks for in the role in use."""
        return self.role.organisation if self.role and self.role.in_firm else None

    @property
    def body_name(self) -> str:
        """The body that the person speaks for: theirs, else the network."""
        if self.role is not None and self.role.organisation is not None:
            return self.role.organisation.name
        return self.network.name if self.network is not None else ""

    def can(self, permission: str) -> bool:
        """Whether the role in use gives the permission."""
        return self.role is not None and permission in self.role.permissions

    def in_network(self, slug: str, preferred: str | None = None) -> "Acting | None":
        """Return the same person in a network: in the preferred role, else in the first held there.

        None when the person holds no role in it.
        """
        there = [role for role in self.roles if role.network.slug == slug]
        if not there:
            return None
        chosen = next((role for role in there if str(role.public_id) == preferred), there[0])
        return Acting(self.person, self.roles, chosen)
