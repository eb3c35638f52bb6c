"""What a person typed or ticked, made into an answer; and an answer put back into words.

An answer is JSON: the key of a choice; a list of keys (several, in order for a ranking); a whole
number; a text; for hours by month, `{"half_hours": [12 whole numbers]}`, half-hours **a week** in
each month, January first. Whoever cannot say today answers `{"not_now": true}`.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, Final, Protocol

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from maillage.bricks.questionnaires.definition import Question, Value
from maillage.bricks.questionnaires.definition import said as text_of
from maillage.bricks.questionnaires.enums import Kind

MONTHS: Final = 12
HOURS_IN_A_WEEK: Final = 168
LONGEST_TEXT: Final = 1000
LARGEST_NUMBER: Final = 1_000_000_000
NOT_NOW: Final[Mapping[str, bool]] = {"not_now": True}
ANSWER, PASSED = "answer", "not_now"  # names of the fields of a page; the second, a value too
HOURS, MONTH = "hours", "month"


class AnswerError(ValueError):
    """An answer that cannot be taken: a sentence for whoever gave it."""


class Posted(Protocol):
    """What a form sends: `django.http.QueryDict` is one."""

    def get(self, key: str, default: Any = None) -> Any:
        """Return the last value of a field."""

    def getlist(self, key: str) -> list[str]:
        """Return every value of a field."""


def clean(question: Question, posted: Posted) -> Value | None:
    """Return the answer in what a page sent, None when nothing was answered.

    Raises AnswerError with a sentence when it cannot be taken, or is missing where it is needed.
    """
    if question.not_now and PASSED in {posted.get(ANSWER), *posted.getlist(PASSED)}:
        return dict(NOT_NOW)
    value = READERS[question.kind](question, posted)
    if value is None and question.required:
        raise AnswerError(_("Answer this question to go on."))
    return value


def _choice(question: Question, posted: Posted) -> str | None:
    key = posted.get(ANSWER, "")
    if not key:
        return None
    if question.choice(key) is None:
        raise AnswerError(_("Choose one of the answers offered."))
    return str(key)


def _several(question: Question, posted: Posted) -> list[str] | None:
    chosen = set(posted.getlist(ANSWER))
    if chosen - {choice.key for choice in question.choices}:
        raise AnswerError(_("Choose among the answers offered."))
    return [choice.key for choice in question.choices if choice.key in chosen] or None


def _ranking(question: Question, posted: Posted) -> list[str] | None:
    ranks: dict[int, str] = {}
    for choice in question.choices:
        typed = str(posted.get(f"{ANSWER}_{choice.key}", "")).strip()
        if not typed:
            continue
        if typed not in {str(rank) for rank in range(1, len(question.choices) + 1)}:
            raise AnswerError(_("Give ranks from 1 to %(last)s.") % {"last": len(question.choices)})
        if int(typed) in ranks:
            raise AnswerError(_("Two answers have the rank %(rank)s.") % {"rank": typed})
        ranks[int(typed)] = choice.key
    return [ranks[rank] for rank in sorted(ranks)] or None


def _number(question: Question, posted: Posted) -> int | None:
    typed = "".join(str(posted.get(ANSWER, "")).split())
    if not typed:
        return None
    try:
        value = int(typed)
    except ValueError:
        raise AnswerError(_("Write a whole number, such as 12.")) from None
    least, most = question.least, question.most or LARGEST_NUMBER
    if not least <= value <= most:
        raise AnswerError(
            _("Give a number from %(least)s to %(most)s.") % {"least": least, "most": most}
        )
    return value


def _scale(question: Question, posted: Posted) -> int | None:
    typed = str(posted.get(ANSWER, ""))
    if not typed:
        return None
    if typed not in {str(mark) for mark in range(question.least, question.most + 1)}:
        raise AnswerError(_("Choose one of the answers offered."))
    return int(typed)


def _text(_question: Question, posted: Posted) -> str | None:
    # A telephone never sends this character, and PostgreSQL keeps none.
    sent = str(posted.get(ANSWER, "")).replace("\0", "")
    typed = "\n".join(" ".join(line.split()) for line in sent.splitlines())
    if len(typed) > LONGEST_TEXT:
        raise AnswerError(
            _("This is too long: %(limit)s characters at most.") % {"limit": LONGEST_TEXT}
        )
    return typed.strip() or None


def _months(_question: Question, posted: Posted) -> dict[str, list[int]] | None:
    ticked = {month for month in posted.getlist(MONTH) if month.isdecimal()}
    typed = str(posted.get(HOURS, "")).strip()
    everywhere = half_hours_of(typed) if typed else 0
    if ticked and not typed and not any(posted.get(f"{HOURS}_{month}") for month in ticked):
        raise AnswerError(_("Say how many hours a week in these months."))
    hours = []
    for month in range(1, MONTHS + 1):
        own = str(posted.get(f"{HOURS}_{month}", "")).strip()
        if own:
            hours.append(half_hours_of(own))
        else:
            hours.append(everywhere if str(month) in ticked else 0)
    if everywhere and not any(hours):
        raise AnswerError(_("Tick the months in which you need these hours."))
    return {"half_hours": hours} if any(hours) else None


def half_hours_of(typed: str) -> int:
    """Return hours a week, as people write them (12, 12,5), in half-hours; raises AnswerError."""
    text = "".join(typed.split()).replace(",", ".").lower().removesuffix("h")
    try:
        doubled = Decimal(text) * 2
    except ArithmeticError:  # not a number, or one that no number can hold
        raise AnswerError(
            _("“%(typed)s” is not a number of hours: write 12 or 12.5.") % {"typed": typed[:20]}
        ) from None
    if not doubled.is_finite() or doubled != doubled.to_integral_value() or doubled < 0:
        raise AnswerError(_("Count hours by halves: 12 or 12.5."))
    if doubled > 2 * HOURS_IN_A_WEEK:
        raise AnswerError(
            _("There are %(most)s hours in a week: %(typed)s is too many.")
            % {"most": HOURS_IN_A_WEEK, "typed": typed[:20]}
        )
    return int(doubled)


READERS: Final[Mapping[str, Callable[[Question, Posted], Value | None]]] = {
    Kind.CHOICE: _choice,
    Kind.SEVERAL: _several,
    Kind.RANKING: _ranking,
    Kind.NUMBER: _number,
    Kind.SCALE: _scale,
    Kind.TEXT: _text,
    Kind.MONTHS: _months,
}


def is_not_now(value: Value) -> bool:
    """Whether somebody answered that they cannot say today."""
    return isinstance(value, dict) and bool(value.get("not_now"))


def offered(question: Question) -> dict[str, str]:
    """Return the answers that can be counted one by one: key → words, in order."""
    if question.kind == Kind.SCALE:
        marks = map(str, range(question.least, question.most + 1))
        named = {mark: mark for mark in marks}
    else:
        named = {choice.key: text_of(choice.text) for choice in question.choices}
    return {**named, PASSED: _("Not now")} if question.not_now else named


def in_words(question: Question, value: Value | None) -> str:
    """Return an answer in the language of the reader; "" when there is none."""
    if value is None:
        return ""
    if is_not_now(value):
        return _("Not now")
    if question.kind == Kind.MONTHS:
        return _months_in_words(value["half_hours"])
    if question.kind in {Kind.CHOICE, Kind.SEVERAL, Kind.RANKING}:
        keys = [value] if question.kind == Kind.CHOICE else value
        found = [question.choice(key) for key in keys]
        return ", ".join(text_of(choice.text) for choice in found if choice is not None)
    unit = text_of(question.unit)
    return f"{value}\N{NO-BREAK SPACE}{unit}" if unit else str(value)


def _months_in_words(half_hours: list[int]) -> str:
    months = sum(1 for hours in half_hours if hours)
    mean = sum(half_hours) / 2 / months if months else 0
    return ngettext(
        "%(months)s month, %(hours)s hours a week on average",
        "%(months)s months, %(hours)s hours a week on average",
        months,
    ) % {"months": months, "hours": f"{mean:.1f}".rstrip("0").rstrip(".")}
