"""Questions and plans in JSON: what is read, written back, and refused with its field."""

import json
from collections.abc import Callable
from importlib.resources import files
from random import Random
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from maillage.engines.rostering import Assignment, Plan, RosterError
from maillage.engines.rostering.entities import DAY
from maillage.engines.rostering.reading import (
    read_instance,
    read_plan,
    write_instance,
    write_plan,
)
from tests.engines.rostering.test_agreement import a_question

SCHEMAS = files("maillage.engines.rostering.reading")


def schema(name: str) -> Draft202012Validator:
    return Draft202012Validator(json.loads(SCHEMAS.joinpath(name).read_text()))


def week() -> dict[str, Any]:
    """Chloé between Bob and Farid, as a person would write it."""
    return {
        "schema": "maillage.roster/1",
        "horizon": {"start": "2026-03-02", "days": 7},
        "slots": {"morning": [480, 720]},
        "firms": [{"id": "bob", "place": "Blois"}, {"id": "farid", "place": "Vendôme"}],
        "workers": [
            {
                "id": "chloé",
                "contract": {"week_minutes": 2100},
                "skills": {"baking": 1},
                "lent": {"bob": [[0, 1440], {"day": "2026-03-04"}]},
                "absences": [{"day": "2026-03-04"}],
                "history": {"known_firms": ["bob"], "weeks": [2100]},
            }
        ],
        "needs": [
            {"id": "n1", "firm": "bob", "skill": "baking", "day": "2026-03-03", "slot": "morning"},
            {"id": "n2", "firm": "farid", "skill": "baking", "start": 900, "end": 1080},
        ],
        "travel": [{"from": "Blois", "to": "Vendôme", "minutes": 40}],
        "rules": {
            "settings": [
                {
                    "rule": "daily_maximum",
                    "severity": "block",
                    "parameters": {"minutes": 720},
                    "article": "branch agreement",
                    "workers": ["chloé"],
                }
            ]
        },
    }


def test_days_and_slots_become_minutes() -> None:
    instance = read_instance(week())

    first, second = instance.needs
    assert (first.start, first.end) == (DAY + 480, DAY + 720)
    assert (second.start, second.end) == (900, 1080)
    assert instance.workers[0].lent == {"bob": ((0, DAY), (2 * DAY, 3 * DAY))}
    assert instance.workers[0].absences == ((2 * DAY, 3 * DAY),)


def test_own_setting_replaces_that_of_the_base_for_the_workers_it_names() -> None:
    settings = read_instance(week()).pack.of("daily_maximum")
    own, base = (setting for setting in settings if not setting.group)

    assert (base.number("minutes"), base.concerns("chloé"), base.concerns("denis")) == (
        600,
        False,
        True,
    )
    assert (own.number("minutes"), own.concerns("chloé")) == (720, True)


@pytest.mark.parametrize("seed", range(5))
def test_instance_written_is_valid_and_read_back(seed: int) -> None:
    instance = a_question(Random(seed), soft=bool(seed % 2))

    written = json.loads(json.dumps(write_instance(instance)))

    schema("roster-1.schema.json").validate(written)
    assert read_instance(written) == instance


def test_plan_is_written_and_read_back() -> None:
    plan = Plan(frozenset({Assignment("chloé", "n1"), Assignment("chloé", "n2")}))

    written = write_plan(plan)

    schema("roster-plan-1.schema.json").validate(written)
    assert written == {
        "schema": "maillage.roster-plan/1",
        "assignments": [
            {"worker": "chloé", "need": "n1"},
            {"worker": "chloé", "need": "n2"},
        ],
    }
    assert read_plan(written) == plan


def test_sentence_of_a_person_is_valid_by_the_schema() -> None:
    schema("roster-1.schema.json").validate(week())


Change = Callable[[dict[str, Any]], object]


@pytest.mark.parametrize(
    ("change", "row", "field", "message"),
    [
        (
            lambda w: w.update(schema="x"),
            "instance",
            "schema",
            "must be “maillage.roster/1”, not “x”",
        ),
        (lambda w: w.pop("needs"), "instance", "needs", "is missing"),
        (lambda w: w.update(worker=[]), "instance", "worker", "there is no such field; "),
        (lambda w: w["horizon"].pop("start"), "instance horizon", "start", "is missing"),
        (
            lambda w: w["horizon"].update(start="3 mars"),
            "instance horizon",
            "start",
            "must be a date",
        ),
        (lambda w: w["horizon"].update(days=0), "horizon", "days", "give at least one day"),
        (lambda w: w["needs"][1].update(start="9h"), "needs[1]", "start", "must be a whole number"),
        (lambda w: w["needs"][1].update(end=900), "need n2", "end", "must come after the start"),
        (lambda w: w["needs"][1].update(start=10080, end=10090), "need n2", "start", "is outside"),
        (
            lambda w: w["needs"][0].update(slot="noon"),
            "needs[0]",
            "slot",
            "there is no slot “noon”",
        ),
        (
            lambda w: w["needs"][0].update(firm="ikea"),
            "need n1",
            "firm_id",
            "“ikea” does not exist",
        ),
        (lambda w: w["needs"][0].update(id="n2"), "need n2", "need_id", "is given twice"),
        (lambda w: w["needs"][0].update(count=-1), "need n1", "count", "must be zero or more"),
        (
            lambda w: w["needs"][1].update(break_minutes=180),
            "need n2",
            "break_minutes",
            "the break",
        ),
        (
            lambda w: w["workers"][0].pop("contract"),
            "workers[0] contract",
            "week_minutes",
            "is missing",
        ),
        (
            lambda w: w["workers"][0].update(absences=[[5]]),
            "workers[0]",
            "absences",
            "each span is",
        ),
        (
            lambda w: w["workers"][0]["history"].update(last_end=5),
            "worker chloé",
            "history.last_end",
            "must be zero or before",
        ),
        (
            lambda w: w["workers"][0].update(skills={"baking": True}),
            "workers[0] skills",
            "baking",
            "must be a whole number",
        ),
        (
            lambda w: w.update(competitors=[["bob", "bob"]]),
            "pair bob, bob",
            "competitors",
            "a firm",
        ),
        (lambda w: w.update(competitors=["bob"]), "instance", "competitors", "each pair is a list"),
        (
            lambda w: w["travel"][0].update(minutes=-1),
            "travel Blois, Vendôme",
            "minutes",
            "must be",
        ),
        (
            lambda w: w.update(fixed=[{"worker": "denis", "need": "n1"}]),
            "assignment denis, n1",
            "fixed.worker_id",
            "“denis” does not exist",
        ),
        (
            lambda w: w["rules"].update(base="spain"),
            "instance rules",
            "base",
            "choose one of france",
        ),
        (lambda w: w["rules"]["settings"][0].update(rule="nap"), "rule nap", "rule", "there is no"),
        (
            lambda w: w["rules"]["settings"][0].update(severity="no"),
            "settings[0]",
            "severity",
            "choose",
        ),
        (
            lambda w: w["rules"]["settings"][0].update(parameters={}),
            "rule daily_maximum",
            "parameters.minutes",
            "the rule needs this parameter",
        ),
        (
            lambda w: w["rules"]["settings"][0].update(workers=["emma"]),
            "rule daily_maximum",
            "workers",
            "“emma” does not exist",
        ),
        (lambda w: w.update(objective="best"), "instance", "objective", "choose “weighted”"),
    ],
)
def test_fault_names_its_record_and_field(
    change: Change, row: str, field: str, message: str
) -> None:
    faulty = week()
    change(faulty)

    with pytest.raises(RosterError) as refused:
        read_instance(faulty)

    assert (refused.value.row, refused.value.field) == (row, field)
    assert refused.value.message.startswith(message)
    assert refused.value.text("fr") != refused.value.text("en")


def test_plan_that_names_nobody_is_refused() -> None:
    with pytest.raises(RosterError) as refused:
        read_plan({"schema": "maillage.roster-plan/1", "assignments": [{"worker": "chloé"}]})

    assert (refused.value.row, refused.value.field) == ("assignments[0]", "need")
