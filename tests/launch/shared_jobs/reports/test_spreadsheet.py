from io import BytesIO

import pytest
from django.utils import translation
from openpyxl import Workbook, load_workbook

from maillage.launch.shared_jobs.needs_file import RejectedRow
from maillage.launch.shared_jobs.outcome import Outcome
from maillage.launch.shared_jobs.reports.spreadsheet import render_spreadsheet
from tests.launch.shared_jobs.reports.results import (
    CAMPING,
    CHOCOLATE,
    NEEDS,
    STEADY,
    job,
    many_jobs,
    need,
    outcome,
    survey,
)

type Extra = dict[str, dict[str, str | float]]

ATTACKS = [
    "=1+1",
    "=cmd|' /C calc'!A0",
    "+33 2 54 00 00 00",
    "-2+3",
    "@SUM(A1)",
    "\t=1+1",
    "#N/A",
]


def opened(result: Outcome) -> Workbook:
    return load_workbook(BytesIO(render_spreadsheet(result)))


def rows_of(book: Workbook, tab: str) -> list[tuple[object, ...]]:
    return [*book[tab].iter_rows(values_only=True)]


def test_workbook_has_a_sheet_for_each_question() -> None:
    tabs = ["Jobs", "Months", "Needs left alone", "Rejected rows", "Summary"]
    assert opened(outcome()).sheetnames == tabs
    with translation.override("fr"):
        assert opened(outcome()).sheetnames == [
            "Emplois",
            "Mois",
            "Besoins restés seuls",
            "Lignes écartées",
            "Résumé",
        ]


def test_jobs_have_one_row_for_each_firm() -> None:
    heading, *rows = rows_of(opened(outcome()), "Jobs")
    assert heading[:6] == (
        "Job",
        "Firm",
        "Commune",
        "Occupation",
        "Hours a week for the firm",
        "Share of the job",
    )
    assert [row[:4] for row in rows] == [
        ("J1", "Chocolaterie Bellanger", "Blois", "D1106"),
        ("J1", "Camping des Châteaux", "Cheverny", "D1106"),
    ]
    assert [row[4] for row in rows] == [pytest.approx(452 / 24), pytest.approx(374 / 24)]
    assert sum(float(str(row[5])) for row in rows) == pytest.approx(1)


def test_months_of_the_firms_add_up_to_the_job() -> None:
    heading, chocolate, camping, whole = rows_of(opened(outcome()), "Months")
    assert heading[2:4] == ("Jan", "Feb")
    assert chocolate[2:14] == (25, 25, 25, 20, 15, 10, 8, 8, 15, 20, 25, 30)
    assert whole[1] == "The whole job"
    for month in range(2, 14):
        assert float(str(whole[month])) == float(str(chocolate[month])) + float(str(camping[month]))


def test_survey_by_week_has_its_weeks() -> None:
    steady = need("a", "Bob", [34] * 52), need("b", "Emma", [34] * 52)
    book = opened(outcome(jobs=(job(*steady, why=STEADY),), alone=(), survey=survey(steady)))
    heading, first, _second, _whole = rows_of(book, "Weeks")
    assert heading[2:4] == ("Week 1", "Week 2")
    assert first[2:54] == (17,) * 52


def test_needs_left_alone_say_what_blocks_and_what_would_serve_them() -> None:
    _heading, bob, emma = rows_of(opened(outcome()), "Needs left alone")
    assert bob[:3] == ("till", "Bob’s bakery", "Blois")
    assert bob[6] == "The only firm it could share with is a declared competitor: Emma’s bread."
    assert str(bob[7]).startswith("Ask Bob’s bakery and Emma’s bread")
    assert bob[8] == 34.5
    assert emma[7:9] == (None, None)


def test_rejected_rows_are_listed_with_their_reason() -> None:
    bad = RejectedRow("needs.csv", 7, "m08", "=90", "a week has 168 hours")
    _heading, row = rows_of(opened(outcome(survey=survey(rejected=[bad]))), "Rejected rows")
    assert row == ("needs.csv", 7, "m08", "=90", "a week has 168 hours")


def test_columns_that_mean_nothing_here_are_kept() -> None:
    extra: Extra = {
        each.need_id: {"Contact": f"Mme {each.need_id}", "Effectif": 3.0} for each in NEEDS
    }
    book = opened(outcome(survey=survey(extra=extra)))
    jobs = rows_of(book, "Jobs")
    assert jobs[0][-2:] == ("Contact", "Effectif")
    assert jobs[1][-2:] == ("Mme choc", 3)
    assert rows_of(book, "Needs left alone")[1][-2:] == ("Mme till", 3)


def test_columns_that_only_repeat_are_left_out() -> None:
    extra = {
        each.need_id: {"libellé métier": f"Poste {each.occupation}", "ville": each.place}
        for each in NEEDS
    }
    jobs = rows_of(opened(outcome(survey=survey(extra=extra))), "Jobs")
    assert jobs[0][-1] == "Occupation as given"
    assert jobs[1][3] == "Poste D1106"


@pytest.mark.parametrize("attack", ATTACKS)
def test_text_of_the_survey_never_becomes_a_formula(attack: str) -> None:
    odd = need("choc", attack, CHOCOLATE.half_hours, place=attack)
    extra = {"choc": {"note": attack}, "camp": {"note": "quiet"}}
    result = outcome(
        jobs=(job(odd, CAMPING),), alone=(), survey=survey([odd, CAMPING], extra=extra)
    )
    sheet = opened(result)["Jobs"]
    for cell in (sheet["B2"], sheet["C2"], sheet[2][-1]):
        assert cell.data_type == "s"
        assert cell.value == attack
        assert cell.quotePrefix == (not attack.startswith("#"))


def test_characters_that_no_workbook_can_hold_are_left_out() -> None:
    odd = need("choc", "Fournil\x00 \x0bd’\x1bAntan", CHOCOLATE.half_hours, place="é" * 40_000)
    result = outcome(jobs=(job(odd, CAMPING),), alone=(), survey=survey([odd, CAMPING]))
    sheet = opened(result)["Jobs"]
    assert sheet["B2"].value == "Fournil d’Antan"
    assert len(str(sheet["C2"].value)) == 32_767


def test_sheets_are_ready_to_sort_filter_and_print() -> None:
    book = opened(outcome())
    for sheet in book:
        assert str(sheet.freeze_panes).endswith("2")
        assert sheet.auto_filter.ref.startswith("A1:")
        assert sheet.page_setup.orientation == "landscape"
        assert sheet["A1"].font.bold
    jobs = book["Jobs"]
    assert jobs.auto_filter.ref == "A1:N3"
    assert jobs["E2"].number_format == "#,##0.0#"
    assert jobs["F2"].number_format == "0.0%"
    assert jobs.column_dimensions["B"].width == 32


def test_summary_tells_the_figures_and_the_rules() -> None:
    lines: dict[object, object] = {row[0]: row[1] for row in rows_of(opened(outcome()), "Summary")}
    nbsp = "\N{NO-BREAK SPACE}"
    assert lines["Hours a week in the jobs proposed"] == f"34.4{nbsp}h"
    assert lines["How good it is"] == (
        "Proved: under these rules, no choice of jobs covers more hours."
    )
    assert lines["Survey"] == "needs.csv, competitors.csv"
    assert lines["Employers in a job"] == "2 to 5"


def test_every_firm_of_a_large_result_has_its_row() -> None:
    assert opened(many_jobs(500))["Jobs"].max_row == 1001
