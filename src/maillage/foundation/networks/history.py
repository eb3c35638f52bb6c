"""The roles a person has had, with their dates, for that person."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.timezone import localdate
from django_scopes import scopes_disabled

from maillage.foundation.accounts.models import Person
from maillage.foundation.networks.models import Membership, NetworkRole
from maillage.foundation.organisations.models import Role


@dataclass(frozen=True, slots=True)
class DatedRole:
    """A role of a person, past, present or to come; `where` is a network or an organisation."""

    public_id: UUID
    label: str
    where: str
    starts_on: date
    ends_on: date | None

    @property
    def holds(self) -> bool:
        """Whether it holds today."""
        return self.starts_on <= localdate() and not self.over

    @property
    def over(self) -> bool:
        """Whether its last day is past."""
        return self.ends_on is not None and self.ends_on < localdate()


def roles_of(person: Person) -> list[DatedRole]:
    """Return every role a person has, has had or will have, those that are over last."""
    with scopes_disabled():
        network_roles = NetworkRole.objects.filter(person=person).select_related("network")
        firm_roles = Role.objects.filter(person=person).select_related("organisation")
        found = [
            DatedRole(
                one.public_id,
                one.get_kind_display(),
                one.network.name,
                one.starts_on,
                one.ends_on,
            )
            for one in network_roles
        ]
        found += [
            DatedRole(
                one.public_id,
                one.title or one.get_kind_display(),
                one.organisation.name,
                one.starts_on,
                one.ends_on,
            )
            for one in firm_roles
        ]
    return sorted(found, key=lambda one: (one.over, one.where, one.starts_on))


def had_role_in(person: Person, slug: str) -> bool:
    """Whether a person once held a role in the network with this address: it then ended."""
    today = localdate()
    with scopes_disabled():
        ended = NetworkRole.objects.filter(
            person=person, network__slug=slug, ends_on__lt=today
        ).exists()
        return (
            ended
            or Membership.objects.filter(
                network__slug=slug,
                organisation__roles__person=person,
                organisation__roles__ends_on__lt=today,
            ).exists()
        )
