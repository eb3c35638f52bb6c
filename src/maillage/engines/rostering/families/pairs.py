"""Rules that two slots of one line break together, because of when and where they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from maillage.engines.rostering.entities import DAY
from maillage.engines.rostering.families.rule import Finding
from maillage.engines.rostering.shapes import Clashes, Shape

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from maillage.engines.rostering.entities import Need
    from maillage.engines.rostering.families.rule import LineFindings, LineShapes
    from maillage.engines.rostering.ground import Ground
    from maillage.engines.rostering.plan import Line
    from maillage.engines.rostering.settings import Setting
    from maillage.engines.rostering.shapes import Ints

    PairAmount = Callable[[Setting, Line, Need, Need], int]
    Reach = Callable[[Setting, Ground], int]
    Amounts = Callable[[Setting, Ground, Ints, Ints], Ints]

REACH = 2 * DAY  # slots that start further apart, once the first is over, never meet such a rule


def pair_findings(amount: PairAmount) -> LineFindings:
    """Return the findings of a rule that two slots, the first starting first, break."""

    def findings(setting: Setting, line: Line) -> Iterator[Finding]:
        days = setting.days_of(line.instance.horizon)
        for position, first in enumerate(line.needs):
            for second in line.needs[position + 1 :]:
                if second.start >= first.end + REACH:
                    break  # the others start later still
                if not days[second.day]:
                    continue
                found = amount(setting, line, first, second)
                if found > 0:
                    yield Finding(found, (first.need_id, second.need_id))

    return findings


def pair_shapes(amounts: Amounts, reach: Reach) -> LineShapes:
    """Return the shape; `amounts` judges many pairs at once, given as two lists of columns.

    Only slots that start less than `reach` minutes after the end of another are paired with it.
    """

    def shapes(setting: Setting, ground: Ground) -> Iterator[Shape]:
        first, second = ground.pairs_within(min(reach(setting, ground), REACH))
        found = amounts(setting, ground, first, second)
        kept = (found > 0) & ground.in_force(setting)[ground.day[second]]
        indptr = np.searchsorted(first[kept], np.arange(len(ground.needs) + 1))
        yield Clashes(
            scope=ground.scope(setting), indptr=indptr, later=second[kept], amount=found[kept]
        )

    return shapes
