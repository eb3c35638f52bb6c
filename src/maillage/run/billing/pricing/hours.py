"""Hours to price, and what they are cut into: night, Sunday, public holiday, overtime."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Final
from uuid import UUID

DAY_MINUTES: Final = 24 * 60
SUNDAY: Final = 6
FULL_WEEK: Final = 35 * 60  # minutes (L3121-27)
FIRST_OVERTIME: Final = 8 * 60  # minutes at the first rate (L3121-36)
TENTH, THIRD = 10, 3


class Cut(StrEnum):
    """A part of some hours that is paid more; one hour may be in several."""

    NIGHT = "night"
    SUNDAY = "sunday"
    HOLIDAY = "holiday"
    MAY_DAY = "may_day"
    OVERTIME_25 = "overtime_25"
    OVERTIME_50 = "overtime_50"
    EXTRA_10 = "extra_10"
    EXTRA_25 = "extra_25"


# What the law adds to the gross pay, in percent, where no agreement says otherwise.
LEGAL: Final[Mapping[Cut, Decimal]] = {
    Cut.MAY_DAY: Decimal(100),  # L3133-6
    Cut.OVERTIME_25: Decimal(25),  # L3121-36
    Cut.OVERTIME_50: Decimal(50),  # L3121-36
    Cut.EXTRA_10: Decimal(10),  # L3123-29, up to a tenth of the contract
    Cut.EXTRA_25: Decimal(25),  # L3123-29, beyond
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """Hours of a contract in a firm, as signed; minutes from midnight of `day`.

    `billed` may be less than what was worked (the group bears the rest) or none. `counts` says
    whether it is presence, which makes a week of work; a cancelled slot or a holiday is not.
    `holiday` is "holiday" or "may_day" when the day is one where the firm is.
    """

    entry: UUID
    contract: UUID
    firm: UUID
    day: date
    start: int
    end: int
    pause: int
    billed: int
    counts: bool = True
    holiday: str = ""
    notice: timedelta | None = None

    @property
    def presence(self) -> int:
        """Paid minutes of work."""
        return self.end - self.start - self.pause if self.counts else 0


@dataclass(frozen=True, slots=True)
class Week:
    """What a week of a contract promises, in minutes; overtime only without a yearly count."""

    minutes: int
    by_year: bool = False


def cuts_of(
    hours: Sequence[Hours], week_of: Mapping[UUID, Week], night: tuple[int, int]
) -> Mapping[UUID, Mapping[Cut, int]]:
    """Return the minutes of each entry that are paid more, by why.

    `hours` hold every entry of the weeks concerned, also of days before those that are priced:
    overtime is that of the last hours of a week, Monday to Sunday (L3121-35), whoever they are
    for. Those of a break are taken to be plain hours first.
    """
    found: dict[UUID, dict[Cut, int]] = defaultdict(dict)
    for one in hours:
        if not one.counts:
            continue
        by_night = min(night_minutes(one.start, one.end, night), one.presence)
        on_sunday = min(_sunday_minutes(one), one.presence)
        if by_night:
            found[one.entry][Cut.NIGHT] = by_night
        if on_sunday:
            found[one.entry][Cut.SUNDAY] = on_sunday
        if one.holiday:
            found[one.entry][Cut(one.holiday)] = one.presence
    for weekly in _by_week(hours).values():
        for entry, cut, minutes in _beyond(weekly, week_of[weekly[0].contract]):
            found[entry][cut] = found[entry].get(cut, 0) + minutes
    return found


def night_minutes(start: int, end: int, night: tuple[int, int]) -> int:
    """Return the minutes of a span that are at night; both may pass midnight."""
    evening, morning = night
    nights = (
        (0, morning),
        (evening, DAY_MINUTES + morning),
        (DAY_MINUTES + evening, 2 * DAY_MINUTES),
    )
    return sum(max(0, min(end, last) - max(start, first)) for first, last in nights)


def _sunday_minutes(one: Hours) -> int:
    """Return the minutes that fall on a Sunday: of that day, or past midnight of a Saturday."""
    today = max(0, min(one.end, DAY_MINUTES) - one.start)
    if one.day.weekday() == SUNDAY:
        return today
    if one.day.weekday() == SUNDAY - 1:
        return one.end - one.start - today
    return 0


def _by_week(hours: Iterable[Hours]) -> Mapping[tuple[UUID, date], list[Hours]]:
    weeks: dict[tuple[UUID, date], list[Hours]] = defaultdict(list)
    for one in sorted(hours, key=lambda each: (each.day, each.start, each.entry)):
        if one.counts:
            weeks[one.contract, one.day - timedelta(days=one.day.weekday())].append(one)
    return weeks


def _beyond(weekly: Sequence[Hours], week: Week) -> Iterable[tuple[UUID, Cut, int]]:
    """Return what goes beyond a week, in the order in which it was worked."""
    if week.by_year:
        return
    bands = _bands(week.minutes)
    worked = 0
    for one in weekly:
        for cut, first, last in bands:
            minutes = min(worked + one.presence, last) - max(worked, first)
            if minutes > 0:
                yield one.entry, cut, minutes
        worked += one.presence


def _bands(contract: int) -> tuple[tuple[Cut, int, int], ...]:
    """Return from which to which minute of a week each supplement holds.

    A part-time contract has its own between what it promises and the full week (L3123-29).
    """
    endless = 7 * DAY_MINUTES
    overtime = (
        (Cut.OVERTIME_25, FULL_WEEK, FULL_WEEK + FIRST_OVERTIME),
        (Cut.OVERTIME_50, FULL_WEEK + FIRST_OVERTIME, endless),
    )
    if contract >= FULL_WEEK:
        return overtime
    tenth = min(contract + contract // TENTH, FULL_WEEK)
    return (
        (Cut.EXTRA_10, contract, tenth),
        (Cut.EXTRA_25, tenth, FULL_WEEK),
        *overtime,
    )
