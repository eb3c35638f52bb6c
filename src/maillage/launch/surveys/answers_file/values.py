"""What a cell says, made into an answer: labels in either language, numbers, months."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.utils.translation import gettext as _

from maillage.bricks.questionnaires.answering import (
    ANSWER,
    NOT_NOW,
    AnswerError,
    clean,
    half_hours_of,
)
from maillage.bricks.questionnaires.definition import Question, Value
from maillage.bricks.questionnaires.enums import Kind
from maillage.foundation.vocabularies.folding import letters_and_digits

BETWEEN: Final = re.compile(r"[;,|/\n]+")
MONTHS: Final = 12
YES: Final = frozenset({"yes", "y", "true", "oui", "o", "vrai", "x", "1"})
NO: Final = frozenset({"no", "n", "false", "non", "faux", "0"})
PASSED: Final = frozenset(
    {"notnow", "pasmaintenant", "dontknow", "nesaitpas", "nsp", "jenesaispas", "icannotsaytoday"}
)


class Given(dict[str, list[str]]):
    """The fields of a page, as `answering.clean` reads them."""

    def get(self, key: str, default: Any = None) -> Any:
        """Return the last value of a field."""
        values = super().get(key)
        return values[-1] if values else default

    def getlist(self, key: str) -> list[str]:
        """Return every value of a field."""
        return super().get(key) or []


def value_of(question: Question, text: str) -> Value | None:
    """Return the answer that a cell holds, None for an empty one; raises AnswerError."""
    text = text.strip()
    if not text:
        return None
    if question.not_now and letters_and_digits(text) in PASSED:
        return dict(NOT_NOW)
    if question.kind == Kind.MONTHS:
        return hours_of([one for one in re.split(r"[;|\s]+", text) if one])
    if question.kind == Kind.CHOICE:
        return _key(question, text)
    if question.kind in {Kind.SEVERAL, Kind.RANKING}:
        return _list(question, text)
    # A spreadsheet writes the whole number 12 as 12.0.
    number = question.kind in {Kind.NUMBER, Kind.SCALE}
    return clean(question, Given({ANSWER: [re.sub(r"[.,]0+$", "", text) if number else text]}))


def hours_of(cells: Sequence[str]) -> dict[str, list[int]] | None:
    """Return hours a week, month by month, from twelve cells; None when all are empty."""
    if len(cells) != MONTHS:
        raise AnswerError(_("Write twelve numbers of hours a week, January first."))
    hours = [half_hours_of(cell) if cell.strip() else 0 for cell in cells]
    return {"half_hours": hours} if any(hours) else None


def _list(question: Question, text: str) -> list[str]:
    """Return several answers: in the order offered, or as they were ranked."""
    keys = _keys(question, text)
    if question.kind == Kind.SEVERAL:
        return [one.key for one in question.choices if one.key in keys]
    if len(set(keys)) < len(keys):
        raise AnswerError(_("“%(text)s” gives the same answer twice.") % {"text": text[:40]})
    return keys


def _keys(question: Question, text: str) -> list[str]:
    parts = [part for part in BETWEEN.split(text) if part.strip()]
    if len(parts) == 1 and _found(question, text) is None:
        parts = text.split()  # “3 4 12”
    return [_key(question, part) for part in parts]


def _key(question: Question, text: str) -> str:
    found = _found(question, text)
    if found is None:
        raise AnswerError(
            _("“%(text)s” is not one of the answers offered.") % {"text": text.strip()[:40]}
        )
    return found


def _found(question: Question, text: str) -> str | None:
    folded = letters_and_digits(text)
    names = _names(question)
    if folded in names:
        return names[folded]
    for key, words in (("yes", YES), ("no", NO)):
        if question.choice(key) is not None and folded in words:
            return key
    month = f"m{folded.lstrip('0')}" if folded.isdecimal() else ""
    return month if question.choice(month) is not None else None


def _names(question: Question) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for choice in question.choices:
        for name in (choice.key, *choice.text.values()):
            found.setdefault(letters_and_digits(name), choice.key)
    return found
