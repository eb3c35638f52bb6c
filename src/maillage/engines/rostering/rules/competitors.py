"""Competitors never share a worker, over the whole horizon, unless both lifted the pair."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from maillage.engines.rostering.families.rule import Finding, Rule
from maillage.engines.rostering.sentences import Sentence
from maillage.engines.rostering.shapes import Rivals, Shape

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maillage.engines.rostering.ground import Ground
    from maillage.engines.rostering.plan import Line
    from maillage.engines.rostering.settings import Setting


def findings(_setting: Setting, line: Line) -> Iterator[Finding]:
    """Each pair of competitors that the worker serves."""
    for pair in combinations(line.firm_ids, 2):
        if pair in line.instance.rivals:
            slots = tuple(need.need_id for need in line.own if need.firm_id in pair)
            names = " × ".join(line.instance.firm_by_id[firm_id].label for firm_id in pair)
            yield Finding(1, slots, {"pair": names})


def shapes(setting: Setting, ground: Ground) -> Iterator[Shape]:
    """The matrix of competitors."""
    size = len(ground.instance.firms)
    pairs = np.zeros((size, size), np.bool_)
    for first, second in ground.instance.rivals:
        pairs[ground.firm_row[first], ground.firm_row[second]] = True
    yield Rivals(scope=ground.scope(setting), pairs=pairs)


RULE = Rule(
    name="competitors",
    unit="pairs",
    sentence=Sentence(
        en="{worker} would serve two competitors: {pair}",
        fr="{worker} travaillerait pour deux concurrents\u00a0: {pair}",
    ),
    findings=findings,
    shapes=shapes,
    fewest=2,
)
