import json

from django.utils import translation
from jsonschema import Draft202012Validator

from maillage.engines.rostering.entities import DAY
from maillage.engines.rostering.reading.plans import read_plan
from maillage.engines.rostering.repairing import Absence
from maillage.run.planning.board import Search
from maillage.run.planning.bridge.rosters import account_of, mend, mending_of
from maillage.run.planning.reports.document import (
    SCHEMA_FILES,
    explanation_document,
    render_json,
    repair_document,
    roster_document,
    schema,
)
from tests.run.planning.rosters import AT, the_plan, the_question, the_roster

FOUND = Search("FEASIBLE", 1000.0, 0.1, 2.5, 1, stopped_early=False)


def test_every_document_follows_its_schema() -> None:
    instance, plan = the_question(), the_plan()
    with translation.override("en"):
        roster = the_roster(FOUND)
        answer = mend(instance, plan, Absence("chloé", 0, DAY), most_touched=3, most_options=5)
        documents = [
            roster_document(roster),
            repair_document(mending_of(answer, plan, file="week.json", created_at=AT)),
            explanation_document(
                account_of(instance, plan, roster, need_ids=None, assignments=True)
            ),
        ]

    assert [document["schema"] for document in documents] == [*SCHEMA_FILES]
    for document in documents:
        again = json.loads(render_json(document))
        Draft202012Validator(schema(document["schema"])).validate(again)


def test_assignments_of_a_result_are_a_plan() -> None:
    document = roster_document(the_roster())

    plan = read_plan({"schema": "maillage.roster-plan/1", "assignments": document["assignments"]})

    assert plan == the_plan()
