"""The command as a shell runs it: a process of its own."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from distributed import LocalCluster

from benchmarks.instances.pooling import generate
from maillage import __version__

COMMAND = Path(sys.executable).with_name("maillage")


def environment(**changed: str) -> Mapping[str, str]:
    foreign = ("LC_", "DJANGO_")  # the language and the settings of whoever runs the tests
    kept = {name: value for name, value in os.environ.items() if not name.startswith(foreign)}
    return {**kept, "LANGUAGE": "", "LANG": "en_GB.UTF-8", "COLUMNS": "80", **changed}


def run(*arguments: str | Path, **changed: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [COMMAND, *arguments], capture_output=True, env=environment(**changed), check=False
    )


def test_version_is_told() -> None:
    result = run("--version")
    assert (result.returncode, result.stderr) == (0, b"")
    assert result.stdout.decode() == f"maillage {__version__}\n"


def test_pipe_gets_plain_text_in_the_language_of_the_system(needs: Path, competitors: Path) -> None:
    result = run(
        "pool", needs, "--competitors", competitors, "--time-limit", "20", LANG="fr_FR.UTF-8"
    )
    assert result.returncode == 0
    assert b"\x1b" not in result.stdout + result.stderr
    assert "Métier et entreprises" in result.stdout.decode()
    assert "Recherche des emplois que ces entreprises peuvent partager…" in result.stderr.decode()


def test_terminal_without_accents_still_gets_its_answer(needs: Path) -> None:
    result = run(
        "pool", needs, "--workers", "1", "--time-limit", "20", "--lang", "fr",
        PYTHONIOENCODING="ascii", PYTHONUTF8="0",
    )  # fmt: skip
    assert result.returncode == 0
    assert b"M?tier et entreprises" in result.stdout
    assert b"Traceback" not in result.stderr


def test_reader_that_goes_away_ends_the_command_quietly(needs: Path) -> None:
    command = subprocess.Popen(
        [COMMAND, "pool", needs, "--workers", "1", "--time-limit", "20"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
    )
    with command:
        assert command.stdout is not None
        command.stdout.close()
        assert command.stderr is not None
        assert b"Traceback" not in command.stderr.read()


@pytest.fixture(scope="module")
def long_survey(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a survey that no search ends within a minute."""
    folder = tmp_path_factory.mktemp("long")
    generate(2000, seed=1).write(folder)
    return folder / "needs.csv"


def test_interruption_gives_the_best_jobs_so_far(long_survey: Path, tmp_path: Path) -> None:
    found = tmp_path / "jobs.json"
    command = subprocess.Popen(
        [COMMAND, "pool", long_survey, "--time-limit", "300", "--json", found],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
        start_new_session=True,
    )
    with command:
        assert command.stderr is not None
        for line in command.stderr:  # until the first answer
            if b"a week so far" in line:
                break
        os.killpg(command.pid, signal.SIGINT)  # as a terminal does, to every process
        output, errors = command.communicate(timeout=60)
    assert command.returncode == 0
    assert errors.decode().splitlines()[-1] == (
        "Stopping with the best jobs so far (Ctrl-C again: give up)…"
    )
    assert "The search was stopped before its end" in " ".join(output.decode().split())
    document = json.loads(found.read_text(encoding="utf-8"))
    assert document["stopped_early"] is True
    assert document["covered_hours"] > 0


def test_interruption_while_loading_is_silent(needs: Path) -> None:
    command = subprocess.Popen(
        [COMMAND, "pool", needs],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(PYTHONVERBOSE="1"),
    )
    with command:
        assert command.stderr is not None
        for line in command.stderr:
            if b"import 'django'" in line:
                break
        command.send_signal(signal.SIGINT)
        _, errors = command.communicate(timeout=60)
    assert command.returncode == 130
    assert b"Traceback" not in errors


def test_cluster_of_two_processes_finds_the_jobs_of_this_machine(
    needs: Path, competitors: Path, tmp_path: Path
) -> None:
    with LocalCluster(
        n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address=":0"
    ) as cluster:
        address = str(cluster.scheduler_address).replace("tcp://", "dask://")
        result = run(
            "pool", needs, "--competitors", competitors, "--executor", address,
            "--time-limit", "60", "--json", tmp_path / "jobs.json",
        )  # fmt: skip
    assert result.returncode == 0, result.stderr.decode()
    document = json.loads((tmp_path / "jobs.json").read_text(encoding="utf-8"))
    assert document["status"] == "OPTIMAL"
    assert document["covered_hours"] == 67.125
    assert document["parameters"]["executor"] == address
