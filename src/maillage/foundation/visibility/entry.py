"""Organisations enter the directory of a network, and leave it when they never were members."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from maillage.foundation.audit.actions import record
from maillage.foundation.audit.queries import history_of
from maillage.foundation.networks.acting import Acting
from maillage.foundation.networks.models import Membership, Network
from maillage.foundation.networks.presets import preset
from maillage.foundation.networks.queries import involvements_on
from maillage.foundation.organisations.models import Organisation
from maillage.foundation.visibility.enums import Level
from maillage.foundation.visibility.models import FieldLevels
from maillage.foundation.visibility.refusals import EntryError


@transaction.atomic
def list_in_network(*, network: Network, organisation_ids: Iterable[int]) -> int:
    """Put organisations of the register (row numbers) in the directory; return how many are new.

    Each gets the levels that the preset of the network gives by default, unless it already has
    levels of its own. Those that are listed already stay as they are. At most four queries.
    """
    wanted = list(dict.fromkeys(organisation_ids))
    there = set(
        Membership.objects.filter(network=network, organisation__in=wanted).values_list(
            "organisation_id", flat=True
        )
    )
    new = [pk for pk in wanted if pk not in there]
    today = localdate()
    Membership.objects.bulk_create(
        Membership(network=network, organisation_id=pk, listed_on=today) for pk in new
    )
    levels = default_levels(network)
    FieldLevels.objects.bulk_create(
        (FieldLevels(organisation_id=pk, **levels) for pk in new), ignore_conflicts=True
    )
    return len(new)


@transaction.atomic
def unlist_in_network(*, network: Network, organisation_ids: Iterable[int]) -> int:
    """Take organisations (row numbers) off the directory; return how many left it.

    Those that are or were members stay: what they did in the network is kept. So do the levels of
    each, for the day it comes back. Whoever calls writes the trail.
    """
    never_members = Membership.objects.select_for_update(of=("self",)).filter(
        network=network, organisation__in=list(organisation_ids), periods=None
    )
    leaving = [membership.pk for membership in never_members]
    Membership.objects.filter(pk__in=leaving).delete()
    return len(leaving)


@transaction.atomic
def take_off_directory(*, acting: Acting, organisation: Organisation) -> None:
    """Take an organisation that never was a member off the directory of the network in use.

    Its record stays in the book of the association. Raises EntryError for one that is or was a
    member, that plays a part as a body, or that is not listed.
    """
    network = _network_of_editor(acting)
    listed = Membership.objects.filter(network=network, organisation=organisation).first()
    if listed is None:
        raise EntryError(_("It is not in the directory any more."))
    if involvements_on(network, localdate()).filter(organisation=organisation).exists():
        raise EntryError(
            _("It plays a part in the network as a body: end that part first, then try again.")
        )
    if not unlist_in_network(network=network, organisation_ids=[organisation.pk]):
        raise EntryError(
            _("It is or was a member: record that it leaves instead, its past is kept.")
        )
    _record(acting, network, organisation, "unlist", before=listed.listed_on)


@transaction.atomic
def put_back_in_directory(*, acting: Acting, public_id: UUID) -> Organisation:
    """List again, since the same day, an organisation that was taken off this very directory.

    Raises EntryError for any other: nobody learns which organisations the association knows.
    """
    network = _network_of_editor(acting)
    organisation = Organisation.objects.filter(public_id=public_id).first()
    acts = history_of(public_id).filter(act="unlist", network_id=network.public_id)
    taken_off = acts.first()
    if organisation is None or taken_off is None:
        raise EntryError(_("It was not taken off this directory."))
    if list_in_network(network=network, organisation_ids=[organisation.pk]):
        kept = taken_off.values_changed.filter(field="listed_on").first()
        since = date.fromisoformat(str(kept.before)) if kept else localdate()
        Membership.objects.filter(network=network, organisation=organisation).update(
            listed_on=since
        )
        _record(acting, network, organisation, "list", after=since)
    return organisation


def _network_of_editor(acting: Acting) -> Network:
    if acting.network is None or not acting.can("edit_organisations"):
        raise PermissionDenied
    return acting.network


def _record(
    acting: Acting,
    network: Network,
    organisation: Organisation,
    act: str,
    *,
    before: date | None = None,
    after: date | None = None,
) -> None:
    record(
        actor_id=acting.person.public_id,
        act=act,
        subject_type="organisation",
        subject_id=organisation.public_id,
        network_id=network.public_id,
        before={"listed_on": before.isoformat()} if before else None,
        after={"listed_on": after.isoformat()} if after else None,
    )


def default_levels(network: Network) -> dict[str, Level]:
    """Return how far each part of a record is seen by default in a network, from its preset."""
    return {part: Level[name.upper()] for part, name in preset(network.preset).levels.items()}
