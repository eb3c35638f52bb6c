"""Days as people say them, in sentences that are not written on a page: refusals and mails."""

import re
from datetime import date

from babel.dates import format_date
from django.utils.translation import get_language


def said_day(day: date) -> str:
    """Return "Tuesday 3 March 2026", in the language in use."""
    language = (get_language() or "en")[:2]
    text = format_date(day, "EEEE d MMMM y", locale=language)
    if language == "fr":  # the first of a month is an ordinal: 1er avril
        text = re.sub(r"(?<=\s)1(?=\s)", "1er", text, count=1)
    return text
