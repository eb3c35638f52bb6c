"""Two firms in a day: each firm of a day beyond the first costs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maillage.engines.rostering.families.groups import group_findings, group_shapes
from maillage.engines.rostering.families.rule import Rule
from maillage.engines.rostering.sentences import Sentence

if TYPE_CHECKING:
    from maillage.engines.rostering.entities import Need
    from maillage.engines.rostering.instance import Instance
    from maillage.engines.rostering.settings import Setting


def _group(_instance: Instance, need: Need) -> tuple[int, str]:
    return need.day, need.firm_id


def _limit(_setting: Setting) -> int:
    return 1


RULE = Rule(
    name="two_firms_a_day",
    unit="firms",
    sentence=Sentence(
        en="{worker} would serve {count} firms in one day: {needs}",
        fr=("{worker} travaillerait pour {count} entreprises dans la même journée\u00a0: {needs}"),
    ),
    findings=group_findings(_group, _limit),
    shapes=group_shapes(_group, _limit),
)
