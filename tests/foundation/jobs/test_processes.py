"""What really happens when background processes are killed, stopped, or share the work."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.architecture.tree import ROOT

# Loaded in processes of their own only: the works of the trial are not for the other tests.
COMMAND = (
    sys.executable,
    "-c",
    "import django; django.setup(); from tests.foundation.jobs.trial import main; main()",
)


def story(name: str, folder: Path) -> dict[str, Any]:
    """Play a story of `trial` in processes of its own; return what happened."""
    kept = {name: value for name, value in os.environ.items() if name != "MAILLAGE_DATABASE"}
    result = subprocess.run(
        [*COMMAND, name, folder],
        capture_output=True,
        check=False,
        cwd=ROOT,
        env={**kept, "DJANGO_SETTINGS_MODULE": "tests.settings", "MAILLAGE_DATA": str(folder)},
        timeout=240,
    )
    assert result.returncode == 0, result.stderr.decode()
    answer: dict[str, Any] = json.loads(result.stdout)
    return answer


def test_work_of_a_killed_process_is_done_again_or_said_to_be_lost(data_folder: Path) -> None:
    happened = story("killed", data_folder)
    assert happened["lost"][:2] == ["lost", 1]
    assert happened["lost"][2].startswith("The server stopped while this was being done.")
    assert happened["redone"] == ["succeeded", 2, "done"]
    # The silence after which a run is lost here, and the time a process takes to start.
    assert 5 < happened["seconds"] < 40
    assert happened["code"] == 0


def test_stopped_process_ends_at_once_and_its_work_is_taken_up(data_folder: Path) -> None:
    happened = story("stopped", data_folder)
    assert (happened["code"], happened["state"], happened["attempts"]) == (0, "succeeded", 2)
    assert happened["seconds"] < 8  # the time given to work to reach a checkpoint


def test_calculation_that_never_looks_up_is_cancelled(data_folder: Path) -> None:
    assert story("cancelled", data_folder) == {"state": "cancelled", "child is gone": True}


def test_calculation_ends_with_the_process_that_wanted_it(data_folder: Path) -> None:
    assert story("orphaned", data_folder) == {"child is gone": True}


def test_two_processes_share_the_work_without_doing_any_twice(data_folder: Path) -> None:
    assert story("shared", data_folder) == {
        "states": ["succeeded"],
        "attempts": [1],
        "codes": [0, 0],
    }
