import re

import pytest
from django.core.exceptions import ImproperlyConfigured

from maillage.config import environment
from tests.architecture.tree import ROOT, sources

PAGE = (ROOT / "docs" / "reference" / "settings.md").read_text(encoding="utf-8")
READING = re.compile(r'environment\.(text|flag|number|names|folder|secret)\(\s*"([A-Z_]+)"')


def variables() -> dict[str, str]:
    """Return how the sources read each variable."""
    return {
        f"{environment.PREFIX}{name}": how
        for path in sources()
        for how, name in READING.findall(path.read_text(encoding="utf-8"))
    }


def test_every_variable_is_documented_and_no_other() -> None:
    documented = set(re.findall(r"^\| `(MAILLAGE_[A-Z_]+)` \|", PAGE, flags=re.MULTILINE))
    assert documented == variables().keys()


def test_every_secret_may_be_kept_in_a_file_and_it_is_said() -> None:
    files = {f"{name}_FILE" for name, how in variables().items() if how == "secret"}
    assert set(re.findall(r"`(MAILLAGE_[A-Z_]+_FILE)`", PAGE)) == files


def test_documented_defaults_are_those_of_the_code() -> None:
    documented = dict(re.findall(r"^\| `(MAILLAGE_[A-Z_]+)` \| `([^`]+)` \|", PAGE, re.MULTILINE))
    for path in sources():
        text = path.read_text(encoding="utf-8")
        for name, default in re.findall(r'environment\.\w+\("(\w+)", "?([^")]+)"?\)', text):
            shown = {"default=True": "yes", "default=False": "no"}.get(default, default)
            if f"MAILLAGE_{name}" in documented and "{" not in shown:
                assert documented[f"MAILLAGE_{name}"] == shown, name


@pytest.mark.parametrize(
    ("value", "meant"), [("oui", True), ("NO", False), ("", True), ("1", True), ("off", False)]
)
def test_yes_and_no_are_read_in_several_ways(
    monkeypatch: pytest.MonkeyPatch, value: str, meant: bool
) -> None:
    monkeypatch.setenv("MAILLAGE_TRIAL", value)
    assert environment.flag("TRIAL", default=True) is meant


def test_what_is_not_a_number_is_refused_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAILLAGE_TRIAL", "many")
    with pytest.raises(
        ImproperlyConfigured, match=r"MAILLAGE_TRIAL must be a whole number, not 'many'\."
    ):
        environment.number("TRIAL", 3)


def test_secret_is_read_from_its_file_first(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("secrets") / "trial"
    path.write_text("from the file\n", encoding="utf-8")
    monkeypatch.setenv("MAILLAGE_TRIAL", "from the variable")
    monkeypatch.setenv("MAILLAGE_TRIAL_FILE", str(path))
    assert environment.secret("TRIAL", "") == "from the file"


def test_secret_whose_file_is_missing_is_refused_by_name(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("MAILLAGE_TRIAL_FILE", "nowhere")
    with pytest.raises(ImproperlyConfigured, match="MAILLAGE_TRIAL_FILE cannot be read"):
        environment.secret("TRIAL", "")
