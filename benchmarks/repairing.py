"""How fast and how good is the repair of a roster? Beside a plain search, in one run.

    python -m benchmarks.repairing                 both sizes, 60 urgent calls and 60 absences each
    python -m benchmarks.repairing 60x50 --changes 20

Each line is one size and one kind of change against the planted plan (see
`instances/rostering.py`). The baseline judges every worker's whole line with the checks and takes
the cheapest who is free; it hands nothing on. Seconds depend on the machine, and on what else it
does: compare the columns. `cpu` are seconds of this process alone.
"""

from __future__ import annotations

import argparse
import random
import time
from dataclasses import dataclass, field, replace
from statistics import median
from typing import TYPE_CHECKING

from benchmarks.instances.rostering import generate
from maillage.engines.rostering.checks import breaches_of, check
from maillage.engines.rostering.entities import DAY
from maillage.engines.rostering.plan import line_of, lines_of
from maillage.engines.rostering.repairing import Absence, Call, Desk, repair
from maillage.engines.rostering.repairing.changes import with_need

if TYPE_CHECKING:
    from benchmarks.instances.rostering import MadeUp
    from maillage.engines.rostering.instance import Instance
    from maillage.engines.rostering.plan import Line
    from maillage.engines.rostering.repairing import Change, Repair

SIZES = {"60x50": (60, 50), "300x250": (300, 250)}
CHANGES = 60
SEED = 5
CHECKED = 5  # answers of each line that are checked whole, which takes longer than all the rest
WORST = 0.95
HEADINGS = (
    f"{'size':>8} {'change':>8} {'n':>4} {'filled':>7} {'moved':>6} {'most':>5} {'p50 s':>7} "
    f"{'p95 s':>7} {'max s':>7} {'cpu p50':>8} {'cpu p95':>8} {'base p50':>9} {'base filled':>12} "
    f"{'ratio':>6}"
)


@dataclass
class Tally:
    """What came of the changes of one kind."""

    seconds: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    plain: list[float] = field(default_factory=list)
    touched: list[int] = field(default_factory=list)
    filled: int = 0
    plain_filled: int = 0


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="Time repairs of made-up rosters.")
    parser.add_argument("sizes", nargs="*", help="60x50 and 300x250 when not given")
    parser.add_argument("--changes", type=int, default=CHANGES)
    asked = parser.parse_args()
    for name in asked.sizes:
        if name not in SIZES:
            parser.error(f"no size {name}: choose from {', '.join(SIZES)}")
    print(HEADINGS)
    for name in asked.sizes or SIZES:
        made = generate(*SIZES[name])
        started = time.perf_counter()
        desk = Desk(made.instance, made.planted)
        ready = time.perf_counter() - started
        for kind in ("call", "absence"):
            tally = _run(made, desk, kind, asked.changes)
            _print(name, kind, tally)
        print(f"{name:>8} made ready once in {ready:.2f} s")


def _run(made: MadeUp, desk: Desk, kind: str, count: int) -> Tally:
    chance, tally = random.Random(SEED), Tally()
    lines = lines_of(made.instance, made.planted) if kind == "call" else ()
    for number in range(count):
        change = _change(made.instance, kind, number, chance)
        clock, cpu = time.perf_counter(), time.process_time()
        answer = repair(made.instance, made.planted, change, desk=desk)
        tally.seconds.append(time.perf_counter() - clock)
        tally.cpu.append(time.process_time() - cpu)
        best = answer.options[0]
        if not best.left:
            tally.filled += 1
            tally.touched.append(best.touched)
        if number < CHECKED:
            _verify(made, answer)
        if isinstance(change, Call):
            clock = time.perf_counter()
            tally.plain_filled += _is_filled_plainly(with_need(made.instance, change.need), lines)
            tally.plain.append(time.perf_counter() - clock)
    return tally


def _change(instance: Instance, kind: str, number: int, chance: random.Random) -> Change:
    if kind == "call":
        model = chance.choice(instance.needs)
        return Call(replace(model, need_id=f"call {number}", urgent=True))
    day = chance.randrange(instance.horizon.days)
    return Absence(chance.choice(instance.workers).worker_id, day * DAY, (day + 1) * DAY)


def _verify(made: MadeUp, answer: Repair) -> None:
    """Hold every option to the checks of the whole plan."""
    for option in answer.options:
        broken = [b for b in check(answer.instance, option.applied_to(made.planted)) if b.forbidden]
        if broken or option.touched > len(("one", "two", "three")):
            raise SystemExit(f"an option breaks a rule: {broken[0].text() if broken else option}")


def _is_filled_plainly(instance: Instance, lines: tuple[Line, ...]) -> bool:
    """Whether somebody is free, judged on whole lines: the cheapest would be taken."""
    need = instance.needs[-1]
    costs = []
    for line in lines:
        then = line_of(instance, line.worker, (*line.own, need))
        found = list(breaches_of(then))
        if not any(breach.forbidden for breach in found):
            costs.append(sum(breach.points for breach in found))
    return bool(costs)


def _at(values: list[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def _print(size: str, kind: str, tally: Tally) -> None:
    count = len(tally.seconds)
    plain, ratio, base = "-", "-", "-"
    if tally.plain:
        plain = f"{tally.plain_filled / count:.0%}"
        ratio = f"{median(tally.seconds) / median(tally.plain):.2f}"
        base = f"{median(tally.plain):.3f}"
    print(
        f"{size:>8} {kind:>8} {count:>4} {tally.filled / count:>7.0%} "
        f"{median(tally.touched or [0]):>6g} {max(tally.touched, default=0):>5} "
        f"{median(tally.seconds):>7.3f} {_at(tally.seconds, WORST):>7.3f} "
        f"{max(tally.seconds):>7.3f} {median(tally.cpu):>8.3f} {_at(tally.cpu, WORST):>8.3f} "
        f"{base:>9} {plain:>12} {ratio:>6}"
    )


if __name__ == "__main__":
    main()
