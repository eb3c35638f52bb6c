"""Who stands where once a solution is known: needs, jobs and rules as arrays."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from maillage.engines.pooling.graph import Graph, compatibility_graph

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from maillage.engines.pooling.instance import Instance, Need
    from maillage.engines.pooling.solution import Solution


@dataclass(frozen=True, slots=True)
class Pairs:
    """Names numbered, and pairs of them both ways: those paired with number a are its row."""

    numbers: dict[str, int]
    starts: NDArray[np.int64]
    others: NDArray[np.int64]

    def row(self, number: int) -> NDArray[np.int64]:
        """Return the numbers paired with `number`."""
        return self.others[self.starts[number] : self.starts[number + 1]]


@dataclass(frozen=True)
class Situation:
    """Needs as positions, from the largest to the smallest (so those without hours come last).

    `jobs` holds the needs of each job, padded with -1, in the order of the solution; `job_of`
    the job that serves each need, or -1; `alone` the needs that no job serves and that ask for
    hours.
    """

    instance: Instance
    needs: tuple[Need, ...]
    graph: Graph
    jobs: NDArray[np.int64]
    sizes: NDArray[np.int64]
    job_hours: NDArray[np.int64]
    job_units: NDArray[np.int64]
    job_of: NDArray[np.int64]
    alone: NDArray[np.int64]
    firms: Pairs
    firm_of: NDArray[np.int64]
    occupations: Pairs
    occupation_of: NDArray[np.int64]

    @cached_property
    def position_of(self) -> dict[str, int]:
        """The position of each need, under its id."""
        return {need.need_id: position for position, need in enumerate(self.needs)}

    @cached_property
    def asking(self) -> int:
        """How many needs ask for hours: positions below it do."""
        return int((self.graph.units > 0).sum())

    def need_ids(self, positions: Iterable[int]) -> tuple[str, ...]:
        """Return the ids of needs, leaving out the padding."""
        return tuple(self.needs[position].need_id for position in positions if position >= 0)


def situation_of(instance: Instance, solution: Solution) -> Situation:
    """Return the arrays of `instance`, served as `solution` says."""
    graph = compatibility_graph(instance)
    order = np.argsort(-graph.units, kind="stable")
    graph = graph.subgraph(order)
    needs = tuple(instance.needs[i] for i in order)
    jobs, job_of = _jobs(needs, solution)
    sizes = (jobs >= 0).sum(axis=1)
    job_hours = np.where((jobs >= 0)[:, :, None], graph.hours[jobs], 0).sum(axis=1, dtype=np.int64)
    firms = _paired((need.firm_id for need in needs), instance.competitors)
    occupations = _paired((need.occupation for need in needs), instance.related)
    return Situation(
        instance=instance,
        needs=needs,
        graph=graph,
        jobs=jobs,
        sizes=sizes,
        job_hours=job_hours,
        job_units=job_hours.sum(axis=1),
        job_of=job_of,
        alone=np.nonzero((job_of < 0) & (graph.units > 0))[0],
        firms=firms,
        firm_of=np.array([firms.numbers[need.firm_id] for need in needs], np.int64),
        occupations=occupations,
        occupation_of=np.array([occupations.numbers[n.occupation] for n in needs], np.int64),
    )


def _jobs(
    needs: tuple[Need, ...], solution: Solution
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    position = {need.need_id: i for i, need in enumerate(needs)}
    width = max((len(job.need_ids) for job in solution.jobs), default=1)
    jobs = np.full((len(solution.jobs), width), -1, np.int64)
    job_of = np.full(len(needs), -1, np.int64)
    for c, job in enumerate(solution.jobs):
        members = [position[need_id] for need_id in job.need_ids]
        jobs[c, : len(members)] = members
        job_of[members] = c
    return jobs, job_of


def _paired(names: Iterable[str], pairs: frozenset[tuple[str, str]]) -> Pairs:
    """Number `names` and keep the pairs that are all about them."""
    numbers: dict[str, int] = {}
    for name in names:
        numbers.setdefault(name, len(numbers))
    ways = [
        way
        for a, b in pairs
        if a in numbers and b in numbers
        for way in ((numbers[a], numbers[b]), (numbers[b], numbers[a]))
    ]
    rows = np.array(sorted(ways), np.int64).reshape(len(ways), 2)
    counts = np.bincount(rows[:, 0], minlength=len(numbers))
    starts = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    return Pairs(numbers, starts, np.ascontiguousarray(rows[:, 1]))
