"""What a field may hold: texts that a file can carry, amounts to the cent, years that are read."""

import re
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from django.utils.translation import gettext as _

from maillage.run.billing.files.refusals import FileError

CENT: Final = Decimal("0.01")
FIRST_YEAR, LAST_YEAR = 2000, 2099  # rule BR-FR-03
LARGEST: Final = Decimal(10) ** 12
# What XML 1.0 cannot carry at all, and what would break a line of a file with columns.
NOT_IN_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
NOT_IN_A_LINE: Final = re.compile("[\t\n\r\x0b\x0c\x85\u2028\u2029]")

type Refusal = type[FileError]


def rounded(amount: Decimal) -> Decimal:
    """Return an amount to the cent; half a cent goes away from zero, as invoices are counted."""
    # Nothing is never written -0.00, which rule BR-E-09 does not take for zero.
    return amount.quantize(CENT, rounding=ROUND_HALF_UP) + 0


def plain(number: Decimal) -> str:
    """Return a number without exponent nor needless zeros: 20, 5.5, 0.3."""
    return format(number.normalize() + 0, "f")


def require_text(
    refusal: Refusal, field: str, value: str, *, longest: int = 0, lines: bool = False
) -> None:
    """Refuse an empty text, a too long one, or one with characters that a file cannot carry."""
    if not value.strip():
        raise refusal(_("%(field)s is missing.") % {"field": field}, field)
    optional_text(refusal, field, value, longest=longest, lines=lines)


def optional_text(
    refusal: Refusal, field: str, value: str, *, longest: int = 0, lines: bool = False
) -> None:
    """Refuse a too long text, or one with characters that a file cannot carry."""
    if NOT_IN_XML.search(value) or (not lines and NOT_IN_A_LINE.search(value)):
        raise refusal(
            _("%(field)s holds a character that no file can carry.") % {"field": field}, field
        )
    if longest and len(value) > longest:
        words = {"field": field, "longest": longest}
        raise refusal(_("%(field)s is longer than %(longest)s characters.") % words, field)


def require_amount(
    refusal: Refusal, field: str, value: object, *, places: int = 2, negative: bool = False
) -> None:
    """Refuse what is not a number with at most so many decimals; below zero only if `negative`."""
    if not isinstance(value, Decimal) or not value.is_finite():
        raise refusal(_("%(field)s is not an amount.") % {"field": field}, field)
    if value != round(value, places):
        words = {"field": field, "places": places}
        raise refusal(_("%(field)s has more than %(places)s decimals.") % words, field)
    if value < 0 and not negative:
        raise refusal(_("%(field)s is below zero.") % {"field": field}, field)
    if abs(value) >= LARGEST:
        raise refusal(_("%(field)s is too large.") % {"field": field}, field)


def require_day(refusal: Refusal, field: str, value: date) -> None:
    """Refuse a day that the readers of a file would not believe."""
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        words = {"field": field, "first": FIRST_YEAR, "last": LAST_YEAR}
        raise refusal(_("%(field)s is not between %(first)s and %(last)s.") % words, field)


def require_period(refusal: Refusal, field: str, period: tuple[date, date] | None) -> None:
    """Refuse a period that ends before it starts."""
    if period is None:
        return
    for day in period:
        require_day(refusal, field, day)
    if period[1] < period[0]:
        raise refusal(_("%(field)s ends before it starts.") % {"field": field}, field)
