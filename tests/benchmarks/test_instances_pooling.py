"""The survey generator of the pooling benchmarks."""

import csv
from hashlib import sha256
from itertools import combinations
from math import cos, hypot, radians
from pathlib import Path
from random import Random

import pytest

from benchmarks.instances import pooling
from benchmarks.instances.pooling import Survey, SurveyNeed, generate, main
from benchmarks.instances.trades import RELATED, SECTORS
from maillage.launch.shared_jobs.needs_file import read_needs

HALF_DAY = 7


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def mean_hours(needs: tuple[SurveyNeed, ...]) -> float:
    return sum(sum(need.half_hours) for need in needs) / 24 / len(needs)


@pytest.mark.parametrize("size", [1, 100, 500])
def test_survey_has_exactly_the_needs_asked_for(size: int) -> None:
    needs = generate(size, seed=1).rows
    assert len(needs) == size
    assert len({need.need_id for need in needs}) == size


def test_survey_of_no_need_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one need, not 0"):
        generate(0, seed=1)


def test_same_seed_gives_the_same_survey_and_another_seed_another() -> None:
    assert generate(300, seed=7) == generate(300, seed=7)
    assert generate(300, seed=7).rows != generate(300, seed=8).rows


def test_hours_go_by_half_days_up_to_a_full_week() -> None:
    hours = {half_hours for need in generate(2000, seed=1).rows for half_hours in need.half_hours}
    assert hours == {HALF_DAY * half_days for half_days in range(11)}


def test_no_need_is_empty() -> None:
    assert all(any(need.half_hours) for need in generate(2000, seed=1).rows)


def test_needs_are_a_third_of_a_job_on_average_half_of_them_steady() -> None:
    needs = generate(5000, seed=1).rows
    assert mean_hours(needs) == pytest.approx(11.6, abs=0.4)
    steady = sum(len(set(need.half_hours)) == 1 for need in needs) / len(needs)
    assert steady == pytest.approx(0.53, abs=0.03)


def test_some_firms_close_in_august_but_no_inn_does() -> None:
    needs = generate(5000, seed=1).rows
    closed = [
        need
        for need in needs
        if len({*need.half_hours[:7], *need.half_hours[8:]}) == 1
        and need.half_hours[7] < need.half_hours[0]
    ]
    assert len(closed) / len(needs) == pytest.approx(0.06, abs=0.02)
    assert not [need.firm for need in closed if need.firm.startswith("Inn")]


def test_needs_of_one_firm_share_its_place_and_differ_in_occupation() -> None:
    needs = generate(1000, seed=3).rows
    places = {(need.firm_id, need.firm, need.latitude, need.longitude) for need in needs}
    assert len(places) == len({need.firm_id for need in needs})
    assert len({(need.firm_id, need.occupation) for need in needs}) == len(needs)
    assert len(needs) / len(places) == pytest.approx(2.45, abs=0.25)


def test_area_grows_with_the_number_of_needs() -> None:
    def height_km(size: int) -> float:
        latitudes = [need.latitude for need in generate(size, seed=1).rows]
        return (max(latitudes) - min(latitudes)) * pooling.KM_PER_DEGREE

    assert height_km(2000) == pytest.approx(143, rel=0.1)
    assert height_km(8000) == pytest.approx(286, rel=0.1)


def test_largest_survey_stays_in_mainland_france() -> None:
    places = pooling._places(20_000, Random(1))
    sample = [next(places) for _ in range(5000)]
    assert all(44.5 < latitude < 49.1 for latitude, _ in sample)
    assert all(-0.7 < longitude < 5.9 for _, longitude in sample)


def test_every_family_is_met_and_every_related_pair_is_sorted() -> None:
    survey = generate(5000, seed=1)
    families = {need.occupation for need in survey.rows}
    assert len(families) == 24
    assert len(survey.related) == len(RELATED)
    assert all(first < second for first, second in survey.related)
    assert {family for pair in survey.related for family in pair} == families


def test_eleven_sectors_share_the_firms() -> None:
    firms = {need.firm_id: need.firm for need in generate(5000, seed=1).rows}
    drawn = {name.rsplit(" ", 1)[0] for name in firms.values()}
    assert len(SECTORS) == 11
    assert drawn == {sector.name for sector in SECTORS}


def test_every_competitor_has_stated_needs() -> None:
    survey = generate(1000, seed=1)
    firms = {need.firm_id for need in survey.rows}
    assert {firm for pair in survey.competitors for firm in pair} <= firms
    assert all(first < second for first, second in survey.competitors)


def may_work_together(survey: Survey, first: SurveyNeed, second: SurveyNeed) -> bool:
    """Tell whether two needs fit in one annual contract, distance left aside."""
    firms = (first.firm_id, second.firm_id)
    occupations = (first.occupation, second.occupation)
    together = [a + b for a, b in zip(first.half_hours, second.half_hours, strict=True)]
    return (
        firms[0] != firms[1]
        and firms not in survey.competitors
        and firms[::-1] not in survey.competitors
        and (
            len(set(occupations)) == 1
            or occupations in survey.related
            or occupations[::-1] in survey.related
        )
        and max(together) <= 2 * 44
        and sum(together) <= 2 * 36 * 12
    )


def test_need_of_a_survey_of_500_has_some_twenty_five_possible_partners() -> None:
    partners = []
    for seed in range(1, 4):
        survey = generate(500, seed)
        edges = sum(
            may_work_together(survey, first, second) and km_apart(first, second) <= 30
            for first, second in combinations(survey.rows, 2)
        )
        partners.append(2 * edges / 500)
    assert sum(partners) / 3 == pytest.approx(23, abs=4)


def km_apart(first: SurveyNeed, second: SurveyNeed) -> float:
    north = second.latitude - first.latitude
    east = (second.longitude - first.longitude) * cos(radians(first.latitude))
    return 111.195 * hypot(north, east)


def neighbours_of_one_trade(firms: list[pooling._Firm]) -> set[tuple[str, str]]:
    return {
        (first.firm_id, second.firm_id)
        for first, second in combinations(firms, 2)
        if first.sector is second.sector and pooling._km_apart(first, second) <= 30
    }


def a_region(count: int) -> list[pooling._Firm]:
    random = Random(5)
    places = pooling._places(2 * count, random)
    return [pooling._firm(rank, places, random) for rank in range(count)]


def test_competitors_can_be_any_neighbours_of_one_trade(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pooling, "COMPETITOR_SHARE", 1.0)
    firms = a_region(400)
    assert pooling._competitors(firms, Random(1)) == neighbours_of_one_trade(firms)


def test_three_neighbours_of_one_trade_in_ten_are_competitors() -> None:
    firms = a_region(1500)
    pairs = pooling._competitors(firms, Random(1))
    near = neighbours_of_one_trade(firms)
    assert pairs < near
    assert len(pairs) / len(near) == pytest.approx(0.30, abs=0.03)


def test_files_hold_the_survey(tmp_path: Path) -> None:
    survey = generate(120, seed=2)
    survey.write(tmp_path / "new" / "folder")
    rows = read(tmp_path / "new" / "folder" / "needs.csv")
    months = [f"m{month:02}" for month in range(1, 13)]
    assert list(rows[0]) == ["need_id", "firm_id", "firm", "occupation", "lat", "lon", *months]
    written = tuple(
        SurveyNeed(
            row["need_id"],
            row["firm_id"],
            row["firm"],
            row["occupation"],
            float(row["lat"]),
            float(row["lon"]),
            tuple(int(2 * float(row[month])) for month in months),
        )
        for row in rows
    )
    assert written == survey.rows
    competitors = read(tmp_path / "new" / "folder" / "competitors.csv")
    assert {(row["firm_a"], row["firm_b"]) for row in competitors} == survey.competitors
    related = read(tmp_path / "new" / "folder" / "related.csv")
    assert {(row["occupation_a"], row["occupation_b"]) for row in related} == survey.related


def test_main_job_reads_the_files_and_refuses_nothing(tmp_path: Path) -> None:
    survey = generate(2000, seed=1)
    survey.write(tmp_path)
    found = read_needs(
        tmp_path / "needs.csv",
        competitors=tmp_path / "competitors.csv",
        related=tmp_path / "related.csv",
        strict=True,
    )
    assert found.rejected == ()
    assert found.notes == ()
    assert len(found.needs) == 2000
    assert found.competitors == survey.competitors
    assert found.related == survey.related


def test_instances_never_change_unnoticed(tmp_path: Path) -> None:
    # Figures measured on other instances would no longer compare: measure them again.
    generate(100, seed=1).write(tmp_path)
    digest = sha256()
    for name in ("needs.csv", "competitors.csv", "related.csv"):
        digest.update((tmp_path / name).read_bytes())
    assert digest.hexdigest()[:16] == "aa42ea97c80a1b20"


def test_command_line_writes_the_folder_and_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["100", "--seed", "4", "--out", str(tmp_path)]) == 0
    assert {path.name for path in tmp_path.iterdir()} == {
        "needs.csv",
        "competitors.csv",
        "related.csv",
    }
    assert len(read(tmp_path / "needs.csv")) == 100
    assert capsys.readouterr().out.startswith("100 needs of ")


def test_command_line_refuses_an_empty_survey(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stop:
        main(["0", "--out", str(tmp_path)])
    assert stop.value.code == 2
    assert "a survey has at least one need, not 0" in capsys.readouterr().err
