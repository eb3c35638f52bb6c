"""What each firm does on public holidays: closed, open with its own workers, open to all."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from maillage.foundation.audit.actions import record
from maillage.foundation.networks.acting import Acting
from maillage.foundation.networks.models import Network
from maillage.foundation.networks.queries import members_on
from maillage.foundation.notify.days import said_day
from maillage.foundation.organisations.models import Organisation
from maillage.run.planning.enums import HolidayOpening, HolidayPay
from maillage.run.planning.holidays import holidays_between, is_may_day
from maillage.run.planning.models import Assignment, HolidayRule, Slot
from maillage.run.planning.permissions import can_plan_work
from maillage.run.planning.queries import openings_of
from maillage.run.planning.settling import Effect, lock_plan, settle

AHEAD = timedelta(days=3 * 366)


class HolidayError(Exception):
    """A choice for a public holiday that cannot be: a sentence says why; `day` says which."""

    def __init__(self, text: str, day: date | None = None) -> None:
        super().__init__(text)
        self.day = day


@dataclass(frozen=True, slots=True)
class Choice:
    """What a firm does on a holiday, who bears the hours, and why it cannot stop on 1 May."""

    opening: HolidayOpening
    pay: HolidayPay
    reason: str = ""


@transaction.atomic
def keep_holidays(
    *, acting: Acting, organisation: Organisation, choices: Mapping[date | None, Choice | None]
) -> Effect:
    """Say what a firm does on some public holidays to come, None for all but 1 May.

    A choice None takes the day's own away: the firm's usual one holds again. Whoever is placed on
    a day that the firm no longer opens leaves the slot. Raises HolidayError.
    """
    network = _network(acting)
    if not members_on(network, localdate()).filter(membership__organisation=organisation).exists():
        raise HolidayError(_("This firm is not a member."))
    lock_plan(network)
    place = place_kept(network, organisation)
    coming = _coming(network, organisation, place)
    before = _open_ones(network, organisation, coming)
    for day, choice in choices.items():
        _refuse_impossible(place, day, choice)
        _keep(network, organisation, day, choice)
    after = _open_ones(network, organisation, coming)
    changed = [slot for slot in coming if (slot.pk in before) != (slot.pk in after)]
    gone = settle(
        network=network,
        actor_id=acting.person.public_id,
        why=_("The firm takes nobody on that public holiday."),
        slots={slot.pk for slot in changed},
    )
    record(
        actor_id=acting.person.public_id,
        act="keep holidays",
        subject_type="Organisation",
        subject_id=organisation.public_id,
        network_id=network.public_id,
        after={
            "usual" if day is None else day.isoformat(): None if choice is None else choice.opening
            for day, choice in choices.items()
        },
    )
    opened = [slot for slot in changed if slot.pk in after]
    return Effect(gone=gone, slots=len(changed), to_fill=_places(opened))


def place_kept(network: Network, organisation: Organisation) -> str:
    """Return the commune (official code) that says which holidays a firm keeps. Two queries."""
    return openings_of(network, {organisation.pk}).communes.get(organisation.pk, "")


def _coming(network: Network, organisation: Organisation, place: str) -> list[Slot]:
    """Return the slots of a firm on public holidays to come."""
    today = localdate()
    days = holidays_between(today, today + AHEAD, place)
    rows = Slot.objects.filter(
        network=network, organisation=organisation, day__in=list(days), cancelled_at=None
    )
    return list(rows)


def _open_ones(network: Network, organisation: Organisation, slots: list[Slot]) -> frozenset[int]:
    openings = openings_of(network, {organisation.pk})
    return frozenset(slot.pk for slot in slots if openings.takes(organisation.pk, slot.day))


def _places(slots: list[Slot]) -> int:
    held = Assignment.objects.filter(slot__in=[slot.pk for slot in slots]).count()
    return sum(slot.people for slot in slots) - held


def _refuse_impossible(place: str, day: date | None, choice: Choice | None) -> None:
    if day is None:
        return
    if day < localdate():
        raise HolidayError(_("%(day)s is past.") % {"day": said_day(day)}, day)
    if not holidays_between(day, day, place):
        raise HolidayError(
            _("%(day)s is no public holiday where this firm is.") % {"day": said_day(day)}, day
        )
    opens = choice is not None and choice.opening != HolidayOpening.CLOSED
    if opens and is_may_day(day) and not (choice is not None and choice.reason.strip()):
        raise HolidayError(
            _(
                "1 May is kept (L3133-4): only what cannot stop is open, and the hours are paid"
                " twice (L3133-6). Say why work cannot stop."
            ),
            day,
        )


def _keep(
    network: Network, organisation: Organisation, day: date | None, choice: Choice | None
) -> None:
    rows = HolidayRule.objects.filter(network=network, organisation=organisation, day=day)
    if choice is None:
        rows.delete()
        return
    HolidayRule.objects.update_or_create(
        network=network,
        organisation=organisation,
        day=day,
        defaults={
            "opening": choice.opening,
            "pay": choice.pay,
            "reason": " ".join(choice.reason.split())[:200],
        },
    )


def _network(acting: Acting) -> Network:
    if acting.network is None or not can_plan_work(acting):
        raise PermissionDenied
    return acting.network
