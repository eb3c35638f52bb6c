"""Who is told of a call, in their language: workers, firms, whoever plans.

A firm reads of its own slots and of who comes there; nothing of other workplaces.
"""

from collections.abc import Callable
from uuid import UUID

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from maillage.foundation.accounts.models import Person
from maillage.foundation.networks.models import Network
from maillage.foundation.networks.permissions import SPEAKS_FOR_FIRM
from maillage.foundation.networks.queries import animators, current
from maillage.foundation.notify.days import said_day
from maillage.foundation.notify.notifications import notify_person
from maillage.foundation.organisations.models import Organisation, Role
from maillage.run.employment.mailing import mail_worker
from maillage.run.employment.models import Worker
from maillage.run.planning.gathering import monday_of
from maillage.run.planning.models import Slot

HOUR = 60
DAY_HOURS = 24

type Sentence = Callable[[], str]


def said_time(minute: int) -> str:
    """Return a time of day counted in minutes from midnight: "06:30"."""
    return f"{minute // HOUR % DAY_HOURS:02}:{minute % HOUR:02}"


def said_slot(slot: Slot) -> str:
    """Return when a slot is: "Tuesday 3 March 2026, 06:00 to 12:00"."""
    return _("%(day)s, %(start)s to %(end)s") % {
        "day": said_day(slot.day),
        "start": said_time(slot.start_minute),
        "end": said_time(slot.end_minute),
    }


def tell_planners(
    network: Network,
    title: Sentence,
    *,
    path: str,
    about: Organisation | None = None,
    but: UUID | None = None,
) -> None:
    """Tell whoever runs the network, at once and by mail, but not who acted."""
    people = {role.person.pk: role.person for role in animators(network)}
    for person in people.values():
        if person.public_id != but:
            notify_person(
                person=person,
                title=title,
                url=path,
                network_id=network.public_id,
                about_id=about.public_id if about is not None else None,
                mail=True,
            )


def tell_firm(slot: Slot, title: Sentence, *, but: UUID | None = None) -> None:
    """Tell those who speak for the firm of a slot; when none signs in, whoever plans telephones."""
    network, firm = slot.network, slot.organisation
    path = f"/n/{network.slug}/week/?week={monday_of(slot.day).isoformat()}"
    people = _who_speak_for(firm)
    if not people:
        tell_planners(
            network,
            lambda: (
                _("Telephone %(firm)s, where nobody signs in: %(said)s")
                % {"firm": firm.name, "said": title()}
            ),
            path=f"/n/{network.slug}/calls/",  # the week is the firm's own page
            about=firm,
        )
        return
    for person in people:
        if person.public_id != but:
            notify_person(
                person=person,
                title=title,
                url=path,
                network_id=network.public_id,
                about_id=firm.public_id,
                mail=True,
            )


def tell_worker(worker: Worker, subject: Sentence, text: Sentence, path: str = "") -> None:
    """Write to a worker, when they have an address; the link is to their own pages."""
    mail_worker(worker, subject, text, link=path)


def _who_speak_for(firm: Organisation) -> list[Person]:
    roles = Role.objects.filter(
        current(localdate()), organisation=firm, kind__in=SPEAKS_FOR_FIRM, person__isnull=False
    ).select_related("person")
    people = {role.person.pk: role.person for role in roles if role.person is not None}
    return list(people.values())
