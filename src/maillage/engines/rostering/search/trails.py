"""What a worker's line is made of when it has one slot a day at most.

Everything that costs or forbids is taken from the shapes; what has no place here (rests of a
week, rivals, firms served) is left out, so that the least cost of a trail is never above that of
the line: bounds stay bounds, and lines are weighed again before they are used.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from maillage.engines.rostering.search.kernels.paths import NEVER
from maillage.engines.rostering.shapes import (
    NO_LIMIT,
    Clashes,
    Gaps,
    Rivals,
    Runs,
    Stretches,
    Sums,
    Touches,
)

if TYPE_CHECKING:
    from maillage.engines.rostering.model import Model
    from maillage.engines.rostering.shapes import Shape

Array = np.ndarray[Any, Any]
TOTAL, GROUPS, RISING = 0, 1, 2
FOREVER = 2**40
STATES = 400_000  # in a table of what is left to pay


class Trail(NamedTuple):
    """The choices of a worker day by day, and what they cost, for `kernels.paths`.

    `columns[day_ptr[d]:day_ptr[d + 1]]` are the slots of day d. Resource r gains gain[r, k] in
    slot k; `kind` says how it counts: totals over spans of days, groups touched, rising price.
    `future[r, d]` is the most it may still gain from day d on, within its span.
    """

    days: int
    columns: Array
    day_ptr: Array
    may_rest: Array
    follow: Array
    group: Array
    work_short: Array
    work_over: Array
    rest_short: Array
    rest_over: Array
    work_least: int
    rest_least: int
    worked: int
    rested: int
    longest: int
    kind: Array
    gain: Array
    begin: Array
    span: Array
    opens: Array
    closes: Array
    past: Array
    least: Array
    most: Array
    price: Array
    future: Array


def strides_of(trail: Trail) -> tuple[int, int]:
    """Return the unit in which the first resource is counted ahead, and how many of them.

    One unit when that resource is no total over all the days. The unit is the largest that loses
    nothing, or larger where a table of every state would have more than `STATES` of them.
    """
    whole = len(trail.kind) > 0 and trail.kind[0] == TOTAL and (trail.span[0] == 0).sum()
    if not whole or int(whole) < trail.days or trail.begin[0] or not trail.gain[0].any():
        return 1, 1
    widest = int(np.diff(trail.day_ptr).max(initial=0)) + 1
    most = int(min(trail.most[0, 0], trail.future[0, 0])) + 1
    room = max(1, STATES // (trail.days * widest * (trail.longest + 1) * 2))
    unit = int(np.gcd.reduce(trail.gain[0][trail.gain[0] > 0]))
    unit *= max(1, -(-most // (unit * room)))
    return unit, min(room, most // unit + 2)


def one_slot_a_day(model: Model) -> bool:
    """Whether no worker may have two slots on one day: any two of them clash."""
    ground = model.ground
    sizes = np.bincount(ground.day, minlength=1)
    clashing: set[tuple[int, int]] = set()
    for shape in model.shapes:
        if isinstance(shape, Clashes) and shape.hard.all():
            first = np.repeat(np.arange(len(ground.needs)), np.diff(shape.indptr))
            clashing.update(zip(first.tolist(), shape.later.tolist(), strict=True))
    same = 0
    for n, m in clashing:
        same += bool(ground.day[n] == ground.day[m])
    return same == int((sizes * (sizes - 1) // 2).sum())


def leaves_out(model: Model) -> bool:
    """Whether some rule has no place in a trail, so that other ways of searching are needed."""
    return any(
        isinstance(shape, Gaps | Rivals)
        or (isinstance(shape, Touches) and len(np.unique(shape.outer)) > 1)
        for shape in model.shapes
    )


def trail_of(model: Model, w: int, links: Links) -> Trail:
    """Lay out the choices of worker w, whom `links` charge."""
    columns, may_rest = _choices(model, w)
    days = model.instance.horizon.days
    day_ptr = np.searchsorted(model.ground.day[columns], np.arange(days + 1)).astype(np.int64)
    follow = _follow(model, links, columns, day_ptr)
    work, rest = _runs(model, w, of_work=True), _runs(model, w, of_work=False)
    parts = _resources(model, w, columns)
    return Trail(
        days=days,
        columns=columns,
        day_ptr=day_ptr,
        may_rest=may_rest,
        follow=follow,
        group=_groups(follow, day_ptr),
        work_short=work[0],
        work_over=work[1],
        rest_short=rest[0],
        rest_over=rest[1],
        work_least=work[2],
        rest_least=rest[2],
        worked=work[3],
        rested=rest[3],
        longest=max(len(work[1]), len(rest[1])) + 1,
        **parts,
    )


def _charge(shape: Shape, w: int) -> float:
    return NEVER if shape.hard[w] else float(shape.price[w])


def _choices(model: Model, w: int) -> tuple[Array, Array]:
    """Slots a worker may have, jobs elsewhere included, and the days they may be free."""
    ground = model.ground
    able = model.allowed[w].copy()
    for shape in model.shapes:
        if isinstance(shape, Stretches) and shape.hard[w]:
            able &= ~(
                (ground.minutes > shape.longest) & ~shape.own_pause & shape.in_force[ground.day]
            )
    may_rest = np.ones(model.instance.horizon.days, np.bool_)
    for n in (*model.forced[w], *model.outside[w]):
        able &= ground.day != ground.day[n]
        may_rest[ground.day[n]] = False
    able[[*model.forced[w], *model.outside[w]]] = True
    return np.flatnonzero(able).astype(np.int64), may_rest


class Links(NamedTuple):
    """What a slot and one of the next day cost together: of n, [ptr[n]:ptr[n + 1]]."""

    ptr: Array
    later: Array
    cost: Array


def links_of(model: Model, charges: tuple[float, ...]) -> Links:
    """Put the rules on two slots together; `charges` are what they cost a worker, one each."""
    day = model.ground.day
    first, later, cost = [np.empty(0, np.int64)], [np.empty(0, np.int64)], [np.empty(0)]
    for shape, each in zip(_clashes(model), charges, strict=True):
        if not each:
            continue
        slots = np.repeat(np.arange(len(day)), np.diff(shape.indptr))
        next_day = day[shape.later] == day[slots] + 1
        first.append(slots[next_day])
        later.append(shape.later[next_day])
        cost.append(each * shape.amount[next_day])
    slots = np.concatenate(first)
    order = np.argsort(slots, kind="stable")
    ptr = np.searchsorted(slots[order], np.arange(len(day) + 1))
    return Links(ptr, np.concatenate(later)[order], np.concatenate(cost)[order])


def charges_of(model: Model, w: int) -> tuple[float, ...]:
    """What each rule on two slots costs a worker."""
    return tuple(_charge(shape, w) for shape in _clashes(model))


def _clashes(model: Model) -> list[Clashes]:
    return [shape for shape in model.shapes if isinstance(shape, Clashes)]


def _follow(model: Model, links: Links, columns: Array, day_ptr: Array) -> Array:
    """Cost of slot k one day and the j-th slot of the next day the day after."""
    widest = int(np.diff(day_ptr).max(initial=0))
    follow = np.zeros((len(columns), max(widest, 1)))
    place = np.full(len(model.ground.needs), -1)
    place[columns] = np.arange(len(columns))
    lengths = links.ptr[columns + 1] - links.ptr[columns]
    rows = np.repeat(np.arange(len(columns)), lengths)
    starts = np.repeat(links.ptr[columns] - (np.cumsum(lengths) - lengths), lengths)
    every = starts + np.arange(len(rows))
    then = place[links.later[every]]
    kept = then >= 0
    then, rows = then[kept], rows[kept]
    first = day_ptr[model.ground.day[columns[then]]]
    np.add.at(follow, (rows, then - first), links.cost[every[kept]])
    return np.minimum(follow, NEVER)


def _groups(follow: Array, day_ptr: Array) -> Array:
    """Number slots of one day that the same slots may follow at the same price."""
    group = np.zeros(len(follow), np.int64)
    for first, last in pairwise(day_ptr.tolist()):
        if last > first:
            group[first:last] = np.unique(follow[first:last], axis=0, return_inverse=True)[
                1
            ].ravel()
    return group


def _runs(model: Model, w: int, *, of_work: bool) -> tuple[Array, Array, int, int]:
    """Costs of a run that ends too short, and of a day that makes it too long; least; history."""
    shapes = [
        shape
        for shape in model.shapes
        if isinstance(shape, Runs)
        and shape.of_work == of_work
        and shape.in_force.all()
        and (shape.hard[w] or shape.price[w])
    ]
    least = max((shape.least for shape in shapes), default=1)
    cap = max([1, least, *(shape.most for shape in shapes if shape.most < FOREVER)])
    short, over = np.zeros(cap + 2), np.zeros(cap + 2)
    for shape in shapes:
        for length in range(cap + 2):
            short[length] += _charge(shape, w) * max(0, shape.least - length)
            over[length] += _charge(shape, w) * (length > shape.most)
    before = max((int(shape.before[w]) for shape in shapes), default=-1)
    return np.minimum(short, NEVER), np.minimum(over, NEVER), least, before


def _resources(model: Model, w: int, columns: Array) -> dict[str, Array]:
    """Running values; one with a least comes first."""
    rows = []
    for shape in model.shapes:
        if not (shape.hard[w] or shape.price[w]):
            continue
        if isinstance(shape, Sums) and len(shape.first):
            rows.append(_of_sum(model, shape, w, columns))
        elif isinstance(shape, Touches):
            rows.append(_of_touch(model, shape, w, columns))
    known = [row for row in rows if row is not None]
    known.sort(key=lambda row: -float(row["least"].max()) if row["kind"] == TOTAL else 0.0)
    spans = max([1, *(len(row["past"]) for row in known)])
    days = model.instance.horizon.days

    def stacked(name: str, size: int, kind: Any) -> Array:
        table = np.zeros((len(known), size), kind)
        for r, row in enumerate(known):
            table[r, : len(row[name])] = row[name]
        return table

    return {
        "kind": np.array([row["kind"] for row in known], np.int64),
        "gain": stacked("gain", len(columns), np.int64),
        "begin": np.array([row["begin"] for row in known], np.int64),
        "span": stacked("span", days + 1, np.int64),
        "opens": stacked("opens", days + 1, np.bool_),
        "closes": stacked("closes", days, np.bool_),
        "past": stacked("past", spans, np.int64),
        "least": stacked("least", spans, np.int64),
        "most": stacked("most", spans, np.int64),
        "price": np.array([row["price"] for row in known], np.float64),
        "future": stacked("future", days + 1, np.int64),
    }


def _of_sum(model: Model, shape: Sums, w: int, columns: Array) -> dict[str, Any] | None:
    """A total over spans of days that do not overlap."""
    days = model.instance.horizon.days
    order = np.argsort(shape.first)
    first, last = np.maximum(shape.first[order], 0), np.minimum(shape.last[order], days - 1)
    if (first[1:] <= last[:-1]).any() or (shape.rising and len(first) > 1) or (last < first).any():
        return None
    gain = shape.amount[columns]
    span = np.full(days + 1, -1)
    for k in range(len(first)):
        span[first[k] : last[k] + 1] = k
    most, least = shape.most[w][order], shape.least[w][order]
    by_day = np.zeros(days + 1, np.int64)
    np.maximum.at(by_day, model.ground.day[columns], gain)
    future = np.zeros(days + 1, np.int64)
    for day in range(days - 1, -1, -1):
        same = span[day] >= 0 and span[day + 1] == span[day]
        future[day] = by_day[day] + (future[day + 1] if same else 0) if span[day] >= 0 else 0
    total = by_day.sum() + int(shape.past[w].max(initial=0))
    if not shape.rising and (least <= 0).all() and (most >= total).all():
        return None  # never broken
    closes = np.zeros(days, np.bool_)
    closes[last] = True
    past = shape.past[w][order]
    return {
        "kind": RISING if shape.rising else TOTAL,
        "gain": gain,
        "begin": int(past[0]) if span[0] >= 0 else 0,
        "span": span,
        "opens": np.zeros(days + 1, np.bool_),
        "closes": closes,
        "past": past,
        "least": np.maximum(least, 0),
        "most": np.minimum(most, NO_LIMIT),
        "price": _charge(shape, w),
        "future": future,
    }


def _of_touch(model: Model, shape: Touches, w: int, columns: Array) -> dict[str, Any] | None:
    """Groups that come one after the other in time, all counted together."""
    if not len(shape.outer):
        return None
    inner = shape.inner[columns]
    counts = np.where(inner >= 0, shape.counted[w][np.maximum(inner, 0)], np.False_)
    groups = np.unique(inner[counts])
    if len(groups) <= shape.limit or len(np.unique(shape.outer[groups])) > 1:
        return None
    days = model.instance.horizon.days
    day = model.ground.day[columns]
    ranges = sorted(
        (int(day[counts & (inner == g)].min()), int(day[counts & (inner == g)].max()))
        for g in groups
    )
    if any(end >= begin for (_, end), (begin, _) in pairwise(ranges)):
        return None
    opens, future = np.zeros(days + 1, np.bool_), np.zeros(days + 1, np.int64)
    for begin, end in ranges:
        opens[begin] = True
        future[: end + 1] += 1
    return {
        "kind": GROUPS,
        "gain": counts.astype(np.int64),
        "begin": 0,
        "span": np.zeros(days + 1, np.int64),
        "opens": opens,
        "closes": np.zeros(days, np.bool_),
        "past": np.zeros(1, np.int64),
        "least": np.zeros(1, np.int64),
        "most": np.array([shape.limit]),
        "price": _charge(shape, w),
        "future": future,
    }
