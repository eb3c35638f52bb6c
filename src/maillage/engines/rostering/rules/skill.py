"""Skill: a slot is for somebody who has its skill, at its level or above."""

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
    """1 when the worker lacks the skill or the level."""
    return int(worker.skills.get(need.skill, -1) < need.level)


def _key(need: Need) -> Hashable:
    return (need.skill, need.level)


RULE = Rule(
    name="skill",
    unit="slots",
    sentence=Sentence(
        en="{worker} does not have the skill asked for: {needs}",
        fr="{worker} n’a pas la compétence demandée\u00a0: {needs}",
    ),
    findings=slot_findings(amount),
    shapes=slot_shapes(amount, _key),
)
