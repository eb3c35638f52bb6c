from pathlib import Path

import pytest

from maillage.launch.shared_jobs.needs_file import (
    NeedsFile,
    NeedsFileError,
    RejectedRow,
    read_needs,
)
from tests.launch.shared_jobs.surveys import BOB, EMMA, Value, write_rows, write_survey

COMPETITORS = ["firm_a", "firm_b"]
RELATED = ["occupation_a", "occupation_b"]
UNKNOWN = "no need in the survey is from this firm: check its id"


def with_competitors(folder: Path, *rows: list[Value], name: str = "competitors.csv") -> NeedsFile:
    return read_needs(write_survey(folder, BOB, EMMA), competitors=write_rows(folder, rows, name))


def with_related(folder: Path, *rows: list[Value]) -> NeedsFile:
    needs = write_survey(
        folder, {**BOB, "occupation": "Pâtissier"}, {**EMMA, "occupation": "Boulanger"}
    )
    return read_needs(needs, related=write_rows(folder, rows, "related.csv"))


def test_competitors_are_read_whatever_their_order(tmp_path: Path) -> None:
    survey = with_competitors(tmp_path, COMPETITORS, ["emma", "bob"], ["bob", "emma"])
    assert (survey.competitors, survey.rejected) == (frozenset({("bob", "emma")}), ())


def test_competitors_may_come_in_a_workbook(tmp_path: Path) -> None:
    survey = with_competitors(tmp_path, COMPETITORS, ["emma", "bob"], name="competitors.xlsx")
    assert survey.competitors == frozenset({("bob", "emma")})


def test_competitor_may_be_named(tmp_path: Path) -> None:
    survey = with_competitors(tmp_path, COMPETITORS, ["EMMA'S BREAD", "bob"])
    assert survey.competitors == frozenset({("bob", "emma")})


@pytest.mark.parametrize(
    ("row", "column", "value", "reason"),
    [
        (["bob", "denis"], "firm_b", "denis", UNKNOWN),
        (["denis", "bob"], "firm_a", "denis", UNKNOWN),
        (["bob", "bob"], "firm_b", "bob", "a firm cannot be its own competitor"),
        (["bob", "Bob's bakery"], "firm_b", "Bob's bakery", "a firm cannot be its own competitor"),
        (["bob", ""], "firm_b", "", "this cell is empty"),
        (
            ["8,23E+13", "bob"],
            "firm_a",
            "8,23E+13",
            ("the spreadsheet has rounded this number: give the column the format “text” and type "
            "the number again"),
        ),
        (
            ["bob", "emma", "denis"],
            "",
            "",
            ("the row has 1 cell more than the headings: put numbers and texts that hold the "
            "delimiter between quotation marks"),
        ),
    ],
)  # fmt: skip
def test_pair_that_makes_no_sense_is_rejected_with_its_file(
    tmp_path: Path, row: list[Value], column: str, value: str, reason: str
) -> None:
    survey = with_competitors(tmp_path, COMPETITORS, row)
    assert survey.competitors == frozenset()
    assert survey.rejected == (RejectedRow("competitors.csv", 2, column, value, reason),)


def test_pair_of_a_firm_whose_needs_were_all_rejected_is_kept(tmp_path: Path) -> None:
    needs = write_survey(tmp_path, BOB, {**EMMA, "m01": "?"})
    pairs = write_rows(tmp_path, [COMPETITORS, ["bob", "emma"]], "competitors.csv")
    survey = read_needs(needs, competitors=pairs)
    assert survey.competitors == frozenset({("bob", "emma")})
    assert [row.file for row in survey.rejected] == ["needs.csv"]


def test_two_firms_of_one_name_must_be_told_by_their_ids(tmp_path: Path) -> None:
    twin = {**EMMA, "firm_id": "emma2", "need_id": "twin"}
    needs = write_survey(tmp_path, BOB, EMMA, twin)
    pairs = write_rows(tmp_path, [COMPETITORS, ["bob", "Emma's bread"]], "competitors.csv")
    assert len(read_needs(needs, competitors=pairs).rejected) == 1


def test_formula_in_a_pair_is_rejected(tmp_path: Path) -> None:
    survey = with_competitors(tmp_path, COMPETITORS, ["bob", "=A2"], name="competitors.xlsx")
    assert [(row.column, row.value) for row in survey.rejected] == [("firm_b", "=A2")]


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([], "competitors.csv is empty: there is nothing to read."),
        (
            [["firm_a", "firm"]],
            "competitors.csv lacks the column firm_b: rename “firm” to “firm_b”.",
        ),
    ],
)
def test_unusable_file_of_pairs_is_refused(
    tmp_path: Path, rows: list[list[Value]], sentence: str
) -> None:
    with pytest.raises(NeedsFileError) as refused:
        with_competitors(tmp_path, *rows)
    assert str(refused.value) == sentence


def test_related_occupations_take_the_spelling_of_the_needs(tmp_path: Path) -> None:
    survey = with_related(tmp_path, RELATED, ["patissier", "BOULANGER"], ["Boulanger", "Pâtissier"])
    assert survey.related == frozenset({("Boulanger", "Pâtissier")})
    assert (survey.rejected, survey.notes) == ((), ())


def test_occupation_that_no_need_asks_for_is_kept_and_said(tmp_path: Path) -> None:
    survey = with_related(tmp_path, RELATED, ["Boulanger", "Vendeur"], ["vendeur", "Serveur"])
    assert survey.related == frozenset({("Boulanger", "Vendeur"), ("Serveur", "vendeur")})
    assert survey.notes == (
        "related.csv names 2 occupations that no need asks for: Vendeur, Serveur.",
    )


def test_occupation_related_to_itself_changes_nothing(tmp_path: Path) -> None:
    survey = with_related(tmp_path, RELATED, ["Boulanger", "boulanger"])
    assert (survey.related, survey.rejected, survey.notes) == (frozenset(), (), ())


def test_missing_occupation_is_rejected(tmp_path: Path) -> None:
    survey = with_related(tmp_path, RELATED, ["Boulanger", ""])
    assert survey.rejected == (
        RejectedRow("related.csv", 2, "occupation_b", "", "this cell is empty"),
    )
