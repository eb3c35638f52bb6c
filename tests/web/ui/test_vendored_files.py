"""Files of others: what is served is what their authors published."""

import hashlib
import tomllib
from pathlib import Path

import maillage.web.ui

VENDOR = Path(maillage.web.ui.__file__).parent / "static" / "vendor"
PARTS = tomllib.loads((VENDOR / "manifest.toml").read_text(encoding="utf-8"))["part"]


def test_every_vendored_file_is_listed_and_unchanged() -> None:
    listed = {name: sum_ for part in PARTS for name, sum_ in part["sha256"].items()}
    kept = {
        path.relative_to(VENDOR).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in VENDOR.rglob("*")
        if path.is_file() and path.name != "manifest.toml"
    }
    assert kept == listed


def test_every_part_says_where_it_comes_from_and_under_which_licence() -> None:
    wanted = {"name", "version", "licence", "package", "used_for", "sha256"}
    assert [part["name"] for part in PARTS if set(part) != wanted] == []


def test_no_vendored_file_asks_for_a_map_that_is_not_kept() -> None:
    asking = [
        path.name
        for path in VENDOR.rglob("*.*s")
        if path.suffix in {".css", ".js"} and "sourceMappingURL" in path.read_text(encoding="utf-8")
    ]
    assert asking == []
