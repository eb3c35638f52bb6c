"""Solve a published shift-scheduling instance with the rostering engine.

    python benchmarks/nrp.py FILE [--seconds S] [--workers 2] [--out ROSTER.txt]

FILE is in the text format of Curtois and Qu. Prints the objective, recomputed by the evaluator of
`nrp_format` (no engine inside), the bound and the time, and writes one line per employee in the
order of the file, days separated by commas: the shift, or `-` for a day off.
"""

import argparse
import sys
from pathlib import Path

sys.path[0] = str(Path(__file__).resolve().parent.parent)  # run as a file: our packages' home

from benchmarks.nrp_format import as_instance, as_roster, faults, objective, read_nrp, write_roster
from maillage.engines.kernel.executors import process_pool
from maillage.engines.kernel.progress import Progress
from maillage.engines.kernel.stop import MaxRuntime
from maillage.engines.rostering.search.solve import solve


def main() -> int:
    """Solve one file; 0 when the roster is legal, 1 when none was found, 2 on a bad file."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("file", type=Path)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--workers", type=int, default=2, help="processes")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--out", type=Path, help="where to write the roster")
    parser.add_argument("--quiet", action="store_true", help="no line for each improvement")
    options = parser.parse_args()
    try:
        nrp = read_nrp(options.file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        print(f"{options.file}: {error}", file=sys.stderr)
        return 2
    with process_pool(options.workers) as executor:
        result = solve(
            as_instance(nrp),
            stop=MaxRuntime(options.seconds),
            seed=options.seed,
            executor=executor,
            at_once=options.workers,
            on_progress=None if options.quiet else tell,
        )
    roster = as_roster(nrp, result.plan)
    if options.out:
        options.out.write_text(write_roster(roster), encoding="utf-8")
    broken = faults(nrp, roster)
    for fault in broken:
        print(fault, file=sys.stderr)
    bound = "none" if result.bound is None else str(result.bound)
    print(
        f"objective {objective(nrp, roster)} bound {bound} seconds {result.runtime:.1f} "
        f"{result.status} {'legal' if not broken else f'{len(broken)} faults'}"
    )
    return 1 if broken else 0


def tell(progress: Progress) -> None:
    """Print one improvement."""
    bound = "-" if progress.bound is None else progress.bound
    print(
        f"{progress.seconds:7.1f} s  {progress.objective:>8}  bound {bound:>8}  {progress.phase}",
        flush=True,
    )


if __name__ == "__main__":
    sys.exit(main())
