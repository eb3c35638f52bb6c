"""The things a roster is about: days, firms, workers with their past, and slots to fill.

Time is counted in whole minutes from 00:00 of the first day (local time). A slot belongs to the
day on which it starts. Travel and work are minutes too; costs are points (see `settings`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

DAY: Final = 24 * 60
WEEK_DAYS: Final = 7
SATURDAY, SUNDAY = 5, 6
OUTSIDE: Final = ""  # the firm of an outside job

Span = tuple[int, int]  # from one minute to another, the last not included


@dataclass(frozen=True, slots=True)
class Horizon:
    """The days to plan: `days` of them from `start`."""

    start: date
    days: int

    @property
    def minutes(self) -> int:
        """Length in minutes."""
        return self.days * DAY

    def date_of(self, day: int) -> date:
        """The date of a day counted from 0."""
        return self.start + timedelta(days=day)

    def weekday(self, day: int) -> int:
        """0 for Monday to 6 for Sunday."""
        return (self.start.weekday() + day) % WEEK_DAYS

    @property
    def weeks(self) -> tuple[Span, ...]:
        """First and last day, both included, of each civil week that has a day in the horizon.

        Days may lie outside the horizon: a week is always Monday to Sunday.
        """
        monday = -self.start.weekday()
        return tuple((day, day + WEEK_DAYS - 1) for day in range(monday, self.days, WEEK_DAYS))


@dataclass(frozen=True, slots=True)
class Firm:
    """A user firm and the place where its work is done."""

    firm_id: str
    name: str = ""
    place_id: str = ""

    @property
    def label(self) -> str:
        """What people call it."""
        return self.name or self.firm_id


@dataclass(frozen=True, slots=True)
class Contract:
    """Minutes a week that the worker is paid for."""

    week_minutes: int


@dataclass(frozen=True, slots=True)
class History:
    """What happened before the horizon and still matters; None is unknown.

    `days_in_row` days were worked, or `days_off_in_row` were free, right up to the first day;
    `last_end` is the minute (zero or negative) at which the last work ended; `weeks` are the
    minutes worked in past civil weeks, the latest last; `this_week` those worked since Monday
    when the horizon starts later in the week. `urgent_calls` are all those answered before,
    `urgent_this_month` those of the month in which the horizon starts. `night_minutes` were worked
    at night over the past twelve months, `overtime_minutes` beyond the legal week this year.
    """

    days_in_row: int | None = None
    days_off_in_row: int | None = None
    last_end: int | None = None
    weeks: tuple[int, ...] = ()
    this_week: int = 0
    urgent_calls: int = 0
    urgent_this_month: int = 0
    night_minutes: int = 0
    overtime_minutes: int = 0
    unpleasant_slots: int = 0
    known_firm_ids: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Request:
    """A worker asks for a slot (`wanted`) or asks to be spared it; `weight` multiplies its cost."""

    need_id: str
    wanted: bool
    weight: int = 1


@dataclass(frozen=True, kw_only=True)
class Worker:
    """A shared worker.

    `skills` holds a level for each skill. `firm_ids` None means any firm; `lent` gives, for firms
    whose agreement does not hold all along, the spans in which it does. The worker is free in
    the spans of `availability` (None: always) less `absences`; `outside` are jobs elsewhere,
    which count as work. `groups` are those that some settings are meant for ("minor",
    "night_worker").
    """

    worker_id: str
    contract: Contract
    name: str = ""
    skills: Mapping[str, int] = field(default_factory=dict)
    home_id: str = ""
    firm_ids: frozenset[str] | None = None
    lent: Mapping[str, tuple[Span, ...]] = field(default_factory=dict)
    availability: tuple[Span, ...] | None = None
    absences: tuple[Span, ...] = ()
    outside: tuple[Span, ...] = ()
    requests: tuple[Request, ...] = ()
    groups: frozenset[str] = frozenset()
    history: History = field(default_factory=History)

    @property
    def label(self) -> str:
        """What people call them."""
        return self.name or self.worker_id


@dataclass(frozen=True, kw_only=True)
class Need:
    """A slot a firm wants filled by `count` people.

    `importance` multiplies what rule `uncovered` charges per person missing, `surplus` what rule
    `surplus` charges per person too many (None: nobody too many, ever). `kind` is a label such
    as "night". `place_id` is where, when not at the firm's own place.
    """

    need_id: str
    firm_id: str
    skill: str
    start: int
    end: int
    level: int = 0
    count: int = 1
    importance: int = 1
    surplus: int | None = None
    wished_worker_id: str = ""
    place_id: str = ""
    kind: str = ""
    urgent: bool = False
    unpleasant: bool = False
    break_minutes: int = 0

    @property
    def minutes(self) -> int:
        """Working time."""
        return self.end - self.start - self.break_minutes

    @property
    def day(self) -> int:
        """The day it belongs to."""
        return self.start // DAY


@dataclass(frozen=True, slots=True, order=True)
class Assignment:
    """One worker in one slot."""

    worker_id: str
    need_id: str
