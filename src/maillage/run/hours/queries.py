"""Reads of a month's hours; each function says for whom."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Prefetch, QuerySet
from django.utils.timezone import get_current_timezone

from maillage.foundation.networks.models import Network
from maillage.foundation.organisations.models import Organisation
from maillage.run.employment.models import EmploymentContract, Worker
from maillage.run.hours.enums import SIGNED, EntryKind
from maillage.run.hours.models import (
    Adjustment,
    Expense,
    ExpenseShare,
    HourEntry,
    HourRules,
    MonthClosing,
)
from maillage.run.hours.prefilling import bounds_of


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedHours:
    """Hours that a firm confirmed, or approved by its silence: what may be billed and paid.

    Times are minutes from midnight of `day`. `notice` is how long before its slot began a firm
    cancelled it, None for other kinds; negative when it had begun.
    """

    key: int
    entry_id: UUID
    kind: EntryKind
    worker: Worker
    organisation: Organisation
    contract: EmploymentContract
    occupation_label: str
    day: date
    start_minute: int
    end_minute: int
    break_minutes: int
    presence_minutes: int
    billed_minutes: int
    planned_minutes: int
    notice: timedelta | None
    state: str


@dataclass(frozen=True, slots=True)
class Difference:
    """Why the signed minutes of a month are not those planned: one reason, in minutes."""

    entry_id: UUID
    organisation_id: int
    planned: int
    signed: int
    why: str

    @property
    def minutes(self) -> int:
        """How much more was signed than planned; negative for less."""
        return self.signed - self.planned


def entries_of(network: Network, month: date) -> QuerySet[HourEntry]:
    """Return every entry of a month, for whoever keeps the hours."""
    first, last = bounds_of(month)
    return HourEntry.objects.filter(network=network, day__gte=first, day__lte=last).select_related(
        "worker", "organisation", "contract", "slot"
    )


def signed_hours(network: Network, month: date) -> list[SignedHours]:
    """Return the signed hours of a month, for invoices and pay. One query."""
    return signed_between(network, *bounds_of(month))


def signed_between(network: Network, first: date, last: date) -> list[SignedHours]:
    """Return the signed hours of some days, both included, for invoices and pay. One query."""
    return _hours_of(
        HourEntry.objects.filter(network=network, day__gte=first, day__lte=last, state__in=SIGNED)
    )


def standing_between(network: Network, first: date, last: date) -> list[SignedHours]:
    """Return the hours of some days as they stand, signed or not: what pay is prepared with."""
    return _hours_of(HourEntry.objects.filter(network=network, day__gte=first, day__lte=last))


def _hours_of(entries: QuerySet[HourEntry]) -> list[SignedHours]:
    rows = entries.select_related("worker", "organisation", "contract__worker", "slot")
    return [
        SignedHours(
            key=row.pk,
            entry_id=row.public_id,
            kind=EntryKind(row.kind),
            worker=row.worker,
            organisation=row.organisation,
            contract=row.contract,
            occupation_label=row.occupation_label,
            day=row.day,
            start_minute=row.start_minute,
            end_minute=row.end_minute,
            break_minutes=row.break_minutes,
            presence_minutes=row.presence_minutes,
            billed_minutes=row.billed_minutes,
            planned_minutes=row.planned_minutes,
            notice=_notice(row),
            state=row.state,
        )
        for row in rows
    ]


def signed_expenses(network: Network, month: date) -> QuerySet[Expense]:
    """Return the approved expenses of a month with what each firm bears, for invoices and pay."""
    first, last = bounds_of(month)
    shares = ExpenseShare.objects.select_related("organisation", "expense")
    return (
        Expense.objects.filter(
            network=network, day__gte=first, day__lte=last, approved_at__isnull=False
        )
        .select_related("worker")
        .prefetch_related(Prefetch("shares", queryset=shares))
        .defer("receipt")
    )


def adjustments_in(network: Network, month: date) -> QuerySet[Adjustment]:
    """Return what puts closed months right and counts by the end of this one, for invoices."""
    return Adjustment.objects.filter(
        network=network, month__lte=month.replace(day=1)
    ).select_related("worker", "organisation", "contract", "entry")


def explained_difference(entries: Iterable[HourEntry]) -> list[Difference]:
    """Return why signed presence is not what was planned, entry by entry.

    Planned minutes and all of these differences add up to the signed presence, to the minute.
    """
    found = []
    for entry in entries:
        signed = entry.presence_minutes if entry.state in SIGNED else 0
        planned = 0 if entry.kind != EntryKind.WORKED else entry.planned_minutes
        if signed != planned:
            why = entry.get_kind_display() if signed else entry.get_state_display()
            found.append(
                Difference(
                    entry.public_id,
                    entry.organisation_id,
                    planned,
                    signed,
                    entry.why or str(why),
                )
            )
    return found


def is_closed(network: Network, day: date) -> bool:
    """Whether the month of a day is closed: its hours change no more."""
    return MonthClosing.objects.filter(network=network, month=day.replace(day=1)).exists()


def rules_of(network: Network) -> HourRules:
    """Return how a network counts its hours, the usual way when nothing was chosen."""
    return HourRules.objects.filter(network=network).first() or HourRules(network=network)


def _notice(entry: HourEntry) -> timedelta | None:
    if entry.kind != EntryKind.CANCELLED or entry.cancelled_at is None:
        return None
    midnight = datetime(
        entry.day.year, entry.day.month, entry.day.day, tzinfo=get_current_timezone()
    )
    # Aware arithmetic keeps the wall clock: the slot begins at its own hour on a day of change.
    begins = midnight + timedelta(minutes=entry.planned_start or entry.start_minute)
    return begins - entry.cancelled_at
