"""Survey instances for the pooling benchmarks: invented firms, towns and needs, from a seed.

    python -m benchmarks.instances.pooling 2000 --seed 1 --out some/folder

writes `needs.csv`, `competitors.csv` and `related.csv`, in the format `maillage pool` reads.

Firms gather around towns of very unequal sizes, on a square whose area grows with the number of
needs, so that a firm has about as many neighbours in a large survey as in a small one (a few
more: the largest town grows). Hours go by half working days, as people say them in a survey.
The same `needs` and `seed` give the same files everywhere.
"""

import argparse
import csv
import math
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import NamedTuple

from benchmarks.instances.trades import PEAKS, RELATED, SECTORS, SUPPORT_SIZES, Sector

HALF_DAY = 7  # half-hours; every number of hours is a whole number of half-days

SQUARE_KM_PER_NEED = 10.2
NEEDS_PER_TOWN = 45
FEWEST_TOWNS = 3
TOWN_RANK_EXPONENT = 0.8  # the k-th town weighs k to the minus 0.8: between Zipf and even
TOWN_SPREAD_KM = 3.5
CENTRE = (46.8, 2.6)  # the middle of France: the largest square still lies inside the country

CLOSED_IN_AUGUST = 0.14  # of the firms whose trade can close
HOURS_LEFT_IN_AUGUST = 0.45

COMPETITOR_REACH_KM = 30.0
COMPETITOR_SHARE = 0.30  # of the pairs of one sector within reach

EARTH_RADIUS_KM = 6371.0
KM_PER_DEGREE = math.pi * EARTH_RADIUS_KM / 180


@dataclass(frozen=True, slots=True)
class SurveyNeed:
    """One need as a firm states it; `half_hours` are a week, one number per month."""

    need_id: str
    firm_id: str
    firm: str
    occupation: str
    latitude: float
    longitude: float
    half_hours: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Firm:
    firm_id: str
    name: str
    sector: Sector
    latitude: float
    longitude: float


class Survey(NamedTuple):
    """What a survey brings back: needs, declared competitors, related occupations."""

    rows: tuple[SurveyNeed, ...]
    competitors: frozenset[tuple[str, str]]
    related: frozenset[tuple[str, str]]

    def write(self, folder: Path) -> None:
        """Write the three files into `folder`, creating it when needed."""
        folder.mkdir(parents=True, exist_ok=True)
        months = [f"m{month:02}" for month in range(1, 13)]
        _write_csv(
            folder / "needs.csv",
            ["need_id", "firm_id", "firm", "occupation", "lat", "lon", *months],
            (_cells(row) for row in self.rows),
        )
        _write_csv(folder / "competitors.csv", ["firm_a", "firm_b"], sorted(self.competitors))
        _write_csv(folder / "related.csv", ["occupation_a", "occupation_b"], sorted(self.related))


def generate(needs: int, seed: int) -> Survey:
    """Invent a survey of exactly `needs` needs; the same arguments give the same survey."""
    if needs < 1:
        raise ValueError(f"A survey has at least one need, not {needs}.")
    random = Random(f"pooling survey of {needs} needs, seed {seed}")
    places = _places(needs, random)
    firms: list[_Firm] = []
    rows: list[SurveyNeed] = []
    while len(rows) < needs:
        firm = _firm(len(firms), places, random)
        firms.append(firm)
        for occupation, half_hours in _needs_of(firm.sector, random):
            rows.append(
                SurveyNeed(
                    need_id=f"N{len(rows):05}",
                    firm_id=firm.firm_id,
                    firm=firm.name,
                    occupation=occupation,
                    latitude=firm.latitude,
                    longitude=firm.longitude,
                    half_hours=half_hours,
                )
            )
    return Survey(
        rows=tuple(rows[:needs]),
        competitors=_competitors(firms, random),
        related=frozenset((min(pair), max(pair)) for pair in RELATED),
    )


# Where the firms are


def _places(needs: int, random: Random) -> Iterator[tuple[float, float]]:
    """Yield places without end, gathered around towns: latitude, longitude in degrees."""
    half_side = math.sqrt(SQUARE_KM_PER_NEED * needs) / 2
    count = max(FEWEST_TOWNS, round(needs / NEEDS_PER_TOWN))
    towns = [
        (random.uniform(-half_side, half_side), random.uniform(-half_side, half_side))
        for _ in range(count)
    ]
    reach = list(accumulate((rank + 1) ** -TOWN_RANK_EXPONENT for rank in range(count)))
    while True:
        east, north = random.choices(towns, cum_weights=reach)[0]
        east = _within(half_side, random.gauss(east, TOWN_SPREAD_KM))
        north = _within(half_side, random.gauss(north, TOWN_SPREAD_KM))
        latitude = CENTRE[0] + north / KM_PER_DEGREE
        width_of_degree = KM_PER_DEGREE * math.cos(math.radians(latitude))
        yield round(latitude, 6), round(CENTRE[1] + east / width_of_degree, 6)


def _within(limit: float, value: float) -> float:
    return max(-limit, min(limit, value))


def _firm(rank: int, places: Iterator[tuple[float, float]], random: Random) -> _Firm:
    sector = random.choices(SECTORS, weights=[sector.share for sector in SECTORS])[0]
    latitude, longitude = next(places)
    return _Firm(f"F{rank:05}", f"{sector.name} {rank}", sector, latitude, longitude)


# What they need


def _needs_of(sector: Sector, random: Random) -> list[tuple[str, tuple[int, ...]]]:
    """Draw the needs of one firm: seasonal ones of its trade, then steady support."""
    wanted: list[tuple[str, tuple[int, ...]]] = []
    closed = sector.closes_in_august and random.random() < CLOSED_IN_AUGUST
    while not wanted:
        wanted = [
            (occupation, _seasonal_hours(season, random))
            for occupation, share, season in sector.seasonal
            if random.random() < share
        ]
        taken = {occupation for occupation, _ in wanted}
        support = _support_of(sector, taken, random)
        wanted += [(occupation, _steady_hours(random)) for occupation in support]
    if closed:
        return [(occupation, _with_august_closure(hours)) for occupation, hours in wanted]
    return wanted


def _support_of(sector: Sector, taken: set[str], random: Random) -> list[str]:
    count = random.choices(range(len(sector.support_counts)), weights=sector.support_counts)[0]
    weights = {name: weight for name, weight in sector.support if name not in taken}
    drawn: list[str] = []
    for _ in range(count):
        name = random.choices(list(weights), weights=list(weights.values()))[0]
        drawn.append(name)
        del weights[name]
    return drawn


def _seasonal_hours(season: Sequence[int], random: Random) -> tuple[int, ...]:
    peak = random.choice(PEAKS)
    return tuple(
        min(peak, _half_days(peak * percent / 100 * random.uniform(0.85, 1.15)))
        for percent in season
    )


def _steady_hours(random: Random) -> tuple[int, ...]:
    half_days = random.choices(range(1, len(SUPPORT_SIZES) + 1), weights=SUPPORT_SIZES)[0]
    return (half_days * HALF_DAY,) * 12


def _with_august_closure(half_hours: tuple[int, ...]) -> tuple[int, ...]:
    august = 7
    left = _half_days(half_hours[august] * HOURS_LEFT_IN_AUGUST)
    return (*half_hours[:august], left, *half_hours[august + 1 :])


def _half_days(half_hours: float) -> int:
    """Round to a whole number of half-days."""
    return HALF_DAY * math.floor(half_hours / HALF_DAY + 0.5)


# Who fears whom


def _competitors(firms: Sequence[_Firm], random: Random) -> frozenset[tuple[str, str]]:
    """Draw the declared pairs among the firms of one sector that are within reach."""
    cells: dict[tuple[str, int, int], list[_Firm]] = defaultdict(list)
    pairs: set[tuple[str, str]] = set()
    for firm in firms:
        row, column = _cell(firm)
        for near_row in (row - 1, row, row + 1):
            for near_column in (column - 1, column, column + 1):
                for other in cells.get((firm.sector.name, near_row, near_column), ()):
                    if _km_apart(firm, other) <= COMPETITOR_REACH_KM and (
                        random.random() < COMPETITOR_SHARE
                    ):
                        pairs.add((other.firm_id, firm.firm_id))
        cells[firm.sector.name, row, column].append(firm)
    return frozenset(pairs)


def _cell(firm: _Firm) -> tuple[int, int]:
    """Return the square of a grid such that firms within reach are in touching squares."""
    # 0.6 is below the cosine of any latitude of the country: a square is never too narrow.
    side = COMPETITOR_REACH_KM / KM_PER_DEGREE
    return math.floor(firm.latitude / side), math.floor(firm.longitude / (side / 0.6))


def _km_apart(first: _Firm, second: _Firm) -> float:
    """Great-circle distance, by the haversine formula."""
    north = math.radians(second.latitude - first.latitude)
    east = math.radians(second.longitude - first.longitude)
    across = math.cos(math.radians(first.latitude)) * math.cos(math.radians(second.latitude))
    chord = math.sin(north / 2) ** 2 + across * math.sin(east / 2) ** 2
    return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(chord))


# Files


def _cells(need: SurveyNeed) -> list[str]:
    place = [f"{need.latitude:.6f}", f"{need.longitude:.6f}"]
    hours = [f"{half_hours / 2:g}" for half_hours in need.half_hours]
    return [need.need_id, need.firm_id, need.firm, need.occupation, *place, *hours]


def _write_csv(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def main(arguments: Sequence[str] | None = None) -> int:
    """Write a survey to a folder, from the command line."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.instances.pooling", description="Invent a survey of needs."
    )
    parser.add_argument("needs", type=int, help="how many needs")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, required=True, help="folder that receives the files")
    options = parser.parse_args(arguments)
    if options.needs < 1:
        parser.error(f"a survey has at least one need, not {options.needs}")
    survey = generate(options.needs, options.seed)
    survey.write(options.out)
    firms = len({row.firm_id for row in survey.rows})
    pairs = len(survey.competitors)
    print(f"{len(survey.rows)} needs of {firms} firms, {pairs} competing pairs: {options.out}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
