"""Entries of a month made of the plan, so that nobody types what is already known.

It may be done again at any time: what is still as planned follows the plan, what a worker or a
firm has said is never touched.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Final

from django.db import transaction

from maillage.foundation.networks.models import Network
from maillage.foundation.organisations.models import Site
from maillage.run.employment.models import EmploymentContract, Worker
from maillage.run.employment.queries import contract_on, workers_between
from maillage.run.hours.enums import EntryKind, EntryState
from maillage.run.hours.models import HourEntry, MonthClosing
from maillage.run.planning.enums import HolidayPay
from maillage.run.planning.gathering import Point, monday_of, point_of, travel_minutes
from maillage.run.planning.holidays import holidays_between
from maillage.run.planning.models import (
    Assignment,
    HolidayRule,
    Publication,
    PublishedShift,
    Slot,
)
from maillage.run.planning.queries import openings_of

type Key = tuple[int, int, str, int]

ALSACE: Final = "67000"  # where the most days are public holidays: each firm is asked after

FOLLOWS = (
    "organisation_id",
    "contract_id",
    "occupation_label",
    "day",
    "planned_start",
    "planned_end",
    "planned_break",
    "start_minute",
    "end_minute",
    "break_minutes",
    "billed_minutes",
    "cancelled_at",
)


@dataclass(frozen=True, slots=True)
class Prefilled:
    """How many entries of a month were made, brought up to date and taken away."""

    made: int = 0
    changed: int = 0
    gone: int = 0


@transaction.atomic
def prefill(network: Network, month: date) -> Prefilled:
    """Make the entries of a month of the plan as it stands; the scope of the network is open.

    Entries that are as planned follow the plan; a declared, disputed or signed one stays as it is.
    A closed month is left alone. Done twice, the second time changes nothing.
    """
    first, last = bounds_of(month)
    if MonthClosing.objects.filter(network=network, month=first).exists():
        return Prefilled()
    wanted = {_key(each): each for each in _wanted(network, first, last)}
    rows = HourEntry.objects.filter(network=network, day__gte=first, day__lte=last)
    # An entry of a slot that went to another month is found by its slot.
    held = {_key(each): each for each in rows.exclude(slot=None)}
    fresh = [each for key, each in wanted.items() if key not in held]
    HourEntry.objects.bulk_create(fresh, batch_size=500)
    planned = {key: each for key, each in held.items() if each.state == EntryState.PLANNED}
    changed = [
        kept for key, kept in planned.items() if key in wanted and _follow(kept, wanted[key])
    ]
    HourEntry.objects.bulk_update(changed, FOLLOWS, batch_size=200)
    gone = [each.pk for key, each in planned.items() if key not in wanted]
    HourEntry.objects.filter(pk__in=gone, state=EntryState.PLANNED).delete()
    return Prefilled(len(fresh), len(changed), len(gone))


def bounds_of(month: date) -> tuple[date, date]:
    """Return the first and the last day of the month of a day."""
    first = month.replace(day=1)
    return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def _key(entry: HourEntry) -> Key:
    return (entry.worker_id, entry.slot_id or 0, entry.kind, entry.organisation_id)


def _follow(kept: HourEntry, wanted: HourEntry) -> bool:
    changes = {name: getattr(wanted, name) for name in FOLLOWS}
    if all(getattr(kept, name) == value for name, value in changes.items()):
        return False
    for name, value in changes.items():
        setattr(kept, name, value)
    return True


def _wanted(network: Network, first: date, last: date) -> Iterator[HourEntry]:
    """Return the entries that the plan of some days asks for, not saved."""
    staff = {worker.pk: worker for worker in workers_between(network, first, last)}
    seats = list(
        Assignment.objects.filter(
            slot__network=network,
            slot__day__gte=first,
            slot__day__lte=last,
            slot__cancelled_at=None,
            worker__in=staff,
        )
        .select_related("slot")
        .order_by("slot__day", "slot__start_minute", "slot_id")
    )
    for seat in seats:
        yield from _entry(staff[seat.worker_id], seat.slot, EntryKind.WORKED)
    yield from _travels(staff, seats)
    for shift in _told_in_time(network, first, last, staff):
        yield from _entry(staff[shift.worker_id], shift.slot, EntryKind.CANCELLED)
    yield from _holidays(network, staff, first, last)


def _entry(
    worker: Worker,
    slot: Slot,
    kind: EntryKind,
    *,
    span: tuple[int, int] | None = None,
    borne_by: int | None = None,
) -> Iterator[HourEntry]:
    """Return the entry of a worker in a slot; none on a day without a contract."""
    contract: EmploymentContract | None = contract_on(worker, slot.day)
    if contract is None:
        return
    start, end = span or (slot.start_minute, slot.end_minute)
    pause = 0 if span else slot.break_minutes
    yield HourEntry(
        network_id=slot.network_id,
        organisation_id=borne_by or slot.organisation_id,
        worker=worker,
        contract=contract,
        slot=slot,
        kind=kind,
        occupation_label=slot.occupation_label,
        day=slot.day,
        planned_start=start,
        planned_end=end,
        planned_break=pause,
        start_minute=start,
        end_minute=end,
        break_minutes=pause,
        billed_minutes=end - start - pause,
        cancelled_at=slot.cancelled_at if kind == EntryKind.CANCELLED else None,
    )


def _travels(staff: Mapping[int, Worker], seats: Iterable[Assignment]) -> Iterator[HourEntry]:
    """Return the travel between two sites of one day, which is work (Cass. soc. 5 Nov 2003).

    Each firm bears half, the one that is left the odd minute; never more than the time between.
    """
    days: dict[tuple[int, date], list[Slot]] = defaultdict(list)
    for seat in seats:
        days[seat.worker_id, seat.slot.day].append(seat.slot)
    twice = {
        key: sorted(slots, key=lambda slot: slot.start_minute)
        for key, slots in days.items()
        if len({slot.organisation_id for slot in slots}) > 1
    }
    if not twice:
        return
    points = _points({slot.organisation_id for slots in twice.values() for slot in slots})
    for (worker_id, _day), slots in twice.items():
        for before, after in pairwise(slots):
            leaves, comes = before.end_minute, after.start_minute
            one, other = before.organisation_id, after.organisation_id
            if one == other:
                continue
            minutes = min(travel_minutes(points.get(one), points.get(other)), comes - leaves)
            half = (minutes + 1) // 2
            for firm, span in (
                (one, (leaves, leaves + half)),
                (other, (leaves + half, leaves + minutes)),
            ):
                if span[1] > span[0]:
                    yield from _entry(
                        staff[worker_id], after, EntryKind.TRAVEL, span=span, borne_by=firm
                    )


def _points(firms: set[int]) -> Mapping[int, Point | None]:
    """Return where firms are: their main site."""
    sites = Site.objects.filter(organisation__in=firms, closed_on=None)
    return {site.organisation_id: point_of(site) for site in sites.order_by("is_main", "-pk")}


def _told_in_time(
    network: Network, first: date, last: date, staff: Mapping[int, Worker]
) -> Iterator[PublishedShift]:
    """Return the shifts that workers had been told of when the firm cancelled their slot.

    What counts is the last publication of the week before the slot was cancelled.
    """
    shifts = PublishedShift.objects.filter(
        publication__network=network,
        slot__day__gte=first,
        slot__day__lte=last,
        slot__cancelled_at__isnull=False,
        worker__in=staff,
    ).select_related("slot", "publication")
    published = defaultdict(list)
    for one in Publication.objects.filter(
        network=network, monday__gte=monday_of(first), monday__lte=last
    ):
        published[one.monday].append(one)
    for shift in shifts:
        off = shift.slot.cancelled_at
        weeks = published[shift.publication.monday]
        before = [one for one in weeks if off is not None and one.published_at < off]
        if before and max(before, key=lambda one: one.number).pk == shift.publication_id:
            yield shift


def _holidays(
    network: Network, staff: Mapping[int, Worker], first: date, last: date
) -> Iterator[HourEntry]:
    """Return the hours of public holidays that firms bear though they take nobody.

    They are those of whoever held the same slot a turn before, or else a turn after; what the
    group bears, in its costs, makes no entry.
    """
    days = holidays_between(first, last, ALSACE)
    slots = Slot.objects.filter(
        network=network, day__in=list(days), cancelled_at=None, series__isnull=False
    ).select_related("series")
    openings = openings_of(network, {slot.organisation_id for slot in slots})
    bearing = _bearing(network)
    for slot in slots:
        pay = bearing.get(
            (slot.organisation_id, slot.day), bearing.get((slot.organisation_id, None))
        )
        if pay != HolidayPay.FIRM or openings.takes(slot.organisation_id, slot.day):
            continue
        turn = timedelta(weeks=slot.series.every if slot.series else 1)
        for day in (slot.day - turn, slot.day + turn):
            holders = Assignment.objects.filter(
                slot__series=slot.series_id, slot__day=day, worker__in=staff
            ).values_list("worker_id", flat=True)
            if holders:
                break
        for worker_id in holders:
            yield from _entry(staff[worker_id], slot, EntryKind.HOLIDAY)


def _bearing(network: Network) -> Mapping[tuple[int, date | None], str]:
    """Return who bears the hours of public holidays, by firm and day, None for all."""
    rules = HolidayRule.objects.filter(network=network)
    return {(rule.organisation_id, rule.day): rule.pay for rule in rules}
