"""Average maximum: over any run of `weeks` civil weeks, the past ones included."""

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
    """At most `weeks` times `minutes` in `weeks` weeks; has no say while too few are known."""
    most = setting.number("weeks") * setting.number("minutes")
    for first, last, past in spans(setting, instance, worker):
        yield Limit(first=first, last=last, past=past, most=most)


def spans(setting: Setting, instance: Instance, worker: Worker) -> Iterator[tuple[int, int, int]]:
    """First day, last day and past minutes of each run of `weeks` weeks that is known."""
    horizon, past = instance.horizon, worker.history.weeks
    weeks = setting.number("weeks")
    for number, (monday, last) in enumerate(horizon.weeks):
        earlier = max(0, weeks - 1 - number)  # weeks of the window before the horizon
        if earlier > len(past) or not setting.holds_on(horizon.date_of(max(monday, 0))):
            continue
        first = horizon.weeks[max(0, number - weeks + 1)][0]
        known = sum(past[len(past) - earlier :])
        if first < 0:
            known += worker.history.this_week
        yield first, last, known


RULE = Rule(
    name="average_maximum",
    unit="minutes",
    sentence=Sentence(
        en=(
            "{worker} would work {total} over the {weeks} weeks up to {last_date}, {limit} at most"
        ),
        fr=(
            "{worker} travaillerait {total} sur les {weeks} semaines jusqu’au "
            "{last_date}, {limit} au plus"
        ),
    ),
    findings=total_findings(limits),
    shapes=total_shapes(limits),
    parameters=(
        "weeks",
        "minutes",
    ),
)
