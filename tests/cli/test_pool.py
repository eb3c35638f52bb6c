import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from openpyxl import load_workbook

from maillage.cli import pooling
from maillage.cli.errors import DEBUG_VARIABLE
from maillage.engines.kernel.errors import InstanceError, SolutionError
from maillage.engines.pooling.instance import Instance
from maillage.engines.pooling.solution import Solution
from maillage.launch.shared_jobs import bridge
from maillage.launch.shared_jobs.reports.document import schema
from tests.cli.conftest import Maillage
from tests.launch.shared_jobs.surveys import BOB, EMMA, write_rows, write_survey

HERE = ("--workers", "1", "--time-limit", "20")  # one process: no time to start others


def spaced(text: str) -> str:
    return " ".join(text.split()).replace("\N{NO-BREAK SPACE}", " ")


def test_survey_becomes_jobs_on_the_screen_and_in_three_files(
    maillage: Maillage, needs: Path, competitors: Path, tmp_path: Path
) -> None:
    files = {kind: tmp_path / f"jobs.{kind}" for kind in ("json", "xlsx", "html")}
    asked = [part for kind, path in files.items() for part in (f"--{kind}", path)]
    result = maillage("pool", needs, "--competitors", competitors, *asked, *HERE)
    assert result.exit_code == 0
    text = spaced(result.stdout)
    assert text.startswith("8 firms, 9 needs: 136.1 h a week asked for.")
    assert "Camping des Châteaux (Bracieux)" in text
    assert "2 jobs, 33.6 h a week on average: 67.1 h a week covered" in text
    assert "Proved: under these rules, no choice of jobs covers more hours." in text
    assert "Gap to the proved limit: 0%." in text
    assert "Why needs stay alone, those with most hours first:" in text
    for path in files.values():
        assert f"Written: {path}" in result.stdout

    document: dict[str, Any] = json.loads(files["json"].read_text(encoding="utf-8"))
    Draft202012Validator(schema()).validate(document)
    assert document["status"] == "OPTIMAL"
    assert document["covered_hours"] == document["bound_hours"] == 67.125
    assert len(document["jobs"]) == 2
    served = {need for job in document["jobs"] for need in job["need_ids"]}
    left = {need["need_id"] for need in document["unserved"]}
    assert len(served) + len(left) == 9
    assert not served & left

    assert load_workbook(files["xlsx"])["Jobs"].max_row == 1 + len(served)
    assert "Camping des Châteaux" in files["html"].read_text(encoding="utf-8")


def test_same_survey_is_told_in_french(
    maillage: Maillage, needs: Path, competitors: Path, tmp_path: Path
) -> None:
    page = tmp_path / "emplois.html"
    result = maillage(
        "pool", needs, "--competitors", competitors, "--html", page, *HERE, language="fr"
    )
    assert result.exit_code == 0
    text = spaced(result.stdout)
    assert text.startswith("8 entreprises, 9 besoins : 136,1 h demandées par semaine.")
    assert "2 emplois, 33,6 h par semaine en moyenne : 67,1 h réunies par semaine" in text
    assert f"Écrit : {page}" in text.replace("\n", "")
    assert '<html lang="fr">' in page.read_text(encoding="utf-8")


def test_every_rule_reaches_the_result(
    maillage: Maillage, needs: Path, competitors: Path, tmp_path: Path
) -> None:
    related = write_rows(
        tmp_path, [["occupation_a", "occupation_b"], ["D1106", "M1607"]], "related.csv"
    )
    contract = tmp_path / "season.toml"
    contract.write_text("mean_min = 30\nmean_max = 36\nperiod_min = 17.5\nperiod_max = 44\n")
    result = maillage(
        "pool", needs, "--competitors", competitors, "--related", related,
        "--contract", contract, "--distance-km", "12,5", "--max-employers", "3", "--seed", "7",
        "--strict", "--json", tmp_path / "jobs.json", *HERE,
    )  # fmt: skip
    assert result.exit_code == 0
    document = json.loads((tmp_path / "jobs.json").read_text(encoding="utf-8"))
    assert document["seed"] == 7
    parameters = document["parameters"]
    assert parameters["needs_file"] == "needs.csv"
    assert parameters["competitors_file"] == "competitors.csv"
    assert parameters["related_file"] == "related.csv"
    assert parameters["contract"]["name"] == "season"
    assert parameters["contract"]["period_min_hours"] == 17.5
    assert parameters["max_distance_km"] == 12.5
    assert parameters["max_employers"] == 3
    assert parameters["strict"] is True
    assert parameters["related_pairs"] == 1
    assert all(job["max_distance_km"] <= 12.5 for job in document["jobs"])


def test_longer_distance_finds_the_third_job_of_the_tutorial(
    maillage: Maillage, needs: Path, competitors: Path
) -> None:
    result = maillage("pool", needs, "--competitors", competitors, "--distance-km", "60", *HERE)
    assert "3 jobs" in result.stdout


def test_survey_without_any_job_is_an_answer(maillage: Maillage, tmp_path: Path) -> None:
    path = write_survey(tmp_path, BOB, {**EMMA, "occupation": "M1607"})
    page = tmp_path / "jobs.html"
    result = maillage("pool", path, "--html", page, *HERE)
    assert result.exit_code == 0
    assert "No job is possible under these rules: that is proved." in spaced(result.stdout)
    assert "No job under these rules" in page.read_text(encoding="utf-8")


def test_bad_rows_are_listed_and_the_others_pooled(maillage: Maillage, tmp_path: Path) -> None:
    path = write_survey(tmp_path, BOB, EMMA, {**BOB, "need_id": "shop", "m08": "-3"})
    result = maillage("pool", path, "--json", tmp_path / "jobs.json", *HERE)
    assert result.exit_code == 0
    assert "1 row was left aside:" in result.stdout
    assert "- needs.csv, row 4, column m08, “-3”: hours cannot be negative" in result.stdout
    document = json.loads((tmp_path / "jobs.json").read_text(encoding="utf-8"))
    assert document["rejected_rows"] == [
        {
            "file": "needs.csv",
            "row": 4,
            "column": "m08",
            "value": "-3",
            "reason": "hours cannot be negative",
        }
    ]
    assert len(document["jobs"]) == 1


def test_bad_row_refuses_the_file_when_strict(maillage: Maillage, tmp_path: Path) -> None:
    path = write_survey(tmp_path, BOB, EMMA, {**BOB, "need_id": "shop", "m08": "-3"})
    result = maillage("pool", path, "--strict", *HERE)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr == (
        "Error: 1 row cannot be used, and all must be: needs.csv, row 4, column m08, “-3”: hours "
        "cannot be negative.\n"
    )


def test_unusable_file_ends_with_one_sentence(maillage: Maillage, tmp_path: Path) -> None:
    result = maillage("pool", tmp_path / "nothing.csv", *HERE)
    assert result.exit_code == 2
    assert result.stderr == (f"Error: {tmp_path / 'nothing.csv'} does not exist: check its name.\n")


def test_unknown_contract_ends_with_one_sentence(maillage: Maillage, needs: Path) -> None:
    result = maillage("pool", needs, "--contract", "anual")
    assert result.exit_code == 2
    assert result.stderr == (
        "Error: The contract “anual” is unknown: choose annual, strict, part-time, or give a TOML "
        "file.\n"
    )


def test_output_is_refused_before_the_search(
    maillage: Maillage, needs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pooling, "read_needs", lambda *_args, **_kwargs: pytest.fail("too late"))
    for asked in (["--xlsx", tmp_path / "jobs.csv"], ["--json", tmp_path / "no" / "jobs.json"]):
        result = maillage("pool", needs, *asked)
        assert result.exit_code == 2
        assert len(result.stderr.splitlines()) == 1
    result = maillage("pool", needs, "--executor", "localhost:8786")
    assert "is not an address" in result.stderr


def test_contract_file_is_never_overwritten(
    maillage: Maillage, needs: Path, tmp_path: Path
) -> None:
    contract = tmp_path / "terms"
    contract.write_text("mean_min = 30")
    result = maillage("pool", needs, "--contract", contract, "--json", contract)
    assert "is already one of the files of this command" in result.stderr
    assert contract.read_text() == "mean_min = 30"


def test_answer_that_breaks_a_rule_is_never_shown(
    maillage: Maillage, needs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_instance: Instance, _solution: Solution) -> None:
        raise SolutionError(("job till+oven mixes D1106 and M1607",))

    monkeypatch.setattr(bridge, "verify", broken)
    result = maillage("pool", needs, "--json", tmp_path / "jobs.json", *HERE)
    assert result.exit_code == 1
    assert "Occupation and firms" not in result.stdout
    assert not (tmp_path / "jobs.json").exists()
    assert result.stderr.splitlines()[-1].startswith(
        "Error: Maillage met a fault of its own (SolutionError: job till+oven mixes D1106 and "
        "M1607), and wrote nothing more."
    )


def test_fault_of_ours_is_told_without_a_traceback_unless_asked_for(
    maillage: Maillage, needs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_args: object, **_kwargs: object) -> None:
        raise KeyError("oven")

    monkeypatch.setattr(pooling, "find_jobs", broken)
    result = maillage("pool", needs, *HERE)
    assert result.exit_code == 1
    assert "(KeyError: 'oven')" in result.stderr
    assert "Traceback" not in result.stderr
    monkeypatch.setenv(DEBUG_VARIABLE, "1")
    assert isinstance(maillage("pool", needs, *HERE).exception, KeyError)


def test_question_the_engine_refuses_is_told_with_its_place(
    maillage: Maillage, needs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_args: object, **_kwargs: object) -> None:
        raise InstanceError(row="need till", field="half_hours", message="give 12 months")

    monkeypatch.setattr(pooling, "find_jobs", refused)
    result = maillage("pool", needs, *HERE)
    assert result.exit_code == 2
    assert result.stderr.splitlines()[-1] == (
        "Error: The needs cannot be used: need till, half_hours: give 12 months."
    )


def test_giving_up_writes_nothing(
    maillage: Maillage, needs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_args: object, **_kwargs: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(pooling, "find_jobs", interrupted)
    result = maillage("pool", needs, "--json", tmp_path / "jobs.json", *HERE)
    assert result.exit_code == 130
    assert result.stderr.splitlines()[-1] == "Given up: no result was written."
    assert not (tmp_path / "jobs.json").exists()


def test_two_processes_give_the_same_jobs_as_one(
    maillage: Maillage, needs: Path, competitors: Path
) -> None:
    alone = maillage("pool", needs, "--competitors", competitors, *HERE)
    both = maillage("pool", needs, "--competitors", competitors, "--workers", "2")
    assert both.exit_code == 0
    tables = [result.stdout.split("Search:")[0] for result in (alone, both)]
    assert tables[0] == tables[1]
