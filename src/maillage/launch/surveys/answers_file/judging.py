"""What becomes of each row of a file of answers, without touching the survey: the dry run."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from django.db import models
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from maillage.bricks.questionnaires.answering import AnswerError
from maillage.bricks.questionnaires.definition import Definition, Question, Value, read
from maillage.bricks.questionnaires.enums import Kind
from maillage.bricks.questionnaires.models import Answer, Response
from maillage.foundation.files.received import read_back
from maillage.foundation.networks.naming import (
    Firms,
    NamingError,
    firm_named,
    known_firms,
    name_in,
)
from maillage.launch.surveys.answers_file.columns import DAY, MONTHS, month_field
from maillage.launch.surveys.answers_file.values import hours_of, value_of
from maillage.launch.surveys.models import AnswersImport

DAYS: Final = ("%Y-%m-%d", "%d/%m/%Y", "%d/%m/%y", "%d.%m.%Y", "%Y-%m-%d %H:%M:%S")


class Fate(models.TextChoices):
    """What becomes of a row."""

    NEW = "new", gettext_lazy("To bring in")
    SAME = "same", gettext_lazy("There already")
    KEPT = "kept", gettext_lazy("Not brought in: the firm answered itself")
    TWICE = "twice", gettext_lazy("Twice in the file")
    REFUSED = "refused", gettext_lazy("Refused")


@dataclass(slots=True)
class Judged:
    """A row: which firm it names, what it answers, what becomes of it and why."""

    line: int
    named: str
    fate: str = Fate.NEW
    organisation: int | None = None
    day: date | None = None
    values: dict[str, Value] = field(default_factory=dict)
    reasons: list[str] = field(default_factory=list)

    def refuse(self, reason: str) -> None:
        """Refuse the row, for one reason more."""
        self.fate = Fate.REFUSED
        self.reasons.append(reason)


def judge(source: AnswersImport) -> list[Judged]:
    """Return what becomes of every row, in order. Four queries."""
    survey = source.survey
    definition = read(survey.version.content)
    firms = known_firms(survey.network_id)
    finished, begun = _answered(source)
    seen: dict[int, int] = {}
    judged = []
    for row in source.rows:
        one = _judged(row, source, definition, firms)
        judged.append(one)
        if one.organisation is None or one.fate == Fate.REFUSED:
            continue
        if one.organisation in seen:
            one.fate = Fate.TWICE
            one.reasons.append(
                _("Line %(line)s is about the same firm.") % {"line": seen[one.organisation]}
            )
            continue
        seen[one.organisation] = one.line
        if one.organisation in finished:
            same = finished[one.organisation] == one.values
            one.fate = Fate.SAME if same else Fate.KEPT
        elif one.organisation in begun:
            one.fate = Fate.KEPT
            one.reasons.append(_("It has begun to answer: what it typed is kept."))
    return judged


def _answered(source: AnswersImport) -> tuple[Mapping[int, dict[str, Value]], set[int]]:
    """Return the answers of the firms that finished, and the firms that have only begun."""
    responses = Response.objects.filter(
        asked_in=source.survey.public_id, organisation__isnull=False
    )
    finished: dict[int, dict[str, Value]] = {}
    begun: set[int] = set()
    for pk, at in responses.values_list("organisation", "finished_at"):
        if at is None:
            begun.add(pk)
        else:
            finished[pk] = {}
    rows = Answer.objects.filter(response__in=responses, response__finished_at__isnull=False)
    for pk, key, value in rows.values_list("response__organisation", "question", "value"):
        finished[pk][key] = value
    return finished, begun


def _judged(
    row: Mapping[str, object], source: AnswersImport, definition: Definition, firms: Firms
) -> Judged:
    kept = read_back(row, source.fields)
    cells, titles = kept.cells, dict(zip(source.fields, source.titles, strict=True))
    one = Judged(kept.line, name_in(cells))
    for reason in kept.faults:
        one.refuse(reason)
    _find_firm(one, cells, firms)
    _read_day(one, cells.get(DAY, ""), titles.get(DAY, ""))
    for question in definition.questions:
        _read_answer(one, question, cells, titles)
    asked = {question.key for question in definition.asked(one.values)}
    if dropped := [key for key in one.values if key not in asked]:
        one.values = {key: value for key, value in one.values.items() if key in asked}
        texts_of = ", ".join(titles.get(key, key) for key in dropped)
        one.reasons.append(
            _("Not kept, since other answers do not lead there: %(columns)s.")
            % {"columns": texts_of}
        )
    if not one.values and one.fate != Fate.REFUSED:
        one.refuse(_("It answers no question."))
    return one


def _find_firm(one: Judged, cells: Mapping[str, str], firms: Firms) -> None:
    try:
        one.organisation = firm_named(cells, firms)
    except NamingError as error:
        one.refuse(str(error))


def _read_day(one: Judged, text: str, title: str) -> None:
    if not text:
        return
    for pattern in DAYS:
        try:
            day = datetime.strptime(text, pattern).date()  # noqa: DTZ007 -- a day has no zone
        except ValueError:
            continue
        if day > localdate():
            one.refuse(_("Column “%(column)s”: this day is still to come.") % {"column": title})
        one.day = day
        return
    one.refuse(
        _("Column “%(column)s”: “%(text)s” is not a day such as 31/12/2025.")
        % {"column": title, "text": text[:20]}
    )


def _read_answer(
    one: Judged, question: Question, cells: Mapping[str, str], titles: Mapping[str, str]
) -> None:
    """Read the cells of one question; a bad one is named by its column."""
    column = titles.get(question.key, "")
    try:
        value = value_of(question, cells.get(question.key, ""))
        if value is None and question.kind == Kind.MONTHS:
            fields = [month_field(question, month) for month in range(1, MONTHS + 1)]
            value, column = _months(fields, cells, titles)
    except AnswerError as error:
        one.refuse(_in_column(column, str(error)))
        return
    except _CellError as error:
        one.refuse(str(error))
        return
    if value is not None:
        one.values[question.key] = value


class _CellError(ValueError):
    """A cell of a month that cannot be read; the sentence names its column."""


def _months(
    fields: Sequence[str], cells: Mapping[str, str], titles: Mapping[str, str]
) -> tuple[Value | None, str]:
    for name in fields:
        try:
            hours_of([cells.get(name, "")] * MONTHS)
        except AnswerError as error:
            raise _CellError(_in_column(titles[name], str(error))) from error
    return hours_of([cells.get(name, "") for name in fields]), ""


def _in_column(title: str, reason: str) -> str:
    return _("Column “%(column)s”: %(reason)s") % {"column": title, "reason": reason}


def fates_of(judged: Iterable[Judged]) -> dict[str, int]:
    """Return how many rows have each fate, for those there are, in the order people look at."""
    found: dict[str, int] = defaultdict(int)
    for one in judged:
        found[one.fate] += 1
    return {fate: found[fate] for fate in Fate.values if found[fate]}
