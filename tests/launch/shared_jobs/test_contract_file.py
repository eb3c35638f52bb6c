from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maillage.launch.shared_jobs.contract_file import (
    ContractFileError,
    ContractTerms,
    read_contract_file,
)

SEASON = """
name = "season-friendly"
mean_min = 30     # hours a week over the year, by half-hours
mean_max = 36
period_min = 17.5 # hours a week in any single month or week
period_max = 44
"""


def saved(folder: Path, text: str | bytes) -> Path:
    path = folder / "season.toml"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def refusal(path: Path) -> str:
    with pytest.raises(ContractFileError) as refused:
        read_contract_file(path)
    return str(refused.value)


def test_contract_is_read_in_half_hours(tmp_path: Path) -> None:
    assert read_contract_file(saved(tmp_path, SEASON)) == ContractTerms(
        "season-friendly", mean_min=60, mean_max=72, period_min=35, period_max=88
    )


def test_contract_without_a_name_takes_the_one_of_its_file(tmp_path: Path) -> None:
    text = "\n".join(SEASON.splitlines()[2:])
    assert read_contract_file(saved(tmp_path, text)).name == "season"


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("mean_max = 36", "", "season.toml lacks mean_max: give hours a week."),
        (
            "mean_max",
            "maen_max",
            "season.toml: “maen_max” means nothing in a contract: write “mean_max”.",
        ),
        (
            "mean_max",
            "colour",
            (
                "season.toml: “colour” means nothing in a contract: the keys are name, mean_min, "
                "mean_max, period_min, period_max."
            ),
        ),
        (
            "= 36",
            "= 36.2",
            "season.toml, mean_max, “36.2”: hours go by half-hours: the nearest is 36.",
        ),
        ("= 36", "= -1", "season.toml, mean_max, “-1”: hours cannot be negative."),
        (
            "= 36",
            '= "many"',
            (
                "season.toml, mean_max, “many”: this is not a number of hours: write for example "
                "17.5."
            ),
        ),
        (
            "= 36",
            "= true",
            (
                "season.toml, mean_max, “True”: this is not a number of hours: write for example "
                "17.5."
            ),
        ),
        (
            "= 36",
            "= 25",
            "season.toml: mean_min is more than mean_max: exchange them.",
        ),
        (
            "= 17.5",
            "= 40",
            (
                "season.toml: no year can be between mean_min and mean_max when each month is "
                "between period_min and period_max."
            ),
        ),
        (
            "= 36",
            "36",
            ("season.toml is not a contract: write lines such as “mean_min = 32” in a TOML file."),
        ),
    ],
)
def test_contract_that_makes_no_sense_is_refused_in_words(
    tmp_path: Path, old: str, new: str, sentence: str
) -> None:
    assert old in SEASON
    assert refusal(saved(tmp_path, SEASON.replace(old, new))) == sentence


def test_contract_of_no_hours_is_refused(tmp_path: Path) -> None:
    text = "mean_min = 0\nmean_max = 0\nperiod_min = 0\nperiod_max = 0"
    assert refusal(saved(tmp_path, text)) == ("season.toml: mean_max is 0: a job needs some hours.")


def test_contract_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    path = tmp_path / "nowhere.toml"
    assert refusal(path) == f"The contract file {path} does not exist: check its name."
    assert refusal(tmp_path) == (
        f"The contract file {tmp_path} cannot be opened: check that you may read it."
    )


@given(st.binary(max_size=200) | st.text(max_size=50).map(str.encode))
def test_any_bytes_are_refused_in_a_sentence(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    assert refusal(saved(tmp_path_factory.mktemp("contracts"), data)).startswith("season.toml")
