"""Notice: a change of published hours is told `days` days ahead, or accepted.

With `calendar` 1, all days count; with `full_time`, only contracts below it are concerned; with
`added_only` 1, only slots that come on top.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from maillage.engines.rostering.entities import DAY, SATURDAY
from maillage.engines.rostering.families.changes import change_findings, change_shapes
from maillage.engines.rostering.families.rule import Rule
from maillage.engines.rostering.sentences import Sentence

if TYPE_CHECKING:
    from maillage.engines.rostering.entities import Worker
    from maillage.engines.rostering.instance import Instance
    from maillage.engines.rostering.settings import Setting


def _deadline(setting: Setting, instance: Instance) -> int:
    """The first minute before which `days` whole working days pass, counted from tomorrow."""
    day = instance.now // DAY + 1
    left = setting.number("days")
    if setting.optional("calendar"):
        return (day + left) * DAY
    while left:
        left -= instance.horizon.weekday(day) < SATURDAY and day not in instance.holidays
        day += 1
    return day * DAY


def _whom(setting: Setting, worker: Worker) -> bool:
    """Whether the worker is part-time, when `full_time` keeps the rule for those who are."""
    full_time = setting.optional("full_time")
    return full_time is None or worker.contract.week_minutes < full_time


RULE = Rule(
    name="notice",
    unit="changes",
    sentence=Sentence(
        en=("{worker} would be told too late of a change, {days} days ahead at least: {needs}"),
        fr=(
            "{worker} apprendrait trop tard un changement, {days} jours à "
            "l’avance au moins\u00a0: {needs}"
        ),
    ),
    findings=change_findings(_deadline, _whom),
    shapes=change_shapes(_deadline, _whom),
    parameters=("days",),
)
