"""A roster in the words of its people: all that a report shows.

Plain data that knows neither the engine nor any format. `bridge.py` builds it, `reports` say it.
Sentences are in the language in use when it was built. Times are minutes from 00:00 of the first
day; costs are points.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Final

DAY: Final = 24 * 60
OPTIMAL: Final = "OPTIMAL"


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """Work of a firm, from `start` to `end`, with the ids of who is there out of `count`."""

    need_id: str
    firm_id: str
    firm: str
    skill: str
    start: int
    end: int
    minutes: int
    count: int
    worker_ids: tuple[str, ...]
    urgent: bool = False

    @property
    def day(self) -> int:
        """The day it belongs to."""
        return self.start // DAY

    @property
    def missing(self) -> int:
        """How many people it lacks."""
        return max(0, self.count - len(self.worker_ids))


@dataclass(frozen=True, slots=True)
class Person:
    """A worker, and the minutes a week of their contract."""

    worker_id: str
    name: str
    week_minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """A rule that the plan does not meet, in a sentence that ends with its article."""

    rule: str
    name: str
    article: str
    text: str
    severity: str
    forbidden: bool
    amount: int
    unit: str
    points: float
    worker_id: str
    need_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cost:
    """What one rule costs: `name` and `unit` are words, `rule` is its code."""

    rule: str
    name: str
    amount: int
    unit: str
    points: float


@dataclass(frozen=True, slots=True)
class Search:
    """How a plan was found, and how far from the best it can be."""

    status: str
    bound: float | None
    gap: float | None
    seconds: float
    seed: int
    stopped_early: bool


@dataclass(frozen=True, kw_only=True)
class Roster:
    """A plan against its question. `weeks` are first and last days, both included."""

    file: str
    start: date
    days: int
    weeks: tuple[tuple[int, int], ...]
    people: tuple[Person, ...]
    firms: Mapping[str, str]
    slots: tuple[Slot, ...]
    remarks: tuple[Remark, ...]
    costs: tuple[Cost, ...]
    points: float
    created_at: datetime
    search: Search | None = None

    @cached_property
    def forbidden(self) -> tuple[Remark, ...]:
        """What no plan may do."""
        return tuple(remark for remark in self.remarks if remark.forbidden)

    @cached_property
    def empty(self) -> tuple[Slot, ...]:
        """Slots that lack somebody."""
        return tuple(slot for slot in self.slots if slot.missing)

    @cached_property
    def asked(self) -> int:
        """People asked for, over all slots."""
        return sum(slot.count for slot in self.slots)

    @cached_property
    def covered(self) -> int:
        """People asked for who are there."""
        return self.asked - sum(slot.missing for slot in self.slots)

    @cached_property
    def names(self) -> Mapping[str, str]:
        """The name of each worker."""
        return {person.worker_id: person.name for person in self.people}

    @cached_property
    def slots_by_worker(self) -> Mapping[str, tuple[Slot, ...]]:
        """Each worker's slots, in order of start."""
        held: dict[str, list[Slot]] = {person.worker_id: [] for person in self.people}
        for slot in self.slots:
            for worker_id in slot.worker_ids:
                held[worker_id].append(slot)
        return {worker_id: tuple(slots) for worker_id, slots in held.items()}

    def date_of(self, day: int) -> date:
        """The date of a day counted from 0."""
        return self.start + timedelta(days=day)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A worker takes a slot, left by somebody ("" when it was empty), and what is known of them."""

    slot: Slot
    worker_id: str
    worker: str
    left_by: str
    knows_firm: bool
    travel_minutes: int
    urgent_calls: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One way to mend a plan, from 1; what it changes, costs, and whom to tell."""

    number: int
    steps: tuple[Step, ...]
    left: tuple[Slot, ...]
    touched: int
    told: tuple[str, ...]
    costs: tuple[Cost, ...]
    points: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Mending:
    """The choices against a change; `kept` are fixed slots that an absence meets."""

    file: str
    start: date
    holes: tuple[Slot, ...]
    kept: tuple[Slot, ...]
    choices: tuple[Choice, ...]
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Hindrance:
    """Why a worker is not in an empty slot: sentences, none when only the cost keeps them out."""

    worker_id: str
    worker: str
    texts: tuple[str, ...]
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Help:
    """What would let somebody take an empty slot, and what the plan would cost more."""

    kind: str
    worker_id: str
    text: str
    points: float


@dataclass(frozen=True, slots=True, kw_only=True)
class EmptySlot:
    """A slot that lacks somebody, explained."""

    slot: Slot
    hindrances: tuple[Hindrance, ...]
    helps: tuple[Help, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """Why a worker is in a slot."""

    slot: Slot
    worker_id: str
    code: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A roster explained."""

    roster: Roster
    empty: tuple[EmptySlot, ...]
    whys: tuple[Why, ...]
