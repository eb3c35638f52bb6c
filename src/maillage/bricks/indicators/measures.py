"""What the computation of an indicator returns, and how it is said."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Final

from babel.numbers import format_decimal, format_percent
from django.utils.translation import get_language, ngettext

from maillage.bricks.indicators.enums import Side, Unit

CENT: Final = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Line:
    """Somebody or something that makes the figure what it is, with its own value."""

    name: str
    value: str
    past: bool = False


@dataclass(frozen=True, slots=True)
class Measure:
    """A value on a day: None when nothing is there to be measured.

    `part` of `whole` makes it; `missing` could not be counted for want of data, and is in neither.
    """

    value: Decimal | None
    part: int
    whole: int
    missing: int = 0
    lines: tuple[Line, ...] = ()

    @property
    def missing_percent(self) -> Decimal:
        """The share of what should have been counted that was not, from 0 to 100."""
        return missing_percent(self.whole, self.missing)


def share(part: int, whole: int, missing: int = 0, lines: Sequence[Line] = ()) -> Measure:
    """Return `part` of `whole` in per cent."""
    value = _rounded(Fraction(100 * part, whole)) if whole else None
    return Measure(value, part, whole, missing, tuple(lines))


def mean(total: int, whole: int, missing: int = 0, lines: Sequence[Line] = ()) -> Measure:
    """Return `total` divided among `whole`."""
    value = _rounded(Fraction(total, whole)) if whole else None
    return Measure(value, total, whole, missing, tuple(lines))


def largest(values: Sequence[int], missing: int = 0, lines: Sequence[Line] = ()) -> Measure:
    """Return the largest of some values: one person or one firm is enough to worry."""
    most = max(values, default=None)
    value = None if most is None else Decimal(most)
    return Measure(value, most or 0, len(values), missing, tuple(lines))


def missing_percent(whole: int, missing: int) -> Decimal:
    """Return the share of what could not be counted, in per cent; 0 when there was nothing."""
    return _rounded(Fraction(100 * missing, whole + missing)) if missing else Decimal(0)


def is_past(side: str, value: Decimal | None, limit: Decimal) -> bool:
    """Whether a value is on the side of the threshold that worries; a missing one never is."""
    if value is None:
        return False
    return value > limit if side == Side.ABOVE else value < limit


def may_clear(side: str, values: Sequence[Decimal | None], limit: Decimal, months: int) -> bool:
    """Whether the last `months` values are all known, and none is past the threshold."""
    last = values[-months:]
    return len(last) == months and all(
        value is not None and not is_past(side, value, limit) for value in last
    )


def in_words(unit: str, value: Decimal) -> str:
    """Return a value as it is read: 38 %, 12 days, 3.5."""
    locale = (get_language() or "en")[:2]
    if unit == Unit.PERCENT:
        percent = value.quantize(Decimal(1), ROUND_HALF_UP) / 100
        # Babel writes a narrow space in French, which many fonts draw too thin.
        return format_percent(percent, locale=locale).replace("\u202f", "\u00a0")
    places = Decimal(1) if value == value.to_integral_value() else Decimal("0.1")
    shown = format_decimal(value.quantize(places, ROUND_HALF_UP), locale=locale)
    if unit == Unit.DAYS:
        return ngettext("%(n)s day", "%(n)s days", int(value)) % {"n": shown}
    return shown


def month_of(day: date) -> date:
    """Return the first day of the month of a day."""
    return day.replace(day=1)


def months_before(month: date, count: int) -> date:
    """Return the first day of the month `count` months before one."""
    years, rank = divmod(month.year * 12 + month.month - 1 - count, 12)
    return date(years, rank + 1, 1)


def year_before(day: date) -> date:
    """Return the day from which the twelve months that end with `day` are counted."""
    month = months_before(month_of(day), 12)
    try:
        same = month.replace(day=day.day)
    except ValueError:  # 29 February has no namesake the year before
        same = month.replace(day=28)
    return date.fromordinal(same.toordinal() + 1)


def _rounded(value: Fraction) -> Decimal:
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return exact.quantize(CENT, ROUND_HALF_UP)
