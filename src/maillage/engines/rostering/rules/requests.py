"""Requests: slots that a worker asked for, or asked to be spared; amounts are their weights."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from maillage.engines.rostering.families.rule import Finding, Rule
from maillage.engines.rostering.sentences import Sentence
from maillage.engines.rostering.shapes import Bars, Keeps, Shape

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maillage.engines.rostering.ground import Ground
    from maillage.engines.rostering.plan import Line
    from maillage.engines.rostering.settings import Setting


def findings(setting: Setting, line: Line) -> Iterator[Finding]:
    """Each request that the line does not meet."""
    for request in line.worker.requests:
        day = line.instance.need_by_id[request.need_id].day
        in_force = setting.days_of(line.instance.horizon)[day]
        met = (request.need_id in line.need_ids) == request.wanted
        if in_force and request.weight and not met:
            yield Finding(request.weight, (request.need_id,), {"wanted": request.wanted})


def shapes(setting: Setting, ground: Ground) -> Iterator[Shape]:
    """Slots to spare, and slots to keep."""
    spared = np.zeros((len(ground.instance.workers), len(ground.needs)), np.int64)
    wanted = np.zeros_like(spared)
    own = ground.own_in_force(setting)
    for w, worker in enumerate(ground.instance.workers):
        for request in worker.requests:
            column = ground.column[request.need_id]
            table = wanted if request.wanted else spared
            table[w, column] += request.weight * int(own[column])
    yield Bars(scope=ground.scope(setting), amount=spared)
    yield Keeps(scope=ground.scope(setting), amount=wanted)


RULE = Rule(
    name="requests",
    unit="requests",
    sentence=Sentence(
        en="a request {of_worker} would not be met: {needs}",
        fr="une demande {of_worker} ne serait pas satisfaite\u00a0: {needs}",
    ),
    findings=findings,
    shapes=shapes,
)
