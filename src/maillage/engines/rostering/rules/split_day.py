"""Split day: a part-time day has at most `most` interruptions, none longer than `longest`.

An interruption is a time of more than `pause` minutes between two slots, the journey deducted.
Contracts at `full_time` or above are not concerned.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from maillage.engines.rostering.families.rule import Finding, Rule
from maillage.engines.rostering.ground import bools
from maillage.engines.rostering.sentences import Sentence
from maillage.engines.rostering.shapes import Shape, Splits

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from maillage.engines.rostering.entities import Need
    from maillage.engines.rostering.ground import Ground
    from maillage.engines.rostering.plan import Line
    from maillage.engines.rostering.settings import Setting


def findings(setting: Setting, line: Line) -> Iterator[Finding]:
    """Interruptions too many, and those too long, of each day."""
    if line.worker.contract.week_minutes >= setting.number("full_time"):
        return
    holds = setting.days_of(line.instance.horizon)
    for day, needs in line.by_day.items():
        breaks = [m for m in _breaks(line, needs) if m > setting.number("pause")]
        amount = max(0, len(breaks) - setting.number("most"))
        amount += sum(minutes > setting.number("longest") for minutes in breaks)
        if amount and holds[day]:
            slots = tuple(need.need_id for need in needs if need.firm_id)
            details = {"count": len(breaks), "first": day, "last": day}
            yield Finding(amount, slots, {**details, "longest_break": max(breaks)})


def _breaks(line: Line, needs: Sequence[Need]) -> Iterator[int]:
    """Minutes between slots that follow each other, journeys deducted."""
    until = needs[0].end
    for first, second in pairwise(needs):
        yield second.start - until - line.travel_minutes(first, second)
        until = max(until, second.end)


def shapes(setting: Setting, ground: Ground) -> Iterator[Shape]:
    """Say the same to the search."""
    full_time = setting.number("full_time")
    part_time = bools(w.contract.week_minutes < full_time for w in ground.instance.workers)
    scope = ground.scope(setting)
    yield Splits(
        scope=replace(scope, hard=scope.hard & part_time, price=scope.price * part_time),
        most=setting.number("most"),
        longest=setting.number("longest"),
        pause=setting.number("pause"),
        in_force=ground.in_force(setting),
    )


RULE = Rule(
    name="split_day",
    unit="interruptions",
    sentence=Sentence(
        en=(
            "{worker}, part-time, would be interrupted {count} times on {first_date}, for "
            "{longest_break} at the longest: {most} time and {longest} at most"
        ),
        fr=(
            "{worker}, à temps partiel, aurait {count} interruptions {first_date}, de "
            "{longest_break} pour la plus longue\u00a0: {most} de {longest} au plus"
        ),
    ),
    findings=findings,
    shapes=shapes,
    parameters=("most", "longest", "pause", "full_time"),
    fewest=2,
)
