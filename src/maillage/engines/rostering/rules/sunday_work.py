"""Sunday: weekly rest falls on Sunday, unless the sector or a document says otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maillage.engines.rostering.entities import DAY, SUNDAY
from maillage.engines.rostering.families.rule import Rule
from maillage.engines.rostering.families.slots import slot_findings, slot_shapes
from maillage.engines.rostering.sentences import Sentence

if TYPE_CHECKING:
    from collections.abc import Hashable

    from maillage.engines.rostering.entities import Need, Worker
    from maillage.engines.rostering.instance import Instance
    from maillage.engines.rostering.settings import Setting


def amount(_setting: Setting, instance: Instance, _worker: Worker, need: Need) -> int:
    """1 when the slot touches a Sunday."""
    last_day = (need.end - 1) // DAY
    days = range(need.day, last_day + 1)
    return int(any(instance.horizon.weekday(day) == SUNDAY for day in days))


def _key(need: Need) -> Hashable:
    return (need.start, need.end)


RULE = Rule(
    name="sunday_work",
    unit="slots",
    sentence=Sentence(
        en="{worker} would work on a Sunday: {needs}",
        fr="{worker} travaillerait un dimanche\u00a0: {needs}",
    ),
    findings=slot_findings(amount),
    shapes=slot_shapes(amount, _key),
)
