import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maillage.launch.shared_jobs.needs_file import (
    NeedRow,
    NeedsFile,
    NeedsFileError,
    RejectedRow,
    read_needs,
)
from tests.launch.shared_jobs.surveys import (
    BOB,
    EMMA,
    MONTHS,
    Value,
    renamed,
    without,
    write_rows,
    write_survey,
)

BOBS_NEED = NeedRow(
    row=2,
    need_id="till",
    firm_id="bob",
    firm="Bob's bakery",
    occupation="D1106",
    latitude=47.5884,
    longitude=1.3353,
    half_hours=(35,) * 12,
    place="Blois",
)


def rejected_with(folder: Path, **changes: Value) -> tuple[str, str, str]:
    """Return column, value and reason of the rejection of Bob's row with some cells changed."""
    good, wrong = {**dict.fromkeys(changes, ""), **EMMA}, {**BOB, **changes}
    survey = read_needs(write_survey(folder, good, wrong))
    assert [need.need_id for need in survey.needs] == ["oven"]
    (row,) = survey.rejected
    assert (row.file, row.row) == ("needs.csv", 3)
    return row.column, row.value, row.reason


def test_survey_is_read(tmp_path: Path) -> None:
    survey = read_needs(write_survey(tmp_path, {**BOB, "phone": "02 54"}))
    assert survey == NeedsFile(
        needs=(BOBS_NEED,),
        competitors=frozenset(),
        related=frozenset(),
        rejected=(),
        extra={"till": {"postcode": "41000", "commune": "Blois", "phone": "02 54"}},
        notes=(),
    )


def test_french_survey_is_read_the_same(tmp_path: Path) -> None:
    french = dict(zip(MONTHS, [
        "janv", "Févr.", "mars", "avril", "mai", "Juin",
        "juil", "août", "sept.", "oct", "nov", "déc",
    ], strict=True)) | {
        "need_id": "besoin", "firm_id": "id_entreprise", "firm": "Entreprise",
        "occupation": "Métier", "postcode": "Code postal", "commune": "Ville",
    }  # fmt: skip
    rows = [
        ["Enquête du printemps"],
        [],
        list(renamed(BOB, french)),
        [str(value).replace("17.5", "17,5") for value in BOB.values()],
    ]
    path = tmp_path / "besoins.csv"
    with path.open("w", newline="", encoding="cp1252") as stream:
        csv.writer(stream, delimiter=";").writerows(rows)
    (need,) = read_needs(path).needs
    assert (need.row, need.half_hours, need.place) == (4, (35,) * 12, "Blois")


def test_workbook_is_read_the_same(tmp_path: Path) -> None:
    numbers = {**BOB, "postcode": 41000, **dict.fromkeys(MONTHS, 17.5)}
    assert read_needs(write_survey(tmp_path, numbers, name="needs.xlsx")).needs == (BOBS_NEED,)


@pytest.mark.parametrize("column", ["firm", "commune", "lat", "m03"])
def test_formula_never_computed_rejects_its_row(tmp_path: Path, column: str) -> None:
    wrong = {**BOB, "lat": "", "lon": "", column: "=10+7.5"}
    survey = read_needs(write_survey(tmp_path, wrong, EMMA, name="needs.xlsx"))
    assert [need.need_id for need in survey.needs] == ["oven"]
    assert survey.rejected == (
        RejectedRow(
            "needs.xlsx",
            2,
            column,
            "=10+7.5",
            "the formula of this cell has no result yet: open the file in a spreadsheet, save it, "
            "and try again",
        ),
    )


def test_formula_in_a_column_that_does_not_count_is_harmless(tmp_path: Path) -> None:
    needs = {**BOB, "total": "=SUM(G2:R2)"}
    assert read_needs(write_survey(tmp_path, needs, name="needs.xlsx")).rejected == ()


def test_weeks_are_read(tmp_path: Path) -> None:
    weeks = {f"S{week}": str(week % 3) for week in range(1, 53)}
    (need,) = read_needs(write_survey(tmp_path, without(BOB, *MONTHS) | weeks)).needs
    assert need.half_hours == tuple(2 * (week % 3) for week in range(1, 53))


def test_week_53_is_set_aside_and_said(tmp_path: Path) -> None:
    weeks = {f"w{week:02}": "7" for week in range(1, 54)}
    survey = read_needs(write_survey(tmp_path, without(BOB, *MONTHS) | weeks))
    assert survey.needs[0].half_hours == (14,) * 52
    assert survey.notes == (
        "The year counts 52 weeks: column “w53” was left aside; 1 need asks for hours in it.",
    )


def test_coordinates_win_over_the_commune(tmp_path: Path) -> None:
    here = {**BOB, "lat": "47,6", "lon": "1.37°"}
    (need,) = read_needs(write_survey(tmp_path, here)).needs
    assert (need.latitude, need.longitude, need.place) == (47.6, 1.37, "Blois")


def test_place_without_a_name_takes_the_one_of_the_nearest_commune(tmp_path: Path) -> None:
    here = without({**BOB, "lat": 47.6, "lon": 1.37}, "commune", "postcode")
    (need,) = read_needs(write_survey(tmp_path, here)).needs
    assert need.place == "La Chaussée-Saint-Victor"


def test_commune_serves_where_coordinates_are_blank(tmp_path: Path) -> None:
    survey = read_needs(
        write_survey(
            tmp_path,
            {**BOB, "lat": "", "lon": ""},
            {**EMMA, "lat": 47.6, "lon": 1.37},
        )
    )
    assert [need.latitude for need in survey.needs] == [47.5884, 47.6]


def test_official_code_of_the_commune_is_enough(tmp_path: Path) -> None:
    coded = without(BOB, "postcode", "commune") | {"insee": 41018}
    assert read_needs(write_survey(tmp_path, coded)).needs[0].place == "Blois"


def test_dashes_and_blanks_are_no_hours_and_said(tmp_path: Path) -> None:
    survey = read_needs(write_survey(tmp_path, {**BOB, "m07": "-", "m08": ""}, EMMA))
    assert survey.needs[0].half_hours == (35,) * 6 + (0, 0) + (35,) * 4
    assert survey.notes == ("1 need has blank months or weeks: they count for no hours.",)


@pytest.mark.parametrize("column", ["need_id", "firm_id", "firm", "occupation"])
def test_missing_value_rejects_its_row(tmp_path: Path, column: str) -> None:
    assert rejected_with(tmp_path, **{column: ""}) == (column, "", "this cell is empty")


@pytest.mark.parametrize(
    ("changes", "rejected"),
    [
        ({"m03": "-7"}, ("m03", "-7", "hours cannot be negative")),
        ({"m03": "3,3"}, ("m03", "3,3", "hours go by half-hours: the nearest is 3.5")),
        (
            {"m03": "170"},
            (
                "m03",
                "170",
                (
                    "a week has only 168 hours: if this is the total of the month, give the hours "
                    "per week"
                ),
            ),
        ),
        (
            {"m03": "many", "m04": "3.2", "firm": ""},
            ("firm", "", "this cell is empty (look at m03, m04 too)"),
        ),
        (
            dict.fromkeys(MONTHS, "0"),
            ("m01 … m12", "0", "this need asks for no hours at all"),
        ),
        (dict.fromkeys(MONTHS, ""), ("m01 … m12", "0", "this need asks for no hours at all")),
        (
            {"need_id": "oven"},
            (
                "need_id",
                "oven",
                "this id is already the one of row 2: give each need its own",
            ),
        ),
        (
            {"firm_id": "8,23E+13"},
            (
                "firm_id",
                "8,23E+13",
                (
                    "the spreadsheet has rounded this number: give the column the format “text” "
                    "and type the number again"
                ),
            ),
        ),
    ],
)
def test_row_that_makes_no_sense_is_rejected_in_words(
    tmp_path: Path, changes: dict[str, Value], rejected: tuple[str, str, str]
) -> None:
    assert rejected_with(tmp_path, **changes) == rejected


@pytest.mark.parametrize(
    ("changes", "rejected"),
    [
        (
            {"commune": "Bloi"},
            (
                "commune",
                "Bloi",
                "no commune has this name at 41000: is it Blois (41000)?",
            ),
        ),
        (
            {"commune": "Blois", "postcode": "41100"},
            (
                "commune",
                "Blois",
                "no commune has this name at 41100: is it Blois (41000)?",
            ),
        ),
        (
            {"commune": "Xqzw", "postcode": "41100"},
            (
                "commune",
                "Xqzw",
                (
                    "no commune has this name at 41100: is it Vendôme (41100), Saint-Ouen (41100), "
                    "Naveil (41100)?"
                ),
            ),
        ),
        (
            {"commune": "Vandome", "postcode": ""},
            (
                "commune",
                "Vandome",
                "no commune has this name: is it Vendôme (41100), Valdrôme (26310)?",
            ),
        ),
        (
            {"commune": "Xqzw", "postcode": ""},
            (
                "commune",
                "Xqzw",
                "no commune has this name: check its spelling, or add lat and lon",
            ),
        ),
        (
            {"commune": "Saint-Outrille", "postcode": "99999"},
            (
                "commune",
                "Saint-Outrille",
                "no commune has this name at 99999: is it Saint-Outrille (18310)?",
            ),
        ),
        (
            {"commune": "Château-Chinon", "postcode": ""},
            (
                "commune",
                "Château-Chinon",
                (
                    "several communes have this name: add the postcode (Château-Chinon (Ville) "
                    "(58120), Château-Chinon (Campagne) (58120))"
                ),
            ),
        ),
        (
            {"commune": "", "postcode": "41350"},
            (
                "postcode",
                "41350",
                (
                    "several communes have this postcode: add the commune (Vineuil (41350), "
                    "Saint-Gervais-la-Forêt (41350), Huisseau-sur-Cosson (41350), "
                    "Saint-Claude-de-Diray (41350), Montlivault (41350))"
                ),
            ),
        ),
        (
            {"commune": "", "postcode": "99999"},
            ("postcode", "99999", "no commune has this postcode: check it, or add the commune"),
        ),
        ({"commune": "", "postcode": ""}, ("commune", "", "this cell is empty")),
        (
            {"commune": "Nouméa", "postcode": "98800"},
            (
                "postcode",
                "98800",
                "the communes of this collectivity are not placed here: add columns lat and lon",
            ),
        ),
        (
            {"lat": "1.3353", "lon": "47.5884"},
            (
                "lat",
                "1.3353",
                (
                    "latitude and longitude are exchanged: 47.5884 is the latitude and 1.3353 the "
                    "longitude"
                ),
            ),
        ),
        (
            {"lat": "50.8466", "lon": "4.3528"},
            (
                "lat",
                "50.8466 4.3528",
                (
                    "this place is neither in France nor within 50 km of it, where networks are "
                    "for now"
                ),
            ),
        ),
        (
            {"lat": "475884", "lon": "1.3353"},
            (
                "lat",
                "475884",
                "this is not a number of degrees: write for example 47.5884",
            ),
        ),
        (
            {"lat": "47.5884", "lon": "1°20'07''"},
            ("lon", "1°20'07''", "this is not a number of degrees: write for example 1.3353"),
        ),
        (
            {"lat": "47.5884", "lon": "", "commune": "", "postcode": ""},
            ("lon", "", "this cell is empty"),
        ),
        (
            {"insee": "41999"},
            ("insee", "41999", "no commune has this official code"),
        ),
    ],
)
def test_unknown_place_is_rejected_in_words(
    tmp_path: Path, changes: dict[str, Value], rejected: tuple[str, str, str]
) -> None:
    assert rejected_with(tmp_path, **changes) == rejected


def test_row_longer_than_the_headings_is_rejected(tmp_path: Path) -> None:
    rows = [list(BOB), [*BOB.values(), "5"], list(EMMA.values())]
    survey = read_needs(write_rows(tmp_path, rows, "needs.csv"))
    assert [(row.row, row.column) for row in survey.rejected] == [(2, "")]


def test_rejected_row_leaves_its_id_free(tmp_path: Path) -> None:
    survey = read_needs(write_survey(tmp_path, {**BOB, "m01": "?"}, BOB))
    assert [need.row for need in survey.needs] == [3]


def test_firm_with_two_names_keeps_the_first_and_says_so(tmp_path: Path) -> None:
    other = {**BOB, "need_id": "van", "firm": "Bob & sons"}
    same = {**BOB, "need_id": "shop", "firm": "BOB'S BAKERY"}
    survey = read_needs(write_survey(tmp_path, BOB, other, same))
    assert {need.firm for need in survey.needs} == {"Bob's bakery"}
    assert survey.notes == (
        "Firm bob has several names: Bob's bakery (row 2), Bob & sons (row 3). The first is used.",
    )


def test_capitals_make_no_other_name(tmp_path: Path) -> None:
    same = {**BOB, "need_id": "shop", "firm": "BOB'S BAKERY"}
    assert read_needs(write_survey(tmp_path, BOB, same)).notes == ()


def test_many_firms_with_two_names_are_counted(tmp_path: Path) -> None:
    needs = [
        {**BOB, "need_id": f"{firm} {name}", "firm_id": f"f{firm}", "firm": name}
        for firm in range(7)
        for name in ("Bob", "Bobby")
    ]
    notes = read_needs(write_survey(tmp_path, *needs)).notes
    assert len(notes) == 6
    assert notes[-1] == "2 other firms have several names too."


def test_occupation_is_the_same_however_written(tmp_path: Path) -> None:
    survey = read_needs(
        write_survey(
            tmp_path,
            {**BOB, "occupation": "Pâtissier"},
            {**EMMA, "occupation": "PATISSIER"},
            {**EMMA, "need_id": "code", "occupation": "d1106"},
        )
    )
    assert [need.occupation for need in survey.needs] == ["Pâtissier", "Pâtissier", "D1106"]


def test_codes_of_one_domain_are_related_when_no_file_says_better(tmp_path: Path) -> None:
    survey = read_needs(
        write_survey(
            tmp_path,
            *(
                {**BOB, "need_id": code, "occupation": code}
                for code in ("D1107", "D1106", "D1201", "M1607", "Pâtissier", "D11")
            ),
        )
    )
    assert survey.related == frozenset({("D1106", "D1107")})


def test_file_of_related_occupations_replaces_the_codes(tmp_path: Path) -> None:
    needs = write_survey(tmp_path, BOB, {**EMMA, "occupation": "D1107"})
    related = write_rows(tmp_path, [["occupation_a", "occupation_b"]], "related.csv")
    assert read_needs(needs, related=related).related == frozenset()


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([], "needs.csv is empty: there is nothing to read."),
        ([list(BOB)], "needs.csv has headings but no need under them."),
        (
            [list(BOB), *[[*[*EMMA.values()][:-1], "?"]] * 2],
            (
                "No row can be used: needs.csv, row 2, column m12, “?”: this is not a "
                "number of hours: write for example 17.5."
            ),
        ),
    ],
)
def test_unusable_survey_is_refused_in_one_sentence(
    tmp_path: Path, rows: list[list[Value]], sentence: str
) -> None:
    with pytest.raises(NeedsFileError) as refused:
        read_needs(write_rows(tmp_path, rows, "needs.csv"))
    assert str(refused.value) == sentence


def test_refusal_hands_back_the_rejected_rows(tmp_path: Path) -> None:
    with pytest.raises(NeedsFileError) as refused:
        read_needs(write_survey(tmp_path, {**BOB, "m01": "?"}, {**EMMA, "m01": "!"}))
    assert [row.value for row in refused.value.rejected] == ["?", "!"]


def test_strict_reading_refuses_everything_for_one_row(tmp_path: Path) -> None:
    path = write_survey(tmp_path, BOB, {**EMMA, "m01": "?"})
    with pytest.raises(NeedsFileError) as refused:
        read_needs(path, strict=True)
    assert str(refused.value) == (
        "1 row cannot be used, and all must be: needs.csv, row 3, column m01, “?”: this is not a "
        "number of hours: write for example 17.5."
    )
    assert len(refused.value.rejected) == 1
    assert len(read_needs(write_survey(tmp_path, BOB, EMMA), strict=True).needs) == 2


def test_strict_reading_looks_at_the_pairs_too(tmp_path: Path) -> None:
    pairs = write_rows(tmp_path, [["firm_a", "firm_b"], ["bob", "denis"]], "competitors.csv")
    with pytest.raises(NeedsFileError, match=r"^1 row cannot be used"):
        read_needs(write_survey(tmp_path, BOB), competitors=pairs, strict=True)


def test_file_wrong_everywhere_is_refused_quickly(tmp_path: Path) -> None:
    wrong = [{**BOB, "need_id": str(row), "commune": f"Blosi {row}"} for row in range(3000)]
    survey = read_needs(write_survey(tmp_path, EMMA, *wrong))
    reasons = [row.reason for row in survey.rejected]
    assert len(reasons) == 3000
    assert reasons[-1] == "no commune has this name: check its spelling, or add lat and lon"


HALF_HOURS = st.lists(st.integers(0, 160), min_size=12, max_size=12).filter(any)


@given(
    hours=st.lists(HALF_HOURS, min_size=1, max_size=5),
    delimiter=st.sampled_from(";,\t"),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]),
    comma=st.booleans(),
    workbook=st.booleans(),
)
def test_any_survey_reads_back_its_hours(
    tmp_path_factory: pytest.TempPathFactory,
    hours: list[list[int]],
    delimiter: str,
    encoding: str,
    comma: bool,
    workbook: bool,
) -> None:
    needs: list[dict[str, Value]] = [
        {**BOB, "need_id": f"nº {at}", "firm": "Chloé", **dict(zip(MONTHS, row, strict=True))}
        for at, row in enumerate(hours)
    ]
    folder = tmp_path_factory.mktemp("surveys")
    for need in needs:
        need.update({month: int(need[month] or 0) / 2 for month in MONTHS})
    if workbook:
        path = write_survey(folder, *needs, name="needs.xlsx")
    else:
        path = folder / "needs.csv"
        rows = [list(BOB), *([str(need[column]) for column in BOB] for need in needs)]
        if comma:
            rows[1:] = [[cell.replace(".", ",") for cell in row] for row in rows[1:]]
        with path.open("w", newline="", encoding=encoding) as stream:
            csv.writer(stream, delimiter=delimiter).writerows(rows)

    survey = read_needs(path)
    assert [list(need.half_hours) for need in survey.needs] == hours
    assert {need.firm for need in survey.needs} == {"Chloé"}
    assert survey.rejected == ()


CELLS = st.sampled_from([
    "", "-", "0", "7", "3,5", "3.3", "-1", "9e9", "bob", "41000", "Blois", "Bloi", "=1+1", "47.5",
    "1.33", "D1106", "é" * 40, "\0",
])  # fmt: skip


@given(rows=st.lists(st.lists(CELLS, min_size=15, max_size=22), max_size=6), strict=st.booleans())
def test_any_survey_gives_needs_or_a_sentence(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[Value]], strict: bool
) -> None:
    columns = [*BOB, "lat", "lon"]
    path = write_rows(tmp_path_factory.mktemp("strange"), [columns, *rows], "needs.csv")
    try:
        survey = read_needs(path, strict=strict)
    except NeedsFileError as refused:
        assert "needs.csv" in str(refused)  # noqa: PT017 - either outcome is right
    else:
        filled = [row for row in rows if any(row)]
        assert len(survey.needs) + len(survey.rejected) == len(filled)
