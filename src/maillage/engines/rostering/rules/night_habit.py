"""Night habit: a slot of `minutes` or more at night, more than `most` times a week.

It makes a night worker, whose days and weeks are shorter.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from maillage.engines.rostering.families.rule import Rule
from maillage.engines.rostering.families.totals import Limit, total_findings, total_shapes
from maillage.engines.rostering.rules import night_hours
from maillage.engines.rostering.sentences import Sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maillage.engines.rostering.entities import Need, Worker
    from maillage.engines.rostering.instance import Instance
    from maillage.engines.rostering.settings import Setting


def limits(setting: Setting, instance: Instance, _worker: Worker) -> Iterator[Limit]:
    """At most `most` such slots in each civil week."""
    horizon = instance.horizon
    for first, last in horizon.weeks:
        if setting.holds_on(horizon.date_of(max(first, 0))):
            yield Limit(first=first, last=last, most=setting.number("most"))


def counted(setting: Setting, need: Need) -> int:
    """1 for a slot with so much night in it."""
    return int(night_hours.counted(setting, need) >= setting.number("minutes"))


RULE = Rule(
    name="night_habit",
    unit="slots",
    sentence=Sentence(
        en=(
            "{worker} would work {minutes} or more at night {total} times in the week of "
            "{first_date}: as a habit, that makes a night worker"
        ),
        fr=(
            "{worker} travaillerait {minutes} ou plus de nuit {total} fois la semaine du "
            "{first_date}\u00a0: si c’est habituel, c’est un travailleur de nuit"
        ),
    ),
    findings=total_findings(limits, counted),
    shapes=total_shapes(limits, counted),
    parameters=("from", "to", "minutes", "most"),
)
