import json
from pathlib import Path

from tests.cli.conftest import Maillage


def test_demonstration_writes_the_survey_and_its_results(
    maillage: Maillage, tmp_path: Path
) -> None:
    folder = tmp_path / "deep" / "demo"
    result = maillage("demo", "--no-serve", "--out", folder, "--time-limit", "3")
    assert result.exit_code == 0
    text = " ".join(result.stdout.split())
    assert "460 craft firms, 198 with regular peaks, 106 interested in sharing staff." in text
    assert "h a week covered" in text
    assert f"Written: {folder / 'jobs.html'}" in result.stdout
    assert {"needs.csv", "competitors.csv", "jobs.json", "jobs.xlsx", "jobs.html"} <= {
        path.name for path in folder.iterdir()
    }
    document = json.loads((folder / "jobs.json").read_text(encoding="utf-8"))
    assert document["rejected_rows"] == []
    assert document["parameters"]["firms"] == 106
    assert document["covered_hours"] <= document["bound_hours"]


def test_demonstration_that_cannot_write_says_so(maillage: Maillage, tmp_path: Path) -> None:
    (tmp_path / "taken").touch()
    result = maillage("demo", "--no-serve", "--out", tmp_path / "taken")
    assert result.exit_code == 2
    assert result.stderr.startswith(f"Error: The folder {tmp_path / 'taken'} cannot be written to")
    assert len(result.stderr.splitlines()) == 1
