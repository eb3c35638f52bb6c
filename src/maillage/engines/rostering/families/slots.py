"""Rules that judge a worker in one slot, whatever else the worker does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from maillage.engines.rostering.families.rule import Finding
from maillage.engines.rostering.shapes import Bars, Shape

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator

    from maillage.engines.rostering.entities import Need, Worker
    from maillage.engines.rostering.families.rule import LineFindings, LineShapes
    from maillage.engines.rostering.ground import Ground
    from maillage.engines.rostering.instance import Instance
    from maillage.engines.rostering.plan import Line
    from maillage.engines.rostering.settings import Setting

    Amount = Callable[[Setting, Instance, Worker, Need], int]
    Key = Callable[[Need], Hashable]


def slot_findings(amount: Amount) -> LineFindings:
    """Return the findings of a rule that breaks by `amount` in a slot."""

    def findings(setting: Setting, line: Line) -> Iterator[Finding]:
        for need in line.in_force(setting):
            found = amount(setting, line.instance, line.worker, need)
            if found:
                yield Finding(found, (need.need_id,))

    return findings


def slot_shapes(amount: Amount, key: Key) -> LineShapes:
    """Return the shape that says the same; slots of one `key` are judged once per worker."""

    def shapes(setting: Setting, ground: Ground) -> Iterator[Shape]:
        own = [ground.needs[n] for n in np.flatnonzero(ground.own_in_force(setting))]
        models = {key(need): need for need in own}
        number = {name: k for k, name in enumerate(models)}
        found = np.zeros((len(ground.instance.workers), len(models)), np.int64)
        for w in np.flatnonzero(ground.covers(setting)):
            worker = ground.instance.workers[w]
            for name, need in models.items():
                found[w, number[name]] = amount(setting, ground.instance, worker, need)
        table = np.zeros((len(ground.instance.workers), len(ground.needs)), np.int64)
        if own:
            columns = [ground.column[need.need_id] for need in own]
            table[:, columns] = found[:, [number[key(need)] for need in own]]
        yield Bars(scope=ground.scope(setting), amount=table)

    return shapes
