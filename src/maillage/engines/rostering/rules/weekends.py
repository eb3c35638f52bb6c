"""Weekends: no more than `most` of which Saturday or Sunday is worked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maillage.engines.rostering.entities import SATURDAY
from maillage.engines.rostering.families.groups import group_findings, group_shapes
from maillage.engines.rostering.families.rule import Rule
from maillage.engines.rostering.sentences import Sentence

if TYPE_CHECKING:
    from maillage.engines.rostering.entities import Need
    from maillage.engines.rostering.instance import Instance
    from maillage.engines.rostering.settings import Setting


def _group(instance: Instance, need: Need) -> tuple[str, int] | None:
    weekday = instance.horizon.weekday(need.day)
    return ("", need.day - weekday) if weekday >= SATURDAY else None


def _limit(setting: Setting) -> int:
    return setting.number("most")


RULE = Rule(
    name="weekends",
    unit="weekends",
    sentence=Sentence(
        en="{worker} would work {count} weekends, {limit} at most: {times}",
        fr="{worker} travaillerait {count} week-ends, {limit} au plus\u00a0: {times}",
    ),
    findings=group_findings(_group, _limit),
    shapes=group_shapes(_group, _limit),
    parameters=("most",),
)
