"""Rebuilding the lines of some workers around the others, by column generation.

Only for questions of one slot a day (see `trails`), where a worker's best line against given
prices of slots is found by labels. Lines are added while they help; then whole ones are chosen.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from maillage.engines.kernel.clock import remaining
from maillage.engines.rostering.search.kernels.paths import best_lines
from maillage.engines.rostering.search.master import Master
from maillage.engines.rostering.search.trails import Trail, trail_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from maillage.engines.rostering.search.boards import Array, Bench, Lines

Known = tuple[tuple[int, tuple[int, ...]], ...]


@dataclass(frozen=True)
class Effort:
    """How hard to look for lines: labels per state and day (0: all of them), bins, lines kept."""

    width: int = 2
    breadth: int = 4000
    bins: int = 8
    wanted: int = 4


QUICK = Effort()
FINE = Effort(8, 4000, 16, 4)
EXACT = Effort(0, 4000, 0, 4)
LABELS = 1_500_000  # offered in a quick search of one line, at most
FEWEST_LABELS = 40  # in a day


@dataclass(frozen=True)
class Found:
    """Lines of one worker, best first; the least cost of any, when `proved`."""

    worker: int
    lines: tuple[tuple[int, ...], ...]
    least: float
    proved: bool


@dataclass(frozen=True)
class Weaver:
    """Looks for lines of workers, and puts them together."""

    bench: Bench

    @cached_property
    def _trails(self) -> dict[int, Trail]:
        return {}

    def trail(self, w: int) -> Trail:
        """The choices of a worker."""
        if w not in self._trails:
            self._trails[w] = trail_of(self.bench.model, w)
        return self._trails[w]

    def search(self, w: int, worth: Array, effort: Effort) -> Found:
        """Look for the lines of a worker that cost least, each slot giving back its worth."""
        trail, model = self.trail(w), self.bench.model
        cost = model.slot_price[w, trail.columns] - worth[trail.columns]
        least, proved, rows, _ = best_lines(
            trail,
            cost.astype(np.float64),
            effort.width,
            self._breadth(effort, len(trail.columns)),
            effort.bins,
            effort.wanted,
        )
        own = set(model.outside[w])
        lines = tuple(
            tuple(n for n in trail.columns[row[row >= 0]].tolist() if n not in own) for row in rows
        )
        return Found(w, lines, float(least) + float(model.base_price[w]), bool(proved))

    def _breadth(self, effort: Effort, slots: int) -> int:
        if not effort.width:
            return effort.breadth
        return max(FEWEST_LABELS, min(effort.breadth, LABELS // max(1, slots)))

    def one_by_one(self, order: Iterable[int], lines: Lines) -> Lines:
        """Give each worker in turn the line that costs least beside the lines given so far."""
        new = list(lines)
        for w in order:
            new[w] = ()
            found = self.search(w, self.marginal(staff_of(self.bench, new)), QUICK)
            legal = (line for line in found.lines if not self.bench.weigh(w, line)[0])
            new[w] = next(legal, lines[w])
        return tuple(new)

    def marginal(self, staffed: Array) -> Array:
        """[N] what one more person in each slot saves."""
        cover = self.bench.model.cover
        toll = int(self.bench.toll)
        under = np.minimum(cover.under, toll)
        over = np.where(cover.over < 0, toll, cover.over)
        return np.where(staffed < cover.count, under, -over).astype(np.float64)

    def rebuild(
        self,
        lines: Lines,
        workers: Sequence[int],
        known: Known,
        *,
        rounds: int,
        nodes: int,
        until: float | None,
    ) -> tuple[Lines, Known]:
        """Rebuild lines; return the plan, at least as good, and the lines met that were new."""
        rest = [line if w not in set(workers) else () for w, line in enumerate(lines)]
        master = Master(self.bench, workers, staff_of(self.bench, rest))
        for w in workers:
            master.add(w, lines[w])
        for w, line in known:
            if w in master.row:
                master.add(w, line)
        before = len(master.columns)
        self._enrich(master, set(workers), rounds, until)
        new = tuple(master.columns[before:])
        left = remaining(until)
        taken = master.whole(nodes=nodes, seconds=left)
        better = list(lines)
        for w, line in taken.items():
            better[w] = line
        plan = tuple(better)
        return (plan if self.bench.value(plan) < self.bench.value(lines) else lines), new

    def _enrich(self, master: Master, free: set[int], rounds: int, until: float | None) -> None:
        """Add lines while they help, in `rounds` rounds at most."""
        for _ in range(rounds):
            master.solve()
            worth = master.worth()
            added = 0
            for w in sorted(free):
                if remaining(until) == 0:
                    break
                added += sum(master.add(w, line) for line in self.search(w, worth, QUICK).lines)
            if not added or remaining(until) == 0:
                break
        master.solve()


def staff_of(bench: Bench, lines: Sequence[Sequence[int]]) -> Array:
    """[N] people in each slot."""
    staffed = np.zeros(len(bench.model.ground.needs), np.int64)
    for line in lines:
        staffed[list(line)] += 1
    return staffed
