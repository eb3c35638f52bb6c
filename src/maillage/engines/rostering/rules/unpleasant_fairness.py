"""Unpleasant slots are shared fairly."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maillage.engines.rostering.families.fairness import fairness_findings, fairness_shapes
from maillage.engines.rostering.families.rule import Rule
from maillage.engines.rostering.sentences import Sentence

if TYPE_CHECKING:
    from maillage.engines.rostering.entities import Need, Worker


def _past(worker: Worker) -> int:
    return worker.history.unpleasant_slots


def _hard(need: Need) -> bool:
    return need.unpleasant


RULE = Rule(
    name="unpleasant_fairness",
    unit="points of fairness",
    sentence=Sentence(
        en="{worker} would have {count} unpleasant slots, {total} with the past ones",
        fr="{worker} aurait {count} créneaux pénibles, {total} avec les précédents",
    ),
    findings=fairness_findings(_past, _hard),
    shapes=fairness_shapes(_past, _hard),
)
