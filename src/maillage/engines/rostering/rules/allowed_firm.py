"""Allowed firm: a worker serves the firms that their agreements name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from maillage.engines.rostering.families.rule import Rule
from maillage.engines.rostering.families.slots import slot_findings, slot_shapes
from maillage.engines.rostering.sentences import Sentence
from maillage.engines.rostering.shapes import Bars

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator

    from maillage.engines.rostering.entities import Need, Worker
    from maillage.engines.rostering.ground import Ground
    from maillage.engines.rostering.instance import Instance
    from maillage.engines.rostering.settings import Setting
    from maillage.engines.rostering.shapes import Shape


def amount(_setting: Setting, _instance: Instance, worker: Worker, need: Need) -> int:
    """1 when no agreement lets the worker serve the firm at that time."""
    return _never(_setting, _instance, worker, need) or int(_outside(worker, need))


def _never(_setting: Setting, _instance: Instance, worker: Worker, need: Need) -> int:
    return int(worker.firm_ids is not None and need.firm_id not in worker.firm_ids)


def _outside(worker: Worker, need: Need) -> bool:
    """Whether the agreement with the firm holds at other times only."""
    spans = worker.lent.get(need.firm_id)
    return spans is not None and not any(
        start <= need.start and need.end <= end for start, end in spans
    )


def _key(need: Need) -> Hashable:
    return need.firm_id


def shapes(setting: Setting, ground: Ground) -> Iterator[Shape]:
    """Firms that are never allowed, then slots outside the time of an agreement."""
    yield from slot_shapes(_never, _key)(setting, ground)
    table = np.zeros((len(ground.instance.workers), len(ground.needs)), np.int64)
    in_force = ground.own_in_force(setting)
    for w, worker in enumerate(ground.instance.workers):
        if not worker.lent or not setting.concerns(worker.worker_id):
            continue
        for n in np.flatnonzero(in_force):
            need = ground.needs[n]
            if need.firm_id in worker.lent and not _never(setting, ground.instance, worker, need):
                table[w, n] = int(_outside(worker, need))
    if table.any():
        yield Bars(scope=ground.scope(setting), amount=table)


RULE = Rule(
    name="allowed_firm",
    unit="slots",
    sentence=Sentence(
        en="no agreement lets {worker} work at {firms}: {times}",
        fr=("aucune convention ne permet à {worker} de travailler chez {firms}\u00a0: {times}"),
    ),
    findings=slot_findings(amount),
    shapes=shapes,
)
