"""Numbers as people read them: with their unit, in their language, never broken over two lines."""

from collections.abc import Sequence
from datetime import datetime
from math import ceil, floor
from typing import Final

from babel.dates import format_datetime
from babel.lists import format_list
from babel.numbers import format_decimal
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

METRES_PER_KM: Final = 1000
SHORT_KM: Final = 10  # below, a decimal tells something
SECONDS_PER_MINUTE: Final = 60
NAMES_SHOWN: Final = 5


def language() -> str:
    """Return the language in use, as Babel names it."""
    return get_language() or "fr"


def number(value: float, decimals: int = 1) -> str:
    """Return a number with its separators, and at most that many decimals."""
    pattern = "#,##0." + "#" * decimals if decimals else "#,##0"
    return format_decimal(value, pattern, locale=language())


def hours(value: float, decimals: int = 1) -> str:
    """Return hours with their unit: "12.5 h"."""
    return _("%(number)s\N{NO-BREAK SPACE}h") % {"number": number(value, decimals)}


def half_hours(value: int) -> str:
    """Return half-hours as hours with their unit."""
    return hours(value / 2)


def kilometres(metres: int) -> str:
    """Return a distance with its unit, with a decimal when it is short."""
    km = metres / METRES_PER_KM
    return _("%(number)s\N{NO-BREAK SPACE}km") % {"number": number(km, 1 if km < SHORT_KM else 0)}


def kilometres_beyond(metres: int) -> str:
    """Return a distance beyond a limit, rounded up to a tenth: it never shows as the limit."""
    return _("%(number)s\N{NO-BREAK SPACE}km") % {"number": number(ceil(metres / 100) / 10)}


def kilometres_up(metres: int) -> str:
    """Return the whole kilometres within which a distance fits: a limit to ask for."""
    return _("%(number)s\N{NO-BREAK SPACE}km") % {"number": number(ceil(metres / METRES_PER_KM), 0)}


def percent(share: float) -> str:
    """Return a share in percent, rounded down: what is not complete never shows as 100 %."""
    # The last term forgives what floating point takes away from a whole thousandth.
    return _("%(number)s%%") % {"number": number(floor(share * 1000 + 1e-9) / 10)}


def duration(seconds: float) -> str:
    """Return a time people wait: in seconds, then in minutes."""
    if seconds < SHORT_KM:
        return _("%(number)s\N{NO-BREAK SPACE}s") % {"number": number(seconds, 1)}
    whole = round(seconds)
    if whole < 2 * SECONDS_PER_MINUTE:
        return _("%(number)s\N{NO-BREAK SPACE}s") % {"number": number(whole, 0)}
    minutes, left = divmod(whole, SECONDS_PER_MINUTE)
    return _("%(minutes)d\N{NO-BREAK SPACE}min %(seconds)02d\N{NO-BREAK SPACE}s") % {
        "minutes": minutes,
        "seconds": left,
    }


def date(moment: datetime) -> str:
    """Return a date and time of day as people say them."""
    local = timezone.localtime(moment)
    return format_datetime(local, _("EEEE d MMMM y, h:mm a"), locale=language())


def listed(names: Sequence[str], shown: int = NAMES_SHOWN) -> str:
    """Return names joined by "and", the first ones only when they are many."""
    if len(names) > shown:
        rest = _("%(count)d more") % {"count": len(names) - shown}
        names = [*names[:shown], rest]
    return format_list([*names], locale=language())


def capitalised(sentence: str) -> str:
    """Return a sentence that starts with a capital letter."""
    return sentence[:1].upper() + sentence[1:]
