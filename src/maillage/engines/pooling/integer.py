"""Small set packings settled by HiGHS: choose among given jobs, none sharing a need."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING, NamedTuple

import highspy
import numpy as np

from maillage.engines.kernel.clock import remaining
from maillage.engines.pooling.master import new_solver

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray


class Demand(NamedTuple):
    """A demand on the jobs chosen together: the sum of `amounts` is between two values."""

    amounts: NDArray[np.float64]
    least: float
    most: float


@dataclass(frozen=True, slots=True)
class Packing:
    """Which jobs to take, None when none were found; and a bound on what any choice is worth."""

    chosen: NDArray[np.int64] | None
    bound: float
    proved: bool


def pack(
    jobs: NDArray[np.int32],
    worth: NDArray[np.float64],
    *,
    start: NDArray[np.int64] | None = None,
    demands: Sequence[Demand] = (),
    nodes: int,
    until: float | None = None,
) -> Packing:
    """Choose among `jobs` (rows of needs, padded with -1) the most worth together.

    `start` gives the positions of a choice to begin from; `demands` are obeyed. Stops after
    `nodes` of branch and bound, or at the time `until`; with nodes alone it is repeatable.
    """
    solver = new_solver()
    solver.setOptionValue("mip_rel_gap", 0.0)
    solver.setOptionValue("mip_max_nodes", nodes)
    limit = remaining(until)
    if limit is not None:
        solver.setOptionValue("time_limit", limit)
    _load(solver, jobs, worth)
    everything = np.arange(len(jobs), dtype=np.int32)
    for demand in demands:
        solver.addRow(demand.least, demand.most, len(jobs), everything, demand.amounts)
    if start is not None:
        _start_from(solver, start, len(jobs))
    solver.run()
    return _read(solver)


def _load(solver: highspy.Highs, jobs: NDArray[np.int32], worth: NDArray[np.float64]) -> None:
    """One whole column per job, one row per need: served at most once."""
    items, flat = np.unique(jobs[jobs >= 0], return_inverse=True)
    sizes = (jobs >= 0).sum(axis=1)
    rows, count = len(items), len(jobs)
    solver.addRows(
        rows,
        np.full(rows, -inf),
        np.ones(rows),
        0,
        np.zeros(rows, np.int32),
        np.empty(0, np.int32),
        np.empty(0),
    )
    solver.addCols(
        count,
        worth,
        np.zeros(count),
        np.ones(count),
        len(flat),
        (np.cumsum(sizes) - sizes).astype(np.int32),
        flat.astype(np.int32),
        np.ones(len(flat)),
    )
    whole = np.full(count, highspy.HighsVarType.kInteger)
    solver.changeColsIntegrality(count, np.arange(count, dtype=np.int32), whole)


def _start_from(solver: highspy.Highs, start: NDArray[np.int64], count: int) -> None:
    values = np.zeros(count)
    values[start] = 1.0
    solution = highspy.HighsSolution()
    solution.col_value = values.tolist()
    solver.setSolution(solution)


def _read(solver: highspy.Highs) -> Packing:
    statuses = highspy.HighsModelStatus
    status = solver.getModelStatus()
    if status == statuses.kInfeasible:
        return Packing(None, -inf, proved=True)
    stopped = (statuses.kTimeLimit, statuses.kSolutionLimit, statuses.kIterationLimit)
    if status != statuses.kOptimal and status not in stopped:
        return Packing(None, inf, proved=False)  # it lost its way in rounding: nothing is claimed
    info = solver.getInfo()
    values = np.array(solver.getSolution().col_value)
    found = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
    return Packing(
        chosen=np.nonzero(values > 1 / 2)[0] if found else None,
        bound=float(info.mip_dual_bound),
        proved=status == statuses.kOptimal,
    )
