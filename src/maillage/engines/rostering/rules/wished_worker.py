"""Wished worker: a firm that asks for somebody would rather have them."""

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
    """1 when the firm wished for somebody else."""
    return int(need.wished_worker_id not in {"", worker.worker_id})


def _key(need: Need) -> Hashable:
    return need.wished_worker_id


RULE = Rule(
    name="wished_worker",
    unit="slots",
    sentence=Sentence(
        en="{firms} wished for somebody other than {worker}: {times}",
        fr="{firms} souhaitait quelqu’un d’autre que {worker}\u00a0: {times}",
    ),
    findings=slot_findings(amount),
    shapes=slot_shapes(amount, _key),
)
