"""Notice: a change of published hours is told `days` working days ahead, or accepted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maillage.engines.rostering.entities import DAY, SATURDAY
from maillage.engines.rostering.families.changes import change_findings, change_shapes
from maillage.engines.rostering.families.rule import Rule
from maillage.engines.rostering.sentences import Sentence

if TYPE_CHECKING:
    from maillage.engines.rostering.instance import Instance
    from maillage.engines.rostering.settings import Setting


def _deadline(setting: Setting, instance: Instance) -> int:
    """The first minute before which `days` whole working days pass, counted from tomorrow."""
    day = instance.now // DAY + 1
    left = setting.number("days")
    while left:
        left -= instance.horizon.weekday(day) < SATURDAY and day not in instance.holidays
        day += 1
    return day * DAY


RULE = Rule(
    name="notice",
    unit="changes",
    sentence=Sentence(
        en=(
            "{worker} would be told too late of a change, {days} working days ahead at "
            "least: {needs}"
        ),
        fr=(
            "{worker} apprendrait trop tard un changement, {days} jours ouvrés à "
            "l’avance au moins\u00a0: {needs}"
        ),
    ),
    findings=change_findings(_deadline),
    shapes=change_shapes(_deadline),
    parameters=("days",),
)
