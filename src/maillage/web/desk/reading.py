"""What a person may be told today, over all their roles."""

from django_scopes import scopes_disabled

from maillage.foundation.accounts.models import Person
from maillage.foundation.networks.acting import RoleHeld
from maillage.foundation.networks.queries import roles_held
from maillage.foundation.notify.notifications import Reader
from maillage.foundation.organisations.models import Organisation
from maillage.foundation.visibility.queries import rivals_of


def reader_of(person: Person) -> Reader:
    """Return what a person may read: messages of their networks, none about a competitor."""
    return reader_with(person, roles_held(person))


def reader_with(person: Person, roles: list[RoleHeld]) -> Reader:
    """Return what a person who holds these roles may read. Two queries for people of firms."""
    networks = frozenset(role.network.public_id for role in roles)
    own = {role.organisation.pk for role in roles if role.in_firm and role.organisation}
    with scopes_disabled():
        rivals = rivals_of(own)
        hidden = Organisation.objects.filter(pk__in=rivals).values_list("public_id", flat=True)
        return Reader(person, networks, frozenset(hidden) if rivals else frozenset())
