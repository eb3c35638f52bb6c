"""Break: nobody works longer than `longest` minutes in a day without a pause of `pause`.

Travel is work, not a pause. A slot that has such a break of its own starts afresh on both sides:
the firm places it where neither side is too long.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from maillage.engines.rostering.families.rule import Finding, Rule
from maillage.engines.rostering.ground import bools
from maillage.engines.rostering.sentences import Sentence
from maillage.engines.rostering.shapes import Shape, Stretches

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from maillage.engines.rostering.entities import Need
    from maillage.engines.rostering.ground import Ground
    from maillage.engines.rostering.plan import Line
    from maillage.engines.rostering.settings import Setting


def findings(setting: Setting, line: Line) -> Iterator[Finding]:
    """Minutes by which each stretch of work is too long."""
    longest, pause = setting.number("longest"), setting.number("pause")
    holds = setting.days_of(line.instance.horizon)
    for day, needs in line.by_day.items():
        if not holds[day]:
            continue
        for minutes, stretch in _stretches(line, needs, pause):
            if minutes > longest:
                slots = tuple(need.need_id for need in stretch)
                details = {"total": minutes, "limit": longest, "first": day, "last": day}
                yield Finding(minutes - longest, slots, details)


def _stretches(line: Line, needs: Sequence[Need], pause: int) -> Iterator[tuple[int, list[Need]]]:
    minutes = 0
    stretch: list[Need] = []
    for position, need in enumerate(needs):
        travel = line.travel_minutes(needs[position - 1], need) if position else 0
        free = need.start - needs[position - 1].end - travel if position else pause
        if free >= pause or need.break_minutes >= pause:
            if stretch:
                yield minutes, stretch
            minutes, stretch = 0, []
        else:
            minutes += travel
        if need.break_minutes < pause:
            minutes += need.minutes
            stretch.append(need)
    if stretch:
        yield minutes, stretch


def shapes(setting: Setting, ground: Ground) -> Iterator[Shape]:
    """Say the same to the search."""
    pause = setting.number("pause")
    yield Stretches(
        scope=ground.scope(setting),
        longest=setting.number("longest"),
        pause=pause,
        own_pause=bools(need.break_minutes >= pause for need in ground.needs),
        in_force=ground.in_force(setting),
    )


RULE = Rule(
    name="break_time",
    unit="minutes",
    sentence=Sentence(
        en="{worker} would work {total} without a break on {first_date}, {limit} at most",
        fr="{worker} travaillerait {total} sans pause {first_date}, {limit} au plus",
    ),
    findings=findings,
    shapes=shapes,
    parameters=("longest", "pause"),
)
