"""Urgent maximum: so many urgent calls per worker, the past ones included."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maillage.engines.rostering.families.rule import Rule
from maillage.engines.rostering.families.totals import Limit, total_findings, total_shapes
from maillage.engines.rostering.sentences import Sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maillage.engines.rostering.entities import Need, Worker
    from maillage.engines.rostering.instance import Instance
    from maillage.engines.rostering.settings import Setting


def limits(setting: Setting, instance: Instance, worker: Worker) -> Iterator[Limit]:
    """At most `most` urgent calls."""
    yield Limit(
        first=0,
        last=instance.horizon.days - 1,
        past=worker.history.urgent_calls,
        most=setting.number("most"),
    )


def counted(_setting: Setting, need: Need) -> int:
    """1 for an urgent call."""
    return int(need.urgent)


RULE = Rule(
    name="urgent_maximum",
    unit="calls",
    sentence=Sentence(
        en="{worker} would have had {total} urgent calls, {limit} at most",
        fr="{worker} en serait à {total} appels urgents, {limit} au plus",
    ),
    findings=total_findings(limits, counted),
    shapes=total_shapes(limits, counted),
    parameters=("most",),
)
