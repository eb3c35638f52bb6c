"""Succession: after some kinds of slot, some others may not come the next day."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from maillage.engines.rostering.families.pairs import REACH, pair_findings, pair_shapes
from maillage.engines.rostering.families.rule import Rule
from maillage.engines.rostering.sentences import Sentence

if TYPE_CHECKING:
    from maillage.engines.rostering.entities import Need
    from maillage.engines.rostering.ground import Ground
    from maillage.engines.rostering.plan import Line
    from maillage.engines.rostering.settings import Setting
    from maillage.engines.rostering.shapes import Ints


def amount(setting: Setting, _line: Line, first: Need, second: Need) -> int:
    """1 when a slot of kind `next` comes the day after one of kind `after`."""
    return int(
        second.day - first.day == 1
        and first.kind == setting.word("after")
        and second.kind == setting.word("next")
    )


def amounts(setting: Setting, ground: Ground, first: Ints, second: Ints) -> Ints:
    """1 for each pair of kinds that may not follow each other."""
    after, following = ground.kind == setting.word("after"), ground.kind == setting.word("next")
    next_day = ground.day[second] - ground.day[first] == 1
    return np.where(next_day & after[first] & following[second], 1, 0)


def _reach(_setting: Setting, _ground: Ground) -> int:
    return REACH


RULE = Rule(
    name="succession",
    unit="pairs",
    sentence=Sentence(
        en="{worker} would have slots in a forbidden order: {needs}",
        fr="{worker} aurait des créneaux dans un ordre interdit\u00a0: {needs}",
    ),
    findings=pair_findings(amount),
    shapes=pair_shapes(amounts, _reach),
    parameters=(
        "after",
        "next",
    ),
    fewest=2,
)
