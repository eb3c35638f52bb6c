"""A month is closed once every hour is signed; what was wrong is put right in the next one."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from maillage.foundation.audit.actions import record
from maillage.foundation.networks.acting import Acting
from maillage.foundation.networks.models import Network
from maillage.foundation.organisations.models import Organisation
from maillage.run.hours.enums import SIGNED, EntryState
from maillage.run.hours.models import Adjustment, Expense, HourEntry, MonthClosing
from maillage.run.hours.permissions import can_keep_hours
from maillage.run.hours.prefilling import bounds_of, prefill
from maillage.run.hours.queries import entries_of, is_closed
from maillage.run.hours.refusals import HoursError

type Cause = Literal["disputed", "unsigned", "expenses", "to_come"]

MOST_MINUTES = 24 * 60


@dataclass(frozen=True, slots=True)
class InTheWay:
    """What keeps a month from being closed: how many entries or expenses, of which firm."""

    cause: Cause
    count: int
    organisation: Organisation | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """What holds for an entry: what it says and its adjustments, in minutes."""

    presence: int
    billed: int


def in_the_way(network: Network, month: date, *, today: date | None = None) -> list[InTheWay]:
    """Return what keeps a month from being closed, the gravest first, for who keeps the hours."""
    first, last = bounds_of(month)
    found: list[InTheWay] = []
    if (today or localdate()) <= last:
        found.append(InTheWay("to_come", (last - (today or localdate())).days + 1))
    rows = entries_of(network, first).exclude(state__in=SIGNED)
    firms = {row.organisation_id: row.organisation for row in rows}
    by_name = sorted(firms.values(), key=lambda firm: (firm.folded_name, firm.pk))
    disputed = Counter(row.organisation_id for row in rows if row.state == EntryState.DISPUTED)
    unsigned = Counter(row.organisation_id for row in rows if row.state != EntryState.DISPUTED)
    found += [InTheWay("disputed", disputed[f.pk], f) for f in by_name if disputed[f.pk]]
    found += [InTheWay("unsigned", unsigned[f.pk], f) for f in by_name if unsigned[f.pk]]
    waiting = Expense.objects.filter(
        network=network, day__gte=first, day__lte=last, approved_at=None, refused_why=""
    ).count()
    if waiting:
        found.append(InTheWay("expenses", waiting))
    return found


@transaction.atomic
def close_month(*, acting: Acting, month: date) -> MonthClosing:
    """Close a month: its hours change no more. Raises HoursError with what stands in the way."""
    network = _kept_network(acting)
    # One at a time: whoever signs or disputes meanwhile waits for the row of the network.
    Network.objects.select_for_update(of=("self",)).get(pk=network.pk)
    first, _last = bounds_of(month)
    if is_closed(network, first):
        raise HoursError(_("This month is closed already."))
    prefill(network, first)
    if in_the_way(network, first):
        raise HoursError(
            _("This month cannot be closed yet: the page says what is still to be settled.")
        )
    made = MonthClosing.objects.create(
        network=network, month=first, closed_by_id=acting.person.public_id
    )
    record(
        actor_id=acting.person.public_id,
        act="close month",
        subject_type="Network",
        subject_id=network.public_id,
        network_id=network.public_id,
        after={"month": first.isoformat(), "entries": entries_of(network, first).count()},
    )
    return made


@transaction.atomic
def adjust(*, acting: Acting, entry: HourEntry, presence: int, billed: int, why: str) -> Adjustment:
    """Put hours of a closed month right by some minutes more or fewer, counted in an open month.

    Raises HoursError: for an open month, nothing to change, or less than no time.
    """
    network = _kept_network(acting)
    kept = HourEntry.objects.select_for_update(of=("self",)).get(pk=entry.pk, network=network)
    reason = " ".join(why.split())[:200]
    if not is_closed(network, kept.day):
        raise HoursError(_("This month is open: change the hours themselves."))
    if not presence and not billed:
        raise HoursError(_("Nothing changes: give minutes more or fewer."), "minutes")
    if not reason:
        raise HoursError(_("Say why: the worker and the firm read it."), "why")
    held = held_of(kept)
    if not 0 <= held.presence + presence <= MOST_MINUTES:
        raise HoursError(_("That would leave less than no time, or more than a day."), "minutes")
    if not 0 <= held.billed + billed <= MOST_MINUTES:
        raise HoursError(_("That would leave less than no time, or more than a day."), "minutes")
    made = Adjustment.objects.create(
        network=network,
        entry=kept,
        organisation_id=kept.organisation_id,
        worker_id=kept.worker_id,
        contract_id=kept.contract_id,
        day=kept.day,
        month=open_month(network),
        presence_minutes=presence,
        billed_minutes=billed,
        why=reason,
        made_by_id=acting.person.public_id,
    )
    record(
        actor_id=acting.person.public_id,
        act="adjust",
        subject_type="HourEntry",
        subject_id=kept.public_id,
        network_id=network.public_id,
        before={"presence": held.presence, "billed": held.billed},
        after={"presence": held.presence + presence, "billed": held.billed + billed},
    )
    return made


def held_of(entry: HourEntry) -> Held:
    """Return what holds for an entry now: what was signed, and every adjustment since."""
    made = list(entry.adjustments.all())
    return Held(
        entry.presence_minutes + sum(one.presence_minutes for one in made),
        entry.billed_minutes + sum(one.billed_minutes for one in made),
    )


def open_month(network: Network) -> date:
    """Return the first month that is not closed among those after the last closed one."""
    last = MonthClosing.objects.filter(network=network).order_by("-month").first()
    if last is None:
        return localdate().replace(day=1)
    _first, end = bounds_of(last.month)
    return date(end.year + end.month // 12, end.month % 12 + 1, 1)


def _kept_network(acting: Acting) -> Network:
    if acting.network is None or not can_keep_hours(acting):
        raise PermissionDenied
    return acting.network
