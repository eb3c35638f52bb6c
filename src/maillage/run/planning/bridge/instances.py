"""What was read of a network, as a question of the rostering engine.

Ids are the public ones of workers, firms and slots; minutes count from 00:00 of the first day.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from itertools import combinations
from typing import TYPE_CHECKING, Final

from maillage.engines.rostering.entities import (
    Assignment as Seat,
)
from maillage.engines.rostering.entities import (
    Contract,
    Firm,
    History,
    Horizon,
    Need,
)
from maillage.engines.rostering.entities import (
    Worker as Hand,
)
from maillage.engines.rostering.french_law import MINOR
from maillage.engines.rostering.instance import Instance
from maillage.engines.rostering.plan import Plan
from maillage.engines.rostering.settings import RulePack
from maillage.run.employment.enums import WeeklyKind
from maillage.run.employment.queries import (
    away_spans,
    contract_on,
    last_day,
    week_minutes_on,
    weekly_spans,
)
from maillage.run.planning.bridge.packs import pack_with
from maillage.run.planning.gathering import (
    WEEKS_BEHIND,
    Ground,
    Shift,
    monday_of,
    point_of,
    travel_minutes,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from maillage.run.employment.models import LendingAgreement, Worker
    from maillage.run.planning.models import Assignment, Slot

DAY: Final = 24 * 60
MAJORITY: Final = 18  # years
# What one person missing costs for each step of importance: more than any comfort of the pack.
UNCOVERED: Final = 250


@dataclass(frozen=True)
class Question:
    """A ground and what the engine makes of it; `published` is what people were told."""

    ground: Ground
    published: frozenset[tuple[int, int]] = frozenset()
    now: int = 0

    @cached_property
    def pack(self) -> RulePack:
        """The rules in force, with the papers that workers hold all along."""
        documents = frozenset(
            (paper.rule, str(worker.public_id))
            for worker in self.ground.workers
            for paper in worker.authorisations.all()
            if paper.starts_on <= self.ground.first
            and (paper.ends_on is None or paper.ends_on >= self.ground.last)
        )
        return RulePack(settings=pack_with(self.ground.rule_changes).settings, documents=documents)

    @cached_property
    def instance(self) -> Instance:
        """The question itself; raises `RosterError` when what was read makes no sense."""
        needs = {slot.pk: self.need_of(slot) for slot in self._slots}
        names = self._names
        seats = [
            Seat(names[each.worker_id], needs[each.slot_id].need_id)
            for each in self.ground.held
            if each.fixed and each.slot_id in needs
        ]
        return Instance(
            horizon=Horizon(self.ground.first, self.ground.days),
            workers=tuple(self.hand_of(worker) for worker in self.ground.workers),
            firms=tuple(self._firms.values()),
            needs=tuple(needs.values()),
            pack=self.pack,
            competitors=self._competitors,
            travel=self._travel,
            fixed=frozenset(seats),
            published=frozenset(
                Seat(names[worker_id], needs[slot_id].need_id)
                for worker_id, slot_id in self.published
                if worker_id in names and slot_id in needs
            ),
            now=self.now,
            holidays=frozenset(
                number
                for number in range(self.ground.days)
                if self.ground.holiday_on(self.ground.first + timedelta(days=number))
            ),
        )

    @cached_property
    def plan(self) -> Plan:
        """Who is in which slot now; slots that are no longer to be filled are left out."""
        live = {slot.pk for slot in self._slots}
        return Plan(
            frozenset(
                Seat(str(each.worker.public_id), str(each.slot.public_id))
                for each in self.ground.held
                if each.slot_id in live
            )
        )

    @cached_property
    def _names(self) -> Mapping[int, str]:
        return {worker.pk: str(worker.public_id) for worker in self.ground.workers}

    @cached_property
    def _slots(self) -> tuple[Slot, ...]:
        return tuple(slot for slot in self.ground.slots if self.ground.is_live(slot))

    @cached_property
    def _firms(self) -> Mapping[int, Firm]:
        found = {}
        for slot in self._slots:
            found[slot.organisation_id] = Firm(
                str(slot.organisation.public_id),
                slot.organisation.name,
                self._place(slot.organisation_id, None),
            )
        return found

    def _place(self, organisation_id: int, site_id: int | None) -> str:
        site = self.ground.sites.get(site_id or 0) or self.ground.main_sites.get(organisation_id)
        return "" if site is None else str(site.public_id)

    def need_of(self, slot: Slot) -> Need:
        """Return a slot as the engine knows it."""
        midnight = (slot.day - self.ground.first).days * DAY
        return Need(
            need_id=str(slot.public_id),
            firm_id=str(slot.organisation.public_id),
            skill=slot.occupation,
            level=slot.level,
            start=midnight + slot.start_minute,
            end=midnight + slot.end_minute,
            count=slot.people,
            importance=slot.importance * UNCOVERED,
            wished_worker_id=self._wished(slot),
            place_id=self._place(slot.organisation_id, slot.site_id),
            urgent=slot.urgent,
            unpleasant=slot.unpleasant,
            break_minutes=slot.break_minutes,
        )

    def _wished(self, slot: Slot) -> str:
        return self._names.get(slot.wished_worker_id or 0, "")

    def hand_of(self, worker: Worker) -> Hand:
        """Return a worker as the engine knows them."""
        ground = self.ground
        lendings: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for contract in worker.contracts.all():
            for lending in contract.lendings.all():
                lendings[lending.organisation_id].append(self._span(lending))
        whole = (0, ground.days * DAY)
        allowed = {f: spans for f, spans in lendings.items() if f in self._firms}
        weekly = list(worker.weekly_times.all())
        times: dict[str, Iterable[tuple[int, int]]] = {
            kind: weekly_spans(
                [each for each in weekly if each.kind == kind], ground.first, ground.days
            )
            for kind in WeeklyKind.values
        }
        return Hand(
            worker_id=str(worker.public_id),
            name=worker.name,
            contract=Contract(self._week_minutes(worker)),
            skills={skill.occupation: skill.level for skill in worker.skills.all()},
            home_id=f"home {worker.public_id}" if point_of(worker) else "",
            firm_ids=frozenset(self._firms[f].firm_id for f in allowed),
            lent={
                self._firms[f].firm_id: tuple(sorted(spans))
                for f, spans in allowed.items()
                if whole not in spans
            },
            absences=(
                *away_spans(worker, ground.first, ground.days),
                *times[WeeklyKind.UNAVAILABLE],
            ),
            outside=tuple(times[WeeklyKind.OUTSIDE_JOB]),
            history=self._history(worker),
            groups=frozenset({MINOR}) if self._is_minor(worker) else frozenset(),
        )

    def _is_minor(self, worker: Worker) -> bool:
        """Whether a worker is under 18 on the first day (Code du travail, L3162-1)."""
        born, first = worker.born_on, self.ground.first
        if born is None:
            return False
        return (born.year + MAJORITY, born.month, born.day) > (first.year, first.month, first.day)

    def _span(self, lending: LendingAgreement) -> tuple[int, int]:
        """Return when a lending agreement holds; beyond the horizon on a side where it goes on."""
        ground = self.ground
        start = max((lending.starts_on - ground.first).days, 0) * DAY
        end = last_day(lending)
        days = ground.days if end is None else min((end - ground.first).days + 1, ground.days)
        return start, days * DAY

    def _week_minutes(self, worker: Worker) -> int:
        for number in range(self.ground.days):
            day = self.ground.first + timedelta(days=number)
            contract = contract_on(worker, day)
            if contract is not None:
                return week_minutes_on(contract, day)
        return 0

    def _history(self, worker: Worker) -> History:
        ground = self.ground
        past = ground.past_by_worker.get(worker.pk, ())
        minutes: dict[date, int] = defaultdict(int)
        for each in past:
            minutes[monday_of(each.day)] += each.minutes
        this_monday = monday_of(ground.first)
        mondays = [this_monday - timedelta(weeks=back) for back in range(WEEKS_BEHIND - 1, 0, -1)]
        worked = {each.day for each in past}
        row = 0
        while ground.first - timedelta(days=row + 1) in worked:
            row += 1
        return History(
            days_in_row=row or None,
            days_off_in_row=None if row else _days_off(worked, ground.first),
            last_end=_last_end(past, ground.first),
            weeks=tuple(minutes[monday] for monday in mondays),
            this_week=minutes[this_monday],
            urgent_calls=sum(each.urgent for each in past),
            urgent_this_month=sum(
                each.urgent
                and (each.day.year, each.day.month) == (ground.first.year, ground.first.month)
                for each in past
            ),
            unpleasant_slots=sum(each.unpleasant for each in past),
            known_firm_ids=frozenset(
                self._firms[each.organisation_id].firm_id
                for each in past
                if each.organisation_id in self._firms
            ),
        )

    @cached_property
    def _competitors(self) -> frozenset[tuple[str, str]]:
        firms = self._firms
        return frozenset(
            (firms[one].firm_id, firms[other].firm_id)
            for one, other in self.ground.apart
            if one in firms and other in firms
        )

    @cached_property
    def _travel(self) -> Mapping[tuple[str, str], int]:
        """Minutes between places: sites that some worker may serve, and homes to these."""
        places = {}
        for slot in self._slots:
            site = self.ground.site_of(slot)
            if site is not None:
                places[str(site.public_id)] = point_of(site)
        found = {
            (one, other): travel_minutes(places[one], places[other])
            for one, other in combinations(sorted(places), 2)
        }
        for worker in self.ground.workers:
            home = point_of(worker)
            if home is not None:
                found |= {
                    (f"home {worker.public_id}", place): travel_minutes(home, point)
                    for place, point in places.items()
                }
        return found


def seats_of(rows: Iterable[Assignment]) -> frozenset[Seat]:
    """Return assignments as the engine knows them; their worker and slot are read with them."""
    return frozenset(Seat(str(each.worker.public_id), str(each.slot.public_id)) for each in rows)


def _last_end(past: Iterable[Shift], first: date) -> int | None:
    """Return the minute at which the last work ended, none after 00:00 of the first day."""
    ends = [(each.day - first).days * DAY + each.end_minute for each in past]
    return min(max(ends), 0) if ends else None


def _days_off(worked: set[date], first: date) -> int | None:
    """Return how many days were free right before the first, None when no work is known."""
    return None if not worked else (first - max(worked)).days - 1
