"""Better and better answers on one graph: annealing, then merging what several runs found."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from maillage.engines.kernel.clock import remaining
from maillage.engines.kernel.kernels.chance import random_state
from maillage.engines.pooling.catalogue import (
    UNIT_SHIFT,
    catalogue_of,
    every_job,
    some_jobs,
    weights_of,
)
from maillage.engines.pooling.integer import pack
from maillage.engines.pooling.kernels.anneal import anneal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from maillage.engines.pooling.graph import Graph
    from maillage.engines.pooling.kernels.anneal import Catalogue

STEPS_PER_NEED = 20_000
STEPS_PER_CHUNK = 1_000_000  # a tenth of a second: how late a deadline may be noticed
HOT, WARM, COLD = 4.0, 2.0, 0.4  # temperatures, in mean hours a week
LOSSES = (None, 3.0, 10.0)  # mean hours a week that a job may cost over its worth, by turn
MERGED_NEEDS = 200  # larger merges take the integer program too long
MERGE_NODES = 30


def greedy(graph: Graph, jobs: NDArray[np.int32]) -> NDArray[np.int32]:
    """Take jobs for the hardest needs first: those with the fewest jobs, the largest of these."""
    catalogue = catalogue_of(graph, jobs)
    choices = np.diff(catalogue.starts)
    served = np.zeros(graph.size, np.bool_)
    taken: list[int] = []
    for item in np.lexsort((-graph.units, choices)):
        if served[item] or not choices[item]:
            continue
        mine = catalogue.jobs_of[catalogue.starts[item] : catalogue.starts[item + 1]]
        held = catalogue.jobs[mine]
        free = ~(served[held] & (held >= 0)).any(axis=1)
        if free.any():
            best = mine[free][np.argmax(catalogue.weights[mine[free]])]
            taken.append(int(best))
            row = catalogue.jobs[best]
            served[row[row >= 0]] = True
    return catalogue.jobs[taken]


def improve(
    graph: Graph,
    incumbent: NDArray[np.int32],
    elites: Sequence[NDArray[np.int32]],
    *,
    prices: NDArray[np.int64] | None,
    seed: int,
    turn: int,
    until: float | None = None,
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Look for a better answer than `incumbent`; return (the best known, the one just found).

    Even turns start anew, odd ones from the incumbent, reheated. With `prices`, some turns use
    only the jobs that are not far too dear. What was found is then merged with `elites`, jobs
    of earlier answers: the best choice among them all. With the same seed and turn the outcome
    is the same, unless the time `until` cuts it short.
    """
    jobs = _jobs_to_try(graph, [incumbent, *elites], prices, seed, turn)
    if not len(jobs):
        return incumbent, incumbent
    catalogue = catalogue_of(graph, jobs)
    start = owners(catalogue, incumbent)
    anew = turn % 2 == 0
    moving = np.full_like(start, -1) if anew else start.copy()
    hot = HOT if anew else WARM
    found = jobs[_anneal(graph, catalogue, moving, hot=hot, seed=(seed, turn), until=until)]
    best = max(incumbent, found, key=lambda answer: worth(graph, answer))
    if elites and remaining(until) != 0:
        best = merge(graph, best, [found, *elites], seed=seed + turn, until=until)
    return best, found


def _jobs_to_try(
    graph: Graph,
    known: Sequence[NDArray[np.int32]],
    prices: NDArray[np.int64] | None,
    seed: int,
    turn: int,
) -> NDArray[np.int32]:
    """List the jobs to choose among: all, or a sample, or only those near their price."""
    loss = LOSSES[turn // 2 % len(LOSSES)]
    if prices is not None and loss is not None:
        jobs = every_job(graph, prices=prices, loss=loss)
    else:
        jobs = every_job(graph)
    if jobs is None:
        jobs = some_jobs(graph, seed=seed + turn)
    elif prices is None or loss is None:
        return jobs
    return distinct(np.vstack([jobs, *known]))


def _anneal(
    graph: Graph,
    catalogue: Catalogue,
    moving: NDArray[np.int64],
    *,
    hot: float,
    seed: tuple[int, int],
    until: float | None,
) -> NDArray[np.int64]:
    """Anneal from `moving`; return the positions of the jobs of the best answer met."""
    best = moving.copy()
    steps = STEPS_PER_NEED * graph.size
    random = random_state(*seed)
    scale = 2.0 * graph.hours.shape[1] * (1 << UNIT_SHIFT)
    done = 0
    while done < steps and remaining(until) != 0:
        chunk = min(STEPS_PER_CHUNK, steps - done)
        first, last = (scale * hot * (COLD / hot) ** (at / steps) for at in (done, done + chunk))
        anneal(catalogue, moving, best, chunk, first, last, random)
        done += chunk
    return np.unique(best[best >= 0])


def merge(
    graph: Graph,
    incumbent: NDArray[np.int32],
    answers: Sequence[NDArray[np.int32]],
    *,
    seed: int,
    until: float | None = None,
) -> NDArray[np.int32]:
    """Return the best choice among the jobs of several answers, at least as good as `incumbent`.

    On a large graph only a neighbourhood of `MERGED_NEEDS` needs, drawn at random, is merged.
    """
    inside = _neighbourhood(graph, seed) if graph.size > MERGED_NEEDS else np.ones(graph.size, bool)
    mine = _within(incumbent, inside)
    free = inside.copy()
    crossing = incumbent[~mine]
    free[crossing[crossing >= 0]] = False
    pool = distinct(np.vstack([incumbent[mine], *(a[_within(a, free)] for a in answers)]))
    if len(pool) <= mine.sum():
        return incumbent
    start = np.nonzero(rows_among(pool, incumbent[mine]))[0]
    ranked = weights_of(graph, pool) / (1 << UNIT_SHIFT)
    packing = pack(pool, ranked, start=start, nodes=MERGE_NODES, until=until)
    if packing.chosen is None:
        return incumbent
    merged = np.vstack([crossing, pool[packing.chosen]])
    return max(incumbent, merged, key=lambda answer: worth(graph, answer))


def _neighbourhood(graph: Graph, seed: int) -> NDArray[np.bool_]:
    """Grow a connected set of `MERGED_NEEDS` needs from a random one."""
    rng = np.random.default_rng(seed)
    inside = np.zeros(graph.size, np.bool_)
    queue = [int(rng.integers(graph.size))]
    inside[queue[0]] = True
    count = 1
    for item in queue:
        for other in graph.neighbours[graph.starts[item] : graph.starts[item + 1]]:
            if count < MERGED_NEEDS and not inside[other]:
                inside[other] = True
                count += 1
                queue.append(int(other))
    return inside


def _within(jobs: NDArray[np.int32], allowed: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Which jobs have all their needs allowed."""
    return (allowed[jobs] | (jobs < 0)).all(axis=1)


def distinct(jobs: NDArray[np.int32]) -> NDArray[np.int32]:
    """Return each job once, its needs in descending order and -1 last."""
    return np.unique(np.sort(jobs, axis=1)[:, ::-1], axis=0)


def rows_among(pool: NDArray[np.int32], jobs: NDArray[np.int32]) -> NDArray[np.bool_]:
    """Which rows of `pool` are in `jobs`, whatever the order of their needs."""
    keys = {row.tobytes() for row in np.ascontiguousarray(np.sort(jobs, axis=1))}
    return np.array([row.tobytes() in keys for row in np.ascontiguousarray(np.sort(pool, axis=1))])


def owners(catalogue: Catalogue, answer: NDArray[np.int32]) -> NDArray[np.int64]:
    """Return the catalogue's job that serves each need in `answer`, or -1.

    Jobs of `answer` that the catalogue does not hold are left out.
    """
    owner = np.full(len(catalogue.starts) - 1, -1, np.int64)
    for row in answer:
        needs = row[row >= 0]
        mine = catalogue.jobs_of[catalogue.starts[needs[0]] : catalogue.starts[needs[0] + 1]]
        held = catalogue.jobs[mine]
        same = (np.isin(held, needs).sum(axis=1) == len(needs)) & (
            (held >= 0).sum(axis=1) == len(needs)
        )
        if same.any():
            owner[needs] = mine[np.argmax(same)]
    return owner


def worth(graph: Graph, answer: NDArray[np.int32]) -> int:
    """Return one number that ranks answers by hours, then employers, then distance."""
    return int(weights_of(graph, answer).sum())
