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
from maillage.foundation.networks.models import Membership
from maillage.foundation.organisations.models import Site
from maillage.foundation.vocabularies.folding import letters_and_digits
from maillage.launch.surveys.answers_file.columns import DAY, MONTHS, NAMING, month_field
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


@dataclass(slots=True)
class Firms:
    """The firms of the directory, by what names them; values are their row numbers."""

    by_siret: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    by_siren: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    by_name: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    places: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))


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


def known_firms(network_id: int) -> Firms:
    """Return the firms that a network lists, by what names them; one query."""
    listed = Membership.objects.filter(network=network_id).values("organisation")
    found = Firms()
    rows = Site.objects.filter(organisation__in=listed).values_list(
        "organisation", "organisation__name", "organisation__siren", "siret", "commune", "postcode"
    )
    for pk, name, siren, siret, commune, postcode in rows:
        found.by_siret[siret].add(pk)
        found.by_siren[siren].add(pk)
        found.by_name[letters_and_digits(name)].add(pk)
        found.places[pk] |= {letters_and_digits(commune), postcode}
    return found


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
    texts = [str(cell) for cell in row["cells"]]  # type: ignore[attr-defined]  # JSON of `receiving`
    cells = {name: text.strip() for name, text in zip(source.fields, texts, strict=False) if name}
    titles = dict(zip(source.fields, source.titles, strict=True))
    named = next((cells[name] for name in ("name", "siret", "siren") if cells.get(name)), "–")
    one = Judged(int(str(row["line"])), named)
    for reason in row["faults"]:  # type: ignore[attr-defined]  # JSON of `receiving`
        one.refuse(str(reason))
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
    if not any(cells.get(name) for name in NAMING):
        one.refuse(_("Nothing tells which firm it is: give its SIRET number, or its name."))
        return
    found: Iterable[int] = ()
    for name, known in (("siret", firms.by_siret), ("siren", firms.by_siren)):
        digits = letters_and_digits(cells.get(name, ""))
        if digits and not found:
            found = known.get(digits, ())
    if not found and (name := letters_and_digits(cells.get("name", ""))):
        found = firms.by_name.get(name, ())
        places = [letters_and_digits(cells.get(key, "")) for key in ("commune", "postcode")]
        for place in filter(None, places):
            found = [pk for pk in found if place in firms.places[pk]]
    every = list(found)
    if not every:
        one.refuse(_("No firm of the directory is known so: import it first."))
    elif len(every) > 1:
        one.refuse(_("Several firms are called so: give the SIRET number."))
    else:
        one.organisation = every[0]


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
