"""The answer: shared jobs, and what each one amounts to."""

from dataclasses import dataclass
from itertools import combinations
from math import asin, cos, radians, sin, sqrt

from maillage.engines.pooling.instance import Instance, Need

EARTH_RADIUS_METRES = 6_371_000


@dataclass(frozen=True, slots=True)
class SharedJob:
    """One permanent job: the ids of the needs it serves, each from a different firm."""

    need_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Solution:
    """Shared jobs that have no need in common."""

    jobs: tuple[SharedJob, ...]


@dataclass(frozen=True, order=True, slots=True)
class Objective:
    """What a solution is worth; the larger the better, compared in this order.

    `units` covered come first; then fewer employers beyond the two that any shared job has;
    then fewer metres, summing over jobs the distance between their two farthest places.
    The last two are held negated, so that larger is better throughout.
    """

    units: int
    minus_extra_employers: int
    minus_metres: int


def metres_between(first: Need, second: Need) -> int:
    """Great-circle distance, in whole metres (haversine formula on a mean-radius sphere)."""
    lat_1, lat_2 = radians(first.latitude), radians(second.latitude)
    half_lat = (lat_2 - lat_1) / 2
    half_lon = radians(second.longitude - first.longitude) / 2
    chord = sin(half_lat) ** 2 + cos(lat_1) * cos(lat_2) * sin(half_lon) ** 2
    return round(2 * EARTH_RADIUS_METRES * asin(min(1.0, sqrt(chord))))


def needs_of(instance: Instance, job: SharedJob) -> tuple[Need, ...]:
    """Return the needs that `job` serves, in its order."""
    return tuple(instance.need_by_id[need_id] for need_id in job.need_ids)


def half_hours_of(instance: Instance, job: SharedJob) -> tuple[int, ...]:
    """Half-hours a week of `job` in each period."""
    return tuple(
        sum(period) for period in zip(*(n.half_hours for n in needs_of(instance, job)), strict=True)
    )


def metres_of(instance: Instance, job: SharedJob) -> int:
    """Distance between the two farthest places of `job`, in metres."""
    return max(
        (metres_between(a, b) for a, b in combinations(needs_of(instance, job), 2)), default=0
    )


def objective_of(instance: Instance, solution: Solution) -> Objective:
    """Recompute what `solution` is worth, with no solver involved."""
    return Objective(
        units=sum(sum(half_hours_of(instance, job)) for job in solution.jobs),
        minus_extra_employers=-sum(len(job.need_ids) - 2 for job in solution.jobs),
        minus_metres=-sum(metres_of(instance, job) for job in solution.jobs),
    )
