"""What a person may be told today, over all their roles."""

from collections.abc import Iterable

from django_scopes import scopes_disabled

from maillage.foundation.accounts.models import Person
from maillage.foundation.networks.acting import RoleHeld
from maillage.foundation.networks.queries import roles_held
from maillage.foundation.notify.notifications import Reader
from maillage.foundation.visibility.queries import ids_of_rivals


def reader_of(person: Person) -> Reader:
    """Return what a person may read: messages of their networks, none about a competitor."""
    return reader_with(person, roles_held(person))


def reader_with(person: Person, roles: Iterable[RoleHeld]) -> Reader:
    """Return what a person who holds these roles may read. No query: the subquery is ready."""
    held = list(roles)
    networks = frozenset(role.network.public_id for role in held)
    own = {role.organisation.pk for role in held if role.in_firm and role.organisation}
    with scopes_disabled():
        return Reader(person, networks, ids_of_rivals(own) if own else frozenset())
