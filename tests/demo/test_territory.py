"""The demonstration territory as a whole: the survey it stands for, and its files."""

import csv
import re
from collections import Counter
from itertools import combinations
from pathlib import Path

import pytest

from maillage.demo.places import metres_apart
from maillage.demo.territory import Answer, Firm, StatedNeed, Territory, territory
from maillage.demo.trades import occupation_label
from maillage.launch.shared_jobs.needs_file import read_needs

MONTHS = [f"m{month:02}" for month in range(1, 13)]


@pytest.fixture(scope="module")
def survey() -> Territory:
    return territory()


@pytest.fixture(scope="module")
def folder(survey: Territory, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("demo") / "survey" / "files"
    survey.write(path)
    return path


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


# The survey


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_survey_has_the_figures_of_the_report(seed: int) -> None:
    answers = territory(seed).answers
    with_peaks = sum(answer.has_peaks for answer in answers)
    interested = sum(answer.interested for answer in answers)
    assert (len(answers), with_peaks, interested) == (460, 198, 106)
    assert round(100 * with_peaks / len(answers)) == 43
    assert round(100 * interested / len(answers)) == 23


def test_same_seed_gives_the_same_territory_and_another_seed_another() -> None:
    assert territory(5) == territory(5)
    assert territory(5) != territory(6)


def test_every_firm_answers_once(survey: Territory) -> None:
    assert [answer.firm_id for answer in survey.answers] == [firm.firm_id for firm in survey.firms]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_no_two_firms_share_an_id_or_a_name(seed: int) -> None:
    firms = territory(seed).firms
    assert len({firm.firm_id for firm in firms}) == 460
    assert len({firm.name for firm in firms}) == 460


def test_firms_stand_in_the_loir_et_cher(survey: Territory) -> None:
    for firm in survey.firms:
        assert firm.insee.startswith("41"), firm
        assert firm.postcode.startswith("41"), firm
        assert 47.17 < firm.latitude < 48.15, firm
        assert 0.57 < firm.longitude < 2.26, firm


def test_blois_has_the_most_firms_but_most_firms_are_elsewhere(survey: Territory) -> None:
    communes = Counter(firm.commune for firm in survey.firms)
    assert communes.most_common(1)[0][0] == "Blois"
    assert communes["Blois"] < 460 / 5
    assert len(communes) > 60


def test_no_two_firms_stand_on_the_same_spot(survey: Territory) -> None:
    assert len({(firm.latitude, firm.longitude) for firm in survey.firms}) == 460


def test_trades_are_many_and_none_outweighs_the_others(survey: Territory) -> None:
    trades = Counter(firm.trade for firm in survey.firms)
    assert len(trades) == 42
    assert max(trades.values()) < 460 / 10


def test_firms_come_in_no_order_of_trade(survey: Territory) -> None:
    changes = sum(
        first.trade != second.trade
        for first, second in zip(survey.firms, survey.firms[1:], strict=False)
    )
    assert changes > 400


def test_firms_are_small(survey: Territory) -> None:
    staff = [firm.staff for firm in survey.firms]
    assert min(staff) == 1
    assert max(staff) <= 20
    assert 3 < sum(staff) / len(staff) < 5


def test_peak_months_come_with_peaks_only(survey: Territory) -> None:
    for answer in survey.answers:
        assert answer.has_peaks == bool(answer.peak_months)
        assert all(1 <= month <= 12 for month in answer.peak_months)
        assert len(answer.peak_months) <= 5


def test_peaks_push_towards_shared_time(survey: Territory) -> None:
    interested = Counter(answer.has_peaks for answer in survey.answers if answer.interested)
    assert interested[True] > interested[False] > 0


# Needs


def test_interested_firms_and_only_they_state_one_to_three_needs(survey: Territory) -> None:
    stated = Counter(need.firm_id for need in survey.needs)
    interested = {answer.firm_id for answer in survey.answers if answer.interested}
    assert set(stated) == interested
    assert set(stated.values()) == {1, 2, 3}
    assert 150 <= len(survey.needs) <= 220


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_needs_of_one_firm_are_of_different_occupations(seed: int) -> None:
    needs = territory(seed).needs
    assert len({(need.firm_id, need.occupation) for need in needs}) == len(needs)


def test_needs_have_an_id_of_their_own_and_a_known_occupation(survey: Territory) -> None:
    assert len({need.need_id for need in survey.needs}) == len(survey.needs)
    for need in survey.needs:
        assert need.label == occupation_label(need.occupation)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_hours_are_what_a_small_firm_can_give(seed: int) -> None:
    for need in territory(seed).needs:
        assert len(need.half_hours) == 12
        assert max(need.half_hours) >= 3, need
        assert max(need.half_hours) <= 2 * 35, need
        assert all(half_hours == 0 or half_hours >= 3 for half_hours in need.half_hours), need


def test_most_needs_vary_with_the_month(survey: Territory) -> None:
    varying = sum(len(set(need.half_hours)) > 1 for need in survey.needs)
    assert varying / len(survey.needs) > 0.9


def test_firms_without_peaks_ask_for_steady_help_only(survey: Territory) -> None:
    calm = {answer.firm_id for answer in survey.answers if not answer.has_peaks}
    for need in survey.needs:
        if need.firm_id in calm:
            # In full months (August left out), steady help never doubles nor vanishes.
            months = [*need.half_hours[:7], *need.half_hours[8:]]
            assert max(months) <= 2.4 * min(months), need


def test_firms_with_peaks_ask_for_help_in_their_peak_months(survey: Territory) -> None:
    first = {need.firm_id: need for need in reversed(survey.needs)}
    for answer in survey.answers:
        if answer.interested and answer.has_peaks:
            half_hours = first[answer.firm_id].half_hours
            busiest = half_hours.index(max(half_hours)) + 1
            peaks = {month for peak in answer.peak_months for month in (peak - 1, peak, peak + 1)}
            assert busiest in peaks, (answer, half_hours)


# Competitors


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_competitors_are_interested_neighbours_of_one_trade(seed: int) -> None:
    survey = territory(seed)
    interested = {answer.firm_id for answer in survey.answers if answer.interested}
    assert survey.competitors
    for pair in survey.competitors:
        first, second = (survey.firm_by_id[firm_id] for firm_id in pair)
        assert first.firm_id < second.firm_id
        assert {first.firm_id, second.firm_id} <= interested
        assert first.trade == second.trade
        assert metres_apart(first, second) <= 20_000


def test_not_every_neighbour_of_one_trade_is_a_competitor() -> None:
    neighbours = declared = 0
    for seed in range(1, 9):
        survey = territory(seed)
        interested = [
            survey.firm_by_id[answer.firm_id] for answer in survey.answers if answer.interested
        ]
        neighbours += sum(
            first.trade == second.trade and metres_apart(first, second) <= 20_000
            for first, second in combinations(interested, 2)
        )
        declared += len(survey.competitors)
    assert declared / neighbours == pytest.approx(0.5, abs=0.1)


# Files


def test_firms_file_holds_every_firm(survey: Territory, folder: Path) -> None:
    rows = read(folder / "firms.csv")
    assert [
        Firm(
            firm_id=row["firm_id"],
            name=row["firm"],
            trade=row["trade"],
            ape=row["ape"],
            activity=row["activity"],
            commune=row["commune"],
            insee=row["insee"],
            postcode=row["postcode"],
            latitude=float(row["lat"]),
            longitude=float(row["lon"]),
            staff=int(row["staff"]),
        )
        for row in rows
    ] == list(survey.firms)


def test_survey_file_holds_every_answer(survey: Territory, folder: Path) -> None:
    rows = read(folder / "survey.csv")
    assert [
        Answer(
            firm_id=row["firm_id"],
            has_peaks={"yes": True, "no": False}[row["has_peaks"]],
            peak_months=tuple(map(int, row["peak_months"].split())),
            interested={"yes": True, "no": False}[row["interested"]],
        )
        for row in rows
    ] == list(survey.answers)


def test_needs_file_holds_every_need_of_its_firm(survey: Territory, folder: Path) -> None:
    rows = read(folder / "needs.csv")
    assert [
        StatedNeed(
            need_id=row["need_id"],
            firm_id=row["firm_id"],
            occupation=row["occupation"],
            label=row["occupation_label"],
            half_hours=tuple(int(2 * float(row[month])) for month in MONTHS),
        )
        for row in rows
    ] == list(survey.needs)
    for row in rows:
        firm = survey.firm_by_id[row["firm_id"]]
        place = (row["commune"], row["postcode"], float(row["lat"]), float(row["lon"]))
        assert row["firm"] == firm.name
        assert place == (firm.commune, firm.postcode, firm.latitude, firm.longitude)


def test_every_row_of_the_needs_file_can_be_read(folder: Path) -> None:
    for row in read(folder / "needs.csv"):
        assert all(row.values()), row
        assert re.fullmatch(r"N\d{3}", row["need_id"])
        assert re.fullmatch(r"F\d{3}", row["firm_id"])
        assert re.fullmatch(r"[A-N]\d{4}", row["occupation"])
        assert re.fullmatch(r"41\d{3}", row["postcode"])
        for month in MONTHS:
            assert re.fullmatch(r"\d+(\.5)?", row[month]), row


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_main_job_reads_the_files_and_refuses_nothing(seed: int, tmp_path: Path) -> None:
    survey = territory(seed)
    survey.write(tmp_path)
    found = read_needs(
        tmp_path / "needs.csv",
        competitors=tmp_path / "competitors.csv",
        related=tmp_path / "related.csv",
        strict=True,
    )
    assert found.rejected == ()
    assert found.notes == ()
    assert [(need.need_id, need.half_hours) for need in found.needs] == [
        (need.need_id, need.half_hours) for need in survey.needs
    ]
    assert found.competitors == survey.competitors


def test_competitors_file_names_firms_of_the_needs_file(survey: Territory, folder: Path) -> None:
    firms = {row["firm_id"] for row in read(folder / "needs.csv")}
    pairs = [(row["firm_a"], row["firm_b"]) for row in read(folder / "competitors.csv")]
    assert set(pairs) == survey.competitors
    assert pairs == sorted(pairs)
    assert {firm_id for pair in pairs for firm_id in pair} <= firms


def test_files_are_the_same_at_every_writing(folder: Path, tmp_path: Path) -> None:
    territory().write(tmp_path)
    for name in ("firms.csv", "survey.csv", "needs.csv", "competitors.csv", "related.csv"):
        assert (tmp_path / name).read_bytes() == (folder / name).read_bytes()


def test_related_occupations_are_near_or_of_one_domain() -> None:
    related = territory(seed=1).related

    assert ("D1104", "G1602") in related  # pastry and cooking: near
    assert ("F1606", "F1608") in related  # plastering and tiling: one domain
    assert ("D1212", "F1602") not in related  # selling lamps is not wiring a house
    assert all(a < b for a, b in related)
