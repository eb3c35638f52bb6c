"""Allowed firm: a worker serves the firms that their agreements name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maillage.engines.rostering.families.rule import Rule
from maillage.engines.rostering.families.slots import slot_findings, slot_shapes
from maillage.engines.rostering.sentences import Sentence

if TYPE_CHECKING:
    from collections.abc import Hashable

    from maillage.engines.rostering.entities import Need, Worker
    from maillage.engines.rostering.instance import Instance
    from maillage.engines.rostering.settings import Setting


def amount(_setting: Setting, _instance: Instance, worker: Worker, need: Need) -> int:
    """1 when no agreement lets the worker serve the firm."""
    return int(worker.firm_ids is not None and need.firm_id not in worker.firm_ids)


def _key(need: Need) -> Hashable:
    return need.firm_id


RULE = Rule(
    name="allowed_firm",
    unit="slots",
    sentence=Sentence(
        en="no agreement lets {worker} work at {firms}: {times}",
        fr=("aucune convention ne permet à {worker} de travailler chez {firms}\u00a0: {times}"),
    ),
    findings=slot_findings(amount),
    shapes=slot_shapes(amount, _key),
)
