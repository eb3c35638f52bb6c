"""How good is rostering? Planted plan, greedy, our search and a plain CP-SAT model, in one run.

    python -m benchmarks.rostering                       60 x 50 in 60 s, 300 x 250 in 120 s
    python -m benchmarks.rostering --sizes 60x50 --seconds 60 --seeds 1 2 3

Each line is one made-up question (see `instances/rostering.py`): firms x workers over eight
weeks. Every cost is recomputed by `evaluate` and shown as a ratio to the planted reference plan;
`breaches` counts what the plan does that is forbidden. The plain model (see `plain_roster.py`)
states the same rules and costs, whole, to CP-SAT; its seconds count the time to state it.
"""

from __future__ import annotations

import argparse
import sys
import time
from typing import TYPE_CHECKING

from benchmarks.instances.rostering import generate
from benchmarks.plain_roster import plain_plan
from maillage.engines.kernel.executors import process_pool
from maillage.engines.kernel.stop import MaxIterations, MaxRuntime
from maillage.engines.rostering import Instance, Plan, evaluate
from maillage.engines.rostering.model import compile_model
from maillage.engines.rostering.search.solve import solve

if TYPE_CHECKING:
    from collections.abc import Sequence

QUESTIONS = (("60x50", 60.0), ("300x250", 120.0))
HEADINGS = (
    f"{'question':>9} {'seed':>4} {'method':>8} {'limit':>6} {'seconds':>7} {'points':>12} "
    f"{'ratio':>6} {'uncovered':>9} {'breaches':>8}"
)


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
        plan = plain_plan(compile_model(asked.instance), seconds, processes)
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
