"""Slots in words, in both languages: the engine has no catalogue of a website to ask."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from maillage.engines.rostering.entities import DAY
from maillage.engines.rostering.sentences import Sentence

if TYPE_CHECKING:
    from maillage.engines.rostering.entities import Need
    from maillage.engines.rostering.instance import Instance

WEEKDAYS: Final = {
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "fr": ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
}
SLOT = Sentence(
    "{weekday} {date}, {start} to {end}, at {firm}",
    "{weekday} {date}, de {start} à {end}, chez {firm}",
)


def clock(minute: int) -> str:
    """The time of day of a minute: "08:30"."""
    return f"{minute % DAY // 60:02}:{minute % 60:02}"


def slot_in_words(instance: Instance, need: Need, language: str = "en") -> str:
    """When and where a slot is: "Tuesday 2026-03-03, 08:00 to 10:00, at Garage Martin"."""
    when = instance.horizon.date_of(need.day)
    weekdays = WEEKDAYS["fr" if language == "fr" else "en"]
    return SLOT.text(
        language,
        weekday=weekdays[when.weekday()],
        date=when.strftime("%d/%m/%Y") if language == "fr" else when.isoformat(),
        start=clock(need.start),
        end=clock(need.end),
        firm=instance.firm_by_id[need.firm_id].label,
    )
