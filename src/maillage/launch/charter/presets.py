"""First drafts of a charter that come with Maillage: one TOML file each, in `maillage/presets`.

They are checked when the program starts (`checks`), long before an animator begins a draft.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from django.conf import settings

from maillage.bricks.agreements.clauses import KEY, LONGEST_TEXT, LONGEST_TITLE, Clause
from maillage.launch.charter.rules import effect_of, takes

FOLDER: Final = Path(__file__).resolve().parent.parent.parent / "presets" / "charters"
USUAL: Final = "employer-group"  # for a kind of network without a draft of its own
CLAUSE_KEYS: Final = frozenset({"key", "title", "text", "consent", "rule", "parameter"})


@dataclass(frozen=True, slots=True)
class FirstDraft:
    """What a charter begins with, in one language."""

    title: str
    clauses: tuple[Clause, ...]


def first_draft(preset: str, language: str) -> FirstDraft:
    """Return the first draft for a kind of network, in a language of the site."""
    contents = _contents()
    content = contents.get(preset, contents[USUAL])
    return FirstDraft(
        content["title"][language],
        tuple(_clause(one, language) for one in content["clauses"]),
    )


def faults_of(path: Path) -> tuple[str, ...]:
    """Return everything that is wrong with a file, nothing when it can be proposed."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        return (str(error),)
    return tuple(_faults(content))


@cache
def _contents() -> Mapping[str, Mapping[str, Any]]:
    return {
        path.stem: tomllib.loads(path.read_text(encoding="utf-8"))
        for path in sorted(FOLDER.glob("*.toml"))
    }


def _clause(content: Mapping[str, Any], language: str) -> Clause:
    rule, parameter = content.get("rule", ""), content.get("parameter", "")
    return Clause(
        key=content["key"],
        title=content["title"][language].strip(),
        text=content["text"][language].strip(),
        consent=content.get("consent", True),
        rule=rule,
        parameter=parameter,
        effect=effect_of(rule, parameter, language),
    )


def _faults(content: Mapping[str, Any]) -> Iterator[str]:
    for key in sorted(set(content) - {"title", "clauses"}):
        yield f"unknown key {key!r}; known: clauses, title"
    yield from _texts(content, "title", "the charter", LONGEST_TITLE)
    clauses = content.get("clauses")
    if not isinstance(clauses, list) or not clauses:
        yield "no clause: write at least one table [[clauses]]"
        return
    for rank, clause in enumerate(clauses, 1):
        yield from _faults_of_clause(clause, f"clause {rank}")
    for name in ("key", "rule"):
        values = [clause[name] for clause in clauses if clause.get(name)]
        if len(set(values)) != len(values):
            yield f"two clauses have the same {name}"


def _faults_of_clause(clause: Mapping[str, Any], where: str) -> Iterator[str]:
    for key in sorted(set(clause) - CLAUSE_KEYS):
        yield f"{where}: unknown key {key!r}; known: {', '.join(sorted(CLAUSE_KEYS))}"
    if not KEY.fullmatch(str(clause.get("key", ""))):
        yield f"{where}: key must be made of small letters, digits and _"
    yield from _texts(clause, "title", where, LONGEST_TITLE)
    yield from _texts(clause, "text", where, LONGEST_TEXT)
    if not isinstance(clause.get("consent", True), bool):
        yield f"{where}: consent must be true or false"
    rule, parameter = clause.get("rule", ""), clause.get("parameter", "")
    if not takes(rule, parameter):
        yield f"{where}: unknown rule {rule!r} with parameter {parameter!r}"


def _texts(content: Mapping[str, Any], key: str, where: str, longest: int) -> Iterator[str]:
    texts = content.get(key)
    if not isinstance(texts, dict):
        yield f"{where}: {key} must say a text in each language"
        return
    languages = [code for code, _name in settings.LANGUAGES]
    for language in sorted(set(texts) - set(languages)):
        yield f"{where}: unknown language {language!r} in {key}"
    for language in languages:
        text = texts.get(language)
        if not isinstance(text, str) or not text.strip() or len(text) > longest:
            yield f"{where}: {key} has no text in {language!r}, or more than {longest} characters"
