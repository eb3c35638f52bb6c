"""Rules on what differs, in a worker's line, from what people were told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from maillage.engines.rostering.families.rule import Finding
from maillage.engines.rostering.plan import is_available
from maillage.engines.rostering.shapes import Bars, Keeps, Shape

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from maillage.engines.rostering.entities import Need, Worker
    from maillage.engines.rostering.families.rule import LineFindings, LineShapes
    from maillage.engines.rostering.ground import Ground
    from maillage.engines.rostering.instance import Instance
    from maillage.engines.rostering.plan import Line
    from maillage.engines.rostering.settings import Setting

    Deadline = Callable[[Setting, Instance], int]
    Whom = Callable[[Setting, Worker], bool]

ADDED = "added_only"


def everybody(_setting: Setting, _worker: Worker) -> bool:
    """Judge every worker."""
    return True


def change_findings(deadline: Deadline, whom: Whom = everybody) -> LineFindings:
    """Return findings on slots added or taken away that start before `deadline` (a minute).

    Those taken away are left aside when the setting is on what is `added_only`.
    """

    def findings(setting: Setting, line: Line) -> Iterator[Finding]:
        if not line.instance.published or not whom(setting, line.worker):
            return
        told = line.instance.published_by_worker[line.worker.worker_id]
        until = deadline(setting, line.instance)
        for need in line.in_force(setting):
            if need.need_id not in told and need.start < until:
                yield Finding(1, (need.need_id,), {"change": "added"})
        for need_id in sorted(told - line.need_ids) if not setting.optional(ADDED) else ():
            need = line.instance.need_by_id[need_id]
            if need.start < until and _counts(setting, line.instance, line.worker, need):
                yield Finding(1, (need_id,), {"change": "removed"})

    return findings


def change_shapes(deadline: Deadline, whom: Whom = everybody) -> LineShapes:
    """Return the shapes that say the same."""

    def shapes(setting: Setting, ground: Ground) -> Iterator[Shape]:
        instance = ground.instance
        if not instance.published:
            return
        near = ground.own_in_force(setting) & (ground.start < deadline(setting, instance))
        added = np.tile(near.astype(np.int64), (len(instance.workers), 1))
        removed = np.zeros_like(added)
        for assignment in instance.published:
            w, n = ground.row[assignment.worker_id], ground.column[assignment.need_id]
            counts = near[n] and _counts(setting, instance, instance.workers[w], ground.needs[n])
            added[w, n], removed[w, n] = 0, int(counts)
        mine = [whom(setting, worker) for worker in instance.workers]
        added[np.logical_not(mine)] = removed[np.logical_not(mine)] = 0
        yield Bars(scope=ground.scope(setting), amount=added)
        if not setting.optional(ADDED):
            yield Keeps(scope=ground.scope(setting), amount=removed)

    return shapes


def _counts(setting: Setting, instance: Instance, worker: Worker, need: Need) -> bool:
    """Whether losing a slot is a change: not when the worker is away, which nobody decided."""
    in_force = setting.days_of(instance.horizon)[need.day]
    return in_force and is_available(worker, need)
