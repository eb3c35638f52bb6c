"""Firms per worker: work is secured, not fragmented; no more than `most` firms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maillage.engines.rostering.families.groups import group_findings, group_shapes
from maillage.engines.rostering.families.rule import Rule
from maillage.engines.rostering.sentences import Sentence

if TYPE_CHECKING:
    from maillage.engines.rostering.entities import Need
    from maillage.engines.rostering.instance import Instance
    from maillage.engines.rostering.settings import Setting


def _group(_instance: Instance, need: Need) -> tuple[str, str]:
    return "", need.firm_id


def _limit(setting: Setting) -> int:
    return setting.number("most")


RULE = Rule(
    name="max_firms",
    unit="firms",
    sentence=Sentence(
        en="{worker} would serve {count} firms, {limit} at most: {groups}",
        fr=("{worker} travaillerait pour {count} entreprises, {limit} au plus\u00a0: {groups}"),
    ),
    findings=group_findings(_group, _limit),
    shapes=group_shapes(_group, _limit),
    parameters=("most",),
)
