import json
from typing import Any

import numpy as np
import pytest
from django.utils import translation
from jsonschema import Draft202012Validator

from maillage.launch.shared_jobs.needs_file import RejectedRow
from maillage.launch.shared_jobs.outcome import Finding, Outcome
from maillage.launch.shared_jobs.reports.document import document_of, render_document, schema
from tests.launch.shared_jobs.reports.results import (
    CAMPING,
    CHOCOLATE,
    STEADY,
    job,
    lone,
    many_jobs,
    need,
    outcome,
    survey,
)

VALIDATOR = Draft202012Validator(schema(), format_checker=Draft202012Validator.FORMAT_CHECKER)


def read(result: Outcome) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(render_document(result))
    VALIDATOR.validate(document)
    return document


def test_schema_is_itself_valid() -> None:
    Draft202012Validator.check_schema(schema())


def test_document_has_the_keys_programs_expect() -> None:
    document = read(outcome())
    assert document["schema"] == "maillage.pool/1"
    assert list(document)[:8] == [
        "schema",
        "status",
        "covered_hours",
        "total_hours",
        "bound_hours",
        "gap",
        "runtime_seconds",
        "seed",
    ]
    assert document["status"] == "OPTIMAL"
    assert document["covered_hours"] == document["bound_hours"] == 34.4167
    assert document["total_hours"] == 68.9167
    assert document["gap"] == 0
    assert document["created_at"] == "2026-11-22T15:04:00+00:00"
    assert document["parameters"] == {
        "needs_file": "needs.csv",
        "competitors_file": "competitors.csv",
        "related_file": None,
        "contract": {
            "name": "annual",
            "mean_min_hours": 32,
            "mean_max_hours": 36,
            "period_min_hours": 21,
            "period_max_hours": 44,
        },
        "max_distance_km": 30,
        "max_employers": 5,
        "time_limit_seconds": 30,
        "workers": 2,
        "executor": None,
        "strict": False,
        "periods": 12,
        "needs": 4,
        "firms": 4,
        "competitor_pairs": 1,
        "related_pairs": 1,
    }


def test_job_is_told_with_its_hours_and_why() -> None:
    (told,) = read(outcome())["jobs"]
    assert told == {
        "job_id": "J1",
        "need_ids": ["choc", "camp"],
        "firm_ids": ["chocolaterie bellanger", "camping des châteaux"],
        "firms": ["Chocolaterie Bellanger", "Camping des Châteaux"],
        "places": ["Blois", "Cheverny"],
        "occupations": ["D1106"],
        "occupation_names": ["D1106"],
        "monthly_hours": [35, 35, 35, 34, 34, 33, 33, 33, 34, 34, 35, 38],
        "mean_hours": 34.4167,
        "max_distance_km": 13.3,
        "employers": 2,
        "why": "Their seasons complete each other: Camping des Châteaux needs most help in July, "
        "Chocolaterie Bellanger in December.",
        "why_code": "opposite_seasons",
        "why_details": {"first": "camp", "first_peak": 6, "second": "choc", "second_peak": 11},
    }


def test_need_left_alone_is_told_with_its_cheapest_change() -> None:
    bob, emma = read(outcome())["unserved"]
    assert bob == {
        "need_id": "till",
        "firm_id": "bob’s bakery",
        "firm": "Bob’s bakery",
        "place": "Blois",
        "occupation": "D1106",
        "mean_hours": 17.5,
        "reason": "The only firm it could share with is a declared competitor: Emma’s bread.",
        "reason_code": "only_competitors",
        "reason_details": {"firms": ["emma’s bread"]},
        "relaxation": "Ask Bob’s bakery and Emma’s bread whether they would share somebody "
        "although they compete: it makes a job with Emma’s bread (Vendôme).",
        "relaxation_code": "competitor",
        "relaxation_details": {
            "firm_a": "bob’s bakery",
            "firm_b": "emma’s bread",
            "job": None,
        },
        "relaxation_partners": ["oven"],
        "relaxation_gain_hours": 34.5,
    }
    assert emma["reason_code"] == "no_same_occupation"
    assert emma["relaxation"] is emma["relaxation_code"] is emma["relaxation_details"] is None
    assert emma["relaxation_partners"] == []
    assert emma["relaxation_gain_hours"] is None


def test_bound_that_is_not_proved_is_null_and_never_zero() -> None:
    document = read(outcome(status="FEASIBLE", bound_units=None))
    assert document["bound_hours"] is None
    assert document["gap"] is None


def test_gap_is_the_share_of_the_bound_that_is_not_reached() -> None:
    result = outcome(status="FEASIBLE", bound_units=1000)
    assert read(result)["gap"] == (1000 - 826) / 1000


def test_result_without_any_job_is_a_document_too() -> None:
    document = read(outcome(jobs=()))
    assert document["jobs"] == []
    assert document["covered_hours"] == document["bound_hours"] == 0
    assert document["gap"] == 0


def test_survey_by_week_gives_weeks_and_their_months() -> None:
    steady = need("a", "Bob", [34] * 52), need("b", "Emma", [34] * 52)
    result = outcome(jobs=(job(*steady, why=STEADY),), alone=(), survey=survey(steady))
    (told,) = read(result)["jobs"]
    assert told["weekly_hours"] == [34] * 52
    assert told["monthly_hours"] == [34] * 12
    assert told["mean_hours"] == 34


def test_rejected_rows_and_notes_are_handed_over() -> None:
    bad = RejectedRow("needs.csv", 7, "m08", "90", "a week has 168 hours")
    document = read(outcome(survey=survey(rejected=[bad], notes=["Firm bob has two names."])))
    assert document["rejected_rows"] == [
        {
            "file": "needs.csv",
            "row": 7,
            "column": "m08",
            "value": "90",
            "reason": "a week has 168 hours",
        }
    ]
    assert document["notes"] == ["Firm bob has two names."]


def test_whole_numbers_of_numpy_become_plain_numbers() -> None:
    found = Finding("partners_better_used", {"jobs": np.int64(3), "or_more": False})
    document = read(outcome(alone=(lone(reason=found),)))
    assert document["unserved"][0]["reason_details"] == {"jobs": 3, "or_more": False}


def test_sentences_are_in_the_language_in_use() -> None:
    with translation.override("fr"):
        document = read(outcome())
    assert document["language"] == "fr"
    assert document["jobs"][0]["why"].startswith("Leurs saisons se complètent")


def test_hours_of_the_jobs_make_the_hours_covered() -> None:
    document = document_of(many_jobs(30))
    assert sum(told["mean_hours"] for told in document["jobs"]) == pytest.approx(
        document["covered_hours"]
    )


def test_names_of_the_survey_come_through_unchanged() -> None:
    odd = need("choc", 'Pain "Doré" <script>', CHOCOLATE.half_hours)
    result = outcome(jobs=(job(odd, CAMPING),), survey=survey([odd, CAMPING]), alone=())
    text = json.dumps(document_of(result)["jobs"][0]["firms"])
    assert json.loads(text) == ['Pain "Doré" <script>', "Camping des Châteaux"]
