"""Compiling the kernels ahead of time, so that no solve pays for it.

Numba compiles a kernel at its first call and keeps the result on disk, beside the source or in
the user's cache folder. That first time takes some twenty seconds; afterwards, a second or so
to load. Called when Maillage is installed, and by whoever starts a clock.
"""

import numpy as np

from maillage.engines.kernel.kernels.chance import random_state
from maillage.engines.kernel.stop import MaxIterations
from maillage.engines.pooling.graph import compatibility_graph
from maillage.engines.pooling.improving import improve
from maillage.engines.pooling.instance import CONTRACTS, MONTHS, Instance, Need
from maillage.engines.pooling.kernels.anneal import index_jobs
from maillage.engines.pooling.kernels.odd_sets import Fractional, coefficients, separate
from maillage.engines.pooling.solve import solve


def warm_up() -> None:
    """Make sure that every kernel is compiled and loaded, by working on a tiny question."""
    question = _tiny_question()
    solve(question, stop=MaxIterations(1)).explain()
    nothing = np.empty((0, question.max_employers), np.int32)
    improve(compatibility_graph(question), nothing, [], prices=None, seed=0, turn=0)
    _forbid_an_odd_set()


def _tiny_question() -> Instance:
    """Six needs to share, and two of another occupation that are too far apart."""
    near = [
        Need(f"near {k}", f"firm {k}", "", "any", 47.6, 1.3 + k / 100, (half_hours,) * MONTHS)
        for k, half_hours in enumerate((20, 24, 26, 46, 50, 44))
    ]
    far = [
        Need(f"far {k}", f"firm {k}", "", "other", 47.6, 1.3 + k, (35,) * MONTHS) for k in (0, 1)
    ]
    return Instance((*near, *far), CONTRACTS["annual"])


def _forbid_an_odd_set() -> None:
    """Three halves of jobs around three needs: the smallest answer that only a fraction allows."""
    jobs = np.array([[0, 1, -1], [1, 2, -1], [0, 2, -1]], np.int32)
    starts, jobs_of = index_jobs(jobs, 3)
    half = Fractional(np.full(3, 0.5), np.zeros(3), starts, jobs_of, np.arange(3, dtype=np.int64))
    sets, _ = separate(half, 1, 3, random_state(0))
    coefficients(jobs, sets[0])
