"""Travel: there is time to go from one site to the next."""

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


def amount(_setting: Setting, line: Line, first: Need, second: Need) -> int:
    """Minutes that the journey lacks; slots that overlap are another rule’s affair."""
    if second.start < first.end:
        return 0
    return line.travel_minutes(first, second) - (second.start - first.end)


def amounts(_setting: Setting, ground: Ground, first: Ints, second: Ints) -> Ints:
    """Minutes that the journey of each pair lacks."""
    gap = ground.start[second] - ground.end[first]
    journey = ground.travel[ground.place[first], ground.place[second]]
    return np.where(gap < 0, 0, journey - gap)


def _reach(_setting: Setting, ground: Ground) -> int:
    return int(ground.travel.max(initial=0))


RULE = Rule(
    name="travel",
    unit="minutes",
    sentence=Sentence(
        en="{worker} would lack {amount} to get from one site to the other: {needs}",
        fr="il manquerait {amount} à {worker} pour aller d’un site à l’autre\u00a0: {needs}",
    ),
    findings=pair_findings(amount),
    shapes=pair_shapes(amounts, _reach),
    fewest=2,
)
