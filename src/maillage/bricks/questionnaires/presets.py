"""Questionnaires that come with Maillage: one TOML file each, in `maillage/presets`.

They are checked when the program starts (`checks`), long before an animator chooses one.
"""

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from maillage.bricks.questionnaires.definition import DefinitionError, read

FOLDER = Path(__file__).resolve().parent.parent.parent / "presets" / "questionnaires"


@cache
def contents() -> Mapping[str, Mapping[str, Any]]:
    """Return the content of every questionnaire, by key."""
    return {path.stem: _content(path) for path in sorted(FOLDER.glob("*.toml"))}


def faults_of(path: Path) -> Sequence[str]:
    """Return everything that is wrong with a file, nothing when it can be put to firms."""
    try:
        read(_content(path))
    except tomllib.TOMLDecodeError as error:
        return (str(error),)
    except DefinitionError as error:
        return tuple(map(str, error.faults))
    return ()


def _content(path: Path) -> Mapping[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))
