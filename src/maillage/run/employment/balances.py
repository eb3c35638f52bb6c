"""How many days of paid leave a worker has earned, taken and left.

Two and a half working days for each month under contract (L3141-3), a week being six of them; two
for a month wholly off sick (L3141-5-1), as if worked after an accident at work (L3141-5), none for
a month wholly without pay. The days of a year that goes from June to May are rounded up once it is
over (L3141-7).
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_CEILING, Decimal
from typing import Final

from django.utils.timezone import localdate

from maillage.run.employment.enums import AbsenceKind, LeaveKind, LeaveState
from maillage.run.employment.models import Absence, EmploymentContract, Leave, Worker
from maillage.run.employment.queries import in_force, last_day
from maillage.run.employment.working_days import (
    SATURDAY,
    days_between,
    is_working_day,
    working_days,
)

A_MONTH: Final = Decimal("2.5")
A_SICK_MONTH: Final = Decimal(2)
HALF: Final = Decimal("0.5")
FIRST_MONTH: Final = 6  # the year of leave begins in June
NOTICE_MONTHS: Final = 1  # the order of leave is told a month before (D3141-6)


@dataclass(frozen=True, slots=True)
class Balance:
    """Days of paid leave under the contract of a day, in working days.

    `coming` are granted and not taken yet, `asked` wait for an answer.
    """

    since: date | None
    earned: Decimal
    taken: Decimal
    coming: Decimal
    asked: Decimal

    @property
    def left(self) -> Decimal:
        """What is left once every leave granted is taken."""
        return self.earned - self.taken - self.coming


def leaves_of(worker: Worker) -> list[Leave]:
    """Return every leave of a worker, the latest first: for the worker, or whoever grants it."""
    return list(Leave.objects.filter(worker=worker).order_by("-starts_on", "-id"))


def leave_balance(worker: Worker, day: date) -> Balance:
    """Return the paid leave of a worker as it stands on a day. Three queries."""
    contract = (
        EmploymentContract.objects.filter(in_force(day, day), worker=worker)
        .order_by("starts_on")
        .first()
    )
    if contract is None:
        nothing = Decimal(0)
        return Balance(None, nothing, nothing, nothing, nothing)
    leaves = Leave.objects.filter(worker=worker, ends_on__gte=contract.starts_on)
    living = list(leaves.filter(state__in=(LeaveState.ASKED, LeaveState.GRANTED)))
    absences = list(Absence.objects.filter(worker=worker))
    taken = coming = asked = Decimal(0)
    for leave in living:
        if leave.kind != LeaveKind.PAID:
            continue
        if leave.state == LeaveState.ASKED:
            asked += days_counted(leave)
        else:
            whole = days_counted(leave)
            spent = whole if leave.ends_on <= day else _spent(leave, day)
            taken, coming = taken + spent, coming + whole - spent
    return Balance(
        contract.starts_on, _earned(contract, day, living, absences), taken, coming, asked
    )


def days_counted(leave: Leave) -> Decimal:
    """Return the working days that a leave takes: halves for half days.

    Leave until a Friday evening takes the Saturday too: the worker comes back on the Monday.
    """
    last = leave.ends_on
    if last.weekday() == SATURDAY - 1 and not leave.until_noon:
        last += timedelta(days=1)
    days = Decimal(working_days(leave.starts_on, last))
    if leave.from_noon and is_working_day(leave.starts_on):
        days -= HALF
    if leave.until_noon and is_working_day(leave.ends_on):
        days -= HALF
    return days


def is_short_notice(leave: Leave, day: date | None = None) -> bool:
    """Whether a leave is answered less than a month before it begins (D3141-6)."""
    return _month_after(day or localdate(), NOTICE_MONTHS) > leave.starts_on


def _spent(leave: Leave, day: date) -> Decimal:
    """Return the working days of a leave that are over on a day, which is one of its days."""
    if day < leave.starts_on:
        return Decimal(0)
    days = Decimal(working_days(leave.starts_on, day))
    return days - HALF if leave.from_noon and is_working_day(leave.starts_on) else days


def _earned(
    contract: EmploymentContract, day: date, leaves: Iterable[Leave], absences: Iterable[Absence]
) -> Decimal:
    unpaid = {
        one
        for leave in leaves
        if leave.kind == LeaveKind.UNPAID and leave.state == LeaveState.GRANTED
        for one in days_between(leave.starts_on, min(leave.ends_on, day))
    }
    sick = {
        one
        for absence in absences
        if absence.kind == AbsenceKind.SICKNESS
        for one in days_between(localdate(absence.starts_at), _last_away(absence, day))
    }
    end = min(day, last_day(contract) or day)
    years: dict[int, Decimal] = defaultdict(Decimal)
    count = 0
    while (until := _month_after(contract.starts_on, count + 1)) <= end + timedelta(days=1):
        begin = _month_after(contract.starts_on, count)
        count += 1
        month = set(days_between(begin, until - timedelta(days=1)))
        if month <= unpaid:
            continue
        years[_year_of(until - timedelta(days=1))] += A_SICK_MONTH if month <= sick else A_MONTH
    present = _year_of(day)
    return sum(
        (
            days if year == present else days.to_integral_value(ROUND_CEILING)
            for year, days in years.items()
        ),
        Decimal(0),
    )


def _last_away(absence: Absence, day: date) -> date:
    back = absence.back_on or absence.expected_on
    return day if back is None else min(back - timedelta(days=1), day)


def _year_of(day: date) -> int:
    """Return the year of leave of a day, by the year in which its June falls."""
    return day.year if day.month >= FIRST_MONTH else day.year - 1


def _month_after(day: date, count: int) -> date:
    """Return the same day some months later, else the first of the month after."""
    years, rank = divmod(day.month - 1 + count, 12)
    year, month = day.year + years, rank + 1
    try:
        return date(year, month, day.day)
    except ValueError:
        years, rank = divmod(month, 12)
        return date(year + years, rank + 1, 1)
