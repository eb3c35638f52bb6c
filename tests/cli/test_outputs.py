from pathlib import Path

import pytest

from maillage.cli import outputs
from maillage.cli.errors import Refusal
from maillage.cli.outputs import Output, check_outputs, write_output
from tests.launch.shared_jobs.reports.results import outcome


def refusal(*asked: Output, inputs: tuple[Path, ...] = ()) -> str:
    with pytest.raises(Refusal) as refused:
        check_outputs(asked, inputs)
    assert refused.value.exit_code == 2
    return refused.value.message


def test_usual_files_are_accepted(tmp_path: Path) -> None:
    (tmp_path / "jobs.html").write_text("an older page")
    asked = [Output(kind, tmp_path / f"jobs.{kind}") for kind in ("json", "xlsx", "html")]
    check_outputs([*asked, Output("html", tmp_path / "jobs")], [tmp_path / "needs.csv"])


@pytest.mark.parametrize(
    ("kind", "name", "ending"),
    [
        ("json", "jobs.xlsx", ".json"),
        ("xlsx", "jobs.csv", ".xlsx"),
        ("xlsx", "jobs", ".xlsx"),
        ("html", "jobs.PDF", ".html"),
    ],
)
def test_name_of_another_format_is_refused(
    tmp_path: Path, kind: str, name: str, ending: str
) -> None:
    path = tmp_path / name
    assert refusal(Output(kind, path)) == (
        f"--{kind} cannot write {path}: its name must end with {ending}."
    )


def test_missing_folder_is_named(tmp_path: Path) -> None:
    path = tmp_path / "nowhere" / "jobs.json"
    assert refusal(Output("json", path)) == (
        f"{path} cannot be written: the folder {path.parent} does not exist. Create it first."
    )


def test_folder_is_not_a_file(tmp_path: Path) -> None:
    assert "it is a folder or a device" in refusal(Output("json", tmp_path))


def test_folder_that_cannot_be_written_to_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outputs.os, "access", lambda _folder, _mode: False)
    assert f"you may not write into the folder {tmp_path}" in refusal(
        Output("json", tmp_path / "jobs.json")
    )


def test_survey_is_never_overwritten_by_its_result(tmp_path: Path) -> None:
    needs = tmp_path / "needs.xlsx"
    needs.touch()
    message = refusal(Output("xlsx", tmp_path / "." / "needs.xlsx"), inputs=(needs,))
    assert message.endswith("is already one of the files of this command: give another name.")


def test_two_results_never_share_a_file(tmp_path: Path) -> None:
    same = tmp_path / "jobs"
    assert "already one of the files" in refusal(Output("json", same), Output("html", same))


def test_file_is_written_whole(tmp_path: Path) -> None:
    path = tmp_path / "jobs.json"
    path.write_text("old")
    write_output(Output("json", path), outcome())
    assert path.read_text(encoding="utf-8").startswith('{\n  "schema": "maillage.pool/1"')
    assert [each.name for each in tmp_path.iterdir()] == ["jobs.json"]


def test_file_has_the_rights_of_any_new_file(tmp_path: Path) -> None:
    (tmp_path / "plain").touch()
    write_output(Output("json", tmp_path / "jobs.json"), outcome())
    assert (tmp_path / "jobs.json").stat().st_mode == (tmp_path / "plain").stat().st_mode


def test_link_stays_a_link(tmp_path: Path) -> None:
    target, link = tmp_path / "target.json", tmp_path / "link.json"
    target.write_text("old")
    link.symlink_to(target)
    write_output(Output("json", link), outcome())
    assert link.is_symlink()
    assert target.read_text(encoding="utf-8").startswith("{")


def test_failed_writing_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "jobs.json"
    path.write_text("old")

    def full(path: Path, _content: bytes) -> int:
        path.write_text("half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(Refusal) as refused:
        write_output(Output("json", path), outcome())
    assert refused.value.message == f"{path} could not be written: No space left on device."
    assert path.read_text() == "old"
    assert [each.name for each in tmp_path.iterdir()] == ["jobs.json"]
