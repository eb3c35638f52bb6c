"""The compiled instance: what a search works on. Workers are rows, slots columns in order of start.

All prices are whole: points times `scale`. The value of a plan is the sum over workers of the
price of their line (see `judging`) and over slots of the price of their cover.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from maillage.engines.rostering.ground import Ground, ints
from maillage.engines.rostering.pack import check_pack
from maillage.engines.rostering.rules import COVER_RULES, LINE_RULES
from maillage.engines.rostering.shapes import NO_LIMIT, Bars, Cover, Givens, Keeps

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from maillage.engines.rostering.instance import Instance
    from maillage.engines.rostering.plan import Plan
    from maillage.engines.rostering.shapes import Bools, Ints, Shape


@dataclass(frozen=True)
class Model:
    """An instance, ready for search.

    `allowed[w, n]`: nothing forbids worker w in slot n by itself. `forced[w]`: slots that may not
    be lost (fixed ones); `outside[w]`: jobs elsewhere, part of every line. Being in a slot costs
    `slot_price[w, n]` (negative when it meets a request) above `base_price[w]`, the price of
    having none. `base_excess[w]` is forbidden whatever the plan. `shapes` are all the others.
    """

    ground: Ground
    cover: Cover
    allowed: Bools
    slot_price: Ints
    base_price: Ints
    base_excess: Ints
    forced: tuple[tuple[int, ...], ...]
    outside: tuple[tuple[int, ...], ...]
    shapes: tuple[Shape, ...] = field(repr=False)
    series: Ints = field(repr=False)

    @property
    def instance(self) -> Instance:
        """What it was compiled from."""
        return self.ground.instance

    @property
    def scale(self) -> int:
        """Prices per point."""
        return self.ground.scale

    def lines(self, plan: Plan) -> tuple[tuple[int, ...], ...]:
        """Columns of each worker's slots, in order, jobs elsewhere left out."""
        held: list[list[int]] = [[] for _ in self.instance.workers]
        for assignment in plan.assignments:
            held[self.ground.row[assignment.worker_id]].append(
                self.ground.column[assignment.need_id]
            )
        return tuple(tuple(sorted(columns)) for columns in held)


def compile_model(instance: Instance, *, factors: Mapping[int, int] | None = None) -> Model:
    """Compile an instance; prices of each priority are multiplied by its factor (1 if not given).

    Raises `RosterError` when the rule pack makes no sense.
    """
    check_pack(instance.pack)
    ground = Ground(instance)
    shapes = [_times(shape, factors or {}) for shape in _shapes(ground)]
    size = len(instance.workers), len(ground.needs)
    allowed = np.tile(ground.owner < 0, (size[0], 1))
    slot_price = np.zeros(size, np.int64)
    base_price, base_excess = np.zeros(size[0], np.int64), np.zeros(size[0], np.int64)
    kept = np.zeros(size, np.bool_)
    rest: list[Shape] = []
    for shape in shapes:
        price = shape.price[:, np.newaxis]
        if isinstance(shape, Bars):
            allowed &= ~(shape.hard[:, np.newaxis] & (shape.amount > 0))
            slot_price += price * shape.amount
        elif isinstance(shape, Keeps):
            kept |= shape.hard[:, np.newaxis] & (shape.amount > 0)
            slot_price -= price * shape.amount
            base_price += shape.price * shape.amount.sum(axis=1)
        elif isinstance(shape, Givens):
            base_price += shape.price * shape.amount
            base_excess += shape.hard * shape.amount
        else:
            rest.append(shape)
    rows = range(size[0])
    return Model(
        ground=ground,
        cover=_cover(ground, factors or {}),
        allowed=allowed,
        slot_price=slot_price,
        base_price=base_price,
        base_excess=base_excess,
        forced=tuple(_columns(kept[w]) for w in rows),
        outside=tuple(_columns(ground.owner == w) for w in rows),
        shapes=tuple(rest),
        series=_series(ground),
    )


def _shapes(ground: Ground) -> Iterator[Shape]:
    """Every shape that can be broken by somebody, at a price or at all."""
    for setting in ground.instance.pack.settings:
        rule = LINE_RULES.get(setting.rule)
        if rule is not None and ground.matters(setting):
            for shape in rule.shapes(setting, ground):
                if shape.hard.any() or shape.price.any():
                    yield shape


def _times(shape: Shape, factors: Mapping[int, int]) -> Shape:
    factor = factors.get(shape.scope.priority, 1)
    return replace(shape, scope=replace(shape.scope, price=shape.price * factor))


def _columns(marks: Bools) -> tuple[int, ...]:
    return tuple(int(n) for n in np.flatnonzero(marks))


def _cover(ground: Ground, factors: Mapping[int, int]) -> Cover:
    """People wanted; a shortage that is forbidden has the price `NO_LIMIT`."""
    prices: dict[str, list[int]] = {}
    for name, rule in COVER_RULES.items():
        each = [0] * len(ground.needs)
        for setting in ground.instance.pack.of(name):
            points = ground.instance.pack.price(setting, "") * (ground.scale // setting.per)
            points *= factors.get(setting.priority, 1)
            forbidden = ground.instance.pack.forbids(setting, "")
            in_force = ground.own_in_force(setting)
            for n in np.flatnonzero(in_force):
                weight = rule.weight(ground.needs[n])
                each[n] = (
                    int(NO_LIMIT) if forbidden or weight is None else each[n] + points * weight
                )
        prices[name] = each
    return Cover(
        count=ints(need.count if need.firm_id else 0 for need in ground.needs),
        under=ints(prices["uncovered"]),
        over=ints(-1 if price == NO_LIMIT else price for price in prices["surplus"]),
    )


def _series(ground: Ground) -> Ints:
    """Number the slots that repeat each week: same firm, skill, weekday, times, kind and place."""
    horizon = ground.instance.horizon
    numbers: dict[tuple[object, ...], int] = {}
    return ints(
        numbers.setdefault(
            (
                need.firm_id,
                need.skill,
                need.level,
                horizon.weekday(need.day),
                need.start % (24 * 60),
                need.end - need.start,
                need.kind,
                need.place_id,
            ),
            len(numbers),
        )
        for need in ground.needs
    )
