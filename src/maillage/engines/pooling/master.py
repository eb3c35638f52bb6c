"""The restricted master: which fractions of known jobs cover the most hours.

A linear program solved by HiGHS (dual simplex, warm-started), one row per need (served at most
once), one row on the number of jobs, one per odd set. Its prices steer the search for better
jobs, and, made whole, prove a bound.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import highspy
import numpy as np

from maillage.engines.pooling.kernels.odd_sets import coefficients
from maillage.engines.pooling.kernels.search import Prices

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from maillage.engines.pooling.graph import Graph

PRICE_SCALE = 1 << 16  # whole prices are in units x this
NEGLIGIBLE = 1e-9


class MasterError(RuntimeError):
    """The linear solver did not end well; what it said is in the message."""


@dataclass(frozen=True, slots=True)
class Duals:
    """Whole prices: of each need, of one more job allowed (or one fewer asked), of odd sets.

    `ceiling` is what they add up to: with no job left whose profit is positive, a bound.
    """

    needs: NDArray[np.int64]
    per_job: int
    odd_sets: NDArray[np.int64]
    ceiling: int


def new_solver() -> highspy.Highs:
    """Return a silent single-threaded HiGHS that maximises."""
    solver = highspy.Highs()
    for option, value in (
        ("output_flag", False),
        ("threads", 1),
        ("simplex_strategy", 1),
        ("random_seed", 0),
    ):
        solver.setOptionValue(option, value)
    solver.changeObjectiveSense(highspy.ObjSense.kMaximize)
    return solver


class Master:
    """Rows for the first `inside` needs of a graph; the others have a fixed price.

    A job is worth its hours (units), or just one with `count_jobs`. `outside_prices` are whole
    prices of all needs, of which those from `inside` on are used.
    """

    def __init__(
        self,
        graph: Graph,
        *,
        inside: int | None = None,
        outside_prices: NDArray[np.int64] | None = None,
        count_jobs: bool = False,
    ) -> None:
        self.graph = graph
        self.inside = graph.size if inside is None else inside
        no_prices = np.zeros(graph.size, np.int64)
        self.outside_prices = no_prices if outside_prices is None else outside_prices
        self.need_worth = np.zeros_like(graph.units) if count_jobs else graph.units
        self.job_worth = 1 if count_jobs else 0
        self.jobs = np.empty((0, graph.band.max_employers), dtype=np.int32)
        self.odd_sets: list[NDArray[np.bool_]] = []
        self._known: set[bytes] = set()
        self._fewest, self._most = 0.0, np.inf
        self._solver = new_solver()
        self._solver.setOptionValue("solver", "simplex")
        rows = self.inside + 1
        self._solver.addRows(
            rows,
            np.full(rows, -np.inf),
            np.append(np.ones(self.inside), np.inf),
            0,
            np.zeros(rows, np.int32),
            np.empty(0, np.int32),
            np.empty(0),
        )

    def add_jobs(self, jobs: NDArray[np.int32]) -> int:
        """Add the jobs not known yet; return how many."""
        fresh = [row for row in np.sort(jobs, axis=1) if not self._is_known(row)]
        if not fresh:
            return 0
        rows = np.array(fresh, dtype=np.int32)
        held = rows >= 0
        worth = self.job_worth + np.where(held, self.need_worth[rows], 0).sum(axis=1).astype(float)
        beyond = rows >= self.inside
        if beyond.any():
            fixed = np.where(beyond, self.outside_prices[rows], 0).sum(axis=1)
            worth -= fixed / PRICE_SCALE
        counted = [coefficients(rows, members) for members in self.odd_sets]
        indices: list[int] = []
        values: list[float] = []
        starts = np.empty(len(rows), np.int32)
        for k, row in enumerate(rows):
            starts[k] = len(indices)
            entries = [(int(i), 1.0) for i in row if 0 <= i < self.inside]
            entries.append((self.inside, 1.0))
            entries += [
                (self.inside + 1 + c, float(counts[k]))
                for c, counts in enumerate(counted)
                if counts[k]
            ]
            indices += [index for index, _ in entries]
            values += [value for _, value in entries]
        count = len(rows)
        self._solver.addCols(
            count,
            worth,
            np.zeros(count),
            np.full(count, np.inf),
            len(indices),
            starts,
            np.array(indices, np.int32),
            np.array(values),
        )
        self.jobs = np.vstack([self.jobs, rows])
        return count

    def _is_known(self, row: NDArray[np.int32]) -> bool:
        key = row.tobytes()
        if key in self._known:
            return True
        self._known.add(key)
        return False

    def add_odd_sets(self, sets: Sequence[NDArray[np.bool_]]) -> None:
        """Forbid what breaks these odd sets, each given by its members."""
        for members in sets:
            counts = coefficients(self.jobs, members)
            held = np.nonzero(counts)[0].astype(np.int32)
            most = float(int(members.sum()) // 2)
            self._solver.addRow(-np.inf, most, len(held), held, counts[held].astype(np.float64))
            self.odd_sets.append(members)

    def bound_job_count(self, fewest: float, most: float) -> None:
        """Ask for a number of jobs between `fewest` and `most`."""
        self._fewest, self._most = fewest, most
        self._solver.changeRowBounds(self.inside, fewest, most)

    def solve(self, *, seconds: float | None = None) -> float | None:
        """Solve; return the value, None when no answer exists. Raises `MasterError`.

        With a limit of `seconds` that is reached, also raises `MasterError`.
        """
        limit = np.inf if seconds is None else self._solver.getRunTime() + max(0.0, seconds)
        self._solver.setOptionValue("time_limit", limit)
        self._solver.run()
        status = self._solver.getModelStatus()
        if status == highspy.HighsModelStatus.kInfeasible:
            return None
        if status != highspy.HighsModelStatus.kOptimal:
            raise MasterError(self._solver.modelStatusToString(status))
        return float(self._solver.getObjectiveValue())

    def shares(self) -> NDArray[np.float64]:
        """Fraction of each job in the last answer."""
        return np.array(self._solver.getSolution().col_value)

    def duals(self) -> Duals:
        """Prices of the last answer, made whole; any rounding leaves them usable."""
        raw = np.array(self._solver.getSolution().row_dual) * PRICE_SCALE
        whole = np.rint(raw).astype(np.int64)
        needs = np.maximum(whole[: self.inside], 0)
        odd_sets = np.maximum(whole[self.inside + 1 :], 0)
        per_job = int(whole[self.inside])
        if per_job > 0 and self._most == np.inf:
            per_job = 0
        count = self._most if per_job > 0 else self._fewest
        most = np.array([int(members.sum()) // 2 for members in self.odd_sets], np.int64)
        ceiling = int(needs.sum()) + per_job * int(count) + int((odd_sets * most).sum())
        return Duals(needs=needs, per_job=per_job, odd_sets=odd_sets, ceiling=ceiling)

    def prices(self, duals: Duals) -> Prices:
        """What the search for better jobs needs to know of `duals`."""
        profits = self.need_worth * PRICE_SCALE
        profits[: self.inside] -= duals.needs
        profits[self.inside :] -= self.outside_prices[self.inside :]
        active = np.nonzero(duals.odd_sets)[0]
        members = [np.nonzero(self.odd_sets[k])[0] for k in active]
        belongs = [(int(i), k) for k, items in enumerate(members) for i in items]
        belongs.sort()
        starts = np.zeros(self.graph.size + 1, np.int64)
        np.add.at(starts, np.array([i + 1 for i, _ in belongs], np.int64), 1)
        return Prices(
            profits=profits,
            per_job=self.job_worth * PRICE_SCALE - duals.per_job,
            set_starts=np.cumsum(starts),
            sets_of=np.array([k for _, k in belongs], np.int64),
            penalties=duals.odd_sets[active],
        )
