import gettext
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import pytest
from click.testing import CliRunner, Result
from django.utils import translation

from maillage.cli.language import speak
from maillage.cli.program import build_program

TUTORIAL = Path(__file__).resolve().parents[2] / "docs" / "tutorial"


class Maillage(Protocol):
    """Runs the `maillage` command, in English unless told otherwise."""

    def __call__(self, *arguments: str | Path, language: str = "en") -> Result: ...


@pytest.fixture
def maillage(monkeypatch: pytest.MonkeyPatch) -> Iterator[Maillage]:
    domain = gettext.textdomain()
    monkeypatch.setenv("LANGUAGE", "en")
    monkeypatch.setenv("COLUMNS", "80")

    def run(*arguments: str | Path, language: str = "en") -> Result:
        with translation.override(language):
            speak(language)
            return CliRunner().invoke(build_program(), [str(each) for each in arguments])

    yield run
    gettext.textdomain(domain)


@pytest.fixture
def needs(tmp_path: Path) -> Path:
    """Return a copy of the survey of the tutorial: nine needs, of which five make two jobs."""
    path = tmp_path / "needs.csv"
    path.write_bytes((TUTORIAL / "needs.csv").read_bytes())
    return path


@pytest.fixture
def competitors(tmp_path: Path) -> Path:
    path = tmp_path / "competitors.csv"
    path.write_bytes((TUTORIAL / "competitors.csv").read_bytes())
    return path
