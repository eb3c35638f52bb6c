"""Fixed assignments stay, whatever happens."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from maillage.engines.rostering.families.rule import Finding, Rule
from maillage.engines.rostering.sentences import Sentence
from maillage.engines.rostering.shapes import Keeps, Shape

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maillage.engines.rostering.ground import Ground
    from maillage.engines.rostering.plan import Line
    from maillage.engines.rostering.settings import Setting


def findings(_setting: Setting, line: Line) -> Iterator[Finding]:
    """Each fixed slot that the worker has lost."""
    for assignment in sorted(line.instance.fixed):
        if (
            assignment.worker_id == line.worker.worker_id
            and assignment.need_id not in line.need_ids
        ):
            yield Finding(1, (assignment.need_id,))


def shapes(setting: Setting, ground: Ground) -> Iterator[Shape]:
    """Slots to keep."""
    amount = np.zeros((len(ground.instance.workers), len(ground.needs)), np.int64)
    for assignment in ground.instance.fixed:
        amount[ground.row[assignment.worker_id], ground.column[assignment.need_id]] = 1
    yield Keeps(scope=ground.scope(setting), amount=amount)


RULE = Rule(
    name="fixed",
    unit="slots",
    sentence=Sentence(
        en="{worker} must keep a fixed slot: {needs}",
        fr="{worker} doit garder un créneau fixé\u00a0: {needs}",
    ),
    findings=findings,
    shapes=shapes,
)
