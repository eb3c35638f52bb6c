"""Public holidays of France, with those that Alsace-Moselle adds (L3133-1, L3134-13)."""

from collections.abc import Mapping
from datetime import date
from typing import Final

import holidays as calendars
from django.utils.translation import get_language

# Departments where Good Friday and 26 December are public holidays too.
ALSACE_MOSELLE: Final = {"57": "57", "67": "6AE", "68": "6AE"}


def holidays_between(first: date, last: date, insee: str = "") -> Mapping[date, str]:
    """Return each public holiday from one day to another, with its name in the reader's language.

    `insee` is the official code of a commune: it says which holidays are kept there.
    """
    known = calendars.country_holidays(
        "FR",
        subdiv=ALSACE_MOSELLE.get(insee[:2]),
        years=range(first.year, last.year + 1),
        language="fr" if (get_language() or "").startswith("fr") else "en_US",
    )
    return {day: name for day, name in sorted(known.items()) if first <= day <= last}
