"""Night hours: so many minutes at night in twelve months make a night worker.

The night goes from minute `from` of a day to minute `to` of the next.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from maillage.engines.rostering.entities import DAY
from maillage.engines.rostering.families.rule import Rule
from maillage.engines.rostering.families.totals import Limit, total_findings, total_shapes
from maillage.engines.rostering.sentences import Sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maillage.engines.rostering.entities import Need, Worker
    from maillage.engines.rostering.instance import Instance
    from maillage.engines.rostering.settings import Setting


def limits(setting: Setting, instance: Instance, worker: Worker) -> Iterator[Limit]:
    """At most `most` minutes, those of the past twelve months included."""
    yield Limit(
        first=0,
        last=instance.horizon.days - 1,
        past=worker.history.night_minutes,
        most=setting.number("most"),
    )


def counted(setting: Setting, need: Need) -> int:
    """Minutes of a slot that are at night."""
    night_from, night_to = setting.number("from"), setting.number("to") + DAY
    return sum(
        max(0, min(need.end, midnight + night_to) - max(need.start, midnight + night_from))
        for midnight in range((need.day - 1) * DAY, need.end + DAY, DAY)
    )


RULE = Rule(
    name="night_hours",
    unit="minutes",
    sentence=Sentence(
        en="{worker} would work {total} at night in twelve months: above {limit}, a night worker",
        fr=(
            "{worker} travaillerait {total} de nuit en douze mois\u00a0: au-delà de {limit}, "
            "c’est un travailleur de nuit"
        ),
    ),
    findings=total_findings(limits, counted),
    shapes=total_shapes(limits, counted),
    parameters=("from", "to", "most"),
)
