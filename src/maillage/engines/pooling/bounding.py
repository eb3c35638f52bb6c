"""How close to the best possible? A ladder of tighter and tighter bounds on one graph.

The relaxation alone is loose by a percent, for two reasons that are easy to name:

- it uses fractions of jobs, 37.55 of them say, where a real answer has 37 or 38 (and 38 may be
  impossible): the number of jobs is split on, as in branch and bound, until it is whole;
- it mixes thirds and halves of jobs around a few needs: odd sets forbid that (see `odd_sets`).

What is left, on a small graph, an integer program over all jobs settles.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor, inf
from typing import TYPE_CHECKING

import numpy as np

from maillage.engines.kernel.clock import remaining
from maillage.engines.kernel.kernels.chance import random_state
from maillage.engines.pooling.kernels.anneal import index_jobs
from maillage.engines.pooling.kernels.odd_sets import Fractional, separate
from maillage.engines.pooling.master import PRICE_SCALE, Master
from maillage.engines.pooling.relaxation import add_first_jobs, relax

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from maillage.engines.pooling.graph import Graph

WHOLE = 1e-6  # a number this close to a whole one is whole
SETS_PER_ROUND = 200  # random needs from which odd sets are grown
LARGEST_SET = 25
LEAST_VIOLATION = 0.03
STALL = 6  # rounds without progress before giving up
PROGRESS = 1e-5  # relative: less in a round is no progress
SETS_PER_NEED = 6  # kept in one round: more would say the same thing


@dataclass(slots=True)
class Branch:
    """Answers with `fewest` to `most` jobs, and what the best is worth (x PRICE_SCALE) at most."""

    fewest: float
    most: float
    bound: int


@dataclass(slots=True)
class _Patience:
    """Runs out when a falling value has not fallen enough for `STALL` rounds."""

    lowest: float = inf
    rounds: int = 0

    def lost(self, value: float) -> bool:
        """Note the `value` of one more round; tell whether to give up."""
        self.rounds = 0 if value < self.lowest * (1 - PROGRESS) else self.rounds + 1
        self.lowest = min(self.lowest, value)
        return self.rounds >= STALL


@dataclass(frozen=True, slots=True)
class Bounded:
    """A proved bound, in units; the branches it comes from; whole jobs met on the way, if any."""

    bound: int
    branches: tuple[Branch, ...]
    jobs: NDArray[np.int32] | None


def whole_units(graph: Graph, scaled: int) -> int:
    """Return the most whole units in `scaled`, given that every need is a multiple of one step."""
    step = int(np.gcd.reduce(graph.units)) or 1
    return scaled // PRICE_SCALE // step * step


def units_of(graph: Graph, jobs: NDArray[np.int32]) -> int:
    """Return the units that `jobs` cover together."""
    return int(np.where(jobs >= 0, graph.units[jobs], 0).sum())


class Ladder:
    """Tightens the bound of one graph, step by step; each step is short and leaves it valid.

    `known` are jobs to start from, those of a fractional answer for instance. Answers with more
    jobs than `expected` are bounded apart: often they can be ruled out altogether.
    """

    def __init__(self, graph: Graph, known: NDArray[np.int32], *, expected: int, seed: int) -> None:
        self.graph = graph
        self.jobs: NDArray[np.int32] | None = None
        self._master = Master(graph)
        self._counter = Master(graph, count_jobs=True)
        everything = int(graph.units.sum()) * PRICE_SCALE
        self._branches = [
            Branch(0, expected, everything),
            Branch(expected + 1, inf, everything),
        ]
        self._random = random_state(seed)
        self._possible: set[float] = set()
        self._exhausted = False
        add_first_jobs(self._master)
        self._master.add_jobs(known)

    @property
    def bound(self) -> int:
        """The bound so far, in units."""
        highest = max((branch.bound for branch in self._branches), default=0)
        return max(0, whole_units(self.graph, highest))

    def climb(self, *, target: int, rounds: int, until: float | None = None) -> Bounded:
        """Tighten until the bound is at `target` units, `rounds` are done or nothing helps."""
        patience = _Patience()
        for _ in range(rounds):
            if self.bound <= target or self._exhausted or remaining(until) == 0:
                break
            self._step(until)
            if patience.lost(max(branch.bound for branch in self._branches)):
                break
        return Bounded(self.bound, tuple(self._branches), self.jobs)

    def _step(self, until: float | None) -> None:
        """Work on the branch with the highest bound: split it or forbid odd sets in it."""
        branch = max(self._branches, key=lambda b: b.bound)
        if self._ruled_out(branch, until):
            self._branches.remove(branch)
            return
        self._master.bound_job_count(branch.fewest, branch.most)
        relaxation = relax(self._master, until=until)
        if relaxation is None:
            self._exhausted = True
            return
        branch.bound = min(branch.bound, relaxation.bound)
        if not relaxation.converged:
            self._exhausted = True
            return
        shares = self._master.shares()
        jobs = float(shares.sum())
        if abs(jobs - round(jobs)) > WHOLE:
            self._split(branch, jobs)
        elif np.abs(shares - np.rint(shares)).max() <= WHOLE:
            self._settle(branch, shares)
        elif not self._forbid_odd_sets(self._master, shares):
            self._exhausted = True

    def _settle(self, branch: Branch, shares: NDArray[np.float64]) -> None:
        """Keep jobs that happen to be whole: nothing in this branch is worth more than them."""
        jobs = self._master.jobs[: len(shares)][shares > 1 / 2]
        units = units_of(self.graph, jobs)
        if self.jobs is None or units > units_of(self.graph, self.jobs):
            self.jobs = jobs
        others = [b.bound for b in self._branches if b is not branch]
        self._exhausted = branch.bound >= max(others, default=0)

    def _split(self, branch: Branch, jobs: float) -> None:
        self._branches.append(Branch(ceil(jobs), branch.most, branch.bound))
        branch.most = floor(jobs)

    def _ruled_out(self, branch: Branch, until: float | None) -> bool:
        """Whether no answer has as many jobs as `branch` asks; looked at once per branch."""
        if branch.fewest == 0 or branch.fewest in self._possible:
            return False
        self._possible.add(branch.fewest)
        return self._most_jobs(branch.fewest, until) < branch.fewest

    def _most_jobs(self, target: float, until: float | None) -> float:
        """Bound how many jobs any answer can have, trying to prove that it is below `target`."""
        if len(self._counter.jobs) == 0:
            add_first_jobs(self._counter)
        self._counter.add_jobs(self._master.jobs)
        patience = _Patience()
        while True:
            relaxation = relax(self._counter, until=until)
            if relaxation is None:
                return inf
            most = relaxation.bound / PRICE_SCALE
            shares = self._counter.shares()
            self._master.add_jobs(self._counter.jobs[: len(shares)][shares > WHOLE])
            if most < target or not relaxation.converged or patience.lost(most):
                return most
            if not self._forbid_odd_sets(self._counter, shares):
                return most

    def _forbid_odd_sets(self, master: Master, shares: NDArray[np.float64]) -> bool:
        """Add the odd sets that `shares` break, if any is found."""
        used = np.nonzero(shares > WHOLE)[0]
        values, jobs = shares[used], master.jobs[used]
        starts, jobs_of = index_jobs(jobs, self.graph.size)
        served = np.zeros(self.graph.size)
        for column in jobs.T:
            np.add.at(served, column[column >= 0], values[column >= 0])
        partly = jobs[values < 1 - WHOLE]
        items = np.unique(partly[partly >= 0]).astype(np.int64)
        if len(items) == 0:
            return False
        answer = Fractional(values, np.maximum(0.0, 1.0 - served), starts, jobs_of, items)
        sets, violations = separate(answer, SETS_PER_ROUND, LARGEST_SET, self._random)
        chosen = _diverse(sets, violations)
        known = {members.tobytes() for members in master.odd_sets}
        fresh = [members for members in chosen if members.tobytes() not in known]
        master.add_odd_sets(fresh)
        return bool(fresh)


def _diverse(sets: NDArray[np.bool_], violations: NDArray[np.float64]) -> list[NDArray[np.bool_]]:
    """Return the most broken sets, each once and no need in too many."""
    chosen: dict[bytes, NDArray[np.bool_]] = {}
    uses = np.zeros(sets.shape[1], np.int64)
    for k in np.argsort(-violations, kind="stable"):
        if violations[k] < LEAST_VIOLATION:
            break
        members = sets[k]
        if members.tobytes() in chosen or uses[members].max() >= SETS_PER_NEED:
            continue
        chosen[members.tobytes()] = members.copy()
        uses[members] += 1
    return list(chosen.values())
