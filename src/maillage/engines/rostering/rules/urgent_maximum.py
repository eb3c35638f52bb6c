"""Urgent maximum: so many urgent calls per worker, the past ones included.

`window` says over what: the whole horizon and all the past ("horizon"), or each calendar month
("month"), in which a new count begins.
"""

from __future__ import annotations

from itertools import groupby
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
    horizon, most = instance.horizon, setting.number("most")
    if setting.parameters.get("window") != "month":
        past = worker.history.urgent_calls
        yield Limit(first=0, last=horizon.days - 1, past=past, most=most)
        return
    past = worker.history.urgent_this_month
    for _, days in groupby(range(horizon.days), key=lambda day: horizon.date_of(day).month):
        month = [*days]
        yield Limit(first=month[0], last=month[-1], past=past, most=most)
        past = 0


def counted(_setting: Setting, need: Need) -> int:
    """1 for an urgent call."""
    return int(need.urgent)


RULE = Rule(
    name="urgent_maximum",
    unit="calls",
    sentence=Sentence(
        en="{worker} would have had {total} urgent calls{in_month}, {limit} at most",
        fr="{worker} en serait à {total} appels urgents{in_month}, {limit} au plus",
    ),
    findings=total_findings(limits, counted),
    shapes=total_shapes(limits, counted),
    parameters=("most",),
    choices={"window": ("horizon", "month")},
)
