"""Night: work in the night period needs an agreement, and the worker’s document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maillage.engines.rostering.entities import DAY
from maillage.engines.rostering.families.rule import Rule
from maillage.engines.rostering.families.slots import slot_findings, slot_shapes
from maillage.engines.rostering.sentences import Sentence

if TYPE_CHECKING:
    from collections.abc import Hashable

    from maillage.engines.rostering.entities import Need, Worker
    from maillage.engines.rostering.instance import Instance
    from maillage.engines.rostering.settings import Setting


def amount(setting: Setting, _instance: Instance, _worker: Worker, need: Need) -> int:
    """1 when the slot touches the night, from minute `from` of a day to `to` of the next."""
    night_from, night_to = setting.number("from"), setting.number("to")
    for midnight in range((need.day - 1) * DAY, need.end + DAY, DAY):
        if need.start < midnight + DAY + night_to and midnight + night_from < need.end:
            return 1
    return 0


def _key(need: Need) -> Hashable:
    return (need.start % DAY, need.end - need.start)


RULE = Rule(
    name="night_work",
    unit="slots",
    sentence=Sentence(
        en="{worker} would work at night: {needs}",
        fr="{worker} travaillerait de nuit\u00a0: {needs}",
    ),
    findings=slot_findings(amount),
    shapes=slot_shapes(amount, _key),
    parameters=(
        "from",
        "to",
    ),
)
