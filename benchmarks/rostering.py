"""How good is rostering? Planted plan, greedy, our search and a plain CP-SAT model, in one run.

    python -m benchmarks.rostering                       60 x 50 in 60 s, 300 x 250 in 120 s
    python -m benchmarks.rostering --sizes 60x50 --seconds 60 --seeds 1 2 3

Each line is one made-up question (see `instances/rostering.py`): firms x workers over eight
weeks. Every cost is recomputed by `evaluate` and shown as a ratio to the planted reference plan;
`breaches` counts what the plan does that is forbidden. The plain model has the main rules only
(see `plain_model`), so its plans may break others: they are counted too.
"""

from __future__ import annotations

import argparse
import sys
import time
from typing import TYPE_CHECKING

import numpy as np
from ortools.sat.python import cp_model

from benchmarks.instances.rostering import generate
from maillage.engines.kernel.executors import process_pool
from maillage.engines.kernel.stop import MaxIterations, MaxRuntime
from maillage.engines.rostering import Assignment, Instance, Plan, evaluate
from maillage.engines.rostering.model import Model, compile_model
from maillage.engines.rostering.search.solve import solve
from maillage.engines.rostering.shapes import Clashes, Runs, Sums

if TYPE_CHECKING:
    from collections.abc import Sequence

QUESTIONS = (("60x50", 60.0), ("300x250", 120.0))
HEADINGS = (
    f"{'question':>9} {'seed':>4} {'method':>8} {'limit':>6} {'seconds':>7} {'points':>12} "
    f"{'ratio':>6} {'uncovered':>9} {'breaches':>8}"
)


def plain_model(model: Model, seconds: float, workers: int) -> Plan:
    """Solve the clauses and sums of a model with CP-SAT, in one piece.

    Slot prices, clashes, days in a row, totals without journeys, and cover; rests of a week,
    firms and pauses are left out.
    """
    cp, ground = cp_model.CpModel(), model.ground
    x: dict[tuple[int, int], cp_model.IntVar] = {
        (int(w), int(n)): cp.new_bool_var("") for w, n in np.argwhere(model.allowed)
    }
    costs: list[cp_model.LinearExprT] = [
        int(model.slot_price[w, n]) * var for (w, n), var in x.items() if model.slot_price[w, n]
    ]
    for n in np.flatnonzero(ground.firm >= 0):
        people = [x[int(w), int(n)] for w in np.flatnonzero(model.allowed[:, n])]
        short = cp.new_int_var(0, int(model.cover.count[n]), "")
        cp.add(sum(people) + short == int(model.cover.count[n]))
        costs.append(int(model.cover.under[n]) * short)
    for w in range(len(model.instance.workers)):
        mine = {n: x[w, n] for n in np.flatnonzero(model.allowed[w]).tolist()}
        costs += _line_of(cp, model, w, mine)
    cp.minimize(sum(costs))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.num_workers = workers
    if solver.solve(cp) not in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
        return Plan(frozenset())
    ids = [worker.worker_id for worker in model.instance.workers]
    return Plan(
        frozenset(
            Assignment(ids[w], ground.needs[n].need_id)
            for (w, n), var in x.items()
            if solver.boolean_value(var)
        )
    )


def _line_of(
    cp: cp_model.CpModel, model: Model, w: int, mine: dict[int, cp_model.IntVar]
) -> list[cp_model.LinearExprT]:
    """State a worker's rules; return what their breaches cost."""
    costs: list[cp_model.LinearExprT] = []
    days = model.ground.day
    for shape in model.shapes:
        if isinstance(shape, Clashes) and shape.hard[w]:
            for n, var in mine.items():
                for k in range(int(shape.indptr[n]), int(shape.indptr[n + 1])):
                    if int(shape.later[k]) in mine:
                        cp.add_bool_or(~var, ~mine[int(shape.later[k])])
        elif isinstance(shape, Sums):
            for k, (first, last) in enumerate(zip(shape.first, shape.last, strict=True)):
                total = sum(
                    int(shape.amount[n]) * v for n, v in mine.items() if first <= days[n] <= last
                )
                if shape.hard[w]:
                    cp.add(total <= int(shape.most[w, k]))
                elif shape.price[w]:
                    least = int(shape.least[w, k])
                    idle = cp.new_int_var(0, max(0, least), "")
                    cp.add(idle >= least - total)
                    costs.append(int(shape.price[w]) * idle)
        elif isinstance(shape, Runs) and shape.of_work and shape.hard[w]:
            _days_in_row(cp, model, shape.most, mine)
    return costs


def _days_in_row(
    cp: cp_model.CpModel, model: Model, most: int, mine: dict[int, cp_model.IntVar]
) -> None:
    days = model.instance.horizon.days
    worked = [cp.new_bool_var("") for _ in range(days)]
    for n, var in mine.items():
        cp.add_implication(var, worked[int(model.ground.day[n])])
    for first in range(days - most):
        cp.add_bool_or(~worked[day] for day in range(first, first + most + 1))


def row(name: str, method: str, limit: float, seconds: float, plan: Plan, asked: Asked) -> str:
    """Return one line of the table."""
    found = evaluate(asked.instance, plan)
    uncovered = sum(term.amount for term in found.terms if term.rule == "uncovered")
    ratio = float(found.points / asked.reference)
    return (
        f"{name:>9} {asked.seed:>4} {method:>8} {limit:>6.0f} {seconds:>7.1f} "
        f"{float(found.points):>12.2f} {ratio:>6.3f} {uncovered:>9} {found.forbidden:>8}"
    )


class Asked:
    """A question and the cost of its planted plan."""

    def __init__(self, name: str, seed: int) -> None:
        firms, workers = (int(part) for part in name.split("x"))
        made_up = generate(firms, workers, seed=seed)
        self.instance: Instance = made_up.instance
        self.planted = made_up.planted
        self.seed = seed
        self.reference = evaluate(self.instance, self.planted).points


def compare(name: str, seconds: float, seed: int, *, processes: int, plain: bool) -> None:
    """Print the lines of one question."""
    asked = Asked(name, seed)
    print(row(name, "planted", 0, 0, asked.planted, asked), flush=True)
    greedy = solve(asked.instance, stop=MaxIterations(0), seed=seed)
    print(row(name, "greedy", 0, greedy.runtime, greedy.plan, asked), flush=True)
    with process_pool(processes) as executor:
        ours = solve(
            asked.instance,
            stop=MaxRuntime(seconds),
            seed=seed,
            executor=executor,
            at_once=processes,
        )
    print(row(name, "ours", seconds, ours.runtime, ours.plan, asked), flush=True)
    if plain:
        started = time.monotonic()
        plan = plain_model(compile_model(asked.instance), seconds, processes)
        spent = time.monotonic() - started
        print(row(name, "plain", seconds, spent, plan, asked), flush=True)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", nargs="*", help="firms x workers, for instance 60x50")
    parser.add_argument("--seconds", type=float, help="for each question")
    parser.add_argument("--seeds", type=int, nargs="*", default=[1])
    parser.add_argument("--workers", type=int, default=2, help="processes")
    parser.add_argument("--without-plain", action="store_true", help="leave CP-SAT out")
    options = parser.parse_args(arguments)
    limits = dict(QUESTIONS)
    print(HEADINGS)
    for name in options.sizes or limits:
        for seed in options.seeds:
            compare(
                name,
                options.seconds or limits.get(name, 60.0),
                seed,
                processes=options.workers,
                plain=not options.without_plain,
            )
    return 0


if __name__ == "__main__":
    sys.exit(main())
