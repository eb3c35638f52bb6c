"""Kinds of networks, as data: one TOML file each, in `maillage/presets`.

A preset says what a network is for, which modules it starts with, what each tier of members may
do, how far a firm's record is seen by default, how often a firm may be solicited, how many members
make an objective theirs, which conditions a start should meet and what people commit to before
they enter. An unknown key stops the program with the file and the line
(docs/reference/presets.md).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils.translation import get_language

from maillage.foundation.networks.preset_files import read

FOLDER = Path(__file__).resolve().parent.parent.parent / "presets"


class PresetError(ValueError):
    """Raised when a preset cannot be understood: says which file, which line and which key."""


@dataclass(frozen=True, slots=True)
class Preset:
    """One kind of network."""

    key: str
    name: Mapping[str, str]
    summary: Mapping[str, str]
    aim: str
    composition: str
    modules: tuple[str, ...]
    objective_cap: int
    endorsements: int
    ceiling: int
    ceiling_days: int
    rights: Mapping[str, frozenset[str]]
    levels: Mapping[str, str]
    conditions: tuple[str, ...]
    pledge: Mapping[str, str]


@cache
def presets() -> Mapping[str, Preset]:
    """Return every preset, by key; raises PresetError when one cannot be understood."""
    return {path.stem: load(path) for path in sorted(FOLDER.glob("*.toml"))}


def preset(key: str) -> Preset:
    """Return one preset; raises PresetError when there is none of that name."""
    try:
        return presets()[key]
    except KeyError:
        raise PresetError(f"There is no preset called {key!r} in {FOLDER.name}.") from None


def load(path: Path) -> Preset:
    """Return the preset of a file; raises PresetError with everything that is wrong in it."""
    file = read(path)
    if file.faults:
        raise PresetError("\n".join(map(str, file.faults)))
    content = dict(file.content)
    content["modules"] = tuple(content["modules"])
    content["conditions"] = tuple(content["conditions"])
    content["rights"] = {tier: frozenset(names) for tier, names in content["rights"].items()}
    return Preset(key=path.stem, **content)


def said(texts: Mapping[str, str]) -> str:
    """Return a text of a preset in the language of the reader."""
    language = (get_language() or settings.LANGUAGE_CODE)[:2]
    return texts.get(language, texts[settings.LANGUAGE_CODE[:2]]).strip()
