"""The compatibility graph: which needs may be in one job, two by two, as arrays.

An edge joins two needs of different firms that do not compete, of the same or related
occupations, close enough, and whose summed hours stay under every maximum of the contract.
A shared job is a clique of this graph whose hours also reach the minima.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from maillage.engines.pooling.kernels.pairs import adjacency, compatible_pairs, induced

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from maillage.engines.pooling.instance import Instance


@dataclass(frozen=True, slots=True)
class Band:
    """What a contract asks of a job, in half-hours a week per period and in units a year."""

    period_min: int
    period_max: int
    units_min: int
    units_max: int
    max_employers: int

    @property
    def limits(self) -> NDArray[np.int64]:
        """The five numbers as one array, the form kernels take."""
        return np.array(
            [
                self.period_min,
                self.period_max,
                self.units_min,
                self.units_max,
                self.max_employers,
            ],
            dtype=np.int64,
        )


@dataclass(frozen=True, slots=True)
class Graph:
    """Needs as positions 0..n-1, their hours, places and neighbours.

    `hours[i, t]` half-hours a week, `units[i]` their sum; the neighbours of `i` are
    `neighbours[starts[i]:starts[i + 1]]`, ascending. `radians[i]` holds latitude, longitude.
    """

    hours: NDArray[np.int32]
    units: NDArray[np.int64]
    radians: NDArray[np.float64]
    starts: NDArray[np.int64]
    neighbours: NDArray[np.int32]
    band: Band

    @property
    def size(self) -> int:
        """How many needs."""
        return len(self.units)

    def degrees(self) -> NDArray[np.int64]:
        """How many neighbours each need has."""
        return np.diff(self.starts)

    def subgraph(self, items: NDArray[np.int64]) -> Graph:
        """Return the graph induced by `items`, whose positions become 0, 1, 2..."""
        starts, neighbours = induced(self.starts, self.neighbours, items)
        return Graph(
            hours=self.hours[items],
            units=self.units[items],
            radians=self.radians[items],
            starts=starts,
            neighbours=neighbours,
            band=self.band,
        )


def band_of(instance: Instance) -> Band:
    """Return the contract's limits as whole numbers over the instance's year."""
    contract, periods = instance.contract, instance.periods
    return Band(
        period_min=contract.period_min_half_hours,
        period_max=contract.period_max_half_hours,
        units_min=contract.mean_min_half_hours * periods,
        units_max=contract.mean_max_half_hours * periods,
        max_employers=instance.max_employers,
    )


def compatibility_graph(instance: Instance) -> Graph:
    """Build the graph of `instance`; position i is its i-th need."""
    needs = instance.needs
    hours = np.array([need.half_hours for need in needs], dtype=np.int32).reshape(
        len(needs), instance.periods
    )
    degrees = np.array([(n.latitude, n.longitude) for n in needs], dtype=np.float64)
    radians = np.radians(degrees.reshape(len(needs), 2))
    firms, firm_of = _numbered(need.firm_id for need in needs)
    occupations, occupation_of = _numbered(need.occupation for need in needs)
    related = np.eye(max(1, len(occupations)), dtype=np.bool_)
    for a, b in instance.related:
        if a in occupations and b in occupations:
            related[occupations[a], occupations[b]] = True
            related[occupations[b], occupations[a]] = True
    rivals = sorted(
        firms[a] * len(firms) + firms[b]
        if firms[a] < firms[b]
        else firms[b] * len(firms) + firms[a]
        for a, b in instance.competitors
        if a in firms and b in firms
    )
    band = band_of(instance)
    units = hours.sum(axis=1, dtype=np.int64)
    first, second = compatible_pairs(
        hours,
        units,
        radians,
        np.argsort(radians[:, 0], kind="stable"),
        firm_of,
        occupation_of,
        related,
        np.array(rivals, dtype=np.int64),
        len(firms),
        instance.max_distance_metres,
        band.limits,
    )
    starts, neighbours = adjacency(first, second, len(needs))
    return Graph(
        hours=hours,
        units=units,
        radians=radians,
        starts=starts,
        neighbours=neighbours,
        band=band,
    )


def _numbered(names: Iterable[str]) -> tuple[dict[str, int], NDArray[np.int64]]:
    """Number distinct names in order of appearance; return the numbers and each one's."""
    numbers: dict[str, int] = {}
    positions = [numbers.setdefault(name, len(numbers)) for name in names]
    return numbers, np.array(positions, dtype=np.int64)
