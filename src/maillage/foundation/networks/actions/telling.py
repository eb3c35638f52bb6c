"""Who is told of an act, other than the person who did it."""

from collections.abc import Callable

from django.utils.timezone import localdate

from maillage.foundation.accounts.models import Person
from maillage.foundation.networks.acting import Acting
from maillage.foundation.networks.actions.guarding import home_path
from maillage.foundation.networks.models import Membership
from maillage.foundation.networks.permissions import SPEAKS_FOR_FIRM
from maillage.foundation.networks.queries import current
from maillage.foundation.notify.notifications import notify_person
from maillage.foundation.organisations.models import Role


def tell_firm(acting: Acting, membership: Membership, title: Callable[[], str]) -> None:
    """Tell those who speak for a firm, and sign in, what was done about its membership."""
    roles = Role.objects.filter(
        current(localdate()),
        organisation=membership.organisation_id,
        kind__in=SPEAKS_FOR_FIRM,
        person__isnull=False,
    ).select_related("person", "organisation")
    told: set[int] = set()
    for role in roles:
        person = role.person
        if person is not None and person.pk not in told and person != acting.person:
            told.add(person.pk)
            tell(acting, person, title, about=role)


def tell(
    acting: Acting, person: Person, title: Callable[[], str], *, about: Role | None = None
) -> None:
    """Tell a person of the network something that somebody else did; `about` names a firm."""
    network = acting.network
    if network is None or person == acting.person:
        return
    notify_person(
        person=person,
        title=title,
        url=home_path(network),
        network_id=network.public_id,
        about_id=about.organisation.public_id if about else None,
    )
