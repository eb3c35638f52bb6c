"""Clauses: plain data inside a version, and what became of each from one version to another."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

from maillage.bricks.agreements.enums import Change

KEY: Final = re.compile(r"[a-z][a-z0-9_]{0,39}")
MOST_CLAUSES: Final = 60
LONGEST_TITLE: Final = 120
LONGEST_TEXT: Final = 5000


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause; it keeps its key from one version to the next.

    `consent`: whoever signed signs again when it changes. `rule` names what the software checks,
    with its `parameter`; `effect` says in words what that is.
    """

    key: str
    title: str
    text: str
    consent: bool = True
    rule: str = ""
    parameter: str = ""
    effect: str = ""

    @property
    def paragraphs(self) -> list[str]:
        """The text, cut at its empty lines."""
        return [part for part in re.split(r"\n\s*\n", self.text.strip()) if part]

    def says_the_same_as(self, other: "Clause") -> bool:
        """Whether both commit to the same thing, word for word."""
        return (self.title, self.text, self.rule, self.parameter) == (
            other.title,
            other.text,
            other.rule,
            other.parameter,
        )


@dataclass(frozen=True, slots=True)
class Line:
    """A clause in two versions; one side is None when it is in the other only."""

    change: Change
    old: Clause | None
    new: Clause | None


def clauses_of(content: Iterable[Mapping[str, Any]]) -> tuple[Clause, ...]:
    """Return the clauses that a version holds."""
    return tuple(Clause(**one) for one in content)


def content_of(clauses: Iterable[Clause]) -> list[dict[str, Any]]:
    """Return clauses as a version holds them."""
    return [asdict(clause) for clause in clauses]


def compared(old: Sequence[Clause], new: Sequence[Clause]) -> tuple[Line, ...]:
    """Return what became of each clause, in the order of `new`.

    One that was removed comes where it stood: after the clause that came before it.
    """
    before = {clause.key: clause for clause in old}
    lines = [_line(before.get(clause.key), clause) for clause in new]
    kept = {clause.key for clause in new}
    for rank, clause in enumerate(old):
        if clause.key in kept:
            continue
        previous = old[rank - 1].key if rank else None
        at = next((i + 1 for i, line in enumerate(lines) if _key(line) == previous), 0)
        lines.insert(at, Line(Change.REMOVED, clause, None))
    return tuple(lines)


def asks_consent_again(old: Sequence[Clause], new: Sequence[Clause]) -> bool:
    """Whether who signed `old` has yet to agree to something that `new` says."""
    return any(
        line.change != Change.SAME
        and any(clause.consent for clause in (line.old, line.new) if clause is not None)
        for line in compared(old, new)
    )


def _line(old: Clause | None, new: Clause) -> Line:
    if old is None:
        return Line(Change.ADDED, None, new)
    return Line(Change.SAME if new.says_the_same_as(old) else Change.CHANGED, old, new)


def _key(line: Line) -> str | None:
    clause = line.new or line.old
    return clause.key if clause is not None else None
