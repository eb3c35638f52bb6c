"""A question as a page shows it: what is ticked, what stands in the fields."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from babel import dates
from django.http import QueryDict

from maillage.bricks.questionnaires.answering import HOURS, MONTH, MONTHS, PASSED, is_not_now
from maillage.bricks.questionnaires.definition import Question, Value, said
from maillage.bricks.questionnaires.enums import Kind
from maillage.web.ui.formats import language


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to tick, or to give a rank or hours to (`typed`)."""

    key: str
    text: str
    ticked: bool = False
    typed: str = ""


@dataclass(frozen=True, slots=True)
class Drawn:
    """What the page of a question needs."""

    key: str
    kind: str
    text: str
    help: str
    unit: str
    required: bool
    offers_not_now: bool
    not_now: bool
    options: tuple[Option, ...]
    typed: str = ""
    detailed: bool = False


def drawn(question: Question, value: Value | None, posted: QueryDict | None = None) -> Drawn:
    """Return a question as the page shows it: with what was just typed, else with its answer."""
    passed = is_not_now(value) if posted is None else PASSED in posted
    known = None if is_not_now(value) else value
    fields = _typed(question, posted) if posted is not None else _kept(question, known)
    return Drawn(
        key=question.key,
        kind=question.kind,
        text=said(question.text),
        help=said(question.help),
        unit=said(question.unit),
        required=question.required,
        offers_not_now=question.not_now,
        not_now=passed,
        **fields,
    )


def _kept(question: Question, value: Value | None) -> dict[str, Any]:
    """Return the fields of an answer that is kept."""
    match question.kind:
        case Kind.MONTHS:
            hours = value["half_hours"] if value else [0] * MONTHS
            given = {hour for hour in hours if hour}
            same = len(given) == 1
            return {
                "options": tuple(
                    Option(
                        str(month),
                        _month(month),
                        ticked=bool(hour),
                        typed="" if same or not hour else _hours(hour),
                    )
                    for month, hour in enumerate(hours, 1)
                ),
                "typed": _hours(given.pop()) if same else "",
                "detailed": bool(given) and not same,
            }
        case Kind.NUMBER | Kind.TEXT:
            return {"options": (), "typed": "" if value is None else str(value)}
        case Kind.RANKING:
            ranks = {key: str(rank) for rank, key in enumerate(value or (), 1)}
            return {"options": _options(question, set(), ranks)}
        case Kind.SCALE:
            return {"options": _marks(question, set() if value is None else {str(value)})}
        case _:
            chosen: set[str] = {str(value)} if question.kind == Kind.CHOICE else set(value or ())
            return {"options": _options(question, chosen, {})}


def _typed(question: Question, posted: QueryDict) -> dict[str, Any]:
    """Return the fields as they were sent, so that nothing typed is lost."""
    ticked = set(posted.getlist("answer"))
    match question.kind:
        case Kind.MONTHS:
            months = set(posted.getlist(MONTH))
            own = {str(m): posted.get(f"{HOURS}_{m}", "") for m in range(1, MONTHS + 1)}
            return {
                "options": tuple(
                    Option(key, _month(int(key)), ticked=key in months, typed=typed)
                    for key, typed in own.items()
                ),
                "typed": posted.get(HOURS, ""),
                "detailed": any(own.values()),
            }
        case Kind.NUMBER | Kind.TEXT:
            return {"options": (), "typed": posted.get("answer", "")}
        case Kind.RANKING:
            ranks = {one.key: posted.get(f"answer_{one.key}", "") for one in question.choices}
            return {"options": _options(question, set(), ranks)}
        case Kind.SCALE:
            return {"options": _marks(question, ticked)}
        case _:
            return {"options": _options(question, ticked, {})}


def _marks(question: Question, ticked: set[str]) -> tuple[Option, ...]:
    marks = map(str, range(question.least, question.most + 1))
    return tuple(Option(mark, mark, ticked=mark in ticked) for mark in marks)


def _options(question: Question, ticked: set[str], typed: Mapping[str, str]) -> tuple[Option, ...]:
    return tuple(
        Option(one.key, said(one.text), ticked=one.key in ticked, typed=typed.get(one.key, ""))
        for one in question.choices
    )


def _month(number: int) -> str:
    names = dates.get_month_names("abbreviated", context="stand-alone", locale=language())
    name: str = names[number]
    return name[0].upper() + name[1:]


def _hours(half_hours: int) -> str:
    text = f"{half_hours / 2:g}"
    return text.replace(".", ",") if language() == "fr" else text
