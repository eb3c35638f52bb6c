"""Where the needs are, in the large: the communes they are in, and the towns these are around."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, partial
from math import cos, hypot, radians
from typing import Final

from maillage.foundation.vocabularies.gazetteer import METRES_PER_DEGREE, nearest_commune
from maillage.launch.shared_jobs.needs_file import NeedRow
from maillage.launch.shared_jobs.outcome import Outcome

MOST_HUBS: Final = 8
HUBS_APART_METRES: Final = 12_000
SAME_PLACE_DIGITS: Final = 2  # of a degree: a kilometre, near enough to be in one commune


@dataclass(frozen=True, slots=True)
class Locality:
    """A commune where there are needs; its position in degrees."""

    name: str
    latitude: float
    longitude: float
    population: int


@dataclass(frozen=True, slots=True)
class Around:
    """Hours around a town, in units: asked for, and covered by the jobs proposed."""

    name: str
    asked: int
    covered: int


def locality_of(need: NeedRow) -> Locality:
    """Return the commune where a need is, or the place as the survey names it when none is near."""
    return _near(
        round(need.latitude, SAME_PLACE_DIGITS),
        round(need.longitude, SAME_PLACE_DIGITS),
    ) or Locality(need.place, need.latitude, need.longitude, 0)


@cache
def _near(latitude: float, longitude: float) -> Locality | None:
    commune = nearest_commune(latitude, longitude)
    return commune and Locality(
        commune.name, commune.latitude, commune.longitude, commune.population
    )


def localities(needs: Iterable[NeedRow]) -> list[Locality]:
    """Return the communes where needs are, the most populous first."""
    found = {locality_of(need) for need in needs}
    return sorted(found, key=lambda place: (-place.population, place.name))


def hubs(places: Sequence[Locality]) -> list[Locality]:
    """Return the towns to count around: the most populous ones, not too near each other."""
    chosen: list[Locality] = []
    for place in places:
        if len(chosen) == MOST_HUBS:
            break
        if all(metres_apart(place, hub) >= HUBS_APART_METRES for hub in chosen):
            chosen.append(place)
    return chosen


def hours_around(outcome: Outcome) -> list[Around]:
    """Return the hours asked and covered around each town, those with most needs first."""
    places = localities(outcome.survey.needs)
    towns = hubs(places)
    nearest = {place: min(towns, key=partial(metres_apart, place)) for place in places}
    served = {need.need_id for job in outcome.jobs for need in job.needs}
    asked: dict[Locality, int] = dict.fromkeys(towns, 0)
    covered = dict(asked)
    for need in outcome.survey.needs:
        town = nearest[locality_of(need)]
        units = sum(need.half_hours)
        asked[town] += units
        covered[town] += units if need.need_id in served else 0
    found = [Around(town.name, asked[town], covered[town]) for town in towns if asked[town]]
    return sorted(found, key=lambda around: (-around.asked, around.name))


def metres_apart(first: Locality, second: Locality) -> float:
    """Return the distance between two places, on a plane: exact enough within a country."""
    shrink = cos(radians((first.latitude + second.latitude) / 2))
    north = first.latitude - second.latitude
    east = (first.longitude - second.longitude) * shrink
    return hypot(north, east) * METRES_PER_DEGREE
