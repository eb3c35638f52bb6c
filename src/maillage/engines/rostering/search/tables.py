"""The compiled model as plain arrays, in the form that kernels read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

from maillage.engines.rostering.shapes import (
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
    from collections.abc import Iterable, Sequence

    from maillage.engines.rostering.model import Model

CLASHES: Final = 0
RIVALS: Final = 1
SUMS: Final = 2
RUNS: Final = 3
TOUCHES: Final = 4
GAPS: Final = 5
STRETCHES: Final = 6
SPLITS: Final = 7
KINDS: Final = (Clashes, Rivals, Sums, Runs, Touches, Gaps, Stretches, Splits)
HOUR: Final = 60

Array = np.ndarray[Any, Any]


class Tables(NamedTuple):
    """See `shapes` for what the numbers mean; `x_ptr` says where a shape's part of `x` begins.

    For worker w, the shapes to judge are those from active_ptr[w] to active_ptr[w + 1]: their
    kind, their number within the kind, whether a breach is forbidden, its price, and the amount
    that counts as one breach when forbidden things are added up (`active_unit`).
    """

    days: int
    start: Array
    end: Array
    day: Array
    minutes: Array
    place: Array
    firm: Array
    travel: Array
    allowed: Array
    slot_price: Array
    base_price: Array
    base_excess: Array
    forced_ptr: Array
    forced: Array
    outside_ptr: Array
    outside: Array
    wanted: Array
    under: Array
    over: Array
    active_ptr: Array
    active_kind: Array
    active_index: Array
    active_hard: Array
    active_price: Array
    active_unit: Array
    clash_ptr: Array
    clash_later: Array
    clash_amount: Array
    rivals: Array
    sum_row: Array
    sum_amount: Array
    sum_travel: Array
    sum_rising: Array
    sum_ptr: Array
    sum_first: Array
    sum_last: Array
    sum_own_ptr: Array
    sum_past: Array
    sum_least: Array
    sum_most: Array
    run_work: Array
    run_least: Array
    run_most: Array
    run_before: Array
    run_force: Array
    touch_inner: Array
    touch_outer_ptr: Array
    touch_outer: Array
    touch_counted_ptr: Array
    touch_counted: Array
    touch_limit: Array
    gap_ptr: Array
    gap_first: Array
    gap_last: Array
    gap_minutes: Array
    gap_within: Array
    gap_last_end: Array
    stretch_longest: Array
    stretch_pause: Array
    stretch_own: Array
    stretch_force: Array
    split_most: Array
    split_longest: Array
    split_pause: Array
    split_force: Array


class Room(NamedTuple):
    """Scratch space of one thread. `stamp[0]` is the last stamp given out."""

    whole: Array
    by_day: Array
    seen: Array
    counts: Array
    firms: Array
    stamp: Array


def tables(model: Model) -> Tables:
    """Lay a model out as arrays."""
    ground = model.ground
    size = len(ground.needs)
    by_kind: list[list[Shape]] = [
        [shape for shape in _shapes(model) if isinstance(shape, kind)] for kind in KINDS
    ]
    workers = len(model.instance.workers)
    values: dict[str, Any] = {
        "days": model.instance.horizon.days,
        "start": ground.start,
        "end": ground.end,
        "day": ground.day,
        "minutes": ground.minutes,
        "place": ground.place,
        "firm": ground.firm,
        "travel": ground.travel,
        "allowed": model.allowed,
        "slot_price": model.slot_price,
        "base_price": model.base_price,
        "base_excess": model.base_excess,
        "wanted": model.cover.count,
        "under": model.cover.under,
        "over": model.cover.over,
    }
    values["forced_ptr"], values["forced"] = _rows(model.forced)
    values["outside_ptr"], values["outside"] = _rows(model.outside)
    values |= _active(by_kind, workers)
    values |= _clashes(by_kind[CLASHES], size)
    firms = len(model.instance.firms)
    values["rivals"] = _stack([s.pairs for s in by_kind[RIVALS]], (firms, firms), np.bool_)  # type: ignore[attr-defined]  # sorted by kind
    values |= _sums(by_kind[SUMS], size)
    values |= _runs(by_kind[RUNS], workers, model.instance.horizon.days)
    values |= _touches(by_kind[TOUCHES], size)
    values |= _gaps(by_kind[GAPS], workers)
    values |= _stretches(by_kind[STRETCHES], size, model.instance.horizon.days)
    values |= _splits(by_kind[SPLITS], model.instance.horizon.days)
    return Tables(**values)


def room(t: Tables) -> Room:
    """Return scratch space large enough for any line."""
    groups = max(len(t.touch_outer), len(t.start), t.rivals.shape[1], 1)
    return Room(
        whole=np.zeros(len(t.start) + 1, np.int64),
        by_day=np.zeros(t.days + 1, np.int64),
        seen=np.zeros(groups, np.int64),
        counts=np.zeros((groups, 2), np.int64),
        firms=np.zeros(t.rivals.shape[1] + 1, np.int64),
        stamp=np.zeros(1, np.int64),
    )


def _shapes(model: Model) -> Iterable[Shape]:
    """Shapes that can find something; clashes of the same scope become one."""
    together: dict[tuple[bytes, bytes], list[Clashes]] = {}
    for shape in model.shapes:
        if isinstance(shape, Clashes):
            key = (shape.hard.tobytes(), shape.price.tobytes())
            together.setdefault(key, []).append(shape)
        elif not (isinstance(shape, Sums | Gaps) and not len(shape.first)):
            yield shape
    for shapes in together.values():
        yield _merged(shapes, len(model.ground.needs))


def _merged(shapes: Sequence[Clashes], size: int) -> Clashes:
    first = np.concatenate([np.repeat(np.arange(size), np.diff(s.indptr)) for s in shapes])
    later = np.concatenate([s.later for s in shapes]).astype(np.int64)
    amount = np.concatenate([s.amount for s in shapes])
    keys, place = np.unique(first * size + later, return_inverse=True)
    total = np.zeros(len(keys), np.int64)
    np.add.at(total, place, amount)
    return Clashes(
        scope=shapes[0].scope,
        indptr=np.searchsorted(keys // max(size, 1), np.arange(size + 1)),
        later=keys % max(size, 1),
        amount=total,
    )


def _unit(shape: Shape) -> float:
    """How much of an amount is about one breach."""
    if isinstance(shape, Clashes | Sums):
        amounts = shape.amount[shape.amount > 0]
        return float(np.median(amounts)) if len(amounts) else 1.0
    return float(HOUR) if isinstance(shape, Gaps | Stretches) else 1.0


def _active(by_kind: list[list[Shape]], workers: int) -> dict[str, Array]:
    entries: list[list[tuple[int, int, bool, int, float]]] = [[] for _ in range(workers)]
    for kind, shapes in enumerate(by_kind):
        for index, shape in enumerate(shapes):
            unit = _unit(shape)
            for w in np.flatnonzero(shape.hard | (shape.price != 0)):
                one = (kind, index, bool(shape.hard[w]), int(shape.price[w]), unit)
                entries[int(w)].append(one)
    flat = [entry for row in entries for entry in row]
    columns: list[tuple[Any, ...]] = list(zip(*flat, strict=True)) or [()] * 5
    return {
        "active_ptr": _ptr([len(row) for row in entries]),
        "active_kind": np.array(columns[0], np.int64),
        "active_index": np.array(columns[1], np.int64),
        "active_hard": np.array(columns[2], np.int64),
        "active_price": np.array(columns[3], np.int64),
        "active_unit": np.array(columns[4], np.float64),
    }


def _clashes(shapes: Sequence[Any], size: int) -> dict[str, Array]:
    offset, ptr = 0, np.zeros((len(shapes), size + 1), np.int64)
    for c, shape in enumerate(shapes):
        ptr[c] = shape.indptr + offset
        offset += len(shape.later)
    return {
        "clash_ptr": ptr,
        "clash_later": _join([s.later for s in shapes]),
        "clash_amount": _join([s.amount for s in shapes]),
    }


def _sums(shapes: Sequence[Any], size: int) -> dict[str, Array]:
    rows: dict[bytes, int] = {}
    numbers = [rows.setdefault(s.amount.astype(np.int64).tobytes(), len(rows)) for s in shapes]
    amounts = [np.frombuffer(row, np.int64) for row in rows]
    return {
        "sum_row": np.array(numbers, np.int64),
        "sum_amount": _stack(amounts, (size,), np.int64),
        "sum_travel": np.array([s.with_travel for s in shapes], np.bool_),
        "sum_rising": np.array([s.rising for s in shapes], np.bool_),
        "sum_ptr": _ptr([len(s.first) for s in shapes]),
        "sum_first": _join([s.first for s in shapes]),
        "sum_last": _join([s.last for s in shapes]),
        "sum_own_ptr": _ptr([s.past.size for s in shapes]),
        "sum_past": _join([s.past.ravel() for s in shapes]),
        "sum_least": _join([s.least.ravel() for s in shapes]),
        "sum_most": _join([s.most.ravel() for s in shapes]),
    }


def _runs(shapes: Sequence[Any], workers: int, days: int) -> dict[str, Array]:
    return {
        "run_work": np.array([s.of_work for s in shapes], np.bool_),
        "run_least": np.array([s.least for s in shapes], np.int64),
        "run_most": np.array([s.most for s in shapes], np.int64),
        "run_before": _stack([s.before for s in shapes], (workers,), np.int64),
        "run_force": _stack([s.in_force for s in shapes], (days,), np.bool_),
    }


def _touches(shapes: Sequence[Any], size: int) -> dict[str, Array]:
    return {
        "touch_inner": _stack([s.inner for s in shapes], (size,), np.int64),
        "touch_outer_ptr": _ptr([len(s.outer) for s in shapes]),
        "touch_outer": _join([s.outer for s in shapes]),
        "touch_counted_ptr": _ptr([s.counted.size for s in shapes]),
        "touch_counted": _join([s.counted.ravel() for s in shapes]).astype(np.bool_),
        "touch_limit": np.array([s.limit for s in shapes], np.int64),
    }


def _gaps(shapes: Sequence[Any], workers: int) -> dict[str, Array]:
    return {
        "gap_ptr": _ptr([len(s.first) for s in shapes]),
        "gap_first": _join([s.first for s in shapes]),
        "gap_last": _join([s.last for s in shapes]),
        "gap_minutes": np.array([s.minutes for s in shapes], np.int64),
        "gap_within": np.array([s.within for s in shapes], np.int64),
        "gap_last_end": _stack([s.last_end for s in shapes], (workers,), np.int64),
    }


def _stretches(shapes: Sequence[Any], size: int, days: int) -> dict[str, Array]:
    return {
        "stretch_longest": np.array([s.longest for s in shapes], np.int64),
        "stretch_pause": np.array([s.pause for s in shapes], np.int64),
        "stretch_own": _stack([s.own_pause for s in shapes], (size,), np.bool_),
        "stretch_force": _stack([s.in_force for s in shapes], (days,), np.bool_),
    }


def _splits(shapes: Sequence[Any], days: int) -> dict[str, Array]:
    return {
        "split_most": np.array([s.most for s in shapes], np.int64),
        "split_longest": np.array([s.longest for s in shapes], np.int64),
        "split_pause": np.array([s.pause for s in shapes], np.int64),
        "split_force": _stack([s.in_force for s in shapes], (days,), np.bool_),
    }


def _rows(rows: Sequence[Sequence[int]]) -> tuple[Array, Array]:
    return _ptr([len(row) for row in rows]), np.array([n for row in rows for n in row], np.int64)


def _ptr(lengths: Sequence[int]) -> Array:
    return np.concatenate(([0], np.cumsum(lengths, dtype=np.int64))).astype(np.int64)


def _join(arrays: Sequence[Array]) -> Array:
    return np.concatenate(arrays).astype(np.int64) if arrays else np.zeros(0, np.int64)


def _stack(arrays: Sequence[Array], shape: tuple[int, ...], kind: Any) -> Array:
    return np.stack(arrays).astype(kind) if arrays else np.zeros((0, *shape), kind)
