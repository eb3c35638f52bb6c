"""Strict priorities as prices: factors so large that no cost of a lower priority ever counts more.

For each priority, from the least important one, two numbers are worked out of the compiled model:
by how much the cost of two plans may differ at most (`spread`), and the smallest step by which it
may differ at all (`step`). A step is then made dearer than the spreads of all that comes after.
"""

from __future__ import annotations

from functools import singledispatch
from math import gcd
from typing import TYPE_CHECKING, Final

import numpy as np

from maillage.engines.rostering.entities import DAY
from maillage.engines.rostering.model import compile_model
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
    from collections.abc import Iterable, Mapping

    from maillage.engines.rostering.instance import Instance
    from maillage.engines.rostering.model import Model
    from maillage.engines.rostering.shapes import Bools

LARGEST: Final = 2**55  # what prices may add up to: `NO_LIMIT` is more


def factors(instance: Instance) -> Mapping[int, int] | None:
    """What prices are multiplied by, so that a more important priority always wins.

    None when the objective is weighted. Where numbers would become too large for the machine, the
    most important priorities weigh as much as they can.
    """
    if instance.objective != "lexicographic":
        return None
    levels = sorted({s.priority for s in instance.pack.settings if s.cost}, reverse=True)
    found: dict[int, int] = {}
    below = 0
    for level in levels:
        alone = compile_model(instance, factors={other: int(other == level) for other in levels})
        most, least = spread(alone), step(alone)
        largest = max(1, (LARGEST - below) // max(most, 1))
        found[level] = min(below // least + 1, largest)
        below += found[level] * most
    return found


def step(model: Model) -> int:
    """The smallest amount by which the prices of two plans may differ."""
    cover = model.cover
    parts = [model.slot_price, cover.under[cover.under < NO_LIMIT], cover.over[cover.over > 0]]
    parts += [shape.price for shape in model.shapes]
    return gcd(*(int(price) for part in parts for price in np.unique(part))) or 1


def spread(model: Model) -> int:
    """More than the prices of any two plans that break nothing may differ by."""
    cover, workers = model.cover, len(model.instance.workers)
    own = model.ground.firm >= 0
    people = np.where(cover.over < 0, cover.count, workers) * own
    highest = np.where(model.allowed, model.slot_price, 0).max(axis=0, initial=0)
    lowest = np.where(model.allowed, model.slot_price, 0).min(axis=0, initial=0)
    missing = np.where(cover.under < NO_LIMIT, cover.under, 0) * cover.count
    extra = np.maximum(cover.over, 0) * np.maximum(workers - cover.count, 0)
    total = _sum(people * (highest - lowest)) + _sum(missing * own) + _sum(extra * own)
    for shape in model.shapes:
        for w in np.flatnonzero(shape.price):
            mine = model.allowed[w].copy()
            mine[list(model.outside[w])] = True
            total += int(shape.price[w]) * most_of(shape, model, int(w), mine)
    return total


def _sum(values: Iterable[int]) -> int:
    return sum(int(value) for value in values)


@singledispatch
def most_of(shape: Shape, _model: Model, _worker: int, _mine: Bools) -> int:
    """As much as a line made of slots of `mine` can break a shape by, or more."""
    msg = f"no bound for {type(shape).__name__}"
    raise TypeError(msg)


@most_of.register(Clashes)
def _of_clashes(shape: Clashes, _model: Model, _worker: int, _mine: Bools) -> int:
    return _sum(shape.amount)


@most_of.register(Rivals)
def _of_rivals(shape: Rivals, _model: Model, _worker: int, _mine: Bools) -> int:
    return int(shape.pairs.sum())


@most_of.register(Sums)
def _of_sums(shape: Sums, model: Model, worker: int, mine: Bools) -> int:
    each = shape.amount * mine
    if shape.with_travel:
        each = each + mine * int(model.ground.travel.max(initial=0))
    by_day = np.bincount(model.ground.day, each, model.instance.horizon.days).astype(np.int64)
    found = 0
    for k, (first, last) in enumerate(zip(shape.first, shape.last, strict=True)):
        now = int(by_day[max(first, 0) : last + 1].sum())
        past, least = int(shape.past[worker, k]), int(shape.least[worker, k])
        if shape.rising:
            found += now * past + now * (now + 1) // 2
        else:
            found += max(0, past + now - int(shape.most[worker, k])) + max(0, least - past)
    return found


@most_of.register(Runs)
def _of_runs(shape: Runs, model: Model, worker: int, _mine: Bools) -> int:
    days = model.instance.horizon.days + max(int(shape.before[worker]), 0)
    return days * (1 + shape.least)


@most_of.register(Touches)
def _of_touches(shape: Touches, _model: Model, worker: int, mine: Bools) -> int:
    groups = np.unique(shape.inner[mine])
    return int(shape.counted[worker][groups[groups >= 0]].sum())


@most_of.register(Gaps)
def _of_gaps(shape: Gaps, model: Model, _worker: int, _mine: Bools) -> int:
    horizon = (model.instance.horizon.days + 2) * DAY
    return len(shape.first) * (shape.minutes + shape.within + horizon)


@most_of.register(Stretches)
def _of_stretches(_shape: Stretches, model: Model, _worker: int, mine: Bools) -> int:
    journey = int(model.ground.travel.max(initial=0))
    return int(((model.ground.minutes + journey) * mine).sum())


@most_of.register(Splits)
def _of_splits(_shape: Splits, _model: Model, _worker: int, mine: Bools) -> int:
    return 2 * int(mine.sum())
