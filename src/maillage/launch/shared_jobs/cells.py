"""What people write in one cell: a text, a number, hours a week."""

import re
from math import isfinite
from typing import Final

from django.utils.formats import localize
from django.utils.translation import gettext as _

type Value = str | int | float

HOURS_IN_A_WEEK: Final = 168
# A need is for one person; even two full-time workers give less.
MOST_HOURS: Final = 80
# Numbers computed by a spreadsheet miss the exact half-hour by far less than this.
TOLERANCE: Final = 1e-6

_NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)")
_HOURS_AND_MINUTES = re.compile(r"(\d{1,3})h([0-5]\d)?", re.IGNORECASE)
_ROUNDED = re.compile(r"\d[.,]\d+e\+?\d+", re.IGNORECASE)
_NOTHING: Final = frozenset({"", "-", "\N{EN DASH}", "\N{EM DASH}"})


class CellError(ValueError):
    """A cell that cannot be used; the message is a reason that follows its value."""


def text_of(value: Value) -> str:
    """Return a cell as a text; a number that counts nothing loses its decimals (12.0 is 12)."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def identifier_of(value: Value) -> str:
    """Return a cell as an identifier; raise `CellError` when a spreadsheet has rounded it."""
    text = text_of(value)
    if _ROUNDED.fullmatch(text):
        raise CellError(
            _(
                "the spreadsheet has rounded this number: give the column the format “text” and "
                "type the number again"
            )
        )
    return text


def postcode_of(value: Value) -> str:
    """Return a cell as a postcode, with the leading zero that spreadsheets drop."""
    text = "".join(text_of(value).split())
    return text.zfill(5) if text.isdecimal() else text


def number_of(value: Value) -> float | None:
    """Return a cell as a number, with a decimal point or comma, or None when it is not one."""
    if isinstance(value, int | float):
        return float(value) if isfinite(value) else None
    text = "".join(value.split()).replace(",", ".").replace("\N{MINUS SIGN}", "-")
    return float(text) if _NUMBER.fullmatch(text) else None


def is_blank(value: Value) -> bool:
    """Tell whether a cell says nothing; people also write a dash."""
    return isinstance(value, str) and value in _NOTHING


def half_hours_of(value: Value) -> int:
    """Return hours a week as half-hours; raise `CellError` when they make no sense."""
    hours = _hours_of(value)
    if hours is None:
        raise CellError(_("this is not a number of hours: write for example 17.5"))
    if hours < 0:
        raise CellError(_("hours cannot be negative"))
    if hours > HOURS_IN_A_WEEK:
        raise CellError(
            _(
                "a week has only 168 hours: if this is the total of the month, give the hours per "
                "week"
            )
        )
    if hours > MOST_HOURS:
        raise CellError(
            _(
                "more than %(most)d hours a week for one person: if this is the total of the "
                "month, give the hours per week; if it is for several people, give each a row"
            )
            % {"most": MOST_HOURS}
        )
    half_hours = round(2 * hours)
    if abs(2 * hours - half_hours) > TOLERANCE:
        raise CellError(
            _("hours go by half-hours: the nearest is %(nearest)s")
            % {"nearest": localize(half_hours // 2 if half_hours % 2 == 0 else half_hours / 2)}
        )
    return half_hours


def _hours_of(value: Value) -> float | None:
    number = number_of(value)
    if number is None and isinstance(value, str):
        written = _HOURS_AND_MINUTES.fullmatch("".join(value.split()))
        if written:
            return int(written[1]) + int(written[2] or 0) / 60
    return number
