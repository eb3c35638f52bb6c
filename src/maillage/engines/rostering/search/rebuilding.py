"""Rebuilding the lines of some workers around the others, by column generation.

Lines are added while they help (see `looking`); then whole ones are chosen. Either all at once, or
one after the other. Over a long time, only some days of the lines may be rebuilt.
"""

from __future__ import annotations

import random
import time
from dataclasses import dataclass
from functools import cached_property
from math import ceil
from typing import TYPE_CHECKING

import numpy as np

from maillage.engines.kernel.clock import remaining
from maillage.engines.rostering.search.looking import FINE, KEEN, QUICK, staff_of
from maillage.engines.rostering.search.master import Master

if TYPE_CHECKING:
    from maillage.engines.rostering.search.boards import Array, Lines
    from maillage.engines.rostering.search.looking import Effort, Found, Weaver
    from maillage.engines.rostering.search.windows import Part

Known = tuple[tuple[int, tuple[int, ...]], ...]

STRONG = 0.8  # share of a line from which it is taken
BOLD = 0.2  # of the choices: the second strongest line
LAST = 3  # workers whose lines are chosen together, at the end
FEW = 12  # workers left: lines are looked for keenly
NODES = 60
WHOLE_SECONDS = (1.0, 4.0)  # to choose lines together, at the end of a dive and at once
TRIES = 6  # of the end of a dive
AT_A_TIME = 3  # lines taken before others are looked for
ROUNDS = 8  # of looking for lines at first
KEEN_ROUNDS = 40
PATIENCE = 4  # rounds that gain nothing: prices settle late when few lines are known
STEP_ROUNDS = 4  # and after each step
SLIGHT = 1e-6  # share of a line that counts for nothing
GAIN = 0.0005  # of the cost: less than that, and a round has not served


@dataclass(frozen=True)
class Rebuild:
    """Lines to rebuild: of which plan and workers, with which lines known.

    All at once, or `stepwise`: one line after the other. With `days`, only from the first of them
    up to before the second; `keen` looks for their lines longer.
    """

    lines: Lines
    workers: tuple[int, ...]
    known: Known
    seed: str
    stepwise: bool
    until: float | None
    days: tuple[int, int] | None = None
    keen: bool = False


def rebuilt(weaver: Weaver, asked: Rebuild) -> tuple[Lines, Known]:
    """Rebuild lines; return the plan, at least as good, and the lines met that were new.

    Stepwise (a *dive*), lines of which the fractions take most are taken one after the other,
    and others looked for in between. The last few are tried several ways, since that is where it
    shows whether lines fit together.
    """
    return _Rebuilding(weaver, asked).result()


class _Rebuilding:
    """One rebuilding."""

    def __init__(self, weaver: Weaver, asked: Rebuild) -> None:
        self.weaver, self.asked, self.until = weaver, asked, asked.until
        self.chance = random.Random(asked.seed)  # noqa: S311 (a seeded search)
        free = set(asked.workers)
        rest = [() if w in free else line for w, line in enumerate(asked.lines)]
        staffed = staff_of(weaver.bench, rest)
        self.master = Master(weaver.bench, asked.workers, staffed, asked.days)
        for w in asked.workers:
            self.master.add(w, asked.lines[w])
        for w, line in asked.known:
            self.master.add(w, line)
        self.cost = 0.0

    def result(self) -> tuple[Lines, Known]:
        """Do the whole work."""
        asked, master = self.asked, self.master
        before, free = len(master.columns), set(asked.workers)
        self._enrich(free, KEEN_ROUNDS if asked.keen else ROUNDS)
        if asked.stepwise:
            self._dive(free, FEW)
        best = asked.lines
        for _ in range(TRIES if asked.stepwise else 1):
            best = min(best, self._whole(set(free)), key=self.weaver.bench.value)
            if remaining(self.until) == 0:
                break
            for w in free:
                master.release(w)
        # Lines that differ on a few days only are of no use with others.
        return best, () if asked.days else tuple(master.columns[before:])

    def _whole(self, left: set[int]) -> Lines:
        """Choose whole lines for the workers left, the last few of them together."""
        asked, free = self.asked, tuple(left)
        if asked.stepwise:
            self._dive(left, LAST)
        seconds = _no_longer(self.until, asked.stepwise)
        found = self.master.fixed | self.master.whole(nodes=NODES, seconds=seconds)
        plan = tuple(found.get(w, line) for w, line in enumerate(asked.lines))
        if found and not asked.days:
            plan = self.weaver.one_by_one(sorted(set(free) - set(found)), plan)
        return plan

    def _dive(self, free: set[int], last: int) -> None:
        """Take lines until `last` workers are left in `free`.

        With a deadline, more lines are taken at a time than are sure when there would not be time
        for all of them.
        """
        master, began, steps = self.master, time.monotonic(), 0
        while len(free) > last and remaining(self.until) != 0:
            left = remaining(self.until)
            each = (time.monotonic() - began) / max(1, steps)
            hurry = 0 if left is None else ceil((len(free) - last) * each / max(left, each, 0.01))
            chosen = self._strongest(free, min(hurry, len(free) - last))
            if not chosen:
                break
            for column in chosen:
                free.discard(master.columns[column][0])
                master.fix(column)
            before, self.cost = self.cost, master.solve()
            if self.cost - before > GAIN * abs(before):
                self._enrich(free, STEP_ROUNDS)
            steps += 1

    def _enrich(self, free: set[int], rounds: int) -> None:
        """Add lines while they help, in `rounds` rounds at most.

        The first effort serves until it finds nothing that helps, then the next.
        """
        master = self.master
        efforts = (FINE, KEEN) if len(free) <= FEW or self.asked.keen else (QUICK, FINE)
        self.cost, hard, idle = master.solve(), 0, 0
        for _ in range(rounds):
            worth = master.worth()
            least = master.least_known(worth)
            added = 0
            for w in sorted(free):
                if remaining(self.until) == 0:
                    self.cost = master.solve()
                    return
                found = self._search(w, worth, efforts[hard], least[master.row[w]] - GAIN)
                added += sum(master.add(w, line) for line in found.lines)
            before, self.cost = self.cost, master.solve()
            idle = 0 if before - self.cost >= GAIN * abs(self.cost) else idle + 1
            if not added or idle > (PATIENCE if self.asked.keen else 0):
                hard, idle = hard + 1, 0
                if hard == len(efforts):
                    break

    def _search(self, w: int, worth: Array, effort: Effort, limit: float) -> Found:
        """Look for lines of a worker that cost less than `limit`."""
        if self.asked.days is None:
            return self.weaver.search(w, worth, effort, limit)
        part, beyond = self._parts[w]
        return self.weaver.search(w, worth, effort, limit - beyond, part)

    @cached_property
    def _parts(self) -> dict[int, tuple[Part, float]]:
        asked = self.asked
        days = asked.days or (0, 0)
        return {w: self.weaver.part(w, asked.lines[w], days) for w in asked.workers}

    def _strongest(self, free: set[int], at_least: int) -> list[int]:
        """Columns to take next: those taken nearly whole, else the strongest, or the second."""
        shares = self.master.shares()
        strong: dict[int, int] = {}
        for k in np.argsort(-shares, kind="stable"):
            worker = self.master.columns[k][0]
            if shares[k] > SLIGHT and worker in free:
                strong.setdefault(worker, int(k))
        columns = list(strong.values())
        if at_least > 1:
            return columns[:at_least]
        if self.chance.random() < BOLD:
            return columns[1:2] or columns
        return [k for k in columns[:AT_A_TIME] if shares[k] >= STRONG] or columns[:1]


def _no_longer(until: float | None, stepwise: bool) -> float | None:  # noqa: FBT001 (a field)
    """Seconds to choose lines together; some even when time is over, None without a limit."""
    left, most = remaining(until), WHOLE_SECONDS[0 if stepwise else 1]
    return None if left is None else max(WHOLE_SECONDS[0], min(left, most))
