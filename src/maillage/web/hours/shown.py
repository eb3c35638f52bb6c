"""Hours as people read them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from maillage.run.hours.enums import SIGNED, EntryKind, EntryState, Voice
from maillage.run.hours.models import HourEntry
from maillage.run.hours.prefilling import bounds_of
from maillage.run.planning.calling.wording import said_hours
from maillage.web.ui.formats import nice_date
from maillage.web.ui.shifts import span

KINDS = {
    EntryState.PLANNED: "plain",
    EntryState.DECLARED: "watch",
    EntryState.DISPUTED: "no",
    EntryState.CONFIRMED: "ok",
    EntryState.TACIT: "ok",
}
FARTHEST = 36  # months before and after this one


@dataclass(frozen=True, slots=True)
class Shown:
    """An entry as a line: its day, its times, what it counts, where it stands, what was said."""

    entry: HourEntry
    day: str
    times: str
    planned: str
    hours: str
    what: str
    state: str
    kind: str
    words: tuple[tuple[str, str], ...]

    @property
    def differs(self) -> bool:
        """Whether it is not as planned."""
        return bool(self.planned)

    @property
    def is_signed(self) -> bool:
        """Whether the firm has signed it."""
        return self.entry.state in SIGNED


def shown(entry: HourEntry) -> Shown:
    """Return an entry as people read it; its words are read with it."""
    planned = (entry.planned_start, entry.planned_end, entry.planned_break)
    now = (entry.start_minute, entry.end_minute, entry.break_minutes)
    was = ""
    if entry.planned_start is None:
        was = _("not planned")
    elif planned != now and entry.planned_end is not None:
        was = _("planned: %(times)s") % {"times": span(entry.planned_start, entry.planned_end)}
    return Shown(
        entry=entry,
        day=nice_date(entry.day),
        times=_times(entry),
        planned=was,
        hours=said_hours(entry.billed_minutes),
        what="" if entry.kind == EntryKind.WORKED else str(entry.get_kind_display()),
        state=str(entry.get_state_display()),
        kind=KINDS[EntryState(entry.state)],
        words=tuple(
            (word.author or str(Voice(word.voice).label), word.text) for word in entry.words.all()
        ),
    )


def total(entries: Iterable[HourEntry]) -> str:
    """Return how many hours entries count together."""
    return said_hours(sum(entry.billed_minutes for entry in entries))


def month_asked(text: str) -> date:
    """Return the first day of the month that an address names (2026-03), else of the last one."""
    today = localdate()
    usual = bounds_of(today)[0]
    if today.day <= FIRST_DAYS:
        usual = bounds_of(date.fromordinal(usual.toordinal() - 1))[0]
    try:
        asked = date.fromisoformat(f"{text}-01")
    except ValueError:
        return usual
    away = (asked.year - today.year) * 12 + asked.month - today.month
    return asked if abs(away) <= FARTHEST else usual


FIRST_DAYS = 10  # of a month, in which one is at the month before


def around(month: date) -> tuple[date, date]:
    """Return the months before and after one."""
    first, last = bounds_of(month)
    before = bounds_of(date.fromordinal(first.toordinal() - 1))[0]
    return before, date.fromordinal(last.toordinal() + 1)


def _times(entry: HourEntry) -> str:
    if entry.billed_minutes == 0 and entry.presence_minutes == 0:
        return _("none")
    said = span(entry.start_minute, entry.end_minute)
    if entry.break_minutes:
        words = {"times": said, "pause": said_hours(entry.break_minutes)}
        return _("%(times)s, break of %(pause)s") % words
    return said
