"""No overlap: nobody is in two slots at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from maillage.engines.rostering.families.pairs import pair_findings, pair_shapes
from maillage.engines.rostering.families.rule import Rule
from maillage.engines.rostering.sentences import Sentence

if TYPE_CHECKING:
    from maillage.engines.rostering.entities import Need
    from maillage.engines.rostering.ground import Ground
    from maillage.engines.rostering.plan import Line
    from maillage.engines.rostering.settings import Setting
    from maillage.engines.rostering.shapes import Ints


def amount(_setting: Setting, _line: Line, first: Need, second: Need) -> int:
    """Minutes that both slots share."""
    return min(first.end, second.end) - second.start


def amounts(_setting: Setting, ground: Ground, first: Ints, second: Ints) -> Ints:
    """Minutes that the slots of each pair share."""
    return np.minimum(ground.end[first], ground.end[second]) - ground.start[second]


def _reach(_setting: Setting, _ground: Ground) -> int:
    return 0


RULE = Rule(
    name="no_overlap",
    unit="minutes",
    sentence=Sentence(
        en="{worker} would be in two slots at once: {needs}",
        fr="{worker} serait sur deux créneaux à la fois\u00a0: {needs}",
    ),
    findings=pair_findings(amount),
    shapes=pair_shapes(amounts, _reach),
    fewest=2,
)
