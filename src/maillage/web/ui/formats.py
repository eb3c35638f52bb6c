"""Dates, numbers and identifiers as people write them, in the language of the page.

Everything that must stay together on a line (a number and its unit, the groups of a telephone
number) is joined by no-break spaces.
"""

import re
from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation

from babel import dates, numbers
from django.utils import timezone, translation
from django.utils.translation import gettext as _

NO_BREAK = "\u00a0"
METRES_IN_A_KILOMETRE = 1000
SHORT_KILOMETRES = 10
SIREN_LENGTH = 9
SIRET_LENGTH = 14
FRENCH_NUMBER_LENGTH = 10
FRANCE = "+33"

type Moment = date | datetime
type Quantity = int | float | Decimal


def language() -> str:
    """Return the two letters of the language of the page."""
    return (translation.get_language() or "en")[:2]


def local(moment: Moment) -> Moment:
    """Return the moment on the clock of the place where the site is used."""
    if isinstance(moment, datetime) and timezone.is_aware(moment):
        return timezone.localtime(moment)
    return moment


def nice_date(moment: Moment | None, year: str = "") -> str:
    """Return "Tuesday 3 March", with the year when it is another year, or when `year` is given."""
    if moment is None:
        return ""
    day = local(moment)
    pattern = "EEEE d MMMM"
    if year or day.year != timezone.localdate().year:
        pattern += " y"
    text = dates.format_date(day, pattern, locale=language())
    if language() == "fr":  # the first of a month is an ordinal: 1er avril
        text = re.sub(r"(?<=\s)1(?=\s)", "1er", text, count=1)
    return text


def nice_day(moment: Moment | None) -> str:
    """Return the day without its month, as a list of one week says it: "Tuesday 3"."""
    if moment is None:
        return ""
    return dates.format_date(local(moment), "EEEE d", locale=language())


def nice_time(moment: datetime | time | None) -> str:
    """Return the time of day: 14:05, or 14 h 05 in French."""
    if moment is None:
        return ""
    if isinstance(moment, datetime) and timezone.is_aware(moment):
        moment = timezone.localtime(moment)
    if language() != "fr":
        return f"{moment:%H:%M}"
    minutes = f"{NO_BREAK}{moment.minute:02}" if moment.minute else ""
    return f"{moment.hour}{NO_BREAK}h{minutes}"


def nice_datetime(moment: datetime | None, year: str = "") -> str:
    """Return the day and the time: "Tuesday 3 March, 14:05"."""
    return f"{nice_date(moment, year)}, {nice_time(moment)}" if moment else ""


def ago(moment: Moment | None) -> str:
    """Return how long ago, or in how long, something happens: "3 days ago", "in 2 hours"."""
    if moment is None:
        return ""
    if isinstance(moment, datetime):
        return dates.format_timedelta(
            moment - timezone.now(), add_direction=True, locale=language()
        )
    days = (moment - timezone.localdate()).days
    if days in {-1, 0, 1}:
        return {-1: _("yesterday"), 0: _("today"), 1: _("tomorrow")}[days]
    return dates.format_timedelta(
        moment - timezone.localdate(), granularity="day", add_direction=True, locale=language()
    )


def number(value: Quantity | str | None, unit: str = "") -> str:
    """Return a number with its groups of thousands, and its unit when one is given."""
    if value is None or value == "":
        return ""
    try:
        text = numbers.format_decimal(Decimal(str(value)), locale=language())
    except InvalidOperation:
        return str(value)
    return f"{text}{NO_BREAK}{unit}" if unit else text


def percent(share: Quantity | None, decimals: int = 0) -> str:
    """Return a share between 0 and 1 as a percentage: 0.43 reads 43 %."""
    if share is None:
        return ""
    figure = round(Decimal(str(share)) * 100, decimals)
    text = numbers.format_decimal(figure, locale=language())
    return f"{text}%" if language() == "en" else f"{text}{NO_BREAK}%"


def euros(amount: Quantity | None) -> str:
    """Return an amount in euros, with its cents."""
    if amount is None:
        return ""
    return numbers.format_currency(Decimal(str(amount)), "EUR", locale=language())


def metres(distance: Quantity | None) -> str:
    """Return a distance given in metres, in metres under one kilometre, else in kilometres."""
    if distance is None:
        return ""
    if distance < METRES_IN_A_KILOMETRE:
        return number(round(distance), "m")
    kilometres = Decimal(str(distance)) / METRES_IN_A_KILOMETRE
    digits = 1 if kilometres < SHORT_KILOMETRES else 0
    return number(round(kilometres, digits).normalize() if digits else round(kilometres), "km")


def siren(code: str | None) -> str:
    """Return a SIREN in groups of three; what is not one is returned as it is."""
    text = _digits(code)
    return _grouped(text, (3, 3, 3)) if len(text) == SIREN_LENGTH else str(code or "")


def siret(code: str | None) -> str:
    """Return a SIRET as its SIREN in groups of three, then its five last digits."""
    text = _digits(code)
    return _grouped(text, (3, 3, 3, 5)) if len(text) == SIRET_LENGTH else str(code or "")


def phone(code: str | None) -> str:
    """Return a French telephone number in pairs; another one as it is written."""
    text = (code or "").strip()
    digits = _digits(text)
    if text.startswith(FRANCE):
        digits = "0" + _digits(text.removeprefix(FRANCE)).lstrip("0")
    if len(digits) == FRENCH_NUMBER_LENGTH and digits.startswith("0"):
        return _grouped(digits, (2, 2, 2, 2, 2))
    return text.replace(" ", NO_BREAK)


def initials_of(name: str) -> str:
    """Return the two letters by which a person or a firm is recognised at a glance."""
    words = [word for word in re.split(r"[\s’'-]+", name) if word[:1].isalnum()]
    telling = [word for word in words if word[0].isupper()] or words
    letters = [word[0] for word in telling]
    return "".join(letters[:1] + letters[-1:] if len(letters) > 1 else letters).upper()


def _digits(text: str | None) -> str:
    return re.sub(r"\D", "", text or "")


def _grouped(text: str, sizes: tuple[int, ...]) -> str:
    groups, start = [], 0
    for size in sizes:
        groups.append(text[start : start + size])
        start += size
    return NO_BREAK.join(groups)


def told_apart(titles: Sequence[str]) -> list[str]:
    """Return titles of one page, those that come again numbered: “Baker”, “Baker (2)”."""
    seen: dict[str, int] = {}
    found = []
    for title in titles:
        seen[title] = seen.get(title, 0) + 1
        found.append(title if seen[title] == 1 else f"{title} ({seen[title]})")
    return found
