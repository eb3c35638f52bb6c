"""Stability: each slot added or taken away from what people were told costs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maillage.engines.rostering.families.changes import change_findings, change_shapes
from maillage.engines.rostering.families.rule import Rule
from maillage.engines.rostering.sentences import Sentence

if TYPE_CHECKING:
    from maillage.engines.rostering.instance import Instance
    from maillage.engines.rostering.settings import Setting


def _deadline(_setting: Setting, instance: Instance) -> int:
    return instance.horizon.minutes


RULE = Rule(
    name="stability",
    unit="changes",
    sentence=Sentence(
        en="a change for {worker}, against the published plan: {needs}",
        fr="un changement pour {worker}, par rapport au planning publié\u00a0: {needs}",
    ),
    findings=change_findings(_deadline),
    shapes=change_shapes(_deadline),
)
