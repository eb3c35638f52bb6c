"""Firms that lend each other a hand: written down by one of the two, read by both."""

from datetime import date, timedelta
from typing import Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from maillage.foundation.audit.actions import record
from maillage.foundation.networks.acting import Acting
from maillage.foundation.networks.queries import members_on
from maillage.foundation.organisations.models import Organisation
from maillage.foundation.visibility.queries import rivals_of
from maillage.run.planning.calling.errors import CallError
from maillage.run.planning.models import Hand
from maillage.run.planning.permissions import can_plan_work

OLDEST: Final = timedelta(days=366)
LONGEST: Final = 24 * 60 * 7


@transaction.atomic
def note_hand(
    *,
    acting: Acting,
    giver: Organisation,
    receiver: Organisation,
    day: date,
    minutes: int,
    what: str,
) -> Hand:
    """Write down that a firm helped another: by one of the two, or by whoever plans.

    Raises CallError. Two competitors know nothing of each other here, as everywhere.
    """
    network = acting.network
    mine = acting.firm is not None and acting.firm.pk in {giver.pk, receiver.pk}
    if network is None or not (can_plan_work(acting) or (mine and acting.can("ask_help"))):
        raise PermissionDenied
    said = " ".join(what.split())[:200]
    if giver.pk == receiver.pk:
        raise CallError(_("A firm helps another one: choose which."), "other")
    if not localdate() - OLDEST <= day <= localdate():
        raise CallError(_("Choose a day of the past twelve months."), "day")
    if not 0 < minutes <= LONGEST:
        raise CallError(_("Say how many hours, up to a week of them."), "hours")
    if not said:
        raise CallError(_("Say what was done, in a few words."), "what")
    both = Organisation.objects.filter(pk__in=[giver.pk, receiver.pk])
    rows = members_on(network, day, both).order_by()
    members = set(rows.values_list("membership__organisation", flat=True))
    rivals = receiver.pk in rivals_of([giver.pk])
    if rivals and can_plan_work(acting):
        raise CallError(_("These two are competitors: neither may read of the other."), "other")
    if rivals or members != {giver.pk, receiver.pk}:
        raise CallError(_("Choose a member of the network."), "other")
    made = Hand.objects.create(
        network=network,
        giver=giver,
        receiver=receiver,
        day=day,
        minutes=minutes,
        what=said,
        recorded_by_id=acting.person.public_id,
    )
    _trail(acting, "note_hand", made)
    return made


@transaction.atomic
def take_back_hand(*, acting: Acting, hand: Hand) -> None:
    """Remove a line that is wrong: by one of the two firms, or by whoever plans."""
    mine = acting.firm is not None and acting.firm.pk in {hand.giver_id, hand.receiver_id}
    if acting.network != hand.network or not (
        can_plan_work(acting) or (mine and acting.can("ask_help"))
    ):
        raise PermissionDenied
    _trail(acting, "take_back_hand", hand)
    hand.delete()


def _trail(acting: Acting, act: str, hand: Hand) -> None:
    values: dict[str, object] = {
        "giver": str(hand.giver.public_id),
        "receiver": str(hand.receiver.public_id),
        "day": hand.day.isoformat(),
        "minutes": hand.minutes,
    }
    record(
        actor_id=acting.person.public_id,
        act=act,
        subject_type="Hand",
        subject_id=hand.public_id,
        network_id=hand.network.public_id,
        after=values if act == "note_hand" else None,
        before=None if act == "note_hand" else values,
    )
