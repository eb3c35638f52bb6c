import csv
import io
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maillage.foundation.files import grids, tables
from maillage.foundation.files.tables import Row, Table, TableError, read_table

SURVEY = ("firm", "hours")


def known(title: str) -> bool:
    return title in SURVEY


def saved(folder: Path, data: bytes | str, name: str = "survey.csv") -> Path:
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def cells(table: Table) -> list[list[str | int | float]]:
    return [list(row.cells.values()) for row in table.rows]


def refusal(path: Path) -> str:
    with pytest.raises(TableError) as refused:
        read_table(path)
    return str(refused.value)


def test_table_is_read_with_the_row_numbers_of_a_spreadsheet(tmp_path: Path) -> None:
    table = read_table(saved(tmp_path, "firm;hours\nBob;3,5\n\nEmma;7\n"))
    assert table == Table(
        file="survey.csv",
        columns=("firm", "hours"),
        rows=(
            Row(2, {"firm": "Bob", "hours": "3,5"}, {}),
            Row(4, {"firm": "Emma", "hours": "7"}, {}),
        ),
        repeated=(),
        encoding="UTF-8",
        delimiter=";",
        sheet="",
        notes=(),
    )


def test_line_break_inside_a_cell_does_not_shift_the_numbers(tmp_path: Path) -> None:
    table = read_table(saved(tmp_path, 'firm,hours\n"Bob\nand sons",7\nEmma,8\n'))
    assert [(row.number, row.cells["firm"]) for row in table.rows] == [
        (2, "Bob\nand sons"),
        (3, "Emma"),
    ]


def test_title_above_the_headings_is_passed_over(tmp_path: Path) -> None:
    text = "sep=;\n\nSurvey, spring 2026;\nfirm;hours\nBob;7\n"
    table = read_table(saved(tmp_path, text), known_title=known)
    assert (table.columns, cells(table), table.rows[0].number) == (SURVEY, [["Bob", "7"]], 5)


def test_blank_heading_takes_no_title_from_beyond_a_blank_line(tmp_path: Path) -> None:
    text = "Survey;;\n\n;firm;hours\nx;Bob;7\n"
    table = read_table(saved(tmp_path, text), known_title=known)
    assert table.columns == ("column A", "firm", "hours")


def test_headings_repeated_further_down_are_no_row(tmp_path: Path) -> None:
    table = read_table(saved(tmp_path, "firm;hours\nBob;7\nfirm;hours\nEmma;8\n"))
    assert cells(table) == [["Bob", "7"], ["Emma", "8"]]


def test_short_row_ends_with_blanks(tmp_path: Path) -> None:
    table = read_table(saved(tmp_path, "firm,place,hours\nBob\n"))
    assert cells(table) == [["Bob", "", ""]]


def test_decimal_comma_in_a_comma_file_is_told_on_its_row(tmp_path: Path) -> None:
    table = read_table(saved(tmp_path, "firm,hours\nBob,3,5\nEmma,7\nChloé,8,\n"))
    assert [dict(row.faults) for row in table.rows] == [
        {
            "": "the row has 1 cell more than the headings: put numbers and texts that hold the "
            "delimiter between quotation marks"
        },
        {},
        {},
    ]


def test_untitled_column_is_called_by_its_letter_and_dropped_when_blank(tmp_path: Path) -> None:
    table = read_table(saved(tmp_path, "firm;;;hours\nBob;;call her;7\n"))
    assert table.columns == ("firm", "column C", "hours")
    assert cells(table) == [["Bob", "call her", "7"]]


def test_title_given_twice_is_reported_and_numbered(tmp_path: Path) -> None:
    table = read_table(saved(tmp_path, "firm;hours;firm\nBob;7;Emma\n"))
    assert (table.columns, table.repeated) == (("firm", "hours", "firm (2)"), ("firm",))
    assert cells(table) == [["Bob", "7", "Emma"]]


def test_quotation_mark_never_closed_spoils_only_its_row(tmp_path: Path) -> None:
    text = 'firm;hours\nBob;7\n"Emma;8\nChloé;9\nBar "du Pont";5\n"Le "Bon" pain";6\n'
    table = read_table(saved(tmp_path, text))
    reason = (
        "the quotation marks do not balance: put the cell between quotation marks and double those "
        "inside it"
    )
    assert [(row.number, list(row.cells.values()), dict(row.faults)) for row in table.rows] == [
        (2, ["Bob", "7"], {}),
        (3, [], {"": reason}),
        (4, ["Chloé", "9"], {}),
        (5, ['Bar "du Pont"', "5"], {}),
        (6, [], {"": reason}),
    ]


@pytest.mark.parametrize(
    ("encoding", "named"),
    [
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "UTF-8"),
        ("utf-16", "UTF-16"),
        ("cp1252", "Windows-1252"),
        ("latin-1", "Windows-1252"),
    ],
)
def test_encoding_is_recognised(tmp_path: Path, encoding: str, named: str) -> None:
    table = read_table(saved(tmp_path, "métier;heures\nPâtissière;3,5\n".encode(encoding)))
    assert (table.columns, cells(table)) == (("métier", "heures"), [["Pâtissière", "3,5"]])
    assert (table.encoding, table.notes) == (named, ())


def test_file_of_two_encodings_is_read_line_by_line_and_noted(tmp_path: Path) -> None:
    data = "firm;hours\nChloé;7\n".encode() + "Métairie;8\nForêt;9\n".encode("cp1252")
    table = read_table(saved(tmp_path, data))
    assert cells(table) == [["Chloé", "7"], ["Métairie", "8"], ["Forêt", "9"]]
    assert table.encoding == "UTF-8, Windows-1252"
    assert table.notes == (
        (
            "survey.csv mixes two encodings: 2 lines were read as Windows-1252, the others as "
            "UTF-8. Check their accents."
        ),
    )


def test_bytes_that_windows_leaves_undefined_are_read_all_the_same(tmp_path: Path) -> None:
    assert cells(read_table(saved(tmp_path, b"firm;hours\nB\x90b\xe9;7\n"))) == [["B\x90bé", "7"]]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_line_ending_is_read(tmp_path: Path, end: str) -> None:
    assert cells(read_table(saved(tmp_path, end.join(["firm;hours", "Bob;7", "Emma;8"])))) == [
        ["Bob", "7"],
        ["Emma", "8"],
    ]


@pytest.mark.parametrize("data", [b"", b"\n\n  \n", b"\xef\xbb\xbf", b'""\n'])
def test_empty_file_is_refused(tmp_path: Path, data: bytes) -> None:
    assert refusal(saved(tmp_path, data)) == "survey.csv is empty: there is nothing to read."


def test_missing_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "nowhere.csv"
    assert refusal(path) == f"{path} does not exist: check its name."


def test_folder_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path) == f"{tmp_path.name} is a folder or a device, not a file."


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500),
            (
                "survey.csv is an old Excel workbook (.xls) or is protected by a password: open "
                "it, and save it as CSV or XLSX without a password."
            ),
        ),
        (
            b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
            "survey.csv is not a table: give a CSV file or an Excel workbook (.xlsx).",
        ),
        (
            b"<html><table><tr><td>Bob</td></tr></table></html>",
            (
                "survey.csv is a web page or an XML file, whatever its name says: open it in a "
                "spreadsheet and save it as CSV or XLSX."
            ),
        ),
        (
            "firm;hours".encode("utf-16")[:-1],
            "survey.csv is damaged: its text stops in the middle. Save it again as CSV.",
        ),
        (
            b'"Bob\n',
            (
                "survey.csv cannot be read, from its first line: the quotation marks do not "
                "balance: put the cell between quotation marks and double those inside it."
            ),
        ),
        (
            b"firm;hours\n" + b"Bob" * 50_000,
            (
                "survey.csv, line 2: this line is far too long for a table. Check that the file is "
                "a CSV file."
            ),
        ),
        (
            b";" * 2_000 + b"hours\n",
            "survey.csv has 2001 columns: tables of up to 2000 are read.",
        ),
        (
            b"firm;hours\n" + b"Bob;7\n" * 200_001,
            "survey.csv is too long: tables of up to 200000 rows are read. Split it.",
        ),
        (
            b"\n" * 1_048_577,
            "survey.csv is too long: tables of up to 200000 rows are read. Split it.",
        ),
        (
            b"\xe9\n" * 1_048_577,
            "survey.csv is too long: tables of up to 200000 rows are read. Split it.",
        ),
    ],
)
def test_what_is_no_table_is_refused_in_words(tmp_path: Path, data: bytes, reason: str) -> None:
    assert refusal(saved(tmp_path, data)) == reason


def test_file_of_100_megabytes_is_refused_without_being_read(tmp_path: Path) -> None:
    path = saved(tmp_path, "firm;hours\n")
    with path.open("r+b") as stream:
        stream.truncate(100_000_000)
    tracemalloc.start()
    sentence = refusal(path)
    assert tracemalloc.get_traced_memory()[1] < 1_000_000
    tracemalloc.stop()
    assert sentence == (
        "survey.csv is too big (100 MB): files of up to 50 MB are read. Keep the columns and rows "
        "of the survey only, or split it."
    )


def test_file_that_may_not_be_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = saved(tmp_path, "firm;hours\n")

    def forbidden(*_arguments: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "open", forbidden)
    assert refusal(path) == f"{path} cannot be opened: check that you may read it."


# Small letters with accents, in Windows-1252, never look like UTF-8: see `decode`.
WORDS = st.text("aBz09 éèàçùôîêëï,;\t\"'.-\n", max_size=12).map(str.strip)
# With one column, nothing tells a delimiter from a comma in a sentence.
SHAPES = st.integers(2, 5).flatmap(
    lambda width: st.lists(st.lists(WORDS, min_size=width, max_size=width), max_size=8)
)


@given(
    rows=SHAPES,
    delimiter=st.sampled_from(";,\t"),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]),
    end=st.sampled_from(["\n", "\r\n"]),
)
def test_any_table_reads_back_the_same(
    tmp_path_factory: pytest.TempPathFactory,
    rows: list[list[str]],
    delimiter: str,
    encoding: str,
    end: str,
) -> None:
    titles = [f"colonne n° {column}" for column in range(len(rows[0]) if rows else 2)]
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=delimiter, lineterminator=end)
    writer.writerows([titles, *rows])
    path = saved(tmp_path_factory.mktemp("tables"), stream.getvalue().encode(encoding))

    table = read_table(path, known_title=lambda title: title in titles)
    assert table.columns == tuple(titles)
    assert cells(table) == [row for row in rows if any(row)]
    assert not any(row.faults for row in table.rows)


BEGINNINGS = [b"", b"PK\x03\x04", b"\xff\xfe", b"\xef\xbb\xbf", b"firm;hours\n", b'"', b"\xd0\xcf"]


@given(start=st.sampled_from(BEGINNINGS), data=st.binary(max_size=400))
def test_any_bytes_give_a_table_or_a_sentence(
    tmp_path_factory: pytest.TempPathFactory, start: bytes, data: bytes
) -> None:
    path = saved(tmp_path_factory.mktemp("bytes"), start + data)
    try:
        outcome = read_table(path).file
    except TableError as refused:
        outcome = str(refused)
    assert outcome.startswith("survey.csv")


def test_limits_keep_memory_small_enough() -> None:
    # What the sentences promise; a cell costs some 60 bytes.
    assert tables.MAX_BYTES == 50_000_000
    assert grids.MAX_FILLED_LINES == 200_000
