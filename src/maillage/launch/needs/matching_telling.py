"""Telling the people of firms what became of what they stated."""

from collections.abc import Collection
from uuid import UUID

from django.utils.timezone import localdate

from maillage.foundation.accounts.models import Person
from maillage.foundation.jobs.words import Words
from maillage.foundation.networks.models import Network
from maillage.foundation.networks.permissions import SPEAKS_FOR_FIRM
from maillage.foundation.networks.queries import current
from maillage.foundation.notify.notifications import notify_person
from maillage.foundation.organisations.models import Role


def tell_firms(
    network: Network,
    firms: Collection[int],
    title: Words,
    *,
    about_id: UUID | None = None,
    mail: bool = False,
    but: Person | None = None,
) -> None:
    """Tell those who speak for some firms (row numbers), each person once, but not who acted.

    `about_id` is the organisation named, if any: its competitors never read it.
    """
    roles = Role.objects.filter(
        current(localdate()),
        organisation__in=firms,
        kind__in=SPEAKS_FOR_FIRM,
        person__isnull=False,
    ).select_related("person")
    people = {role.person.pk: role.person for role in roles if role.person is not None}
    for person in people.values():
        if person != but:
            notify_person(
                person=person,
                title=title,
                url=f"/n/{network.slug}/needs/mine/matches/",
                network_id=network.public_id,
                about_id=about_id,
                mail=mail,
            )
