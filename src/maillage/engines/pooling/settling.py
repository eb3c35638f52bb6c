"""The last word on a small graph: an integer program over every job that can still matter."""

from __future__ import annotations

from dataclasses import dataclass
from math import floor
from typing import TYPE_CHECKING

import numpy as np

from maillage.engines.pooling.bounding import units_of
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
    """A bound in units, an answer if one was found; whether more time could say more."""

    bound: int
    jobs: NDArray[np.int32] | None
    retry: bool


ROOM = 30_000  # jobs; with more, the integer program proves nothing in useful time
PROOF_NODES = 100_000
CHOICE_NODES = 500
SAFETY = 1e-6  # relative: how far the integer program's own bound is trusted


def settle(
    graph: Graph,
    incumbent: NDArray[np.int32],
    prices: NDArray[np.int64],
    *,
    bound: int,
    job_counts: tuple[float, float],
    until: float | None = None,
) -> Settled:
    """Prove `incumbent` best, or find better, or lower `bound` (in units).

    `prices` must leave no job a profit: a job that loses more than bound and incumbent differ
    by cannot be part of a better answer. `job_counts` is what `bounding` proved of the number
    of jobs that a better answer has. Of the best answers, one with few employers is returned.
    """
    least = units_of(graph, incumbent)
    loss = (prices.sum() / PRICE_SCALE - least) / (2 * graph.hours.shape[1])
    jobs = every_job(graph, prices=prices, loss=loss, room=ROOM)
    if jobs is None:
        return Settled(bound, None, retry=False)
    jobs = distinct(np.vstack([jobs, incumbent]))
    if least >= bound:
        return Settled(bound, fewest_employers(graph, jobs, incumbent, until=until), retry=False)
    worth = np.where(jobs >= 0, graph.units[jobs], 0).sum(axis=1).astype(np.float64)
    better = Demand(worth, least + 1 / 2, float(bound))
    counted = Demand(np.ones(len(jobs)), *job_counts)
    packing = pack(jobs, worth, demands=[better, counted], nodes=PROOF_NODES, until=until)
    best = incumbent if packing.chosen is None else jobs[packing.chosen]
    if packing.proved:
        fewest = fewest_employers(graph, jobs, best, until=until)
        return Settled(units_of(graph, best), fewest, retry=False)
    return Settled(min(bound, _trusted(packing.bound)), best, retry=True)


def _trusted(bound: float) -> int:
    """Return whole units no lower than a bound computed in floating point."""
    return floor(bound * (1 + SAFETY) + SAFETY) if np.isfinite(bound) else np.iinfo(np.int64).max


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
        until=until,
    )
    if packing.chosen is None:
        return answer
    chosen = jobs[packing.chosen]
    return chosen if units_of(graph, chosen) == units else answer
