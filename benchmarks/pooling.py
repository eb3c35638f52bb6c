"""How good and how fast is pooling? Bound, answer and greedy baseline, side by side in one run.

    python -m benchmarks.pooling                 every question below, some 20 minutes
    python -m benchmarks.pooling 500 2000        only the questions of these sizes
    python -m benchmarks.pooling --survey DIR    a survey of your own, annual contract, 30 s

Each line is one question: a made-up survey (see `instances/pooling.py`), a contract, a time
limit. The gap is what the answer lacks of the proved bound; the same for the greedy answer.
Seconds depend on the machine; compare the gaps, and the greedy column with the others.
"""

from __future__ import annotations

import argparse
import resource
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.instances.pooling import generate
from maillage.engines.kernel.executors import process_pool
from maillage.engines.kernel.stop import MaxRuntime
from maillage.engines.pooling.instance import CONTRACTS, Instance, Need
from maillage.engines.pooling.solve import solve
from maillage.launch.shared_jobs.bridge import make_instance
from maillage.launch.shared_jobs.needs_file import read_needs

if TYPE_CHECKING:
    from maillage.engines.kernel.progress import Progress

SEED = 1
WORKERS = 2
MEBI = 1024  # getrusage counts in kibibytes


@dataclass(frozen=True)
class Question:
    """A survey size, a contract, seconds to answer, and the largest gap accepted (in percent)."""

    needs: int
    contract: str
    seconds: float
    target: float


QUESTIONS = (
    Question(100, "annual", 30, 0.0),
    Question(200, "annual", 30, 0.0),
    Question(500, "annual", 30, 1.5),
    Question(2_000, "annual", 30, 1.5),
    Question(2_000, "strict", 30, 0.5),
    Question(2_000, "part-time", 30, 1.5),
    Question(10_000, "annual", 300, 3.0),
    Question(20_000, "annual", 600, 3.5),
)

HEADINGS = (
    f"{'needs':>6} {'contract':>9} {'limit':>6} {'asked h':>9} {'greedy h':>9} {'gap':>7} "
    f"{'at s':>5} {'answer h':>9} {'bound h':>9} {'gap':>7} {'target':>7} {'s':>6} {'MiB':>6}  end"
)


def made_up(needs: int, *, contract: str = "annual", seed: int = SEED) -> Instance:
    """Return the benchmark survey of this size as an instance."""
    survey = generate(needs, seed)
    return Instance(
        needs=tuple(
            Need(
                need_id=row.need_id,
                firm_id=row.firm_id,
                firm=row.firm,
                occupation=row.occupation,
                latitude=row.latitude,
                longitude=row.longitude,
                half_hours=tuple(row.half_hours),
            )
            for row in survey.rows
        ),
        contract=CONTRACTS[contract],
        competitors=survey.competitors,
        related=survey.related,
    )


def read_survey(folder: Path, contract: str) -> Instance:
    """Return the survey in `folder` (needs.csv, competitors.csv, related.csv) as an instance."""
    survey = read_needs(
        folder / "needs.csv",
        competitors=folder / "competitors.csv",
        related=folder / "related.csv",
        strict=True,
    )
    return make_instance(
        survey, contract=CONTRACTS[contract], max_distance_metres=30_000, max_employers=5
    )


def answer(instance: Instance, question: Question) -> str:
    """Solve and return one line of the table."""
    first: list[Progress] = []
    with process_pool(WORKERS) as executor:
        result = solve(
            instance,
            stop=MaxRuntime(question.seconds),
            seed=SEED,
            executor=executor,
            at_once=WORKERS,
            on_progress=first.append,
        )
    greedy = first[0]
    bound = result.bound or 0
    hours = instance.mean_hours
    return (
        f"{len(instance.needs):>6} {question.contract:>9} {question.seconds:>6.0f} "
        f"{hours(instance.total_units):>9.1f} {hours(greedy.objective):>9.1f} "
        f"{1 - greedy.objective / bound:>7.2%} {greedy.seconds:>5.2f} "
        f"{hours(result.objective):>9.1f} {hours(bound):>9.1f} {result.gap:>7.2%} "
        f"{question.target:>6.1f}% {result.runtime:>6.1f} {memory():>6}  {result.status}"
    )


def memory() -> int:
    """Most memory held so far, in MiB: this process, and as much again for each worker's peak."""
    here = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    workers = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return (here + WORKERS * workers) // MEBI


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("needs", type=int, nargs="*", help="only the questions of these sizes")
    parser.add_argument("--survey", type=Path, help="a folder with needs.csv and its companions")
    parser.add_argument("--contract", choices=sorted(CONTRACTS), default="annual")
    parser.add_argument("--seconds", type=float, default=30.0)
    options = parser.parse_args()
    print(HEADINGS)
    if options.survey:
        question = Question(0, options.contract, options.seconds, 1.5)
        print(answer(read_survey(options.survey, options.contract), question), flush=True)
        return 0
    for question in QUESTIONS:
        if not options.needs or question.needs in options.needs:
            print(answer(made_up(question.needs, contract=question.contract), question), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
