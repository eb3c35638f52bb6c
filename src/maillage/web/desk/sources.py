"""What a desk is made of: each source adds what waits for the person in the role in use.

A source is a function from the situation to things that wait; it yields nothing for those it is
not for. Later areas add theirs with `@source`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from typing import Final

from maillage.web.desk.situation import Situation
from maillage.web.ui.parts import Decision


class Urgency(IntEnum):
    """How soon something should be decided."""

    LATE = 0
    TODAY = 1
    WEEK = 2
    SOON = 3


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that waits for a decision, and since or until when."""

    urgency: Urgency
    decision: Decision
    day: date = date.max


@dataclass(frozen=True, slots=True)
class Alert:
    """Something to keep an eye on, with the page that tells more."""

    title: str
    text: str
    label: str
    url: str


type Source = Callable[[Situation], Iterable[Waiting]]
type AlertSource = Callable[[Situation], Iterable[Alert]]

SOURCES: Final[list[Source]] = []
ALERTS: Final[list[AlertSource]] = []


def source(function: Source) -> Source:
    """Register what adds things to decide to the desk."""
    SOURCES.append(function)
    return function


def alert_source(function: AlertSource) -> AlertSource:
    """Register what adds things to keep an eye on."""
    ALERTS.append(function)
    return function


def waiting_for(situation: Situation) -> list[Decision]:
    """Return what waits for a person, the most urgent first."""
    found = [one for each in SOURCES for one in each(situation)]
    found.sort(key=lambda one: (one.urgency, one.day))
    return [one.decision for one in found]


def alerts_for(situation: Situation) -> list[Alert]:
    """Return what a person should keep an eye on."""
    return [alert for each in ALERTS for alert in each(situation)]
