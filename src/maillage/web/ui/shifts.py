"""Times of work as people write them, for the pages of whoever plans, of firms and of workers."""

import re
from datetime import date, time, timedelta

from babel import dates
from django import forms
from django.utils.translation import gettext

from maillage.web.ui.formats import language, nice_time

HOUR = 60
MOST_HOURS = 24
NO_BREAK = "\u00a0"


def clock(minute: int) -> str:
    """Return a time of day counted in minutes from midnight: "6:30", or "6 h 30" in French."""
    return nice_time(clock_of(minute))


def clock_of(minute: int) -> time:
    """Return a minute counted from midnight as a time of day."""
    return time(minute // HOUR % MOST_HOURS, minute % HOUR)


def minutes_of(start: time, end: time) -> tuple[int, int]:
    """Return two times as minutes from midnight; an end before the beginning is the next day's."""
    first, last = start.hour * HOUR + start.minute, end.hour * HOUR + end.minute
    return first, last if last > first else last + MOST_HOURS * HOUR


def span(start_minute: int, end_minute: int) -> str:
    """Return from when to when: "06:30 – 12:30"."""
    return f"{clock(start_minute)}{NO_BREAK}– {clock(end_minute)}"


def weekday(day: date) -> str:
    """Return the name of a day: "Tuesday", "mardi"."""
    return dates.format_date(day, "EEEE", locale=language())


def monday_asked(typed: str, today: date) -> date:
    """Return the Monday of the week asked for in an address, else of this one; a year at most."""
    this = today - timedelta(days=today.weekday())
    try:
        asked = date.fromisoformat(typed)
    except ValueError:
        return this
    monday = asked - timedelta(days=asked.weekday())
    return monday if abs((monday - this).days) <= 366 else this  # noqa: PLR2004 -- days of a year


def minutes_typed(text: str) -> tuple[int, int]:
    """Return two times of day as people type them: "6:30-12:30", "6 h 30 à 12 h", "6h-12h".

    In minutes from midnight; an end before the beginning is that of the next day.
    """
    found = re.findall(r"(\d{1,2})\s*(?:[hH:.]\s*(\d{2})?)?", text)
    times = [(int(hour), int(minute or 0)) for hour, minute in found]
    both = 2
    if len(times) != both or any(h > MOST_HOURS or m >= HOUR for h, m in times):
        raise forms.ValidationError(
            gettext("Write two times, from when to when: 6:30-12:30."), code="hours"
        )
    start, end = (hour * HOUR + minute for hour, minute in times)
    return start % (MOST_HOURS * HOUR), end if end > start else end + MOST_HOURS * HOUR
