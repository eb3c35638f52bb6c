"""Fairness: the k-th hard time of one worker counts k times, the past ones included.

Sharing them evenly is then always the cheapest, without any rule that links workers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from maillage.engines.rostering.families.rule import Finding
from maillage.engines.rostering.ground import ints
from maillage.engines.rostering.shapes import NO_LIMIT, Shape, Sums

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from maillage.engines.rostering.entities import Need, Worker
    from maillage.engines.rostering.families.rule import LineFindings, LineShapes
    from maillage.engines.rostering.ground import Ground
    from maillage.engines.rostering.plan import Line
    from maillage.engines.rostering.settings import Setting

    Past = Callable[[Worker], int]
    Hard = Callable[[Need], bool]


def rising(past: int, times: int) -> int:
    """The sum past + 1, past + 2, … of `times` terms."""
    return times * past + times * (times + 1) // 2


def fairness_findings(past: Past, hard: Hard) -> LineFindings:
    """Return findings on the slots that are `hard`, after `past` ones."""

    def findings(setting: Setting, line: Line) -> Iterator[Finding]:
        slots = tuple(need.need_id for need in line.in_force(setting) if hard(need))
        if slots:
            before = past(line.worker)
            details = {"total": before + len(slots), "count": len(slots)}
            yield Finding(rising(before, len(slots)), slots, details)

    return findings


def fairness_shapes(past: Past, hard: Hard) -> LineShapes:
    """Return the shape that says the same."""

    def shapes(setting: Setting, ground: Ground) -> Iterator[Shape]:
        own = ground.own_in_force(setting)
        before = ints(past(worker) for worker in ground.instance.workers)[:, np.newaxis]
        yield Sums(
            scope=ground.scope(setting),
            amount=ints(
                int(mine and hard(need)) for need, mine in zip(ground.needs, own, strict=True)
            ),
            with_travel=False,
            first=ints([0]),
            last=ints([ground.instance.horizon.days - 1]),
            past=before,
            least=np.zeros_like(before),
            most=np.full_like(before, NO_LIMIT),
            rising=True,
        )

    return shapes
