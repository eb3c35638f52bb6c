"""Public holidays of France, with those that Alsace-Moselle adds (L3133-1, L3134-13).

1 May alone is kept by law; whoever works it is paid twice (L3133-4 to L3133-6).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

import holidays as calendars
from django.utils.translation import get_language

from maillage.run.planning.enums import HolidayOpening

# Departments where Good Friday and 26 December are public holidays too.
ALSACE_MOSELLE: Final = {"57": "57", "67": "6AE", "68": "6AE"}
MAY_DAY: Final = (5, 1)


def holidays_between(first: date, last: date, insee: str = "") -> Mapping[date, str]:
    """Return each public holiday from one day to another, with its name in the reader's language.

    `insee` is the official code of a commune: it says which holidays are kept there.
    """
    language = "fr" if (get_language() or "").startswith("fr") else "en_US"
    found: dict[date, str] = {}
    for year in range(first.year, last.year + 1):
        found |= _of_year(year, ALSACE_MOSELLE.get(insee[:2]), language)
    return {day: name for day, name in found.items() if first <= day <= last}


@lru_cache(maxsize=64)
def _of_year(year: int, subdivision: str | None, language: str) -> Mapping[date, str]:
    known = calendars.country_holidays("FR", subdiv=subdivision, years=year, language=language)
    return dict(sorted(known.items()))


def is_may_day(day: date) -> bool:
    """Whether a day is 1 May, which is kept whatever the firm does on other holidays (L3133-4)."""
    return (day.month, day.day) == MAY_DAY


@dataclass(frozen=True, slots=True)
class Openings:
    """Which firms take shared workers on public holidays, by row number.

    `chosen` says what a firm does on a day, or usually (None); `communes` where each firm is.
    """

    chosen: Mapping[tuple[int, date | None], str]
    communes: Mapping[int, str]

    def takes(self, organisation_id: int, day: date) -> bool:
        """Whether a firm takes shared workers that day, if it is not closed for another reason.

        1 May is kept unless the firm says otherwise for that very day.
        """
        if not holidays_between(day, day, self.communes.get(organisation_id, "")):
            return True
        usual = None if is_may_day(day) else self.chosen.get((organisation_id, None))
        return self.chosen.get((organisation_id, day), usual) == HolidayOpening.OPEN
