"""Daily rest: between two days of work, so many minutes without any."""

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


def amount(setting: Setting, _line: Line, first: Need, second: Need) -> int:
    """Minutes that the rest between two days lacks."""
    if first.day == second.day or second.start < first.end:
        return 0
    return setting.number("minutes") - (second.start - first.end)


def amounts(setting: Setting, ground: Ground, first: Ints, second: Ints) -> Ints:
    """Minutes that the rest between the two days of each pair lacks."""
    gap = ground.start[second] - ground.end[first]
    other_day = ground.day[first] != ground.day[second]
    return np.where(other_day & (gap >= 0), setting.number("minutes") - gap, 0)


def _reach(setting: Setting, _ground: Ground) -> int:
    return setting.number("minutes")


RULE = Rule(
    name="daily_rest",
    unit="minutes",
    sentence=Sentence(
        en=("{worker} would lack {amount} of the {minutes} of rest due between two days: {times}"),
        fr=(
            "il manquerait {amount} aux {minutes} de repos {of_worker} entre deux "
            "jours\u00a0: {times}"
        ),
    ),
    findings=pair_findings(amount),
    shapes=pair_shapes(amounts, _reach),
    parameters=("minutes",),
    fewest=2,
)
