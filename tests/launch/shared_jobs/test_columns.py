import pytest

from maillage.foundation.files.tables import Table
from maillage.launch.shared_jobs.columns import (
    MONTHS,
    WEEKS,
    need_columns,
    pair_columns,
    period_of,
)
from maillage.launch.shared_jobs.rejected import NeedsFileError

NEED = ("need_id", "firm_id", "firm", "occupation")
PLACE = ("lat", "lon")


def table(*columns: str, repeated: tuple[str, ...] = ()) -> Table:
    return Table("needs.csv", columns, (), repeated, "UTF-8", ",", "", ())


def refusal(*columns: str, repeated: tuple[str, ...] = ()) -> str:
    with pytest.raises(NeedsFileError) as refused:
        need_columns(table(*columns, repeated=repeated))
    return str(refused.value)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("besoin", "need_id"),
        ("Id. besoin", "need_id"),
        ("N° BESOIN", "need_id"),
        ("id_entreprise", "firm_id"),
        ("SIRET", "firm_id"),
        ("Entreprise", "firm"),
        ("Raison sociale", "firm"),
        ("Métier", "occupation"),
        ("Code ROME", "occupation"),
        ("Latitude (°)", "lat"),
        ("longitude", "lon"),
        ("lng", "lon"),
        ("code postal", "postcode"),
        ("CP", "postcode"),
        ("Ville", "commune"),
        ("commune", "commune"),
        ("Code INSEE", "insee"),
    ],
)
def test_french_titles_are_recognised(title: str, name: str) -> None:
    others = {
        "need_id": "need_id",
        "firm_id": "firm_id",
        "firm": "firm",
        "occupation": "occupation",
    }
    titles = {**others, "lat": "lat", "lon": "lon", name: title}
    columns = need_columns(table(*titles.values(), *MONTHS))
    assert columns.titles[name] == title


@pytest.mark.parametrize(
    ("title", "period"),
    [
        ("m01", "m01"),
        ("M1", "m01"),
        ("mois 12", "m12"),
        ("janv", "m01"),
        ("Janv.", "m01"),
        ("janvier", "m01"),
        ("fév", "m02"),
        ("Févr. 2026", "m02"),
        ("avr-26", "m04"),
        ("août", "m08"),
        ("AOUT", "m08"),
        ("déc", "m12"),
        ("décembre (h/sem.)", "m12"),
        ("July", "m07"),
        ("2026-03-01", "m03"),  # a title that a spreadsheet made a date
        ("w1", "w01"),
        ("W52", "w52"),
        ("s01", "w01"),
        ("Semaine 7", "w07"),
        ("s53", "w53"),
        ("m13", ""),
        ("m0", ""),
        ("s54", ""),
        ("2026-03-02", ""),
        ("firm", ""),
        ("", ""),
    ],
)
def test_titles_of_months_and_weeks_are_recognised(title: str, period: str) -> None:
    assert period_of(title) == period


def test_columns_come_in_the_order_of_the_year_and_others_are_kept() -> None:
    months = [f"m{month}" for month in range(12, 0, -1)]
    columns = need_columns(table("comment", *NEED, "commune", *months, "phone"))
    assert columns.periods == tuple(f"m{month}" for month in range(1, 13))
    assert columns.extra == ("comment", "commune", "phone")
    assert (columns.week_53, columns.notes) == ("", ())


def test_best_title_is_used_and_its_rivals_are_kept() -> None:
    columns = need_columns(table(*NEED, "métier", "Code ROME", "siret", *PLACE, *MONTHS))
    assert columns.titles["occupation"] == "Code ROME"
    assert columns.titles["firm_id"] == "firm_id"
    assert columns.extra == ("occupation", "métier", "siret")


def test_weeks_replace_months_and_week_53_is_set_aside() -> None:
    columns = need_columns(table(*NEED, *PLACE, *WEEKS, "w53"))
    assert columns.periods == WEEKS
    assert columns.week_53 == "w53"


def test_months_are_used_when_weeks_are_there_too() -> None:
    columns = need_columns(table(*NEED, *PLACE, *WEEKS, *MONTHS))
    assert columns.periods == MONTHS
    assert columns.notes == ("needs.csv gives hours by month and by week: the months were used.",)


@pytest.mark.parametrize(
    ("columns", "sentence"),
    [
        (
            ("need_id", "firm_id", "firm", "ocupation", *PLACE, *MONTHS),
            "needs.csv lacks the column occupation: rename “ocupation” to “occupation”.",
        ),
        (
            (*NEED, *PLACE, "m01", "m02", "m04", *MONTHS[4:]),
            (
                "needs.csv lacks the column m03; it has need_id, firm_id, firm, occupation, lat, "
                "lon, m01, m02 and 9 more."
            ),
        ),
        (
            (*NEED, *PLACE, *MONTHS[:7], "aou", *MONTHS[8:]),
            "needs.csv lacks the column m08: rename “aou” to “m08”.",
        ),
        (
            (*NEED, *MONTHS),
            (
                "needs.csv lacks the column lat and lon (or postcode and commune); it has need_id, "
                "firm_id, firm, occupation, m01, m02, m03, m04 and 8 more."
            ),
        ),
        (
            (*NEED, "lat", *MONTHS),
            (
                "needs.csv lacks the column lat and lon (or postcode and commune); it has need_id, "
                "firm_id, firm, occupation, lat, m01, m02, m03 and 9 more."
            ),
        ),
        (
            (*NEED, *PLACE),
            (
                "needs.csv lacks the column m01 to m12 (or w01 to w52); it has need_id, firm_id, "
                "firm, occupation, lat, lon."
            ),
        ),
        (
            (*NEED, *PLACE, *WEEKS[:51]),
            (
                "needs.csv lacks the column w52; it has need_id, firm_id, firm, occupation, lat, "
                "lon, w01, w02 and 49 more."
            ),
        ),
        (
            ("name", "colour"),
            (
                "needs.csv lacks the columns need_id, firm_id, firm, occupation, lat and lon (or "
                "postcode and commune), m01 to m12 (or w01 to w52); it has name, colour."
            ),
        ),
        (
            (*NEED, *PLACE, *MONTHS, "janvier"),
            "needs.csv: the columns m01, janvier mean the same: keep one of them.",
        ),
        (
            ("Firm", *NEED, *PLACE, *MONTHS),
            "needs.csv: the columns Firm, firm mean the same: keep one of them.",
        ),
    ],
)
def test_unusable_columns_are_named_with_what_to_do(
    columns: tuple[str, ...], sentence: str
) -> None:
    assert refusal(*columns) == sentence


def test_column_given_twice_is_refused_when_it_counts() -> None:
    assert refusal(*NEED, "firm (2)", *PLACE, *MONTHS, repeated=("firm",)) == (
        "needs.csv: the column “firm” is there twice: keep one of them."
    )
    columns = need_columns(table(*NEED, *PLACE, *MONTHS, "x", "x (2)", repeated=("x",)))
    assert columns.extra == ("x", "x (2)")


@pytest.mark.parametrize(
    ("titles", "name"),
    [
        (("firm_a", "firm_b"), "firm"),
        (("Entreprise A", "Entreprise B"), "firm"),
        (("siret_1", "siret_2"), "firm"),
        (("id_entreprise_a", "id_entreprise_b"), "firm"),
        (("métier a", "métier b"), "occupation"),
        (("code_rome_1", "code_rome_2"), "occupation"),
    ],
)
def test_titles_of_pairs_are_recognised(titles: tuple[str, str], name: str) -> None:
    assert pair_columns(table("since", *titles), name) == titles


def test_missing_column_of_pairs_is_named() -> None:
    with pytest.raises(NeedsFileError) as refused:
        pair_columns(table("firm_a", "frim_b"), "firm")
    assert str(refused.value) == "needs.csv lacks the column firm_b: rename “frim_b” to “firm_b”."
