"""Part-time ceiling: extra hours are limited, and full time is never reached."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maillage.engines.rostering.families.rule import Rule
from maillage.engines.rostering.families.totals import Limit, total_findings, total_shapes
from maillage.engines.rostering.sentences import Sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maillage.engines.rostering.entities import Worker
    from maillage.engines.rostering.instance import Instance
    from maillage.engines.rostering.settings import Setting


def limits(setting: Setting, instance: Instance, worker: Worker) -> Iterator[Limit]:
    """At most `extra_percent` above the contract, and less than `full_time` minutes a week."""
    horizon, full_time = instance.horizon, setting.number("full_time")
    promised = worker.contract.week_minutes
    if promised >= full_time:
        return
    most = min(promised * (100 + setting.number("extra_percent")) // 100, full_time - 1)
    for first, last in horizon.weeks:
        if setting.holds_on(horizon.date_of(max(first, 0))):
            past = worker.history.this_week if first < 0 else 0
            yield Limit(first=first, last=last, past=past, most=most)


RULE = Rule(
    name="part_time_ceiling",
    unit="minutes",
    sentence=Sentence(
        en=("{worker}, part-time, would work {total} in the week of {first_date}, {limit} at most"),
        fr=(
            "{worker}, à temps partiel, travaillerait {total} la semaine du "
            "{first_date}, {limit} au plus"
        ),
    ),
    findings=total_findings(limits),
    shapes=total_shapes(limits),
    parameters=(
        "extra_percent",
        "full_time",
    ),
)
