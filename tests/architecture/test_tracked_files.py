import re
from pathlib import Path

from tests.architecture.tree import files, shown

# Written so that no pattern matches its own line.
REGISTRIES = re.compile(
    r"pypi\.(?:org|python)|python[h]osted\.org|registry\.(?:npm|yarn)|deb\.debian\.|"
    r"https?://[^\s\"')]+\.(?:whl|tgz|tar\.gz|deb)\b"
)
MACHINE_PATHS = re.compile(r"(?<![\w.:/])/(?:work|root|home|Users|tmp)/[\w.]")
UNFINISHED = re.compile(r"\b(?:TO[D]O|FIX[M]E|XX[X])\b")
BARE_SILENCERS = re.compile(
    r"#\s*(?:noqa|type:\s*ignore)\s*$|pytest\.(?:skip|mark\.(?:skip|xfail))\b"
)
TEXT = (
    *(".py", ".toml", ".md", ".txt", ".lock", ".yaml", ".yml", ".json", ".html", ".css", ".js"),
    *(".po", ".cfg", ".ini", ".csv", ".gitignore", ".editorconfig", ".python-version"),
    *("run", "Makefile", ".importlinter"),
)


def offences(pattern: re.Pattern[str], paths: tuple[Path, ...]) -> list[str]:
    return [
        f"{shown(path, number)}: {line.strip()[:80]}"
        for path in paths
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if pattern.search(line)
    ]


def test_no_file_holds_the_address_of_a_registry() -> None:
    assert offences(REGISTRIES, files(*TEXT)) == []


def test_no_file_holds_a_path_of_one_machine() -> None:
    assert offences(MACHINE_PATHS, files(*TEXT)) == []


def test_no_work_is_left_marked_for_later() -> None:
    assert offences(UNFINISHED, files(".py", ".html", ".toml")) == []


def test_no_check_is_silenced_without_its_code() -> None:
    assert offences(BARE_SILENCERS, files(".py")) == []


def test_only_our_lock_of_packages_is_kept() -> None:
    foreign = {"uv.lock", "poetry.lock", "pdm.lock", "package-lock.json", "yarn.lock"}
    assert [shown(path) for path in files() if path.name in foreign] == []
