from pathlib import Path

import pytest

from maillage.engines.pooling.instance import CONTRACTS, Contract, Instance, Need
from maillage.launch.shared_jobs.bridge import make_instance, read_contract
from maillage.launch.shared_jobs.contract_file import ContractFileError
from maillage.launch.shared_jobs.needs_file import read_needs
from tests.launch.shared_jobs.surveys import BOB, EMMA, write_rows, write_survey


def test_survey_becomes_the_question_to_the_engine(tmp_path: Path) -> None:
    pairs = write_rows(tmp_path, [["firm_a", "firm_b"], ["emma", "bob"]], "competitors.csv")
    survey = read_needs(
        write_survey(tmp_path, BOB, {**EMMA, "occupation": "D1107"}), competitors=pairs
    )
    instance = make_instance(
        survey, contract=CONTRACTS["annual"], max_distance_metres=20_000, max_employers=3
    )
    bobs = Need("till", "bob", "Bob's bakery", "D1106", 47.5884, 1.3353, (35,) * 12, "Blois")
    emmas = Need("oven", "emma", "Emma's bread", "D1107", 47.5884, 1.3353, (35,) * 12, "Blois")
    assert instance == Instance(
        needs=(bobs, emmas),
        contract=CONTRACTS["annual"],
        competitors=frozenset({("bob", "emma")}),
        related=frozenset({("D1106", "D1107")}),
        max_distance_metres=20_000,
        max_employers=3,
    )


@pytest.mark.parametrize("name", ["annual", "strict", "part-time"])
def test_built_in_contract_is_known_by_its_name(name: str) -> None:
    assert read_contract(name) is CONTRACTS[name]


def test_contract_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "season.toml"
    path.write_text("mean_min = 30\nmean_max = 36\nperiod_min = 17.5\nperiod_max = 44\n")
    assert read_contract(str(path)) == Contract("season", 60, 72, 35, 88)


def test_unknown_contract_is_answered_with_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(ContractFileError) as refused:
        read_contract("anual")
    assert str(refused.value) == (
        "The contract “anual” is unknown: choose annual, strict, part-time, or give a TOML file."
    )
    with pytest.raises(ContractFileError, match="does not exist"):
        read_contract(str(tmp_path / "nowhere.toml"))
