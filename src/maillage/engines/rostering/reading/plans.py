"""Plans in JSON: `{"schema": "maillage.roster-plan/1", "assignments": [{"worker", "need"}]}`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from maillage.engines.rostering.entities import Assignment
from maillage.engines.rostering.plan import Plan
from maillage.engines.rostering.reading.fields import Fields
from maillage.engines.rostering.sentences import RosterError, Sentence

if TYPE_CHECKING:
    from collections.abc import Iterable

PLAN_SCHEMA: Final = "maillage.roster-plan/1"
TWICE = Sentence("is given twice", "est donné deux fois")


def read_plan(value: object) -> Plan:
    """Return a plan; raises `RosterError` naming the record and the field."""
    fields = Fields.of("plan", value)
    fields.schema(PLAN_SCHEMA)
    assignments = read_assignments(fields, "assignments")
    fields.done()
    return Plan(assignments)


def read_assignments(fields: Fields, name: str) -> frozenset[Assignment]:
    """Return a list of assignments, each given once."""
    found: set[Assignment] = set()
    for row, item in fields.objects(name):
        inner = Fields.of(row, item)
        assignment = Assignment(inner.text("worker"), inner.text("need"))
        inner.done()
        if assignment in found:
            raise RosterError(row, "need", TWICE)
        found.add(assignment)
    return frozenset(found)


def write_assignments(assignments: Iterable[Assignment]) -> list[dict[str, str]]:
    """Return assignments, sorted, as JSON values."""
    return [{"worker": a.worker_id, "need": a.need_id} for a in sorted(assignments)]


def write_plan(plan: Plan) -> dict[str, object]:
    """Return a plan as JSON values."""
    return {"schema": PLAN_SCHEMA, "assignments": write_assignments(plan.assignments)}
