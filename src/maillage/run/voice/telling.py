"""Telling people that a worker spoke, or that a worker was answered; never what was said."""

from collections.abc import Callable, Collection

from django.utils.timezone import localdate

from maillage.foundation.networks.enums import NetworkRoleKind
from maillage.foundation.networks.models import Network, NetworkRole
from maillage.foundation.networks.queries import current
from maillage.foundation.notify.notifications import notify_person
from maillage.run.employment.mailing import mail_worker
from maillage.run.employment.models import Worker
from maillage.run.voice.enums import Reader

ROLES = {Reader.BOARD: NetworkRoleKind.BOARD, Reader.ANIMATOR: NetworkRoleKind.ANIMATOR}


def tell_roles(
    network: Network, readers: Collection[Reader], title: Callable[[], str], path: str
) -> None:
    """Tell the board, the animators or both, each person once; `path` is in the voice pages."""
    kinds = [kind for reader, kind in ROLES.items() if reader in readers]
    roles = NetworkRole.objects.filter(current(localdate()), network=network, kind__in=kinds)
    people = {role.person_id: role.person for role in roles.select_related("person")}
    for person in people.values():
        notify_person(
            person=person,
            title=title,
            url=f"/n/{network.slug}/voice/{path}",
            network_id=network.public_id,
        )


def tell_worker(worker: Worker, subject: Callable[[], str], path: str) -> None:
    """Write to a worker, with the link of their own pages; nothing without an address."""
    mail_worker(worker, subject, path=f"voice/{path}")
