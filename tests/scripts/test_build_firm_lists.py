import io
import json
import tarfile
from pathlib import Path

import pytest

from scripts import build_firm_lists
from scripts.build_firm_lists import ACTIVITIES, activities, agreements, main, read


def archive(folder: Path, member: str, records: object) -> Path:
    path = folder / "package.tgz"
    content = json.dumps(records).encode()
    with tarfile.open(path, "w:gz") as package:
        entry = tarfile.TarInfo(member)
        entry.size = len(content)
        package.addfile(entry, io.BytesIO(content))
    return path


def test_groups_of_activities_are_left_out() -> None:
    records = [{"id": "10.7", "label": "x"}, {"id": "10.71C", "label": "Fabrication d'art"}]
    assert activities(records) == {"10.71C": "Fabrication d’art"}


def test_published_names_of_agreements_come_before_ours() -> None:
    found = agreements([{"num": 953, "shortTitle": "Charcuterie"}])
    assert found["0953"] == "Charcuterie"
    assert "7024" in found


def test_records_are_read_from_the_package(tmp_path: Path) -> None:
    path = archive(tmp_path, ACTIVITIES, [{"id": "a"}])
    assert read(path, ACTIVITIES) == [{"id": "a"}]


def test_archives_nobody_read_before_are_refused(tmp_path: Path) -> None:
    path = archive(tmp_path, ACTIVITIES, [])
    with pytest.raises(SystemExit, match="--new-versions"):
        main([str(path), str(path)])


def test_lists_are_written_sorted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build_firm_lists, "TARGET", tmp_path)
    build_firm_lists.write("list.tsv", {"2": "b", "1": "a"})
    assert (tmp_path / "list.tsv").read_text(encoding="utf-8") == "1\ta\n2\tb\n"
