import zipfile
from datetime import date, datetime, time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from maillage.foundation.files import workbooks
from maillage.foundation.files.tables import Table, TableError, read_table

type Value = str | float | date | time | None

TITLES = ("firm", "hours", "janvier", "février")


def known(title: str) -> bool:
    return title in TITLES


def workbook(folder: Path, *rows: list[Value]) -> Path:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    path = folder / "survey.xlsx"
    book.save(path)
    return path


def cells(table: Table) -> list[list[str | int | float]]:
    return [list(row.cells.values()) for row in table.rows]


def refusal(path: Path) -> str:
    with pytest.raises(TableError) as refused:
        read_table(path, known_title=known)
    return str(refused.value)


def test_workbook_is_read_with_its_numbers_and_row_numbers(tmp_path: Path) -> None:
    path = workbook(
        tmp_path, [], ["Survey 2026"], ["firm", "hours"], ["Bob ", 3.5], [None, None], ["Emma", 7]
    )
    table = read_table(path, known_title=known)
    assert table.columns == ("firm", "hours")
    assert cells(table) == [["Bob", 3.5], ["Emma", 7]]
    assert [row.number for row in table.rows] == [4, 6]
    assert (table.sheet, table.encoding, table.delimiter, table.notes) == ("Sheet", "", "", ())


def test_workbook_called_csv_is_read_as_what_it_is(tmp_path: Path) -> None:
    path = workbook(tmp_path, ["firm", "hours"], ["Bob", "=3+4"], ["Emma", 7])
    misnamed = path.rename(tmp_path / "survey.csv")
    table = read_table(misnamed, known_title=known)
    assert (table.file, table.sheet) == ("survey.csv", "Sheet")
    assert [row.cells["firm"] for row in table.rows] == ["Bob", "Emma"]


def test_headings_merged_over_two_lines_are_put_together(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    sheet.append(["Survey 2026"])
    sheet.append(["firm", "hours a week"])
    sheet.append([None, "janvier", "février"])
    sheet.append(["Bob", 7, 8])
    sheet.merge_cells("A2:A3")
    sheet.merge_cells("B2:C2")
    book.save(tmp_path / "survey.xlsx")
    table = read_table(tmp_path / "survey.xlsx", known_title=known)
    assert table.columns == ("firm", "janvier", "février")
    assert cells(table) == [["Bob", 7, 8]]


def test_sheet_with_the_wanted_columns_is_chosen_and_noted(tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(["Read me first", "hours"])
    book.create_sheet("Needs").append(["firm", "hours"])
    book["Needs"].append(["Bob", 7])
    hidden = book.create_sheet("Lists")
    hidden.append(["firm", "hours", "janvier"])
    hidden.sheet_state = "hidden"
    book.save(tmp_path / "survey.xlsx")
    table = read_table(tmp_path / "survey.xlsx", known_title=known)
    assert (table.sheet, cells(table)) == ("Needs", [["Bob", 7]])
    assert table.notes == ("survey.xlsx has 2 sheets: “Needs” was read.",)


def test_formula_counts_for_the_value_it_had_when_saved(tmp_path: Path) -> None:
    path = workbook(tmp_path, ["firm", "hours"], ["Bob", "=3+4"])
    with_results(path, b"<v></v>", b"<v>7</v>")
    assert cells(read_table(path)) == [["Bob", 7]]


def test_formula_without_result_is_told_on_its_cell(tmp_path: Path) -> None:
    path = workbook(tmp_path, ["firm", "hours"], ["Bob", "=3+4"], ["Emma", 7])
    rows = read_table(path).rows
    assert dict(rows[0].faults) == {
        "hours": "the formula of this cell has no result yet: open the file in a spreadsheet, save "
        "it, and try again"
    }
    assert (rows[0].cells["hours"], dict(rows[1].faults)) == ("=3+4", {})


def test_formula_whose_result_is_an_empty_text_is_a_blank_cell(tmp_path: Path) -> None:
    path = workbook(tmp_path, ["firm", "hours"], ["Bob", '=IF(1=1,"","")'])
    with_results(path, b'<c r="B2">', b'<c r="B2" t="str">')
    table = read_table(path)
    assert (cells(table), dict(table.rows[0].faults)) == ([["Bob", ""]], {})


def test_formula_in_error_is_told_on_its_cell(tmp_path: Path) -> None:
    row = read_table(workbook(tmp_path, ["firm", "hours"], ["Bob", "#REF!"])).rows[0]
    assert row.cells["hours"] == "#REF!"
    assert dict(row.faults) == {"hours": "the formula of this cell gives an error"}


def test_dates_are_read_as_people_sort_them(tmp_path: Path) -> None:
    path = workbook(
        tmp_path,
        ["firm", date(2026, 1, 1), "since", "at"],
        ["Bob", 7, datetime(2025, 3, 4, 5, 6), time(8, 30)],  # noqa: DTZ001 - workbooks know no zone
    )
    table = read_table(path)
    assert table.columns == ("firm", "2026-01-01", "since", "at")
    assert cells(table) == [["Bob", 7, "2025-03-04 05:06:00", "08:30:00"]]


def test_remark_beside_the_table_is_an_extra_column(tmp_path: Path) -> None:
    path = workbook(tmp_path, ["firm", "hours"], ["Bob", 7], ["Emma", 8, None, "call her"])
    table = read_table(path)
    assert table.columns == ("firm", "hours", "column D")
    assert cells(table) == [["Bob", 7, ""], ["Emma", 8, "call her"]]


def test_workbook_that_unpacks_to_too_much_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = workbook(tmp_path, ["firm", "hours"])
    monkeypatch.setattr(workbooks, "MAX_UNPACKED", 1000)
    assert refusal(path) == (
        "survey.xlsx is too big once opened: remove the sheets that are not needed, or save the "
        "survey alone as CSV."
    )


def test_row_number_beyond_any_spreadsheet_is_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path, ["firm", "hours"], ["Bob", 7])
    with_results(path, b'<row r="2"', b'<row r="999999999"')
    assert refusal(path) == (
        "survey.xlsx is too long: tables of up to 200000 rows are read. Split it."
    )


def test_entities_that_multiply_are_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path, ["firm", "hours"], ["Bob", 7])
    layers = b"".join(
        b'<!ENTITY e%d "%s">' % (layer, b"&e%d;" % (layer - 1) * 50) for layer in range(1, 9)
    )
    bomb = b'<!DOCTYPE a [<!ENTITY e0 "boom">' + layers + b"]>"
    with_results(path, b"<worksheet", bomb + b"<worksheet")
    with_results(path, b"<v>7</v>", b"<v>&e8;</v>")
    assert refusal(path) == DAMAGED


DAMAGED = (
    "survey.xlsx is damaged or protected by a password: open it in a spreadsheet, and save it "
    "again as XLSX or CSV."
)


def test_truncated_workbook_is_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path, ["firm", "hours"])
    path.write_bytes(path.read_bytes()[:-100])
    assert refusal(path) == DAMAGED


def test_archive_of_something_else_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "survey.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<document/>")
    assert refusal(path) == (
        "survey.xlsx is not an Excel workbook: open it, and save it as CSV or XLSX."
    )


def test_open_document_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "survey.ods"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    assert refusal(path) == (
        "survey.ods is an OpenDocument file (.ods): open it, and save it as CSV or XLSX."
    )


def with_results(path: Path, old: bytes, new: bytes) -> None:
    """Write a workbook again with other bytes in its sheet, as another program saves it."""
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    assert old in members[sheet]
    members[sheet] = members[sheet].replace(old, new)
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)


VALUES = st.one_of(
    st.text("aBz09 éèàçœ€,;'.-\n", max_size=8).map(str.strip),
    st.integers(-(10**9), 10**9),
    st.floats(-1e6, 1e6).map(lambda number: round(number, 6)),
)


@given(rows=st.lists(st.lists(VALUES, min_size=3, max_size=3), max_size=6))
def test_any_workbook_reads_back_the_same(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[Value]]
) -> None:
    path = workbook(tmp_path_factory.mktemp("workbooks"), list(TITLES[:3]), *rows)
    read = cells(read_table(path, known_title=known))
    assert read == [row for row in rows if any(value != "" for value in row)]


@given(at=st.integers(0, 5000), byte=st.integers(0, 255))
def test_workbook_with_a_wrong_byte_gives_a_table_or_a_sentence(
    tmp_path_factory: pytest.TempPathFactory, at: int, byte: int
) -> None:
    path = workbook(tmp_path_factory.mktemp("damaged"), ["firm", "hours"], ["Bob", "=3+4"])
    data = bytearray(path.read_bytes())
    data[at % len(data)] = byte
    path.write_bytes(data)
    try:
        outcome = read_table(path).file
    except TableError as refused:
        outcome = str(refused)
    assert outcome.startswith("survey.xlsx")
