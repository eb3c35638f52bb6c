"""The answer: pairs of a need and an offer, each with its reasons."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import asin, cos, radians, sin, sqrt
from types import MappingProxyType

EARTH_RADIUS_METRES = 6_371_000
WHOLE = 1000  # thousandths of a reason that holds entirely


class ReasonKind(StrEnum):
    """Why a need and an offer may fit."""

    TOPIC = "topic"
    OCCUPATION = "occupation"
    WORDS = "words"
    MONTHS = "months"
    NEAR = "near"
    SECTOR = "sector"
    STRENGTH = "strength"


# What each reason counts for.
WEIGHTS: Mapping[ReasonKind, int] = MappingProxyType(
    {
        ReasonKind.TOPIC: 1,
        ReasonKind.OCCUPATION: 3,
        ReasonKind.WORDS: 3,
        ReasonKind.MONTHS: 3,
        ReasonKind.NEAR: 2,
        ReasonKind.SECTOR: 1,
        ReasonKind.STRENGTH: 1,
    }
)
MOST_POINTS = WHOLE * sum(WEIGHTS.values())

# Besides the topic, so many reasons at least; and one of them says that the two are about the same
# thing: firms that are merely near, about any training whatever, have nothing to tell each other.
LEAST_REASONS = 2
SUBJECTS = (ReasonKind.OCCUPATION, ReasonKind.WORDS)

AKIN = 500  # thousandths, for a topic that is not the same and may go with it
LEAST_WORDS = 4  # one word in common for each four of whoever says less


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """A reason that holds, from 1 to 1000 `thousandths`, with what it rests on.

    `words` are those in common, `months` (1 is January) those in which hours fit, `metres` how far
    the two are.
    """

    kind: ReasonKind
    thousandths: int
    words: tuple[str, ...] = ()
    months: tuple[int, ...] = ()
    metres: int | None = None

    @property
    def share(self) -> float:
        """How far it holds, from 0 to 1."""
        return self.thousandths / WHOLE

    @property
    def points(self) -> int:
        """What it counts for."""
        return WEIGHTS[self.kind] * self.thousandths


@dataclass(frozen=True, slots=True)
class Match:
    """An offer that could answer a need. `metres` is None when a place is unknown."""

    need_id: str
    offer_id: str
    reasons: tuple[Reason, ...]
    metres: int | None

    @property
    def points(self) -> int:
        """What its reasons count for together, `MOST_POINTS` at most."""
        return sum(reason.points for reason in self.reasons)


@dataclass(frozen=True, slots=True)
class Solution:
    """Matches, the best first."""

    matches: tuple[Match, ...]


def metres_between(here: tuple[float, float], there: tuple[float, float]) -> int:
    """Great-circle distance, in whole metres (haversine formula on a mean-radius sphere)."""
    lat_1, lat_2 = radians(here[0]), radians(there[0])
    half_lat = (lat_2 - lat_1) / 2
    half_lon = radians(there[1] - here[1]) / 2
    chord = sin(half_lat) ** 2 + cos(lat_1) * cos(lat_2) * sin(half_lon) ** 2
    return round(2 * EARTH_RADIUS_METRES * asin(min(1.0, sqrt(chord))))


def objective_of(solution: Solution) -> int:
    """Recompute what a solution is worth: the points of all its matches."""
    return sum(match.points for match in solution.matches)
