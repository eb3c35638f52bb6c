import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from maillage.launch.shared_jobs.cells import (
    CellError,
    half_hours_of,
    identifier_of,
    is_blank,
    postcode_of,
    text_of,
)

TOO_MUCH_FOR_A_WEEK = (
    "a week has only 168 hours: if this is the total of the month, give the hours per week"
)
TOO_MUCH_FOR_ONE = (
    "more than 80 hours a week for one person: if this is the total of the month, give the hours "
    "per week; if it is for several people, give each a row"
)
NO_NUMBER = "this is not a number of hours: write for example 17.5"


@pytest.mark.parametrize(
    ("written", "half_hours"),
    [
        ("17.5", 35),
        ("17,5", 35),
        (" 17,50 ", 35),
        (17.5, 35),
        (17, 34),
        ("0", 0),
        ("-0", 0),
        ("80", 160),
        ("+7", 14),
        ("3h30", 7),
        ("35 h", 70),
        ("7\N{NARROW NO-BREAK SPACE}H", 14),
        (3.4999999999, 7),  # computed by a spreadsheet
    ],
)
def test_hours_are_read_however_written(written: str | float, half_hours: int) -> None:
    assert half_hours_of(written) == half_hours


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("3.3", "hours go by half-hours: the nearest is 3.5"),
        ("3.9", "hours go by half-hours: the nearest is 4"),
        ("0,1", "hours go by half-hours: the nearest is 0"),
        ("3h20", "hours go by half-hours: the nearest is 3.5"),
        ("-7", "hours cannot be negative"),
        ("\N{MINUS SIGN}7", "hours cannot be negative"),
        ("80.5", TOO_MUCH_FOR_ONE),
        ("151,67", TOO_MUCH_FOR_ONE),
        ("168.5", TOO_MUCH_FOR_A_WEEK),
        ("1e3", NO_NUMBER),
        ("full time", NO_NUMBER),
        ("2026-05-03", NO_NUMBER),
        ("1.234.5", NO_NUMBER),
        ("nan", NO_NUMBER),
        (float("nan"), NO_NUMBER),
        (float("inf"), NO_NUMBER),
        ("3h90", NO_NUMBER),
    ],
)
def test_hours_that_make_no_sense_are_refused_in_words(written: str | float, reason: str) -> None:
    with pytest.raises(CellError) as refused:
        half_hours_of(written)
    assert str(refused.value) == reason


def test_nearest_hours_are_said_in_french() -> None:
    with translation.override("fr"), pytest.raises(CellError, match=r"3,5$"):
        half_hours_of("3,3")


@given(half_hours=st.integers(0, 160), comma=st.booleans(), spreadsheet=st.booleans())
def test_any_half_hours_are_read_back(half_hours: int, comma: bool, spreadsheet: bool) -> None:
    hours = half_hours / 2
    written = str(hours).replace(".", "," if comma else ".")
    assert half_hours_of(hours if spreadsheet else written) == half_hours


@given(st.text(max_size=10) | st.floats())
def test_any_cell_gives_hours_or_a_sentence(cell: str | float) -> None:
    try:
        outcome = f"reads {half_hours_of(cell)}"
    except CellError as refused:
        outcome = str(refused)
    assert outcome.startswith(("reads ", "hours ", "a week ", "more than ", "this is not "))


@pytest.mark.parametrize(
    ("cell", "text"), [(12, "12"), (12.0, "12"), (12.5, "12.5"), ("012", "012"), ("", "")]
)
def test_number_that_counts_nothing_loses_its_decimals(cell: str | float, text: str) -> None:
    assert text_of(cell) == text


@pytest.mark.parametrize(
    ("cell", "postcode"),
    [("41000", "41000"), (1000, "01000"), (1000.0, "01000"), ("41 000", "41000"), ("", "")],
)
def test_postcode_gets_back_what_spreadsheets_drop(cell: str | float, postcode: str) -> None:
    assert postcode_of(cell) == postcode


def test_number_rounded_by_a_spreadsheet_is_no_identifier() -> None:
    assert identifier_of(82345678900012) == "82345678900012"
    with pytest.raises(CellError) as refused:
        identifier_of("8,23457E+13")
    assert str(refused.value) == (
        "the spreadsheet has rounded this number: give the column the format “text” and type the "
        "number again"
    )


@pytest.mark.parametrize("cell", ["", "-", "\N{EN DASH}"])
def test_dash_says_nothing(cell: str) -> None:
    assert is_blank(cell)


@pytest.mark.parametrize("cell", ["0", 0, "none"])
def test_zero_says_something(cell: str | int) -> None:
    assert not is_blank(cell)
