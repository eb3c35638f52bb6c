"""The catalogue: jobs to choose among, listed once so that annealing can pick at random."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from maillage.engines.kernel.kernels.chance import random_state
from maillage.engines.pooling.kernels.anneal import Catalogue, index_jobs
from maillage.engines.pooling.kernels.pairs import widest
from maillage.engines.pooling.kernels.search import ALL, NO_FLOOR, SAMPLE, Ask, search
from maillage.engines.pooling.master import PRICE_SCALE
from maillage.engines.pooling.relaxation import plain_prices, space_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from maillage.engines.pooling.graph import Graph

ROOM = 2_000_000  # jobs listed at most: some 100 MB
EVERY_TRY = 1 << 62
SAMPLES = 16  # fresh shuffles per root: a search cut short stays near where it began
TRIES_PER_JOB = 12  # steps for each job wanted

# Weights put units first, then employers beyond two, then hectometres: the shifts leave room
# for 30,000 extra employers and 200,000 km before a lower term could overtake a higher one.
UNIT_SHIFT = 36
EMPLOYER_SHIFT = 21
HECTOMETRE = 100


def every_job(
    graph: Graph,
    *,
    prices: NDArray[np.int64] | None = None,
    loss: float | None = None,
    room: int = ROOM,
) -> NDArray[np.int32] | None:
    """List all the jobs of `graph`, or return None when there are more than `room`.

    With `prices` of the needs, only jobs worth their price or at most `loss` mean hours a week
    less are listed.
    """
    profits = np.zeros(graph.size, np.int64)
    least = NO_FLOOR
    if prices is not None and loss is not None:
        profits = graph.units * PRICE_SCALE - prices
        least = -int(loss * 2 * graph.hours.shape[1] * PRICE_SCALE) - 1
    ask = Ask(ALL, 0, least, EVERY_TRY)
    jobs, _, _, complete = search(
        space_of(graph), plain_prices(profits), ask, graph.size, room, random_state(0)
    )
    return jobs if complete else None


def some_jobs(graph: Graph, *, seed: int, room: int = ROOM) -> NDArray[np.int32]:
    """List about as many different jobs as `room` allows, drawn at random for each need."""
    keep = max(1, room // (SAMPLES * max(1, graph.size)))
    ask = Ask(SAMPLE, keep, NO_FLOOR, TRIES_PER_JOB * keep)
    no_profit = plain_prices(np.zeros(graph.size, np.int64))
    drawn = [
        search(
            space_of(graph),
            no_profit,
            ask,
            graph.size,
            keep * graph.size,
            random_state(seed, sample),
        )[0]
        for sample in range(SAMPLES)
    ]
    return np.unique(np.sort(np.vstack(drawn), axis=1)[:, ::-1], axis=0)


def weights_of(graph: Graph, jobs: NDArray[np.int32]) -> NDArray[np.int64]:
    """Return one number per job that ranks answers by hours, then employers, then distance."""
    held = jobs >= 0
    units = np.where(held, graph.units[jobs], 0).sum(axis=1)
    extra = held.sum(axis=1) - 2
    hectometres = widest(graph.radians, jobs) // HECTOMETRE
    ranked: NDArray[np.int64] = (units << UNIT_SHIFT) - (extra << EMPLOYER_SHIFT) - hectometres
    return ranked


def catalogue_of(graph: Graph, jobs: NDArray[np.int32]) -> Catalogue:
    """Index `jobs` for annealing; the first need of each job must be set."""
    starts, jobs_of = index_jobs(jobs, graph.size)
    return Catalogue(jobs, weights_of(graph, jobs), starts, jobs_of)
