"""Reading the file of a kind of network: each fault is found, and said with its file and line."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

from maillage.foundation.networks.conditions import CONDITIONS
from maillage.foundation.networks.enums import Composition, NetworkAim, Tier
from maillage.foundation.networks.modules import MODULES
from maillage.foundation.networks.permissions import MEMBER_RIGHTS

# How far a part of a record is seen by default, the narrowest first. Nothing is public by default:
# what everybody sees, competitors see, so each firm chooses it.
LEVELS = ("private", "matched", "network")
# A new network starts small: who is there, and one thing to do together.
FIRST_MODULES = 2
LIMITS = {
    "objective_cap": (1, 10),
    "endorsements": (1, 20),
    "ceiling": (1, 100),
    "ceiling_days": (1, 366),
}
TEXTS = ("name", "summary", "pledge")
KEYS = ("aim", "composition", "modules", "conditions", "rights", "levels", *LIMITS, *TEXTS)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in a file, where, and what would be right."""

    file: str
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.file}, line {self.line}: {self.text}"


@dataclass(frozen=True, slots=True)
class PresetFile:
    """The content of a file, and what is wrong with it."""

    content: Mapping[str, Any]
    faults: tuple[Fault, ...]


def read(path: Path) -> PresetFile:
    """Read one file; a fault never stops the search for the next one."""
    text = path.read_text(encoding="utf-8")
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        return PresetFile({}, (Fault(path.name, int(line[1]) if line else 1, str(error)),))
    found = tuple(Fault(path.name, _line_of(text, where), what) for where, what in _faults(content))
    return PresetFile(content, found)


def _faults(content: Mapping[str, Any]) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield where (the key, or the table and the key) and what, for each fault."""
    for key in sorted(set(content) - set(KEYS)):
        yield (key,), f"unknown key {key!r}; known: {', '.join(sorted(KEYS))}"
    for key in (key for key in KEYS if key not in content):
        yield (), f"missing key {key!r}"
    yield from _choice(content, "aim", NetworkAim.values)
    yield from _choice(content, "composition", Composition.values)
    for key, (least, most) in LIMITS.items():
        value = content.get(key, least)
        if type(value) is not int or not least <= value <= most:
            yield (key,), f"{key} must be a whole number from {least} to {most}"
    yield from _several(content, "modules", MODULES)
    yield from _several(content, "conditions", CONDITIONS)
    modules = content.get("modules", ())
    if modules and (len(modules) != FIRST_MODULES or modules[0] != "directory"):
        yield ("modules",), 'modules must be "directory" and one other module'
    yield from _rights(content)
    yield from _levels(content)
    for key in TEXTS:
        yield from _texts(content, key)


def _choice(content: Mapping[str, Any], key: str, known: list[str]) -> Iterator[Any]:
    if key in content and content[key] not in known:
        yield (key,), f"unknown {key} {content[key]!r}; known: {', '.join(known)}"


def _several(content: Mapping[str, Any], key: str, known: Mapping[str, object]) -> Iterator[Any]:
    values = content.get(key, [])
    if not isinstance(values, list):
        yield (key,), f"{key} must be a list"
        return
    for value in values:
        if value not in known:
            yield (key,), f"unknown value {value!r} in {key}; known: {', '.join(known)}"
    if len(set(map(str, values))) != len(values):
        yield (key,), f"a value stands twice in {key}"


def _table(content: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    value = content.get(key, {})
    return value if isinstance(value, dict) else {}


def _rights(content: Mapping[str, Any]) -> Iterator[Any]:
    rights = _table(content, "rights")
    yield from _exactly("rights", rights, Tier.values)
    for tier, names in rights.items():
        for name in names if isinstance(names, list) else [names]:
            if name not in MEMBER_RIGHTS:
                known = ", ".join(sorted(MEMBER_RIGHTS))
                yield ("rights", tier), f"unknown right {name!r} of {tier}; known: {known}"


def _levels(content: Mapping[str, Any]) -> Iterator[Any]:
    levels = _table(content, "levels")
    widest = levels.get("presence")
    if levels and widest is None:
        yield ("levels",), "missing key 'presence' in levels"
    for part, level in levels.items():
        if level not in LEVELS:
            yield ("levels", part), f"unknown level {level!r}; known: {', '.join(LEVELS)}"
        elif widest in LEVELS and LEVELS.index(level) > LEVELS.index(widest):
            yield ("levels", part), f"{part} cannot be seen further than presence ({widest})"


def _texts(content: Mapping[str, Any], key: str) -> Iterator[Any]:
    texts = _table(content, key)
    if key in content:
        yield from _exactly(key, texts, [code for code, _name in settings.LANGUAGES])
    for language, text in texts.items():
        if not isinstance(text, str) or not text.strip():
            yield (key, language), f"{key} has no text in {language!r}"


def _exactly(key: str, table: Mapping[str, Any], wanted: list[str]) -> Iterator[Any]:
    for name in sorted(set(table) - set(wanted)):
        yield (key, name), f"unknown key {name!r} in {key}; known: {', '.join(wanted)}"
    for name in (name for name in wanted if name not in table):
        yield (key,), f"missing key {name!r} in {key}"


def _line_of(text: str, where: tuple[str, ...]) -> int:
    """Return the line of a key, the head of its table when the key is not there, else 1."""
    table = where[0] if len(where) > 1 else ""
    inside, best = "", 1
    for number, line in enumerate(text.splitlines(), start=1):
        if head := re.match(r"\s*\[([^\]]+)\]", line):
            inside = head[1].strip()
            if where and inside == where[0]:
                best = number
        elif where and inside == table and re.match(rf"\s*{re.escape(where[-1])}\s*=", line):
            return number
    return best
