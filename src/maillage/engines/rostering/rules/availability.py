"""Availability: nobody works while away, or outside the hours they offer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maillage.engines.rostering.families.rule import Rule
from maillage.engines.rostering.families.slots import slot_findings, slot_shapes
from maillage.engines.rostering.plan import is_available
from maillage.engines.rostering.sentences import Sentence

if TYPE_CHECKING:
    from collections.abc import Hashable

    from maillage.engines.rostering.entities import Need, Worker
    from maillage.engines.rostering.instance import Instance
    from maillage.engines.rostering.settings import Setting


def amount(_setting: Setting, _instance: Instance, worker: Worker, need: Need) -> int:
    """1 when the slot meets an absence, or leaves the hours offered."""
    return int(not is_available(worker, need))


def _key(need: Need) -> Hashable:
    return (need.start, need.end)


RULE = Rule(
    name="availability",
    unit="slots",
    sentence=Sentence(
        en="{worker} is not available: {needs}",
        fr="{worker} n’est pas disponible\u00a0: {needs}",
    ),
    findings=slot_findings(amount),
    shapes=slot_shapes(amount, _key),
)
