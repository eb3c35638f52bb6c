"""The last word on a small graph: an integer program over every job that can still matter."""

from __future__ import annotations

from dataclasses import dataclass
from math import floor
from typing import TYPE_CHECKING

import numpy as np

from maillage.engines.kernel.clock import deadline, sooner
from maillage.engines.pooling.bounding import Branch, units_of, whole_units
from maillage.engines.pooling.catalogue import HECTOMETRE, every_job
from maillage.engines.pooling.improving import distinct, rows_among
from maillage.engines.pooling.integer import Demand, pack
from maillage.engines.pooling.kernels.pairs import widest
from maillage.engines.pooling.master import PRICE_SCALE

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from maillage.engines.pooling.graph import Graph


@dataclass(frozen=True, slots=True)
class Settled:
    """A bound in units, the best answer known, and the branches that more time could close."""

    bound: int
    jobs: NDArray[np.int32] | None
    branches: tuple[Branch, ...]


ROOM = 30_000  # jobs; with more, the integer program proves nothing in useful time
PROOF_NODES = 100_000
CHOICE_NODES = 500
CHOICE_SECONDS = 2.0  # for tidying up among equals, when time is counted
HUGE = 1 << 40  # units: more than any answer can be worth
SAFETY = 1e-6  # relative: how far the integer program's own bound is trusted


def settle(
    graph: Graph,
    incumbent: NDArray[np.int32],
    prices: NDArray[np.int64],
    *,
    bound: int,
    branches: tuple[Branch, ...],
    seconds: float | None = None,
    until: float | None = None,
) -> Settled:
    """Prove `incumbent` best, or find better, or lower `bound` (in units).

    `prices` must leave no job a profit: a job that loses more than bound and incumbent differ
    by cannot be part of a better answer. `branches` is what `bounding` left open: a better
    answer is in one of them. Of the best answers, one with few employers is returned. Takes
    about `seconds` at most, and stops at the time `until`.
    """
    until = sooner(deadline(seconds), until)
    least = units_of(graph, incumbent)
    loss = (prices.sum() / PRICE_SCALE - least) / (2 * graph.hours.shape[1])
    jobs = every_job(graph, prices=prices, loss=loss, room=ROOM)
    if jobs is None:
        return Settled(bound, None, ())
    jobs = distinct(np.vstack([jobs, incumbent]))
    best, still_open = incumbent, []
    # The branches that ask for many jobs close fast: most often there is no answer in them.
    for branch in sorted(_split(branches, len(incumbent)), key=lambda b: -b.fewest):
        best, closed = _close(graph, jobs, best, branch, until)
        if not closed:
            still_open.append(branch)
    least = units_of(graph, best)
    still_open = [b for b in still_open if whole_units(graph, b.bound) > least]
    if still_open:
        highest = max(whole_units(graph, branch.bound) for branch in still_open)
        return Settled(min(bound, highest), best, tuple(still_open))
    return Settled(min(bound, least), fewest_employers(graph, jobs, best, until=until), ())


def _split(branches: tuple[Branch, ...], expected: int) -> list[Branch]:
    """Set answers with more jobs than `expected` apart from the others."""
    apart: list[Branch] = []
    for branch in branches:
        if branch.fewest <= expected < branch.most:
            apart.append(Branch(branch.fewest, expected, branch.bound))
            apart.append(Branch(expected + 1, branch.most, branch.bound))
        else:
            apart.append(branch)
    return apart


def _close(
    graph: Graph,
    jobs: NDArray[np.int32],
    best: NDArray[np.int32],
    branch: Branch,
    until: float | None,
) -> tuple[NDArray[np.int32], bool]:
    """Look for something better than `best` in `branch`: return the best, and whether it is proved.

    Lowers the bound of `branch` as far as it got.
    """
    least, most = units_of(graph, best), whole_units(graph, branch.bound)
    if most <= least:
        return best, True
    worth = np.where(jobs >= 0, graph.units[jobs], 0).sum(axis=1).astype(np.float64)
    better = Demand(worth, least + 1 / 2, float(most))
    counted = Demand(np.ones(len(jobs)), branch.fewest, branch.most)
    packing = pack(jobs, worth, demands=[better, counted], nodes=PROOF_NODES, until=until)
    branch.bound = min(branch.bound, _trusted(packing.bound) * PRICE_SCALE)
    found = best if packing.chosen is None else jobs[packing.chosen]
    return found, packing.proved


def _trusted(bound: float) -> int:
    """Return whole units no lower than a bound computed in floating point."""
    return floor(bound * (1 + SAFETY) + SAFETY) if abs(bound) < HUGE else HUGE


def fewest_employers(
    graph: Graph,
    jobs: NDArray[np.int32],
    answer: NDArray[np.int32],
    *,
    until: float | None,
) -> NDArray[np.int32]:
    """Among choices of `jobs` as good as `answer`, return one with few employers and kilometres.

    Employers beyond two per job count first, then distances. Never worse than `answer`.
    """
    units = units_of(graph, answer)
    held = jobs >= 0
    worth = np.where(held, graph.units[jobs], 0).sum(axis=1).astype(np.float64)
    hectometres = widest(graph.radians, jobs) // HECTOMETRE
    most_jobs = graph.size // 2
    dear = float(1 + hectometres.max(initial=0) * most_jobs)  # one employer beats any distance
    cost = dear * (held.sum(axis=1) - 2) + hectometres
    packing = pack(
        jobs,
        -cost.astype(np.float64),
        start=np.nonzero(rows_among(jobs, answer))[0],
        demands=[Demand(worth, float(units), float(units))],
        nodes=CHOICE_NODES,
        until=None if until is None else sooner(deadline(CHOICE_SECONDS), until),
    )
    if packing.chosen is None:
        return answer
    chosen = jobs[packing.chosen]
    return chosen if units_of(graph, chosen) == units else answer
