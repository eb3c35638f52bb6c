"""What becomes of each row of a file of slots, without touching the plan: the dry run."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from babel import dates
from django.conf import settings
from django.db import models
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from maillage.foundation.files.received import ReceivedRow, read_back
from maillage.foundation.networks.models import Network
from maillage.foundation.networks.naming import (
    Firms,
    NamingError,
    firm_named,
    known_firms,
    name_in,
)
from maillage.foundation.organisations.models import Organisation
from maillage.foundation.vocabularies.folding import letters_and_digits
from maillage.run.employment.models import WorkerSkill
from maillage.run.planning.models import Slot, SlotSeries, SlotsImport
from maillage.run.planning.slots import HALF_DAYS, Asked, SlotError, refuse_impossible

DAYS: Final = ("%Y-%m-%d", "%d/%m/%Y", "%d/%m/%y", "%d.%m.%Y", "%Y-%m-%d %H:%M:%S")
HALVES: Final = {"matin": "morning", "morning": "morning", "apresmidi": "afternoon"} | {
    "afternoon": "afternoon"
}
CLOCK: Final = re.compile(r"(\d{1,2})\s*(?:[h:.]\s*(\d{2})?)?(?::\d{2})?", re.IGNORECASE)
HOUR: Final = 60
MOST_PEOPLE: Final = 50
LONGEST: Final = 30  # characters of a cell in a sentence

type Key = tuple[object, ...]


class Fate(models.TextChoices):
    """What becomes of a row."""

    NEW = "new", gettext_lazy("To enter")
    SAME = "same", gettext_lazy("There already")
    TWICE = "twice", gettext_lazy("Twice in the file")
    REFUSED = "refused", gettext_lazy("Refused")


@dataclass(slots=True)
class Judged:
    """A row: what it asks for, what becomes of it and why.

    `weekday` for a slot that comes back, else `day`.
    """

    line: int
    named: str
    fate: str = Fate.NEW
    asked: Asked | None = None
    weekday: int | None = None
    day: date | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    reasons: list[str] = field(default_factory=list)

    def refuse(self, reason: str) -> None:
        """Refuse the row, for one reason more."""
        self.fate = Fate.REFUSED
        self.reasons.append(reason)

    @property
    def key(self) -> Key:
        """What makes two rows, or a row and a slot, the same."""
        assert self.asked is not None  # noqa: S101 -- only rows that are not refused have a key
        one = self.asked
        when = self.day if self.weekday is None else self.weekday
        return one.organisation.pk, one.occupation, when, one.start_minute, one.end_minute


@dataclass(frozen=True, slots=True)
class Known:
    """What rows are compared with: firms by name, trades by code and by name, what is there."""

    network: Network
    firms: Firms
    organisations: Mapping[int, Organisation]
    trades: Mapping[str, tuple[str, str]]
    there: frozenset[Key]


def judge(source: SlotsImport) -> list[Judged]:
    """Return what becomes of every row, in order."""
    known = _known(source.network)
    titles = dict(zip(source.fields, source.titles, strict=True))
    seen: dict[Key, int] = {}
    judged = []
    for row in source.rows:
        one = _judged(read_back(row, source.fields), titles, known)
        judged.append(one)
        if one.fate == Fate.REFUSED:
            continue
        if one.key in known.there:
            one.fate = Fate.SAME
        elif one.key in seen:
            one.fate = Fate.TWICE
            one.reasons.append(
                _("Line %(line)s asks for the same: give it more people instead.")
                % {"line": seen[one.key]}
            )
        seen.setdefault(one.key, one.line)
    return judged


def fates_of(judged: Iterable[Judged]) -> dict[str, int]:
    """Return how many rows have each fate, for those there are, in the order people look at."""
    every = [one.fate for one in judged]
    return {fate: every.count(fate) for fate in Fate.values if fate in every}


def _known(network: Network) -> Known:
    firms = known_firms(network.pk)
    ids = {pk for found in firms.by_name.values() for pk in found}
    trades = {}
    rows = WorkerSkill.objects.filter(worker__network=network).order_by()
    for code, label in rows.values_list("occupation", "occupation_label").distinct():
        trades[letters_and_digits(code)] = trades[letters_and_digits(label)] = (code, label)
    fields = ("organisation", "occupation", "start_minute", "end_minute")
    today = localdate()
    series = SlotSeries.objects.filter(network=network).exclude(ends_on__lt=today)
    slots = Slot.objects.filter(network=network, day__gte=today, cancelled_at=None, series=None)
    there = {
        (firm, trade, when, start, end)
        for rows_of, name in ((series, "weekday"), (slots, "day"))
        for firm, trade, start, end, when in rows_of.values_list(*fields, name)
    }
    return Known(network, firms, Organisation.objects.in_bulk(ids), trades, frozenset(there))


def _judged(row: ReceivedRow, titles: Mapping[str, str], known: Known) -> Judged:
    one = Judged(row.line, name_in(row.cells))
    for reason in row.faults:
        one.refuse(reason)
    reader = _Reader(one, row.cells, titles)
    try:
        firm = known.organisations[firm_named(row.cells, known.firms)]
    except NamingError as error:
        one.refuse(str(error))
        return one
    trade = _trade(reader, known)
    span = _span(reader)
    _when(reader)
    people = reader.number("people", 1, MOST_PEOPLE)
    importance = reader.number("importance", 3, 5)
    if one.fate == Fate.REFUSED or trade is None or span is None:
        return one
    one.asked = Asked(
        organisation=firm,
        occupation=trade[0],
        occupation_label=trade[1],
        start_minute=span[0],
        end_minute=span[1],
        people=people,
        importance=importance,
    )
    try:
        refuse_impossible(known.network, one.asked, one.day or one.starts_on or localdate())
    except SlotError as error:
        one.refuse(str(error))
    return one


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads the cells of a row; what cannot be read is said with its column and what to write."""

    one: Judged
    cells: Mapping[str, str]
    titles: Mapping[str, str]

    def text(self, name: str) -> str:
        return self.cells.get(name, "")

    def refuse(self, name: str, what: str) -> None:
        text = self.text(name)[:LONGEST]
        if text:
            words = {"column": self.titles.get(name, name), "text": text, "what": what}
            self.one.refuse(_("Column “%(column)s”, “%(text)s”: %(what)s") % words)
        else:
            self.one.refuse(what)

    def number(self, name: str, usual: int, most: int) -> int:
        text = self.text(name).removesuffix(".0")
        if not text:
            return usual
        if text.isdecimal() and 1 <= int(text) <= most:
            return int(text)
        self.refuse(name, _("write a number from 1 to %(most)s.") % {"most": most})
        return usual

    def day(self, name: str) -> date | None:
        text = self.text(name)
        for pattern in DAYS:
            try:
                return datetime.strptime(text, pattern).date()  # noqa: DTZ007 -- a day has no zone
            except ValueError:
                continue
        return None


def _trade(reader: _Reader, known: Known) -> tuple[str, str] | None:
    found = known.trades.get(letters_and_digits(reader.text("occupation")))
    if found is None:
        offered = ", ".join(sorted({label for _code, label in known.trades.values()}))
        what = _("write an occupation that a worker of the group has: %(offered)s.")
        reader.refuse("occupation", what % {"offered": offered or _("none yet")})
    return found


def _span(reader: _Reader) -> tuple[int, int] | None:
    half = HALF_DAYS.get(HALVES.get(letters_and_digits(reader.text("start")), ""))
    if half is not None:
        return half
    found = [_minute(reader, name) for name in ("start", "end")]
    start, end = found
    return None if start is None or end is None else (start, end)


def _minute(reader: _Reader, name: str) -> int | None:
    clock = CLOCK.fullmatch(reader.text(name))
    if clock is not None and int(clock[1]) <= 24 and int(clock[2] or 0) < HOUR:  # noqa: PLR2004 -- hours of a day
        return int(clock[1]) * HOUR + int(clock[2] or 0)
    reader.refuse(name, _("write a time such as 6:30, or “morning” or “afternoon” as the start."))
    return None


def _when(reader: _Reader) -> None:
    """Read the day: a date is a slot of one day, a day of the week one that comes back."""
    one, today = reader.one, localdate()
    one.weekday = _weekdays().get(letters_and_digits(reader.text("day")))
    for name, attribute in (("since", "starts_on"), ("until", "ends_on")):
        if reader.text(name):
            found = reader.day(name)
            setattr(one, attribute, found)
            if found is None:
                reader.refuse(name, _("write a day such as 31/12/2026."))
    if one.weekday is not None:
        one.starts_on = one.starts_on or today
        if one.ends_on is not None and one.ends_on < max(one.starts_on, today):
            reader.refuse("until", _("write a last day to come, after the first."))
        return
    one.day = reader.day("day")
    if one.day is None:
        reader.refuse("day", _("write a day such as 31/12/2026, or a day of the week."))
    elif one.day < today:
        reader.refuse("day", _("this day is past: write one to come."))


def _weekdays() -> Mapping[str, int]:
    """Return the days of the week as both languages write them, with their rank."""
    return {
        letters_and_digits(name).rstrip("."): rank
        for code, _label in settings.LANGUAGES
        for width in ("wide", "abbreviated")
        for rank, name in dates.get_day_names(width, context="stand-alone", locale=code).items()
    }
