"""Made-up roster questions with a planted reference plan, from a seed.

A plan is drawn first: each worker has two to four firms that do not compete, and a week of about
nine half-days repeated over the weeks, less days away and one slot in twenty. Its slots become the
needs, and 2 % more are added at peaks that nobody can serve for sure. The planted plan breaks no
forbidden rule (a test holds it to that), so its cost is a reference: known, not proved best.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import date
from math import hypot

from maillage.engines.rostering.entities import (
    DAY,
    SUNDAY,
    WEEK_DAYS,
    Assignment,
    Contract,
    Firm,
    History,
    Horizon,
    Need,
    Request,
    Worker,
)
from maillage.engines.rostering.french_law import CHARTER, HALF_DAY, HOUR, LAW, STRUCTURE
from maillage.engines.rostering.instance import Instance
from maillage.engines.rostering.plan import Plan
from maillage.engines.rostering.settings import RulePack, Setting, Severity

MONDAY = date(2026, 3, 2)
SKILLS = ("accounts", "baking", "driving", "reception", "sales", "welding")
STARTS = {"morning": 450, "afternoon": 750, "evening": 1020}  # 7:30, 12:30 and 17:00
AREA = 40  # kilometres across
MINUTES_PER_KM = 1
NIGHT_START, NIGHT_END, NOON = 1320, 1800, 690  # 22:00 to 6:00; 11:30
CALLS = 0.15  # of the slots are urgent, as many unpleasant; of the workers under 18
EXTRA = 0.02
RIVALRY = 0.05
EVENING = 0.12
PAUSE = 20  # minutes left of the time between two slots once the journey is made
DROPPED = 0.05  # of the slots of a typical week: the firm does without that time


@dataclass(frozen=True)
class MadeUp:
    """A question and a plan that answers it."""

    instance: Instance
    planted: Plan


def charter() -> tuple[Setting, ...]:
    """The costs of the benchmark, in points: those of the first experiments."""

    def cost(rule: str, points: int, *, per: int = 1, **limits: int) -> Setting:
        return Setting(rule=rule, severity=Severity.WARN, cost=points, per=per, parameters=limits)

    return (
        Setting(rule="allowed_firm", severity=Severity.BLOCK),
        Setting(rule="competitors", severity=Severity.BLOCK),
        Setting(rule="max_firms", severity=Severity.BLOCK, parameters={"most": 5}),
        cost("uncovered", 1),
        cost("surplus", 1),
        cost("new_faces", 60),
        cost("requests", 30),
        cost("idle_hours", 20, per=HALF_DAY),
        cost("two_firms_a_day", 15),
    )


def generate(firms: int, workers: int, *, weeks: int = 8, seed: int = 1) -> MadeUp:
    """Return the question of this size, and its planted plan."""
    return _Territory(random.Random(seed), firms, workers, weeks).made_up()


def with_past(made: MadeUp, *, seed: int = 1) -> MadeUp:
    """Return the question with all that a real one has beside: a past, calls, nights, Sundays.

    Workers have days in a row, twelve weeks and firms they know behind them; some work nights or
    Sundays by a document, and a few are part of the groups the law protects. A share of the slots
    are urgent or unpleasant; nights and Sundays are asked for on top; every third pair of
    competitors is lifted. The law and the whole charter hold. The planted plan still stands, but
    may break what the past and the charter now say: it is a plan like another.
    """
    chance = random.Random(f"past {seed}")
    instance = made.instance
    firm_ids = [firm.firm_id for firm in instance.firms]
    needs = [
        replace(need, urgent=chance.random() < CALLS, unpleasant=chance.random() < CALLS)
        for need in instance.needs
    ]
    for number in range(max(2, round(EXTRA * len(needs)))):
        model = chance.choice(instance.needs)
        night = number % 2 == 0
        start, end = (NIGHT_START, NIGHT_END) if night else (STARTS["morning"], NOON)
        day = model.day if night else model.day // WEEK_DAYS * WEEK_DAYS + SUNDAY
        name, kind = f"N{number:04}", "night" if night else "sunday"
        begins, ends = day * DAY + start, day * DAY + end
        needs.append(replace(model, need_id=name, kind=kind, start=begins, end=ends))
    workers = tuple(
        replace(
            worker,
            groups=frozenset({"minor"}) if chance.random() < CALLS else frozenset(),
            history=_past(chance, firm_ids),
        )
        for worker in instance.workers
    )
    documents = frozenset(
        (rule, worker.worker_id)
        for worker in workers
        for rule in ("night_work", "sunday_work")
        if chance.random() < 1 / 3
    )
    changed = replace(
        instance,
        needs=tuple(sorted(needs, key=lambda need: (need.start, need.need_id))),
        workers=workers,
        pack=RulePack((*STRUCTURE, *LAW, *CHARTER), documents),
        lifted=frozenset(sorted(instance.competitors)[::3]),
        published=made.planted.assignments,
        now=-DAY,
    )
    return MadeUp(changed, made.planted)


def _past(chance: random.Random, firm_ids: list[str]) -> History:
    """What a worker did before the first day."""
    worked, usual = chance.randrange(4), chance.choice((34, 46))
    return History(
        days_in_row=worked,
        days_off_in_row=0 if worked else chance.randint(1, 3),
        last_end=-chance.randint(6, 14) * HOUR if worked else None,
        weeks=tuple(
            chance.randint(usual - 1, usual + 1) * HOUR for _ in range(chance.choice((0, 6, 12)))
        ),
        urgent_calls=chance.randrange(6),
        urgent_this_month=chance.randrange(3),
        night_minutes=chance.choice((0, 269)) * HOUR,
        overtime_minutes=chance.choice((0, 219)) * HOUR,
        unpleasant_slots=chance.randrange(4),
        known_firm_ids=frozenset(chance.sample(firm_ids, min(3, len(firm_ids)))),
    )


class _Territory:
    """One draw."""

    def __init__(self, chance: random.Random, firms: int, workers: int, weeks: int) -> None:
        self.chance = chance
        self.days = weeks * WEEK_DAYS
        self.firms = tuple(Firm(f"F{f:03}", place_id=f"P{f:03}") for f in range(firms))
        self.where = [(chance.uniform(0, AREA), chance.uniform(0, AREA)) for _ in self.firms]
        self.trades = [chance.sample(SKILLS, 3) for _ in self.firms]
        self.rivals = {
            (f, g) for f in range(firms) for g in range(f + 1, firms) if chance.random() < RIVALRY
        }
        self.needs: list[Need] = []
        self.planted: set[Assignment] = set()
        self.workers = tuple(self._worker(w) for w in range(workers))

    def made_up(self) -> MadeUp:
        """Add the peaks nobody can serve for sure, and put all together."""
        for peak in range(round(EXTRA * len(self.needs))):
            model = self.chance.choice(self.needs[: len(self.planted)])
            self._need(f"X{peak:04}", model.firm_id, model.skill, model.start, model.end)
        self.needs.sort(key=lambda need: (need.start, need.need_id))
        instance = Instance(
            horizon=Horizon(MONDAY, self.days),
            workers=self.workers,
            firms=self.firms,
            needs=tuple(self.needs),
            pack=RulePack((*STRUCTURE, *LAW, *charter())),
            competitors=frozenset(
                (self.firms[f].firm_id, self.firms[g].firm_id) for f, g in self.rivals
            ),
            travel={
                (self.firms[f].place_id, self.firms[g].place_id): self._minutes(f, g)
                for f in range(len(self.firms))
                for g in range(f + 1, len(self.firms))
            },
        )
        return MadeUp(instance, Plan(frozenset(self.planted)))

    def _minutes(self, f: int, g: int) -> int:
        (x, y), (u, v) = self.where[f], self.where[g]
        return round(hypot(x - u, y - v) * MINUTES_PER_KM)

    def _need(self, need_id: str, firm_id: str, skill: str, start: int, end: int) -> None:
        self.needs.append(
            Need(
                need_id=need_id, firm_id=firm_id, skill=skill, start=start, end=end, importance=1000
            )
        )

    def _worker(self, w: int) -> Worker:
        """Draw a worker, and plant the slots of their weeks."""
        skills = self.chance.sample(SKILLS, self.chance.choice((1, 2, 2, 3)))
        served = self._served(skills)
        worker_id = f"W{w:03}"
        away = self._away()
        week = self._typical_week(served)
        mine: list[Need] = []
        for day in range(self.days):
            if any(start <= day * DAY < end for start, end in away):
                continue
            for name, f in week.get(day % WEEK_DAYS, ()):
                if self.chance.random() < DROPPED:
                    continue
                skill = self.chance.choice([s for s in skills if s in self.trades[f]])
                start = day * DAY + STARTS[name]
                need_id = f"{worker_id}/{day:02}/{name}"
                self._need(need_id, self.firms[f].firm_id, skill, start, start + HALF_DAY)
                self.planted.add(Assignment(worker_id, need_id))
                mine.append(self.needs[-1])
        wishes = self.chance.sample(mine, min(2, len(mine)))
        near = sorted(range(len(self.firms)), key=lambda f: self._minutes(f, served[0]))
        allowed = {self.firms[f].firm_id for f in (*served, *near[: max(8, len(near) // 4)])}
        return Worker(
            worker_id=worker_id,
            contract=Contract(35 * HOUR),
            skills=dict.fromkeys(skills, 0),
            home_id=self.firms[served[0]].place_id,
            firm_ids=frozenset(allowed),
            absences=away,
            requests=tuple(Request(need.need_id, wanted=True) for need in wishes),
        )

    def _served(self, skills: list[str]) -> list[int]:
        """Two to four firms near each other, that use these skills and do not compete."""
        able = [f for f, trades in enumerate(self.trades) if set(trades) & set(skills)]
        first = self.chance.choice(able)
        near = sorted(able, key=lambda f: self._minutes(first, f))
        served: list[int] = []
        for f in near[: self.chance.randint(3, 6)]:
            if not any((min(f, g), max(f, g)) in self.rivals for g in served):
                served.append(f)
        return served[: self.chance.randint(2, 4)]

    def _away(self) -> tuple[tuple[int, int], ...]:
        if self.chance.random() < 1 / 2:
            return ()
        day = self.chance.randrange(self.days)
        return ((day * DAY, min(self.days, day + self.chance.choice((1, 2, 5))) * DAY),)

    def _typical_week(self, served: list[int]) -> dict[int, list[tuple[str, int]]]:
        """Two half-days on four days or so, one on a fifth: at most 36 h, evenings now and then.

        A worker of evenings begins after noon every day, so that nights stay long enough.
        """
        late = self.chance.random() < EVENING
        names = ("afternoon", "evening") if late else ("morning", "afternoon")
        free = STARTS[names[1]] - STARTS[names[0]] - HALF_DAY
        days = sorted(self.chance.sample(range(6), 5))
        half = self.chance.choice(days)
        week: dict[int, list[tuple[str, int]]] = {}
        for day in days:
            f = self.chance.choice(served)
            g = self.chance.choice(served) if self.chance.random() < 1 / 5 else f
            if self._minutes(f, g) > free - PAUSE:
                g = f
            week[day] = [(names[0], f)] if day == half else [(names[0], f), (names[1], g)]
        return week
