"""Overtime of the year: all that weeks have beyond `minutes`, within a quota of `most`.

What is over in one week is not made good by a lighter one, so no total says it to the search: the
rule is only told.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from maillage.engines.rostering.families.rule import Finding, Rule
from maillage.engines.rostering.sentences import Sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maillage.engines.rostering.ground import Ground
    from maillage.engines.rostering.plan import Line
    from maillage.engines.rostering.settings import Setting
    from maillage.engines.rostering.shapes import Shape


def findings(setting: Setting, line: Line) -> Iterator[Finding]:
    """Minutes of overtime beyond the quota, those of the year so far included."""
    horizon, past = line.instance.horizon, line.worker.history
    holds = setting.days_of(horizon)
    total, slots = past.overtime_minutes, []
    for first, last in horizon.weeks:
        worked = line.minutes(first, last) + (past.this_week if first < 0 else 0)
        over = max(0, worked - setting.number("minutes"))
        if over and holds[max(first, 0)]:
            total += over
            slots += [need.need_id for need in line.own if first <= need.day <= last]
    most = setting.number("most")
    if slots and total > most:
        yield Finding(total - most, tuple(slots), {"total": total, "limit": most})


def shapes(_setting: Setting, _ground: Ground) -> Iterator[Shape]:
    """Nothing: what is only told weighs on no plan."""
    return iter(())


RULE = Rule(
    name="overtime_quota",
    unit="minutes",
    sentence=Sentence(
        en="{worker} would have {total} of overtime this year, {limit} without rest in return",
        fr=(
            "{worker} aurait {total} d’heures supplémentaires cette année, {limit} sans repos en "
            "contrepartie"
        ),
    ),
    findings=findings,
    shapes=shapes,
    parameters=("minutes", "most"),
    told_only=True,
)
