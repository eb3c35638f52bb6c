"""One question crossed with another, or with a group of firms; for whoever runs the survey only.

Members and the board read each question by itself, never crossed: cells of several crossings, put
together with the totals of the page of results, are equations that can have one solution.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from maillage.bricks.questionnaires.answering import PASSED, is_not_now, offered
from maillage.bricks.questionnaires.definition import Question, Value, read
from maillage.bricks.questionnaires.enums import Kind
from maillage.bricks.questionnaires.models import Answer
from maillage.launch.surveys.models import Survey
from maillage.launch.surveys.segments import Segment, groups_of_responses, named

CROSSED: Final = frozenset({Kind.CHOICE, Kind.SEVERAL, Kind.SCALE})
MOST_GROUPS: Final = 20  # those with the most answers; the others are put together

type Groups = Mapping[int, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Line:
    """A group of firms: how many of it answered the question, and how many gave each answer."""

    label: str
    answered: int
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Crosstab:
    """A question by groups of firms; `overlapping` when a firm may be in several lines."""

    answers: tuple[str, ...]
    lines: tuple[Line, ...]
    total: Line
    overlapping: bool


def crossable(survey: Survey) -> tuple[Question, ...]:
    """Return the questions that can be crossed."""
    questions = read(survey.version.content).questions
    return tuple(question for question in questions if question.kind in CROSSED)


def by_segment(survey: Survey, question: Question, segment: Segment) -> Crosstab:
    """Return the answers to a question by groups of firms. Two queries."""
    groups = {pk: (group,) for pk, group in groups_of_responses(survey, segment).items()}
    present = sorted({group for own in groups.values() for group in own}, key=_in_order)
    labels = {group: named(segment, group) for group in present}
    return tabulate(question, values_of_question(survey, question), groups, labels)


def by_question(survey: Survey, question: Question, other: Question) -> Crosstab:
    """Return the answers to a question by the answers to another one. Two queries."""
    given = values_of_question(survey, other)
    groups = {pk: tuple(_keys(other, value)) for pk, value in given.items()}
    return tabulate(question, values_of_question(survey, question), groups, offered(other))


def values_of_question(survey: Survey, question: Question) -> dict[int, Value]:
    """Return what each finished response answered to a question, by its row number; one query."""
    rows = Answer.objects.filter(
        response__asked_in=survey.public_id,
        response__finished_at__isnull=False,
        question=question.key,
    )
    return dict(rows.values_list("response_id", "value"))


def tabulate(
    question: Question, given: Mapping[int, Value], groups: Groups, labels: Mapping[str, str]
) -> Crosstab:
    """Count the answers `given` to a question by group; `labels` name the groups, in order.

    Only firms that answered and whose group is known are counted.
    """
    answered: Counter[str] = Counter()
    counts: Counter[tuple[str, str]] = Counter()
    every, overall = 0, Counter[str]()
    for pk, value in given.items():
        own = groups.get(pk, ())
        if not own:
            continue
        keys = _keys(question, value)
        every += 1
        overall.update(keys)
        answered.update(own)
        counts.update((group, key) for group in own for key in keys)
    columns = offered(question)
    lines = _lines(labels, columns, answered, counts)
    total = Line(_("All the firms"), every, tuple(overall[key] for key in columns))
    overlapping = any(len(own) > 1 for own in groups.values())
    return Crosstab(tuple(columns.values()), tuple(lines), total, overlapping)


def _lines(
    labels: Mapping[str, str],
    columns: Iterable[str],
    answered: Counter[str],
    counts: Counter[tuple[str, str]],
) -> Iterable[Line]:
    keys = list(columns)
    largest = {group for group, _count in answered.most_common(MOST_GROUPS)}
    shown = [group for group in labels if group in largest]
    for group in shown:
        yield Line(labels[group], answered[group], tuple(counts[group, key] for key in keys))
    rest = [group for group in labels if answered[group] and group not in largest]
    if rest:
        summed = tuple(sum(counts[group, key] for group in rest) for key in keys)
        yield Line(_("Others, put together"), sum(answered[group] for group in rest), summed)


def _keys(question: Question, value: Value) -> list[str]:
    if is_not_now(value):
        return [PASSED]
    return list(value) if question.kind == Kind.SEVERAL else [str(value)]


def _in_order(group: str) -> tuple[int, str]:
    return (int(group), "") if group.isdecimal() else (0, group)
