"""The answer: who is in which slot; and one worker's line, which is what most rules judge."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from operator import attrgetter
from typing import TYPE_CHECKING

from maillage.engines.rostering.entities import DAY, OUTSIDE, WEEK_DAYS, Assignment, Need
from maillage.engines.rostering.sentences import RosterError, Sentence

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from maillage.engines.rostering.entities import Span, Worker
    from maillage.engines.rostering.instance import Instance
    from maillage.engines.rostering.settings import Setting

UNKNOWN = Sentence("“{value}” does not exist", "«\u00a0{value}\u00a0» n’existe pas")
IN_ORDER = attrgetter("start", "end", "need_id")
OPENING_WEEKDAYS = 5  # Monday to Friday, over which a contract's weekly minutes are spread


@dataclass(frozen=True, slots=True)
class Plan:
    """Assignments, each once."""

    assignments: frozenset[Assignment]

    def staff(self) -> Mapping[str, list[str]]:
        """The workers of each need that has any, sorted."""
        staff: dict[str, list[str]] = {}
        for assignment in sorted(self.assignments):
            staff.setdefault(assignment.need_id, []).append(assignment.worker_id)
        return staff


def outside_needs(worker: Worker) -> tuple[Need, ...]:
    """A worker's jobs elsewhere, as slots of no firm."""
    return tuple(
        Need(
            need_id=f"{worker.worker_id} elsewhere at {start}",
            firm_id=OUTSIDE,
            skill="",
            start=start,
            end=end,
        )
        for start, end in worker.outside
    )


@dataclass(frozen=True)
class Line:
    """All a worker does in the horizon, jobs elsewhere included, in order of start."""

    instance: Instance
    worker: Worker
    needs: tuple[Need, ...]

    @cached_property
    def own(self) -> tuple[Need, ...]:
        """The slots of firms, without jobs elsewhere."""
        return tuple(need for need in self.needs if need.firm_id != OUTSIDE)

    @cached_property
    def need_ids(self) -> frozenset[str]:
        """Ids of the slots of firms."""
        return frozenset(need.need_id for need in self.own)

    @cached_property
    def firm_ids(self) -> tuple[str, ...]:
        """The firms served, sorted."""
        return tuple(sorted({need.firm_id for need in self.own}))

    @cached_property
    def by_day(self) -> Mapping[int, tuple[Need, ...]]:
        """The slots of each day worked."""
        days: dict[int, list[Need]] = {}
        for need in self.needs:
            days.setdefault(need.start // DAY, []).append(need)
        return {day: tuple(needs) for day, needs in days.items()}

    @cached_property
    def minutes_by_day(self) -> Mapping[int, int]:
        """Work of each day, travel between two sites included."""
        return {
            day: sum(need.minutes for need in needs)
            + sum(self.travel_minutes(a, b) for a, b in pairwise(needs))
            for day, needs in self.by_day.items()
        }

    def minutes(self, first_day: int, last_day: int) -> int:
        """Work from one day to another, both included."""
        if first_day == last_day:
            return self.minutes_by_day.get(first_day, 0)
        return sum(m for day, m in self.minutes_by_day.items() if first_day <= day <= last_day)

    def travel_minutes(self, first: Need, second: Need) -> int:
        """Travel from one slot to the next; jobs elsewhere have no known place."""
        if OUTSIDE in (first.firm_id, second.firm_id):
            return 0
        instance = self.instance
        here, there = instance.place_of(first), instance.place_of(second)
        return 0 if here == there else instance.travel_minutes(here, there)

    def worked_days(self) -> tuple[bool, ...]:
        """Whether each day of the horizon is worked."""
        return tuple(day in self.by_day for day in range(self.instance.horizon.days))

    def gaps(self) -> Iterator[tuple[float, float]]:
        """Each time without work, from minute to minute; without end after the last slot."""
        last = self.worker.history.last_end
        free_from = float("-inf") if last is None else float(last)
        for need in self.needs:
            if need.start > free_from:
                yield free_from, need.start
            free_from = max(free_from, need.end)
        yield free_from, float("inf")

    def days_in_force(self, setting: Setting) -> tuple[int, ...]:
        """The days of the horizon on which a setting holds."""
        return tuple(d for d, holds in enumerate(setting.days_of(self.instance.horizon)) if holds)

    def in_force(self, setting: Setting) -> Iterator[Need]:
        """The slots of firms that start while a setting holds."""
        days = setting.days_of(self.instance.horizon)
        if days[0] and days[-1]:
            return iter(self.own)
        return (need for need in self.own if days[need.day])


def contract_minutes(instance: Instance, worker: Worker, week: Span) -> int:
    """Minutes that the contract promises in a week.

    They are in proportion to the Mondays to Fridays of the week that lie in the horizon and are
    neither holidays nor days wholly away.
    """
    horizon = instance.horizon
    first, last = week
    days = sum(
        0 <= day < horizon.days
        and horizon.weekday(day) < OPENING_WEEKDAYS
        and day not in instance.holidays
        and not _away(worker, day)
        for day in range(first, last + 1)
    )
    return worker.contract.week_minutes * days // OPENING_WEEKDAYS


def is_available(worker: Worker, need: Need) -> bool:
    """Whether a slot meets no absence, and lies in the hours offered when some are."""
    if any(start < need.end and need.start < end for start, end in worker.absences):
        return False
    offered = worker.availability
    return offered is None or any(s <= need.start and need.end <= e for s, e in offered)


def _away(worker: Worker, day: int) -> bool:
    return any(s <= day * DAY and (day + 1) * DAY <= e for s, e in worker.absences)


def weeks_of(instance: Instance) -> tuple[Span, ...]:
    """The civil weeks that lie wholly inside the horizon, first and last day."""
    days = instance.horizon.days
    return tuple(
        (first, last)
        for first, last in instance.horizon.weeks
        if first >= 0 and last < days and last - first + 1 == WEEK_DAYS
    )


def line_of(instance: Instance, worker: Worker, needs: tuple[Need, ...]) -> Line:
    """Return a worker's line from slots in any order; jobs elsewhere are added."""
    every = (*needs, *outside_needs(worker))
    return Line(instance, worker, tuple(sorted(every, key=IN_ORDER)))


def lines_of(instance: Instance, plan: Plan) -> tuple[Line, ...]:
    """The line of every worker, in the instance's order.

    Raises `RosterError` when the plan names somebody or something that is not there.
    """
    held: dict[str, list[Need]] = {worker.worker_id: [] for worker in instance.workers}
    for assignment in sorted(plan.assignments):
        row = f"assignment {assignment.worker_id}, {assignment.need_id}"
        if assignment.worker_id not in held:
            raise RosterError(row, "worker_id", UNKNOWN, value=assignment.worker_id)
        if assignment.need_id not in instance.need_by_id:
            raise RosterError(row, "need_id", UNKNOWN, value=assignment.need_id)
        held[assignment.worker_id].append(instance.need_by_id[assignment.need_id])
    return tuple(
        line_of(instance, worker, tuple(held[worker.worker_id])) for worker in instance.workers
    )
