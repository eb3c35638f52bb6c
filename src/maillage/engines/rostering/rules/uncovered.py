"""Uncovered: each person missing from a slot costs, in proportion to its importance."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maillage.engines.rostering.families.rule import CoverRule
from maillage.engines.rostering.sentences import Sentence

if TYPE_CHECKING:
    from maillage.engines.rostering.entities import Need


def _amount(need: Need, staffed: int) -> int:
    return max(0, need.count - staffed)


def _weight(need: Need) -> int | None:
    return need.importance


RULE = CoverRule(
    name="uncovered",
    unit="people",
    sentence=Sentence(
        en="{needs}: {amount} missing of {count} asked for",
        fr="{needs}\u00a0: il manque {amount} sur {count}",
    ),
    amount=_amount,
    weight=_weight,
)
