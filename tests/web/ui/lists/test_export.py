import csv
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO, StringIO

import pytest
from django.http import FileResponse
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from maillage.web.ui.lists import Column
from maillage.web.ui.lists.export import FORMULA_SIGNS, csv_cell, exported

COLUMNS = (
    Column("name", "Firm", lambda row: row[0]),
    Column("hours", "Hours", lambda row: row[1]),
)


def content(response: FileResponse) -> bytes:
    return b"".join(response)  # type: ignore[arg-type]


def text_of(rows: list[tuple[object, object]]) -> str:
    response = exported("csv", "firms", COLUMNS, rows)
    return content(response).decode("utf-8")


def test_french_spreadsheets_open_the_file_as_it_is() -> None:
    with translation.override("fr"):
        text = text_of([("Café Moreau", Decimal("52.5"))])
    assert text == "\ufeffFirm;Hours\r\nCafé Moreau;52,5\r\n"


def test_english_spreadsheets_too() -> None:
    assert text_of([("Café Moreau", Decimal("52.5"))]) == "\ufeffFirm,Hours\r\nCafé Moreau,52.5\r\n"


@pytest.mark.parametrize("sign", FORMULA_SIGNS)
def test_a_text_that_looks_like_a_formula_is_made_harmless(sign: str) -> None:
    assert csv_cell(f"{sign}cmd()").startswith("'")


def test_a_negative_number_stays_a_number() -> None:
    assert (csv_cell(-12), csv_cell(Decimal("-3.20")), csv_cell(None)) == ("-12", "-3.20", "")


def test_dates_are_written_so_that_any_spreadsheet_knows_them() -> None:
    assert csv_cell(date(2026, 4, 7)) == "2026-04-07"
    assert csv_cell(datetime(2026, 4, 7, 12, 5, tzinfo=UTC)) == "2026-04-07 14:05"


@given(st.lists(st.text(max_size=20), max_size=8))
def test_no_text_becomes_a_formula_nor_breaks_the_rows(names: list[str]) -> None:
    rows = list(csv.reader(StringIO(text_of([(name, 1) for name in names]), newline="")))
    assert len(rows) == len(names) + 1
    assert [row for row in rows if row[0].startswith(FORMULA_SIGNS)] == []


def test_a_workbook_holds_numbers_dates_and_texts() -> None:
    rows = [("=1+1", Decimal("52.5")), ("+33261910041", date(2026, 4, 7)), ("a\x00b", -3)]
    response = exported("xlsx", "firms", COLUMNS, rows)
    sheet = load_workbook(BytesIO(content(response))).active
    assert sheet is not None
    assert [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2, max_row=2)] == [
        ["=1+1", 52.5]
    ]
    assert [row[0].data_type for row in sheet.iter_rows(min_row=2)] == ["s", "s", "s"]
    assert sheet["A4"].value == "ab"
    assert sheet["B3"].value == datetime(2026, 4, 7)  # noqa: DTZ001 -- a workbook knows no zone


def test_the_file_is_named_after_the_list_and_the_day() -> None:
    response = exported("csv", "firms", COLUMNS, [])
    assert response["Content-Disposition"].startswith('attachment; filename="firms-20')


def test_an_error_in_the_middle_gives_no_half_file() -> None:
    def rows() -> object:
        yield ("Moreau", 1)
        raise RuntimeError("the database went away")

    with pytest.raises(RuntimeError):
        exported("csv", "firms", COLUMNS, rows())  # type: ignore[arg-type]
