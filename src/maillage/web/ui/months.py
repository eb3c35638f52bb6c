"""Months as addresses name them: 2026-03."""

from datetime import date, timedelta
from typing import Final

from django.utils.timezone import localdate

FARTHEST: Final = 36  # months before and after this one
FIRST_DAYS: Final = 10  # of a month, in which people still work on the month before


def month_asked(text: str) -> date:
    """Return the first day of the month that an address names, else of the one people work on."""
    today = localdate()
    usual = today.replace(day=1)
    if today.day <= FIRST_DAYS:
        usual, _after = around(usual)
    try:
        asked = date.fromisoformat(f"{text}-01")
    except ValueError:
        return usual
    away = (asked.year - today.year) * 12 + asked.month - today.month
    return asked if abs(away) <= FARTHEST else usual


def around(month: date) -> tuple[date, date]:
    """Return the first days of the months before and after one, which its first day names."""
    before = (month - timedelta(days=1)).replace(day=1)
    return before, (month + timedelta(days=31)).replace(day=1)
