"""Take typed values out of parsed JSON; a wrong or unknown field is named in the error."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from maillage.engines.rostering.entities import DAY, Horizon, Span
from maillage.engines.rostering.sentences import RosterError, Sentence

if TYPE_CHECKING:
    from collections.abc import Mapping

MISSING = Sentence("is missing", "manque")
NOT_A = {
    int: Sentence("must be a whole number", "doit être un nombre entier"),
    str: Sentence("must be a text", "doit être un texte"),
    bool: Sentence("must be true or false", "doit être true ou false"),
    list: Sentence("must be a list", "doit être une liste"),
    dict: Sentence("must be an object", "doit être un objet"),
}
NOT_A_DATE = Sentence(
    "must be a date such as 2026-03-02, not “{value}”",
    "doit être une date comme 2026-03-02, pas «\u00a0{value}\u00a0»",
)
NOT_A_SPAN = Sentence(
    "each span is a list of two minutes, start and end",
    "chaque plage est une liste de deux minutes, début et fin",
)
NOT_A_PAIR = Sentence(
    "each pair is a list of two ids", "chaque paire est une liste de deux identifiants"
)
NO_SUCH_FIELD = Sentence(
    "there is no such field; the fields are {known}",
    "ce champ n’existe pas\u00a0; les champs sont {known}",
)
BAD_SCHEMA = Sentence(
    "must be “{wanted}”, not “{value}”",
    "doit être «\u00a0{wanted}\u00a0», pas «\u00a0{value}\u00a0»",
)


@dataclass
class Fields:
    """The fields of one JSON object, called `row` in errors; `done` refuses those never asked."""

    row: str
    values: Mapping[str, object]
    asked: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, row: str, value: object) -> Fields:
        """Return the fields of a value that must be an object."""
        if not isinstance(value, dict):
            raise RosterError(row, "-", NOT_A[dict])
        return cls(row, value)

    def _get(self, name: str, kind: type, *, needed: bool) -> object:
        self.asked.add(name)
        value = self.values.get(name)
        if value is None:
            if needed:
                raise RosterError(self.row, name, MISSING)
            return None
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise RosterError(self.row, name, NOT_A[kind])
        return value

    def text(self, name: str, default: str | None = None) -> str:
        """A text; needed when there is no default."""
        value = self._get(name, str, needed=default is None)
        return str(value if value is not None else default)

    def number(self, name: str, default: int | None = None) -> int:
        """A whole number; needed when there is no default."""
        value = self._get(name, int, needed=default is None)
        return default or 0 if value is None else int(str(value))

    def optional_number(self, name: str) -> int | None:
        """A whole number, or None."""
        value = self._get(name, int, needed=False)
        return None if value is None else int(str(value))

    def truth(self, name: str) -> bool:
        """True or false; false when left out."""
        return bool(self._get(name, bool, needed=False))

    def items(self, name: str, *, needed: bool = False) -> list[object]:
        """A list; empty when left out."""
        value = self._get(name, list, needed=needed)
        return list(value) if isinstance(value, list) else []

    def objects(self, name: str, *, needed: bool = False) -> list[tuple[str, object]]:
        """A list with, for each item, what to call it in errors."""
        return [
            (f"{name}[{position}]", item)
            for position, item in enumerate(self.items(name, needed=needed))
        ]

    def texts(self, name: str) -> tuple[str, ...] | None:
        """A list of texts, or None when left out."""
        if self.values.get(name) is None:
            self.asked.add(name)
            return None
        items = self.items(name)
        if not all(isinstance(item, str) for item in items):
            raise RosterError(self.row, name, NOT_A[str])
        return tuple(str(item) for item in items)

    def inner(self, name: str) -> Fields:
        """The fields of an object within; without any when left out."""
        value = self._get(name, dict, needed=False)
        return Fields(f"{self.row} {name}", value if isinstance(value, dict) else {})

    def numbers_by_name(self, name: str) -> dict[str, int]:
        """An object whose values are whole numbers."""
        inner = self.inner(name)
        return {key: inner.number(key) for key in inner.values}

    def day(self, name: str) -> date | None:
        """A date, or None."""
        value = self._get(name, str, needed=False)
        if value is None:
            return None
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            raise RosterError(self.row, name, NOT_A_DATE, value=value) from None

    def spans(self, name: str, horizon: Horizon) -> tuple[Span, ...]:
        """A list of [start, end] in minutes, or of {"day": …} for whole days."""
        return tuple(self._span(name, item, horizon) for item in self.items(name))

    def _span(self, name: str, item: object, horizon: Horizon) -> Span:
        if isinstance(item, dict):
            day = Fields(f"{self.row} {name}", item).day_number("day", horizon)
            return day * DAY, (day + 1) * DAY
        return self._two_minutes(name, item)

    def span(self, name: str) -> Span:
        """One span, [start, end] in minutes."""
        self.asked.add(name)
        return self._two_minutes(name, self.values.get(name))

    def _two_minutes(self, name: str, item: object) -> Span:
        if (
            isinstance(item, list)
            and len(item) == len(("start", "end"))
            and all(isinstance(edge, int) and not isinstance(edge, bool) for edge in item)
        ):
            return item[0], item[1]
        raise RosterError(self.row, name, NOT_A_SPAN)

    def pairs(self, name: str) -> frozenset[tuple[str, str]]:
        """A list of [id, id]."""
        found = set()
        for item in self.items(name):
            if (
                not isinstance(item, list)
                or len(item) != len(("first", "second"))
                or not all(isinstance(part, str) for part in item)
            ):
                raise RosterError(self.row, name, NOT_A_PAIR)
            found.add((str(item[0]), str(item[1])))
        return frozenset(found)

    def day_number(self, name: str, horizon: Horizon) -> int:
        """A day counted from 0, given as such or as a date."""
        if isinstance(self.values.get(name), str):
            when = self.day(name)
            return (when - horizon.start).days if when else 0
        return self.number(name)

    def schema(self, wanted: str) -> None:
        """The version of the format, which must be the one we read."""
        value = self.text("schema")
        if value != wanted:
            raise RosterError(self.row, "schema", BAD_SCHEMA, wanted=wanted, value=value)

    def done(self) -> None:
        """Refuse a field that nobody asked for: a misspelt name must not go unnoticed."""
        for name in self.values:
            if name not in self.asked:
                known = ", ".join(sorted(self.asked))
                raise RosterError(self.row, name, NO_SUCH_FIELD, known=known)
