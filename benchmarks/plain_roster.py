"""The obvious model of a roster: one CP-SAT model of all workers and all slots, nothing clever.

A boolean for each worker and slot, clauses for what excludes what, sums for totals. It states
every shape that the made-up questions have (see `instances/rostering.py`), so that its plans are
held to the same rules as ours; a shape it does not know is refused rather than left out.
"""

from __future__ import annotations

from functools import singledispatchmethod
from typing import TYPE_CHECKING, Any

import numpy as np
from ortools.sat.python import cp_model

from maillage.engines.rostering import Assignment, Plan
from maillage.engines.rostering.entities import DAY
from maillage.engines.rostering.shapes import (
    NO_LIMIT,
    Clashes,
    Gaps,
    Rivals,
    Runs,
    Shape,
    Stretches,
    Sums,
    Touches,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from maillage.engines.rostering.model import Model

Var = cp_model.IntVar


def plain_plan(model: Model, seconds: float, workers: int) -> Plan:
    """Return the best plan CP-SAT finds in `seconds`; an empty one when it finds none."""
    cp = cp_model.CpModel()
    lines = [_Line(cp, model, w) for w in range(len(model.instance.workers))]
    costs = [cost for line in lines for cost in line.costs]
    for n in np.flatnonzero(model.ground.firm >= 0).tolist():
        costs += _cover(cp, model, n, [line.x[n] for line in lines if n in line.x])
    cp.minimize(sum(costs))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.num_workers = workers
    if solver.solve(cp) not in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
        return Plan(frozenset())
    return Plan(
        frozenset(
            Assignment(worker.worker_id, model.ground.needs[n].need_id)
            for worker, line in zip(model.instance.workers, lines, strict=True)
            for n, var in line.x.items()
            if solver.boolean_value(var)
        )
    )


def _cover(
    cp: cp_model.CpModel, model: Model, n: int, people: list[Var]
) -> list[cp_model.LinearExprT]:
    count, under, over = (
        int(a[n]) for a in (model.cover.count, model.cover.under, model.cover.over)
    )
    short = cp.new_int_var(0, 0 if under >= NO_LIMIT else count, "")
    extra = cp.new_int_var(0, 0 if over < 0 else len(people), "")
    cp.add(sum(people) + short - extra == count)
    return [under * short if under < NO_LIMIT else 0, max(over, 0) * extra]


class _Line:
    """One worker's variables and rules; `costs` are what breaches cost."""

    def __init__(self, cp: cp_model.CpModel, model: Model, w: int) -> None:
        self.cp, self.model, self.ground, self.w = cp, model, model.ground, w
        self.x: dict[int, Var] = {
            n: cp.new_bool_var("") for n in np.flatnonzero(model.allowed[w]).tolist()
        }
        self.costs: list[cp_model.LinearExprT] = [
            int(model.slot_price[w, n]) * var for n, var in self.x.items() if model.slot_price[w, n]
        ]
        self.by_day: dict[int, list[int]] = {}
        for n in self.x:
            self.by_day.setdefault(int(self.ground.day[n]), []).append(n)
        for n in model.forced[w]:
            cp.add(self.x[n] == 1)
        self.journeys = self._journeys()
        for shape in model.shapes:
            if shape.hard[w] or shape.price[w]:
                self.state(shape)

    def _journeys(self) -> list[tuple[int, int, Var]]:
        """Day, minutes and whether it is made, of each journey between two slots of a day."""
        found: list[tuple[int, int, Var]] = []
        for day, slots in self.by_day.items():
            for position, n in enumerate(slots):
                for m in slots[position + 1 :]:
                    minutes = int(self.ground.travel[self.ground.place[n], self.ground.place[m]])
                    if minutes and self.ground.end[n] <= self.ground.start[m]:
                        both = self.cp.new_bool_var("")
                        self.cp.add_implication(both, self.x[n])
                        self.cp.add_implication(both, self.x[m])
                        self.cp.add_bool_or(~self.x[n], ~self.x[m], both)
                        found.append((day, minutes, both))
        return found

    def _any(self, variables: Iterable[Var]) -> Var:
        one = self.cp.new_bool_var("")
        for var in variables:
            self.cp.add_implication(var, one)
        return one

    def _excess(self, shape: Shape, total: cp_model.LinearExprT, most: int, bound: int) -> None:
        """What `total` has above `most` is forbidden, or costs."""
        if shape.hard[self.w]:
            self.cp.add(total <= most)
        else:
            excess = self.cp.new_int_var(0, max(0, bound), "")
            self.cp.add(excess >= total - most)
            self.costs.append(int(shape.price[self.w]) * excess)

    @singledispatchmethod
    def state(self, shape: Shape) -> None:
        """Say a shape to CP-SAT."""
        msg = f"the plain model does not know {type(shape).__name__}"
        raise TypeError(msg)

    @state.register
    def _clashes(self, shape: Clashes) -> None:
        for n, var in self.x.items():
            for k in range(int(shape.indptr[n]), int(shape.indptr[n + 1])):
                other = self.x.get(int(shape.later[k]))
                if other is not None and shape.hard[self.w]:
                    self.cp.add_bool_or(~var, ~other)
                elif other is not None:
                    both = self.cp.new_bool_var("")
                    self.cp.add_bool_or(~var, ~other, both)
                    self.costs.append(int(shape.price[self.w] * shape.amount[k]) * both)

    @state.register
    def _rivals(self, shape: Rivals) -> None:
        of_firm: dict[int, list[Var]] = {}
        for n, var in self.x.items():
            of_firm.setdefault(int(self.ground.firm[n]), []).append(var)
        served = {f: self._any(variables) for f, variables in of_firm.items()}
        for f, g in np.argwhere(np.triu(shape.pairs)).tolist():
            if f in served and g in served:
                self._excess(shape, served[f] + served[g], 1, 1)

    @state.register
    def _touches(self, shape: Touches) -> None:
        of_group: dict[int, list[Var]] = {}
        for n, var in self.x.items():
            group = int(shape.inner[n])
            if group >= 0 and shape.counted[self.w, group]:
                of_group.setdefault(group, []).append(var)
        of_outer: dict[int, list[Var]] = {}
        for group, variables in of_group.items():
            of_outer.setdefault(int(shape.outer[group]), []).append(self._any(variables))
        for touched in of_outer.values():
            if len(touched) > shape.limit:
                self._excess(shape, sum(touched), shape.limit, len(touched))

    @state.register
    def _sums(self, shape: Sums) -> None:
        if shape.rising:
            msg = "the plain model does not know fairness"
            raise TypeError(msg)
        for k, (first, last) in enumerate(zip(shape.first, shape.last, strict=True)):
            mine = [n for n in self.x if first <= self.ground.day[n] <= last]
            total: Any = sum(int(shape.amount[n]) * self.x[n] for n in mine)
            total += int(shape.past[self.w, k])
            if shape.with_travel:
                total += sum(m * var for day, m, var in self.journeys if first <= day <= last)
            most, least = int(shape.most[self.w, k]), int(shape.least[self.w, k])
            bound = sum(int(shape.amount[n]) for n in mine) + DAY
            if most < NO_LIMIT:
                self._excess(shape, total, most, bound)
            if least:
                self._excess(shape, -total, -least, least)

    @state.register
    def _runs(self, shape: Runs) -> None:
        if not shape.of_work or shape.least or not shape.hard[self.w]:
            msg = "the plain model knows the longest run of work alone"
            raise TypeError(msg)
        worked = {day: self._any(self.x[n] for n in slots) for day, slots in self.by_day.items()}
        before = max(int(shape.before[self.w]), 0)
        for first in range(-before, self.model.instance.horizon.days - shape.most):
            run = range(max(first, 0), first + shape.most + 1)
            if all(day in worked for day in run):
                self.cp.add_bool_or(~worked[day] for day in run)

    @state.register
    def _gaps(self, shape: Gaps) -> None:
        """One of the possible rests of each week is free of work."""
        ends = sorted({int(self.ground.end[n]) for n in self.x})
        for first, last in zip(shape.first.tolist(), shape.last.tolist(), strict=True):
            earliest = first * DAY - (shape.minutes - shape.within)
            latest = (last + 1) * DAY - shape.within
            rests = []
            for start in [earliest, *(end for end in ends if earliest < end <= latest)]:
                if start < int(shape.last_end[self.w]):
                    continue
                rest = self.cp.new_bool_var("")
                for n, var in self.x.items():
                    inside = self.ground.start[n] < start + shape.minutes
                    if inside and self.ground.end[n] > start:
                        self.cp.add_implication(rest, ~var)
                rests.append(rest)
            self.cp.add_bool_or(rests)

    @state.register
    def _stretches(self, shape: Stretches) -> None:
        """Two slots that make too long a stretch: three short ones in a row are not looked at."""
        ground = self.ground
        for slots in self.by_day.values():
            for position, n in enumerate(slots):
                for m in slots[position + 1 :]:
                    journey = int(ground.travel[ground.place[n], ground.place[m]])
                    pause = int(ground.start[m] - ground.end[n]) - journey
                    minutes = int(ground.minutes[n] + ground.minutes[m]) + journey
                    own = shape.own_pause[n] or shape.own_pause[m]
                    if 0 <= pause < shape.pause and minutes > shape.longest and not own:
                        self._excess(shape, self.x[n] + self.x[m], 1, 1)
