"""Rosters, repairs and explanations as JSON objects, for programs; their schemas are beside."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from functools import cache
from importlib.resources import files
from typing import Any, Final

from maillage import __version__
from maillage.launch.shared_jobs.reports.figures import language
from maillage.run.planning.board import Account, Choice, Mending, Roster, Slot

ROSTER: Final = "maillage.roster-result/1"
REPAIR: Final = "maillage.roster-repair/1"
EXPLANATION: Final = "maillage.roster-explanation/1"
SCHEMA_FILES: Final = {
    ROSTER: "roster-result-1.schema.json",
    REPAIR: "roster-repair-1.schema.json",
    EXPLANATION: "roster-explanation-1.schema.json",
}


def render_json(document: Mapping[str, Any]) -> bytes:
    """Return a document as JSON text."""
    text = json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False)
    return f"{text}\n".encode()


@cache
def schema(name: str) -> Mapping[str, Any]:
    """Return the JSON Schema that documents of a kind follow."""
    folder = files("maillage.run.planning.reports")
    parsed: Mapping[str, Any] = json.loads(
        folder.joinpath(SCHEMA_FILES[name]).read_text(encoding="utf-8")
    )
    return parsed


def roster_document(roster: Roster) -> dict[str, Any]:
    """Return a plan with all that is to say about it; `assignments` are those of a plan file."""
    return {
        **_head(ROSTER, roster.file, roster.created_at.isoformat(timespec="seconds")),
        "search": asdict(roster.search) if roster.search else None,
        "people_asked": roster.asked,
        "people_covered": roster.covered,
        "forbidden": len(roster.forbidden),
        "points": roster.points,
        "costs": [asdict(cost) for cost in roster.costs],
        "breaches": [
            {**asdict(remark), "need_ids": list(remark.need_ids)} for remark in roster.remarks
        ],
        "empty": [_slot(slot) for slot in roster.empty],
        "assignments": [
            {"worker": worker_id, "need": slot.need_id}
            for worker_id, slots in roster.slots_by_worker.items()
            for slot in slots
        ],
    }


def repair_document(mending: Mending) -> dict[str, Any]:
    """Return the choices against a change, the best one first."""
    return {
        **_head(REPAIR, mending.file, mending.created_at.isoformat(timespec="seconds")),
        "holes": [_slot(slot) for slot in mending.holes],
        "kept": [_slot(slot) for slot in mending.kept],
        "choices": [_choice(choice) for choice in mending.choices],
    }


def explanation_document(account: Account) -> dict[str, Any]:
    """Return why slots are empty, what would help, and why workers are where they are."""
    roster = account.roster
    return {
        **_head(EXPLANATION, roster.file, roster.created_at.isoformat(timespec="seconds")),
        "points": roster.points,
        "costs": [asdict(cost) for cost in roster.costs],
        "empty": [
            {
                **_slot(entry.slot),
                "hindrances": [
                    {
                        "worker": hindrance.worker_id,
                        "name": hindrance.worker,
                        "rules": list(hindrance.rules),
                        "texts": list(hindrance.texts),
                    }
                    for hindrance in entry.hindrances
                ],
                "relaxations": [
                    {
                        "kind": help_.kind,
                        "worker": help_.worker_id,
                        "text": help_.text,
                        "points": help_.points,
                    }
                    for help_ in entry.helps
                ],
            }
            for entry in account.empty
        ],
        "reasons": [
            {
                "need": why.slot.need_id,
                "worker": why.worker_id,
                "code": why.code,
                "text": why.text,
            }
            for why in account.whys
        ],
    }


def _head(name: str, file: str, created_at: str) -> dict[str, Any]:
    return {
        "schema": name,
        "file": file,
        "created_at": created_at,
        "language": language(),
        "maillage_version": __version__,
    }


def _slot(slot: Slot) -> dict[str, Any]:
    return {
        "need": slot.need_id,
        "firm": slot.firm_id,
        "skill": slot.skill,
        "start": slot.start,
        "end": slot.end,
        "missing": slot.missing,
    }


def _choice(choice: Choice) -> dict[str, Any]:
    return {
        "number": choice.number,
        "points": choice.points,
        "touched": choice.touched,
        "told": list(choice.told),
        "costs": [asdict(cost) for cost in choice.costs],
        "left": [slot.need_id for slot in choice.left],
        "steps": [
            {
                "need": step.slot.need_id,
                "worker": step.worker_id,
                "name": step.worker,
                "left_by": step.left_by,
                "knows_firm": step.knows_firm,
                "travel_minutes": step.travel_minutes,
                "urgent_calls": step.urgent_calls,
            }
            for step in choice.steps
        ],
    }
