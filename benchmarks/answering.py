"""How long do people wait for a first plan, a check, an explanation? Beside one another, in a run.

    python -m benchmarks.answering                   60 x 50
    python -m benchmarks.answering 60x50 300x250

Each line is one answer about one made-up question (see `instances/rostering.py`): its seconds,
those of this process alone, and how many times longer than checking the planted plan once. The
compiled kernels are warm. Seconds depend on the machine; times of a check compare.
"""

from __future__ import annotations

import argparse
import sys
import time
from typing import TYPE_CHECKING

from benchmarks.instances.rostering import generate
from maillage.engines.kernel.stop import MaxIterations
from maillage.engines.rostering import check
from maillage.engines.rostering.explaining import explain
from maillage.engines.rostering.search.solve import solve

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from benchmarks.instances.rostering import MadeUp

HEADINGS = f"{'question':>9} {'answer':>11} {'seconds':>8} {'cpu':>8} {'checks':>7}  of"


def answers(made: MadeUp) -> dict[str, Callable[[], str]]:
    """What is timed, and what each says it did."""
    instance, planted = made.instance, made.planted

    def explained() -> str:
        return f"{len(explain(instance, planted, assignments=False).empty)} empty slots"

    def first() -> str:
        return f"{len(solve(instance, stop=MaxIterations(0)).plan.assignments)} assignments"

    return {
        "check": lambda: f"{len(check(instance, planted))} breaches",
        "first plan": first,
        "explanation": explained,
    }


def compare(name: str) -> None:
    """Print the lines of one question."""
    firms, workers = (int(part) for part in name.split("x"))
    made = generate(firms, workers)
    unit = 0.0
    for answer, ask in answers(made).items():
        started, cpu = time.perf_counter(), time.process_time()
        said = ask()
        seconds, spent = time.perf_counter() - started, time.process_time() - cpu
        unit = unit or spent
        print(
            f"{name:>9} {answer:>11} {seconds:>8.2f} {spent:>8.2f} {spent / unit:>7.1f}  {said}",
            flush=True,
        )


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sizes", nargs="*", default=["60x50"], help="firms x workers")
    options = parser.parse_args(arguments)
    solve(generate(6, 5, weeks=2).instance, stop=MaxIterations(0))  # compiles
    print(HEADINGS)
    for name in options.sizes:
        compare(name)
    return 0


if __name__ == "__main__":
    sys.exit(main())
