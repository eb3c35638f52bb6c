"""The restricted master: which known line each worker takes, at the least cost, in fractions.

A row per worker (one line each) and a row per slot (people there, short or too many), solved by
HiGHS. Its prices say what a person in each slot is worth, and steer the search for lines.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import highspy
import numpy as np

from maillage.engines.rostering.shapes import NO_LIMIT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from maillage.engines.rostering.search.boards import Array, Bench

DUAL, PRIMAL = 1, 4  # simplex strategies of the solver
TAKEN = 0.5  # of a line in a whole answer
INFINITY = float("inf")


class MasterError(RuntimeError):
    """The linear solver did not end well; what it said is in the message."""


class Master:
    """Lines of `workers` over all slots, of which others already fill `staffed`.

    With `days`, only over the slots of these: lines are then the same on all others.
    """

    def __init__(
        self,
        bench: Bench,
        workers: Sequence[int],
        staffed: Array,
        days: tuple[int, int] | None = None,
    ) -> None:
        self.bench, self.workers = bench, tuple(workers)
        self.row = {w: k for k, w in enumerate(self.workers)}
        self.columns: list[tuple[int, tuple[int, ...]]] = []
        self.prices: list[int] = []
        self._known: set[tuple[int, tuple[int, ...]]] = set()
        cover, ground = bench.model.cover, bench.model.ground
        first, last = days or (0, bench.model.instance.horizon.days)
        self.slots = np.flatnonzero(
            (ground.firm >= 0) & (ground.day >= first) & (ground.day < last)
        )
        self.place = np.full(len(staffed), -1)
        self.place[self.slots] = np.arange(len(self.slots)) + len(self.workers)
        self.wanted = (cover.count - staffed)[self.slots].astype(float)
        self.solver = _new_solver()
        sides = np.concatenate([np.ones(len(self.workers)), self.wanted])
        rows = len(sides)
        self.solver.addRows(
            rows, sides, sides, 0, np.zeros(rows, np.int32), np.empty(0), np.empty(0)
        )
        nobody = bench.toll * 100
        for k in range(len(self.workers)):
            self._slack(k, 1.0, nobody)
        for n in self.slots:
            under, over = int(cover.under[n]), int(cover.over[n])
            self._slack(int(self.place[n]), 1.0, bench.toll if under >= NO_LIMIT else under)
            self._slack(int(self.place[n]), -1.0, bench.toll if over < 0 else over)
        self.fixed: dict[int, tuple[int, ...]] = {}
        self.grown = False
        self.slack = self.solver.getNumCol()

    def _slack(self, row: int, sign: float, cost: float) -> None:
        self.solver.addCol(
            float(cost), 0.0, INFINITY, 1, np.array([row], np.int32), np.array([sign])
        )

    def add(self, worker: int, line: tuple[int, ...]) -> bool:
        """Make a line known, if it is new and legal; say whether it was."""
        key = (worker, line)
        if key in self._known:
            return False
        self._known.add(key)
        self.grown = True
        excess, price = self.bench.weigh(worker, line)
        if excess:
            return False
        self.columns.append(key)
        self.prices.append(price)
        places = self.place[list(line)]
        rows = np.array([self.row[worker], *places[places >= 0]], np.int32)
        self.solver.addCol(float(price), 0.0, INFINITY, len(rows), rows, np.ones(len(rows)))
        return True

    def solve(self) -> float:
        """Solve the fractional question; return its cost."""
        # New columns leave the last answer whole, fixed ones its prices.
        self.solver.setOptionValue("simplex_strategy", PRIMAL if self.grown else DUAL)
        self.grown = False
        self.solver.run()
        status = self.solver.getModelStatus()
        if status != highspy.HighsModelStatus.kOptimal:
            raise MasterError(self.solver.modelStatusToString(status))
        return float(self.solver.getObjectiveValue())

    def shares(self) -> Array:
        """How much of each known line the last answer takes."""
        return np.array(self.solver.getSolution().col_value)[self.slack :]

    def worth(self) -> Array:
        """[N] what one more person in each slot is worth at the last answer."""
        duals = np.array(self.solver.getSolution().row_dual)
        worth = np.zeros(len(self.place))
        worth[self.slots] = duals[len(self.workers) :]
        return worth

    def least_known(self, worth: Array) -> Array:
        """[workers] the least that a known line costs, each slot giving back its worth."""
        least = np.full(len(self.workers), INFINITY)
        back = worth.tolist()
        for (w, line), price in zip(self.columns, self.prices, strict=True):
            cost = price - sum([back[n] for n in line])
            least[self.row[w]] = min(least[self.row[w]], cost)
        return least

    def fix(self, column: int) -> None:
        """Have a known line taken from now on, and no other of that worker."""
        worker, line = self.columns[column]
        self.fixed[worker] = line
        for k, (w, _) in enumerate(self.columns):
            if w == worker:
                taken = float(k == column)
                self.solver.changeColBounds(self.slack + k, taken, taken)

    def release(self, worker: int) -> None:
        """Let every known line of a worker be taken again."""
        self.fixed.pop(worker, None)
        for k, (w, _) in enumerate(self.columns):
            if w == worker:
                self.solver.changeColBounds(self.slack + k, 0.0, INFINITY)

    def whole(self, *, nodes: int, seconds: float | None) -> dict[int, tuple[int, ...]]:
        """Choose one known line per worker, as well as `nodes` of a tree allow.

        In a solver of its own: that of the fractions keeps its last answer, and its clock.
        """
        solver = _new_solver()
        solver.passModel(self.solver.getLp())
        places = np.arange(self.slack, self.slack + len(self.columns), dtype=np.int32)
        kinds = np.full(len(places), highspy.HighsVarType.kInteger)
        solver.changeColsIntegrality(len(places), places, kinds)
        solver.setOptionValue("mip_max_nodes", nodes)
        if seconds is not None:
            solver.setOptionValue("time_limit", max(0.05, seconds))
        solver.run()
        values = np.array(solver.getSolution().col_value)
        return self.taken(values[self.slack :]) if len(values) else {}

    def taken(self, shares: Array) -> dict[int, tuple[int, ...]]:
        """Lines taken by more than half."""
        return dict(self.columns[k] for k in np.flatnonzero(shares > TAKEN))


def _new_solver() -> highspy.Highs:
    solver = highspy.Highs()
    for option, value in (
        ("output_flag", False),
        ("threads", 1),
        ("random_seed", 0),
        ("mip_rel_gap", 0.0),
    ):
        solver.setOptionValue(option, value)
    return solver
