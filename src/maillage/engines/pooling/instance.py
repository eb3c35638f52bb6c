"""The question: needs of firms, a contract, and what may not go together.

Hours are counted in half-hours a week, as whole numbers. Summed over the periods of the year
(12 months or 52 weeks) they make *units*, the integer every objective and bound is in:
mean hours a week = units / (2 x periods).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType

from maillage.engines.kernel.errors import InstanceError

MONTHS = 12
WEEKS = 52
MIN_EMPLOYERS = 2
POLE, ANTIMERIDIAN = 90, 180  # degrees
MAX_HALF_HOURS = 2 * 24 * 7  # hours there are in a week


@dataclass(frozen=True, slots=True)
class Need:
    """Hours a firm would give to somebody: half-hours a week in each period of the year.

    `occupation` is a ROME code or any label; `firm` and `place` are only for people to read.
    """

    need_id: str
    firm_id: str
    firm: str
    occupation: str
    latitude: float
    longitude: float
    half_hours: tuple[int, ...]
    place: str = ""

    @property
    def units(self) -> int:
        """Half-hours a week summed over the periods."""
        return sum(self.half_hours)


@dataclass(frozen=True, slots=True)
class Contract:
    """Hours a week that make a job: on average over the year, and in any single period."""

    name: str
    mean_min_half_hours: int
    mean_max_half_hours: int
    period_min_half_hours: int
    period_max_half_hours: int

    def __post_init__(self) -> None:
        bands = {
            "mean": (self.mean_min_half_hours, self.mean_max_half_hours),
            "period": (self.period_min_half_hours, self.period_max_half_hours),
        }
        for field, (low, high) in bands.items():
            if not 0 <= low <= high <= MAX_HALF_HOURS:
                raise InstanceError(
                    row=f"contract {self.name}",
                    field=field,
                    message=f"{low / 2} to {high / 2} hours a week is not a possible band",
                )
        if self.mean_max_half_hours < 1:
            raise InstanceError(
                row=f"contract {self.name}", field="mean", message="a job needs some hours"
            )


def _in_hours(name: str, mean: tuple[int, int], period: tuple[int, int]) -> Contract:
    return Contract(name, 2 * mean[0], 2 * mean[1], 2 * period[0], 2 * period[1])


CONTRACTS: Mapping[str, Contract] = MappingProxyType(
    {
        "annual": _in_hours("annual", mean=(32, 36), period=(21, 44)),
        "strict": _in_hours("strict", mean=(30, 39), period=(30, 39)),
        "part-time": _in_hours("part-time", mean=(24, 32), period=(14, 40)),
    }
)


def sorted_pairs(pairs: Iterable[tuple[str, str]]) -> frozenset[tuple[str, str]]:
    """Return unordered pairs in the one form an `Instance` takes: each sorted, none twice."""
    return frozenset((min(pair), max(pair)) for pair in pairs)


@dataclass(frozen=True)
class Instance:
    """Needs to pool, and the rules a shared job must obey.

    `competitors` holds pairs of firm ids, `related` pairs of occupations, each pair sorted
    (see `sorted_pairs`); an occupation is always related to itself. Pairs may name firms or
    occupations that no need has. Raises `InstanceError` when a value makes no sense.
    """

    needs: tuple[Need, ...]
    contract: Contract
    competitors: frozenset[tuple[str, str]] = frozenset()
    related: frozenset[tuple[str, str]] = frozenset()
    max_distance_metres: int = 30_000
    max_employers: int = 5

    def __post_init__(self) -> None:
        self._check_limits()
        seen: set[str] = set()
        for need in self.needs:
            if need.need_id in seen:
                raise InstanceError(
                    row=f"need {need.need_id}", field="need_id", message="is given twice"
                )
            seen.add(need.need_id)
            self._check_need(need)

    def _check_limits(self) -> None:
        if self.max_distance_metres < 0:
            raise InstanceError(
                row="limits", field="max_distance_metres", message="cannot be negative"
            )
        if self.max_employers < MIN_EMPLOYERS:
            raise InstanceError(
                row="limits",
                field="max_employers",
                message=f"a shared job has at least {MIN_EMPLOYERS} employers",
            )
        for field, pairs in (("competitors", self.competitors), ("related", self.related)):
            for first, second in pairs:
                if first >= second:
                    raise InstanceError(
                        row=f"pair {first}, {second}",
                        field=field,
                        message="give two different names in alphabetical order",
                    )

    def _check_need(self, need: Need) -> None:
        row = f"need {need.need_id}"
        if len(need.half_hours) != self.periods or self.periods not in (MONTHS, WEEKS):
            raise InstanceError(
                row=row, field="half_hours", message="give 12 months or 52 weeks, all needs alike"
            )
        if not all(0 <= half_hours <= MAX_HALF_HOURS for half_hours in need.half_hours):
            raise InstanceError(
                row=row, field="half_hours", message="hours a week go from 0 to 168"
            )
        if not (abs(need.latitude) <= POLE and abs(need.longitude) <= ANTIMERIDIAN):
            raise InstanceError(
                row=row, field="latitude, longitude", message="is not a place on Earth"
            )

    @property
    def periods(self) -> int:
        """How many periods the year is cut into: 12 months or 52 weeks."""
        return len(self.needs[0].half_hours) if self.needs else MONTHS

    @cached_property
    def total_units(self) -> int:
        """All hours asked for, in units."""
        return sum(need.units for need in self.needs)

    @cached_property
    def need_by_id(self) -> Mapping[str, Need]:
        """Each need under its id."""
        return {need.need_id: need for need in self.needs}

    def mean_hours(self, units: float) -> float:
        """Mean hours a week over the year that `units` stand for."""
        return units / (2 * self.periods)
