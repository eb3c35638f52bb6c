import re
import tomllib

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.architecture.tree import ROOT

LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
PINS = {
    canonicalize_name(name): version
    for name, version in re.findall(r"^([\w.-]+)==([^\s;\\]+)", LOCK, flags=re.MULTILINE)
}
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def declared() -> list[Requirement]:
    project = PROJECT["project"]
    groups = [
        PROJECT["build-system"]["requires"],
        project["dependencies"],
        *project["optional-dependencies"].values(),
        *PROJECT["dependency-groups"].values(),
    ]
    return [Requirement(line) for group in groups for line in group]


def test_lock_agrees_with_the_project_file() -> None:
    disagreeing = [
        f"{requirement} is locked at {PINS.get(canonicalize_name(requirement.name))}"
        for requirement in declared()
        if not requirement.specifier.contains(
            PINS.get(canonicalize_name(requirement.name), "0"), prereleases=False
        )
    ]
    assert disagreeing == []


def test_every_locked_package_has_its_hashes() -> None:
    blocks = re.split(r"^(?=\S)", LOCK, flags=re.MULTILINE)
    bare = [block for block in blocks if block.strip() and "--hash=sha256:" not in block]
    assert bare == []


def test_lock_holds_names_versions_and_hashes_only() -> None:
    allowed = re.compile(r"[\w.-]+==[\w.!+]+( ; [^\\]+)? \\|    --hash=sha256:[0-9a-f]{64}( \\)?")
    strange = [line for line in LOCK.splitlines() if not allowed.fullmatch(line)]
    assert strange == []
