"""Daily maximum of work, travel between sites included."""

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


def limits(setting: Setting, instance: Instance, _worker: Worker) -> Iterator[Limit]:
    """At most `minutes` each day."""
    horizon = instance.horizon
    for day in range(horizon.days):
        if setting.holds_on(horizon.date_of(day)):
            yield Limit(first=day, last=day, most=setting.number("minutes"))


RULE = Rule(
    name="daily_maximum",
    unit="minutes",
    sentence=Sentence(
        en="{worker} would work {total} on {first_date}, {limit} at most",
        fr="{worker} travaillerait {total} {first_date}, {limit} au plus",
    ),
    findings=total_findings(limits),
    shapes=total_shapes(limits),
    parameters=("minutes",),
)
