"""Why each job, and why each need left alone: as data, for the host to put into words."""

from collections.abc import Mapping
from dataclasses import dataclass

from maillage.engines.pooling.solution import SharedJob


@dataclass(frozen=True, slots=True)
class Reason:
    """A stable code and what fills its sentence."""

    code: str
    details: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class JobFacts:
    """What one job amounts to: half-hours a week per period, units, largest distance, why."""

    job: SharedJob
    half_hours: tuple[int, ...]
    units: int
    metres: int
    reason: Reason


@dataclass(frozen=True, slots=True)
class Relaxation:
    """The cheapest change that would serve a need, the partners it would have, and the gain.

    `gain_units` is what the network would gain in covered hours.
    """

    code: str
    details: Mapping[str, object]
    partners: tuple[str, ...]
    gain_units: int


@dataclass(frozen=True, slots=True)
class Unserved:
    """A need left alone: why, and the cheapest change that would serve it, if one was found."""

    need_id: str
    reason: Reason
    relaxation: Relaxation | None


@dataclass(frozen=True, slots=True)
class Explanation:
    """Facts for each job, in the solution's order, and for each need left alone."""

    jobs: tuple[JobFacts, ...]
    unserved: tuple[Unserved, ...]
