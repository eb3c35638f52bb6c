"""New faces: each worker a firm has never seen costs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maillage.engines.rostering.families.groups import group_findings, group_shapes
from maillage.engines.rostering.families.rule import Rule
from maillage.engines.rostering.sentences import Sentence

if TYPE_CHECKING:
    from collections.abc import Hashable

    from maillage.engines.rostering.entities import Need, Worker
    from maillage.engines.rostering.instance import Instance
    from maillage.engines.rostering.settings import Setting


def _group(_instance: Instance, need: Need) -> tuple[str, str]:
    return "", need.firm_id


def _is_new(worker: Worker, firm_id: Hashable) -> bool:
    return firm_id not in worker.history.known_firm_ids


def _limit(_setting: Setting) -> int:
    return 0


RULE = Rule(
    name="new_faces",
    unit="faces",
    sentence=Sentence(
        en="{worker} would be a new face at {groups}",
        fr="{worker} serait un nouveau visage chez {groups}",
    ),
    findings=group_findings(_group, _limit, _is_new),
    shapes=group_shapes(_group, _limit, _is_new),
)
