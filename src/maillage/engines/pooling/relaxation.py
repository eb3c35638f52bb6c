"""Column generation: the linear relaxation of a graph, and a bound that is proved.

However the linear solver rounds, the bound is exact: prices are made whole numbers, and every
job is then priced in whole arithmetic. At prices p, no answer is worth more than
sum(p) + sum over roots of max(0, most profit of a job of that root).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from maillage.engines.kernel.clock import remaining
from maillage.engines.kernel.kernels.chance import random_state
from maillage.engines.pooling.kernels.search import BEST, Ask, Prices, Space, search
from maillage.engines.pooling.master import PRICE_SCALE, Master, MasterError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from maillage.engines.pooling.graph import Graph

JOBS_PER_ROOT = 4  # brought in at each pricing: more are rarely used, fewer need more rounds
TRIES_PER_ROOT = 2_000_000  # steps after which a root's most profit is only an upper bound
CLOSE_ENOUGH = 1e-6  # relative distance between program and bound at which to stop
FIRST_PRICE = 0.95  # of the hours of each need, before any program is solved


@dataclass(frozen=True, slots=True)
class Relaxation:
    """What the best fractional answer is worth, at most.

    `bound` is proved, in units x PRICE_SCALE; `prices` are the needs' own, raised where needed
    so that, with no odd set and no limit on the number of jobs, no job has a profit: their sum
    is then a bound too. `support` are the jobs of the fractional answer, worth `value` units;
    `converged` tells if the program was solved to its end.
    """

    bound: int
    prices: NDArray[np.int64]
    support: NDArray[np.int32]
    converged: bool
    value: float


def space_of(graph: Graph) -> Space:
    """Return the arrays of `graph` in the form kernels take."""
    return Space(graph.starts, graph.neighbours, graph.hours, graph.units, graph.band.limits)


def plain_prices(profits: NDArray[np.int64]) -> Prices:
    """Return prices with no odd set and nothing per job."""
    nothing = np.empty(0, np.int64)
    return Prices(profits, 0, np.zeros(len(profits) + 1, np.int64), nothing, nothing)


def price(
    graph: Graph, prices: Prices, *, roots: int
) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """Return the most profitable jobs, and the most profit of each root (0 when none has any)."""
    ask = Ask(BEST, JOBS_PER_ROOT, 0, TRIES_PER_ROOT)
    room = JOBS_PER_ROOT * (roots + 1)
    jobs, _, best, _ = search(space_of(graph), prices, ask, roots, room, random_state(0))
    return jobs, best


def add_first_jobs(master: Master) -> None:
    """Give an empty master the jobs that look best before any program is solved."""
    guess = np.rint((1 - FIRST_PRICE) * master.graph.units * PRICE_SCALE).astype(np.int64)
    guess[master.inside :] = 0
    jobs, _ = price(master.graph, plain_prices(guess), roots=master.inside)
    master.add_jobs(jobs)


def relax(master: Master, *, until: float | None = None) -> Relaxation | None:
    """Solve the relaxation of `master` by column generation.

    At the time `until` (see `clock`) it stops early, with a bound valid all the same. Returns
    None when nothing was proved: no time for one program, or no answer with the jobs known.
    """
    lowest: Relaxation | None = None
    while remaining(until) != 0:
        try:
            value = master.solve(seconds=remaining(until))
        except MasterError:
            return lowest
        if value is None:
            return lowest
        duals = master.duals()
        support = master.jobs[master.shares() > 0]
        jobs, best = price(master.graph, master.prices(duals), roots=master.inside)
        missing = np.maximum(best, 0)
        bound = duals.ceiling + int(missing.sum())
        added = master.add_jobs(jobs)
        close = bound - value * PRICE_SCALE <= CLOSE_ENOUGH * bound
        if lowest is None or bound <= lowest.bound or close or not added:
            lowest = Relaxation(
                bound=bound if lowest is None else min(bound, lowest.bound),
                prices=duals.needs + missing,
                support=support,
                converged=close or not added,
                value=value,
            )
        if lowest.converged:
            break
    return lowest
