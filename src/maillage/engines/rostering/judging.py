"""What a line is worth to the search: shapes only, no rule. The reference for faster kernels.

A line is the columns of a worker's slots in order; jobs elsewhere are added here.
"""

from __future__ import annotations

from functools import singledispatch
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from maillage.engines.rostering.entities import DAY
from maillage.engines.rostering.shapes import (
    NO_LIMIT,
    Clashes,
    Gaps,
    Rivals,
    Runs,
    Shape,
    Splits,
    Stretches,
    Sums,
    Touches,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from maillage.engines.rostering.ground import Ground
    from maillage.engines.rostering.model import Model


class Weight(NamedTuple):
    """How much a line does that is forbidden, in mixed units, and what the rest costs.

    A slot that is forbidden by itself, or that must be kept and is not, counts for 1.
    """

    excess: int
    price: int


def weigh(model: Model, worker: int, line: Sequence[int]) -> Weight:
    """Weigh the line of a worker. Two lines differ by the difference of their weights."""
    kept = set(line)
    excess = int(model.base_excess[worker])
    excess += sum(not model.allowed[worker, n] for n in line)
    excess += sum(n not in kept for n in model.forced[worker])
    price = int(model.base_price[worker]) + sum(int(model.slot_price[worker, n]) for n in line)
    whole = sorted(kept.union(model.outside[worker]))
    for shape in model.shapes:
        hard, each = bool(shape.hard[worker]), int(shape.price[worker])
        if hard or each:
            found = amount(shape, model.ground, worker, whole)
            excess += found * hard
            price += found * each
    return Weight(excess, price)


def cover_price(model: Model, need: int, staffed: int) -> Weight:
    """Price of having `staffed` people in a slot."""
    cover = model.cover
    missing = int(cover.count[need]) - staffed
    if missing >= 0:
        under = int(cover.under[need])
        return Weight(missing, 0) if under >= NO_LIMIT else Weight(0, missing * under)
    over = int(cover.over[need])
    return Weight(-missing, 0) if over < 0 else Weight(0, -missing * over)


def weigh_plan(model: Model, lines: Sequence[Sequence[int]]) -> Weight:
    """Weigh a whole plan: its lines, and the cover of every slot of a firm."""
    staffed = [0] * len(model.ground.needs)
    excess = price = 0
    for worker, line in enumerate(lines):
        part = weigh(model, worker, line)
        excess, price = excess + part.excess, price + part.price
        for n in line:
            staffed[n] += 1
    for n, people in enumerate(staffed):
        if model.ground.firm[n] >= 0:
            part = cover_price(model, n, people)
            excess, price = excess + part.excess, price + part.price
    return Weight(excess, price)


@singledispatch
def amount(shape: Shape, _ground: Ground, _worker: int, _line: Sequence[int]) -> int:
    """By how much a line breaks a shape; jobs elsewhere are in the line."""
    msg = f"no way to judge {type(shape).__name__}"
    raise TypeError(msg)


@amount.register(Clashes)
def _of_clashes(shape: Clashes, _ground: Ground, _worker: int, line: Sequence[int]) -> int:
    members = set(line)
    return sum(
        int(shape.amount[k])
        for n in line
        for k in range(int(shape.indptr[n]), int(shape.indptr[n + 1]))
        if int(shape.later[k]) in members
    )


@amount.register(Rivals)
def _of_rivals(shape: Rivals, ground: Ground, _worker: int, line: Sequence[int]) -> int:
    firms = sorted({int(ground.firm[n]) for n in line} - {-1})
    return sum(
        bool(shape.pairs[f, g]) for position, f in enumerate(firms) for g in firms[position + 1 :]
    )


@amount.register(Sums)
def _of_sums(shape: Sums, ground: Ground, worker: int, line: Sequence[int]) -> int:
    by_day: dict[int, int] = {}
    for n in line:
        day = int(ground.day[n])
        by_day[day] = by_day.get(day, 0) + int(shape.amount[n])
    if shape.with_travel:
        for day, minutes in _journeys(ground, line):
            by_day[day] += minutes
    found = 0
    for k in range(len(shape.first)):
        now = sum(v for day, v in by_day.items() if shape.first[k] <= day <= shape.last[k])
        past = int(shape.past[worker, k])
        if shape.rising:
            found += now * past + now * (now + 1) // 2
        else:
            found += max(0, past + now - int(shape.most[worker, k]))
            found += max(0, int(shape.least[worker, k]) - past - now)
    return found


@amount.register(Runs)
def _of_runs(shape: Runs, ground: Ground, worker: int, line: Sequence[int]) -> int:
    days = {int(ground.day[n]) for n in line}
    before = int(shape.before[worker])
    length, known = max(before, 0), before >= 0
    found, horizon = 0, ground.instance.horizon.days
    for day in range(horizon + 1):
        if day < horizon and (day in days) == shape.of_work:
            length += 1
            continue
        if shape.in_force[max(day - 1, 0)] and length:
            if day:  # a run that was over before the first day is past
                found += max(0, length - shape.most)
            if known and day < horizon:
                found += max(0, shape.least - length)
        length, known = 0, True
    return found


@amount.register(Touches)
def _of_touches(shape: Touches, _ground: Ground, worker: int, line: Sequence[int]) -> int:
    touched = {int(shape.inner[n]) for n in line} - {-1}
    per_outer: dict[int, int] = {}
    for g in touched:
        if shape.counted[worker, g]:
            outer = int(shape.outer[g])
            per_outer[outer] = per_outer.get(outer, 0) + 1
    return sum(max(0, count - shape.limit) for count in per_outer.values())


@amount.register(Gaps)
def _of_gaps(shape: Gaps, ground: Ground, worker: int, line: Sequence[int]) -> int:
    free_from, gaps = int(shape.last_end[worker]), []
    for n in line:
        if ground.start[n] > free_from:
            gaps.append((free_from, int(ground.start[n])))
        free_from = max(free_from, int(ground.end[n]))
    gaps.append((free_from, int(NO_LIMIT)))
    found = 0
    for first, last in zip(shape.first.tolist(), shape.last.tolist(), strict=True):
        start, end = first * DAY, (last + 1) * DAY
        found += min(
            max(shape.minutes - (b - a), shape.within - (min(b, end) - max(a, start)), 0)
            for a, b in gaps
        )
    return found


@amount.register(Stretches)
def _of_stretches(shape: Stretches, ground: Ground, _worker: int, line: Sequence[int]) -> int:
    stretches: list[tuple[int, int]] = []  # day, minutes
    minutes, previous = 0, -1
    for n in line:
        day = int(ground.day[n])
        same_day = previous >= 0 and int(ground.day[previous]) == day
        travel = _journey(ground, previous, n) if same_day else 0
        pause = int(ground.start[n] - ground.end[previous]) - travel if same_day else shape.pause
        if pause >= shape.pause or shape.own_pause[n]:
            minutes = 0
        else:
            minutes += travel
            if stretches and not shape.own_pause[previous]:
                stretches.pop()
        if not shape.own_pause[n]:
            minutes += int(ground.minutes[n])
            stretches.append((day, minutes))
        previous = n
    return sum(max(0, m - shape.longest) for day, m in stretches if shape.in_force[day])


@amount.register(Splits)
def _of_splits(shape: Splits, ground: Ground, _worker: int, line: Sequence[int]) -> int:
    found = 0
    by_day: dict[int, list[int]] = {}
    for n in line:
        by_day.setdefault(int(ground.day[n]), []).append(n)
    for day, slots in by_day.items():
        breaks, until = [], int(ground.end[slots[0]])
        for first, second in pairwise(slots):
            breaks.append(int(ground.start[second]) - until - _journey(ground, first, second))
            until = max(until, int(ground.end[second]))
        if shape.in_force[day]:
            counted = [minutes for minutes in breaks if minutes > shape.pause]
            found += max(0, len(counted) - shape.most)
            found += sum(minutes > shape.longest for minutes in counted)
    return found


def _journey(ground: Ground, first: int, second: int) -> int:
    return int(ground.travel[ground.place[first], ground.place[second]])


def _journeys(ground: Ground, line: Sequence[int]) -> Iterator[tuple[int, int]]:
    for first, second in pairwise(line):
        if ground.day[first] == ground.day[second]:
            yield int(ground.day[first]), _journey(ground, first, second)
