"""Rebuilding the lines of some workers around the others, by column generation.

Only for questions of one slot a day (see `trails`), where a worker's best line against given
prices of slots is found by labels. Lines are added while they help; then whole ones are chosen.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from maillage.engines.kernel.clock import remaining
from maillage.engines.rostering.search.kernels.paths import best_lines, costs_ahead
from maillage.engines.rostering.search.master import Master
from maillage.engines.rostering.search.trails import Trail, strides_of, trail_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from maillage.engines.rostering.search.boards import Array, Bench, Lines

Known = tuple[tuple[int, tuple[int, ...]], ...]


@dataclass(frozen=True)
class Effort:
    """How hard to look for lines.

    `width` is the labels per state and day, `breadth` those per day and `labels` those offered in
    all, at most (a width of 0: every one that breadth and labels allow); `wanted` lines are kept.
    """

    width: int
    breadth: int
    bins: int
    wanted: int
    labels: int


QUICK = Effort(1, 1000, 8, 6, 1_500_000)
FINE = Effort(4, 8000, 18, 8, 1_500_000)
KEEN = Effort(0, 400_000, 0, 8, 4_000_000)
EXACT = Effort(0, 400_000, 0, 8, 40_000_000)  # proves what it finds, unless labels run out
FEWEST_LABELS = 40  # in a day
STRONG = 0.8  # share of a line from which it is taken
BOLD = 0.2  # of the choices: the second strongest line
LAST = 3  # workers whose lines are chosen together, at the end
FEW = 12  # workers left: lines are looked for keenly
NODES = 60
LAST_SECONDS = 1.0
AT_A_TIME = 3  # lines taken before others are looked for
ROUNDS = 8  # of looking for lines at first
STEP_ROUNDS = 4  # and after each step
SLIGHT = 1e-6  # share of a line that counts for nothing
GAIN = 0.0005  # of the cost: less than that, and a round has not served


@dataclass(frozen=True)
class Rebuild:
    """Lines to rebuild: of which plan and workers, with which lines known.

    All at once, or `stepwise`: one line after the other.
    """

    lines: Lines
    workers: tuple[int, ...]
    known: Known
    seed: str
    stepwise: bool
    until: float | None


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

    def search(self, w: int, worth: Array, effort: Effort, limit: float = float("inf")) -> Found:
        """Look for the lines of a worker that cost least, each slot giving back its worth.

        Lines that cost `limit` or more are of no use; without others, the least is `limit`.
        """
        trail, model = self.trail(w), self.bench.model
        cost = (model.slot_price[w, trail.columns] - worth[trail.columns]).astype(np.float64)
        unit, steps = strides_of(trail)
        ahead = costs_ahead(trail, cost, unit, steps)
        base = float(model.base_price[w])
        least, proved, rows, _ = best_lines(
            trail,
            cost,
            ahead,
            unit,
            effort.width,
            self._breadth(effort, len(trail.columns)),
            effort.bins,
            effort.wanted,
            limit - base,
        )
        own = set(model.outside[w])
        lines = tuple(
            tuple(n for n in trail.columns[row[row >= 0]].tolist() if n not in own) for row in rows
        )
        return Found(w, lines, float(least) + base, bool(proved))

    def _breadth(self, effort: Effort, slots: int) -> int:
        return max(FEWEST_LABELS, min(effort.breadth, effort.labels // max(1, slots)))

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

    def rebuild(self, asked: Rebuild) -> tuple[Lines, Known]:
        """Rebuild lines; return the plan, at least as good, and the lines met that were new.

        Stepwise (a *dive*), lines of which the fractions take most are taken one after the other,
        and others looked for in between; the last few are chosen together, as all are at once.
        """
        free, until = set(asked.workers), asked.until
        rest = [() if w in free else line for w, line in enumerate(asked.lines)]
        master = Master(self.bench, asked.workers, staff_of(self.bench, rest))
        for w in asked.workers:
            master.add(w, asked.lines[w])
        for w, line in asked.known:
            master.add(w, line)
        before = len(master.columns)
        chance = random.Random(asked.seed)  # noqa: S311 (a seeded search)
        self._enrich(master, free, ROUNDS, until)
        while asked.stepwise and len(free) > LAST and remaining(until) != 0:
            chosen = self._strongest(master, free, chance)
            if not chosen:
                break
            for column in chosen:
                free.discard(master.columns[column][0])
                master.fix(column)
            self._enrich(master, free, STEP_ROUNDS, until)
        left = remaining(until)
        found = master.whole(nodes=NODES, seconds=None if left is None else max(left, LAST_SECONDS))
        plan = tuple(found.get(w, line) for w, line in enumerate(asked.lines))
        better = self.bench.value(plan) < self.bench.value(asked.lines)
        return (plan if better else asked.lines), tuple(master.columns[before:])

    def _enrich(self, master: Master, free: set[int], rounds: int, until: float | None) -> None:
        """Add lines while they help, in `rounds` rounds at most.

        The first effort serves until it finds nothing that helps, then the next.
        """
        efforts = (FINE, KEEN) if len(free) <= FEW else (QUICK, FINE)
        value, hard = master.solve(), 0
        for _ in range(rounds):
            worth = master.worth()
            least = master.least_known(worth)
            added = 0
            for w in sorted(free):
                if remaining(until) == 0:
                    master.solve()
                    return
                limit = least[master.row[w]] - GAIN
                found = self.search(w, worth, efforts[hard], limit)
                added += sum(master.add(w, line) for line in found.lines)
            before, value = value, master.solve()
            if not added or before - value < GAIN * abs(value):
                hard += 1
                if hard == len(efforts):
                    break

    @staticmethod
    def _strongest(master: Master, free: set[int], chance: random.Random) -> list[int]:
        """Columns to take next: those taken nearly whole, else the strongest, or the second."""
        shares = master.shares()
        strong = [
            int(k)
            for k in np.argsort(-shares, kind="stable")
            if shares[k] > SLIGHT and master.columns[k][0] in free
        ]
        if chance.random() < BOLD:
            return strong[1:2] or strong
        return [k for k in strong[:AT_A_TIME] if shares[k] >= STRONG] or strong[:1]


def staff_of(bench: Bench, lines: Sequence[Sequence[int]]) -> Array:
    """[N] people in each slot."""
    staffed = np.zeros(len(bench.model.ground.needs), np.int64)
    for line in lines:
        staffed[list(line)] += 1
    return staffed
