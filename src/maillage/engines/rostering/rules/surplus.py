"""Surplus: nobody beyond what a slot asks for, or at its price when it has one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maillage.engines.rostering.families.rule import CoverRule
from maillage.engines.rostering.sentences import Sentence

if TYPE_CHECKING:
    from maillage.engines.rostering.entities import Need


def _amount(need: Need, staffed: int) -> int:
    return max(0, staffed - need.count)


def _weight(need: Need) -> int | None:
    return need.surplus


RULE = CoverRule(
    name="surplus",
    unit="people",
    sentence=Sentence(
        en="{needs}: {amount} more than the {count} asked for",
        fr="{needs}\u00a0: {amount} de plus que les {count} demandés",
    ),
    amount=_amount,
    weight=_weight,
)
