"""Weekly rest: in each civil week a time without work of 24 h, and daily rest joined to it.

The trap: a free day is not enough. Work until Saturday 22:00 and from Monday 08:00 leaves Sunday
free, but only 34 h of rest where 35 are due. So the rule asks for one uninterrupted time of
`minutes` (2 100), of which `within` (1 440) lie in the week; it may begin before the week or end
after it. What comes after the horizon is taken as free; a week cut by its beginning is exempt.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from maillage.engines.rostering.entities import DAY
from maillage.engines.rostering.families.rule import Finding, Rule
from maillage.engines.rostering.ground import ints
from maillage.engines.rostering.sentences import Sentence
from maillage.engines.rostering.shapes import NO_LIMIT, Gaps, Shape

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maillage.engines.rostering.entities import Span
    from maillage.engines.rostering.ground import Ground
    from maillage.engines.rostering.instance import Instance
    from maillage.engines.rostering.plan import Line
    from maillage.engines.rostering.settings import Setting


def _weeks(setting: Setting, instance: Instance) -> list[Span]:
    horizon = instance.horizon
    holds = setting.days_of(horizon)
    return [(first, last) for first, last in horizon.weeks if first >= 0 and holds[first]]


def findings(setting: Setting, line: Line) -> Iterator[Finding]:
    """Minutes missing from the best rest of each week."""
    minutes, within = setting.number("minutes"), setting.number("within")
    gaps = list(line.gaps())
    days = {day for need in line.needs for day in range(need.day, (need.end - 1) // DAY + 1)}

    def lacking(gap: tuple[float, float], start: int, end: int) -> float:
        since, until = gap
        inside = min(until, end) - max(since, start)
        return max(minutes - (until - since), within - inside, 0)

    for first, last in _weeks(setting, line.instance):
        start, end = first * DAY, (last + 1) * DAY
        if end - start >= max(minutes, within) and days.isdisjoint(range(first, last + 1)):
            continue  # nothing at all in the week
        there = (gap for gap in gaps if gap[1] > start and gap[0] < end)
        missing = min((lacking(gap, start, end) for gap in there), default=float("inf"))
        if missing > within:  # even a rest that lies outside the week may lack less
            missing = min(lacking(gap, start, end) for gap in gaps)
        if missing > 0:
            slots = tuple(need.need_id for need in line.own if first <= need.day <= last)
            yield Finding(int(missing), slots, {"first": first, "last": last, "limit": minutes})


def shapes(setting: Setting, ground: Ground) -> Iterator[Shape]:
    """One span per week."""
    weeks = _weeks(setting, ground.instance)
    ends = (worker.history.last_end for worker in ground.instance.workers)
    yield Gaps(
        scope=ground.scope(setting),
        first=ints(first for first, _ in weeks),
        last=ints(last for _, last in weeks),
        minutes=setting.number("minutes"),
        within=setting.number("within"),
        last_end=np.array([-NO_LIMIT if end is None else end for end in ends], np.int64),
    )


RULE = Rule(
    name="weekly_rest",
    unit="minutes",
    sentence=Sentence(
        en=("{worker} would lack {amount} of the {limit} of rest due in the week of {first_date}"),
        fr=("il manquerait {amount} aux {limit} de repos {of_worker} la semaine du {first_date}"),
    ),
    findings=findings,
    shapes=shapes,
    parameters=("minutes", "within"),
)
