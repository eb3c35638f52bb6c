"""Working days of the law: every day of the week but Sundays and public holidays."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Final

import holidays as calendars

SATURDAY: Final = 5
SUNDAY: Final = 6


def is_holiday(day: date) -> bool:
    """Whether a day is a public holiday in the whole of France (L3133-1)."""
    return day in calendars.country_holidays("FR", years=day.year)


def is_working_day(day: date) -> bool:
    """Whether a day counts as a working day (`jour ouvrable`)."""
    return day.weekday() != SUNDAY and not is_holiday(day)


def days_between(first: date, last: date) -> Iterator[date]:
    """Yield every day from one to another, both included."""
    for number in range((last - first).days + 1):
        yield first + timedelta(days=number)


def working_days(first: date, last: date) -> int:
    """Return how many working days there are from one day to another, both included."""
    return sum(is_working_day(day) for day in days_between(first, last))


def hours_later(moment: datetime, hours: int) -> datetime:
    """Return the moment some hours later, Sundays and public holidays not counted."""
    left, at = timedelta(hours=hours), moment
    while True:
        midnight = datetime.combine(at.date() + timedelta(days=1), datetime.min.time(), at.tzinfo)
        if is_working_day(at.date()):
            if at + left <= midnight:
                return at + left
            left -= midnight - at
        at = midnight
