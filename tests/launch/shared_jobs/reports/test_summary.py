from typing import Any

import pytest
from django.utils import translation

from maillage.launch.shared_jobs.reports.summary import Coverage, coverage, summary, verdict
from tests.launch.shared_jobs.reports.results import outcome, request


def spaced(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ")


def figures(covered: int, bound: int | None, total: int = 24 * 1586) -> Coverage:
    """Return the coverage shown for units a year, 24 of which make an hour a week."""
    result = outcome(covered_units=covered, bound_units=bound, status="FEASIBLE")
    result.__dict__["total_units"] = total
    return coverage(result)


def test_coverage_is_told_in_whole_hours_when_they_are_many() -> None:
    shown = figures(24 * 1412, 24 * 1429)
    assert [spaced(text) for text in (shown.covered, shown.possible, shown.asked)] == [
        "1,412 h",
        "1,429 h",
        "1,586 h",
    ]
    assert [spaced(text) for text in (shown.to_gain, shown.beyond)] == ["17 h", "157 h"]
    assert (shown.share, shown.share_asked) == ("98.8%", "89%")


def test_figures_shown_add_up() -> None:
    shown = figures(24 * 1412 + 11, 24 * 1429 + 13)
    hours = [
        int(text.split("\N{NO-BREAK SPACE}")[0].replace(",", ""))
        for text in (shown.covered, shown.to_gain, shown.beyond, shown.asked)
    ]
    assert sum(hours[:3]) == hours[3]


@pytest.mark.parametrize(
    ("bound", "to_gain"), [(24 * 1412 + 6, "0.2 h"), (24 * 1412 + 1, "less than 0.1 h")]
)
def test_small_gain_left_is_never_told_as_nothing(bound: int, to_gain: str) -> None:
    shown = figures(24 * 1412, bound)
    assert spaced(shown.to_gain) == to_gain
    assert shown.share == "99.9%"


def test_without_a_bound_nothing_is_said_to_be_possible() -> None:
    shown = figures(24 * 1412, None)
    assert shown.possible == shown.to_gain == shown.share == ""
    assert spaced(shown.beyond) == "174 h"


@pytest.mark.parametrize(
    ("known", "sentence"),
    [
        ({}, "Proved: under these rules, no choice of jobs covers more hours."),
        (
            {"status": "FEASIBLE", "bound_units": 850},
            (
                "Proved: under these rules, no choice of jobs covers more than 35.4 h; 1 h at most "
                "remain to be gained."
            ),
        ),
        (
            {"status": "FEASIBLE", "bound_units": None},
            "How many hours could be covered at most was not proved.",
        ),
        ({"jobs": ()}, "No job is possible under these rules: that is proved."),
        ({"jobs": (), "status": "UNKNOWN"}, "No job was found in the time given."),
        (
            {"jobs": (), "status": "UNKNOWN", "stopped_early": True},
            (
                "No job was found in the time given. The search was stopped before its end: this "
                "is the best found so far."
            ),
        ),
    ],
)
def test_verdict_says_what_was_proved_and_no_more(known: dict[str, Any], sentence: str) -> None:
    assert spaced(verdict(outcome(**known))) == sentence


def test_summary_speaks_french() -> None:
    with translation.override("fr"):
        lines = {label: spaced(value) for label, value in summary(outcome())}
    assert lines["Heures par semaine demandées"] == "68,9 h"
    assert lines["Contrat"] == (
        "CDI, heures sur l’année : de 32 à 36 h par semaine en moyenne, de 21 à 44 h selon le mois"
    )
    assert lines["Emplois"] == "1 emploi de 34,4 h par semaine"
    assert lines["Calculé sur"] == "2 processus"


def test_pair_of_employers_is_told_as_two() -> None:
    lines = dict(summary(outcome(request=request(max_employers=2, executor="dask://h:1"))))
    assert lines["Employers in a job"] == "2"
    assert lines["Computed on"] == "dask://h:1"
