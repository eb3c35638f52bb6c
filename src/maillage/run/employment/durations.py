"""Lengths of contracts, in months and in days, both ends included."""

from calendar import monthrange
from datetime import date, timedelta

YEAR = 12  # months


def months_after(day: date, months: int) -> date:
    """Return the same day some months later, or the last of that month when it is shorter."""
    years, month = divmod(day.month - 1 + months, YEAR)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def last_day(starts_on: date, months: int) -> date:
    """Return the last day of a length in whole months: from the 4th to the 3rd."""
    return months_after(starts_on, months) - timedelta(days=1)


def days_between(starts_on: date, ends_on: date) -> int:
    """Return how many days there are, the first and the last included."""
    return (ends_on - starts_on).days + 1


def age_on(born_on: date, day: date) -> int:
    """Return the age of somebody on a day, in whole years."""
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))
