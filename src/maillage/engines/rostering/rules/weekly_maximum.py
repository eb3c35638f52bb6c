"""Weekly maximum of work, Monday to Sunday."""

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
    """At most `minutes` in each civil week, what was worked before the horizon included."""
    horizon = instance.horizon
    for first, last in horizon.weeks:
        if setting.holds_on(horizon.date_of(max(first, 0))):
            past = worker.history.this_week if first < 0 else 0
            yield Limit(first=first, last=last, past=past, most=setting.number("minutes"))


RULE = Rule(
    name="weekly_maximum",
    unit="minutes",
    sentence=Sentence(
        en="{worker} would work {total} in the week of {first_date}, {limit} at most",
        fr="{worker} travaillerait {total} la semaine du {first_date}, {limit} au plus",
    ),
    findings=total_findings(limits),
    shapes=total_shapes(limits),
    parameters=("minutes",),
)
