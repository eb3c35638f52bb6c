"""What a survey says: for each question, how many were asked, how many answered, what.

Whoever runs the survey reads every figure. Anybody else reads only those from which nothing about
one firm can be worked out: five answers or more in every cell, and as many out of it (see
`foundation.visibility.aggregates`), once the survey has ended: what changes from one day to the
next is one firm's answer. The number of firms that a question was put to is a figure
too, since it tells how many gave the answer that opens it.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.db.models import Count
from django.utils.translation import gettext as _

from maillage.bricks.questionnaires.answering import MONTHS, PASSED, is_not_now, offered
from maillage.bricks.questionnaires.definition import Question, Value, read
from maillage.bricks.questionnaires.enums import Kind
from maillage.bricks.questionnaires.models import Answer, Response
from maillage.foundation.visibility.aggregates import FEWEST, protected
from maillage.foundation.visibility.aggregates import Answer as Told
from maillage.launch.surveys.actions import has_ended
from maillage.launch.surveys.models import Survey

COUNTED: Final = frozenset({Kind.CHOICE, Kind.SEVERAL, Kind.SCALE, Kind.RANKING})


@dataclass(frozen=True, slots=True)
class Cell:
    """How many gave one answer; `key` is empty for answers put together."""

    key: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Result:
    """What was answered to one question.

    `asked` is the denominator: the firms that finished and that the question was put to. `cells`
    count answers (several may come from one firm); `hours` are half-hours a week, month by month,
    added over the firms that answered.
    """

    question: Question
    asked: int
    answered: int
    cells: tuple[Cell, ...] = ()
    hours: tuple[int, ...] = ()
    mean: float | None = None


@dataclass(frozen=True, slots=True)
class Results:
    """What a survey says; `withheld` tells how many questions may not be shown to the reader.

    `finished` counts the firms that answered; None while they are too few to be told of.
    """

    finished: int | None
    shown: tuple[Result, ...]
    withheld: int


def results_of(survey: Survey, *, everything: bool) -> Results:
    """Return what a survey says, for whoever may read `everything` or for others."""
    if not everything and not has_ended(survey):
        return Results(None, (), len(read(survey.version.content).questions))
    finished = Response.objects.filter(asked_in=survey.public_id).exclude(finished_at=None).count()
    definition = read(survey.version.content)
    counted = _counted(survey)
    found = [
        _result(question, counted, _put_to(question, counted, finished))
        for question in definition.questions
    ]
    if everything:
        return Results(finished, tuple(found), 0)
    safe = [one for result in found if (one := _safe(result, finished)) is not None]
    told = finished if finished >= FEWEST else None
    return Results(told, tuple(safe), len(found) - len(safe))


type Counted = Mapping[str, Sequence[tuple[Value, int]]]


def _counted(survey: Survey) -> Counted:
    """Return each answer given to each question, and how many gave it; one query."""
    rows = (
        Answer.objects.filter(
            response__asked_in=survey.public_id, response__finished_at__isnull=False
        )
        .values("question", "value")
        .annotate(count=Count("pk"))
        .order_by("question")
    )
    found: dict[str, list[tuple[Value, int]]] = {}
    for row in rows:
        found.setdefault(row["question"], []).append((row["value"], row["count"]))
    return found


def _put_to(question: Question, counted: Counted, finished: int) -> int:
    """Return how many firms a question was put to: those whose answer opened it."""
    if question.only_if is None:
        return finished
    opens = question.only_if.choices
    given = counted.get(question.only_if.question, ())
    return sum(count for value, count in given if value in opens)


def _result(question: Question, counted: Counted, asked: int) -> Result:
    given = counted.get(question.key, ())
    answered = sum(count for _value, count in given)
    tally: Counter[str] = Counter()
    hours = [0] * MONTHS
    total, numbers = 0, 0
    for value, count in given:
        if is_not_now(value):
            tally[PASSED] += count
        elif question.kind == Kind.MONTHS:
            added = zip(hours, value["half_hours"], strict=True)
            hours = [before + count * own for before, own in added]
        elif question.kind in {Kind.CHOICE, Kind.SCALE}:
            tally[str(value)] += count
        elif question.kind == Kind.SEVERAL:
            tally.update(dict.fromkeys(value, count))
        elif question.kind == Kind.RANKING:
            tally[value[0]] += count
        if question.kind in {Kind.NUMBER, Kind.SCALE} and not is_not_now(value):
            total, numbers = total + count * value, numbers + count
    return Result(
        question,
        asked,
        answered,
        cells=tuple(_cells(question, tally)),
        hours=tuple(hours) if question.kind == Kind.MONTHS and any(hours) else (),
        mean=total / numbers if numbers else None,
    )


def _cells(question: Question, tally: Mapping[str, int]) -> list[Cell]:
    return [Cell(key, label, tally.get(key, 0)) for key, label in offered(question).items()]


def _safe(result: Result, finished: int) -> Result | None:
    """Return what may be shown of a result to anybody, None when nothing may."""
    sizes = (result.answered, result.asked - result.answered, finished - result.asked)
    if result.answered < FEWEST or any(0 < size < FEWEST for size in sizes):
        return None
    if result.question.kind not in COUNTED:
        return Result(result.question, result.asked, result.answered)
    several = result.question.kind == Kind.SEVERAL
    cells = _safe_overlapping(result) if several else _safe_apart(result)
    return Result(result.question, result.asked, result.answered, cells=cells) if cells else None


def _safe_overlapping(result: Result) -> tuple[Cell, ...]:
    """Keep the answers that enough firms gave, and that enough did not give."""
    return tuple(
        cell
        for cell in result.cells
        if cell.count >= FEWEST and result.answered - cell.count >= FEWEST
    )


def _safe_apart(result: Result) -> tuple[Cell, ...]:
    """Put together the answers that too few firms gave, where each firm gave one."""
    told = [Told(cell.key) for cell in result.cells for _firm in range(cell.count)]
    breakdown = protected(told)
    shown = [
        Cell(cell.key, cell.label, breakdown.cells[cell.key].answers)
        for cell in result.cells
        if cell.key in breakdown.cells
    ]
    if breakdown.others is not None:
        shown.append(Cell("", _("Others, put together"), breakdown.others.answers))
    # An answer that all gave, or nearly all, is the answer of each.
    alike = any(result.answered - cell.count < FEWEST for cell in shown)
    return () if alike else tuple(shown)
