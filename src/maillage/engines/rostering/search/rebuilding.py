"""Rebuilding the lines of some workers around the others, by column generation.

Only for questions of one slot a day (see `trails`), where a worker's best line against given
prices of slots is found by labels. Lines are added while they help; then whole ones are chosen.
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
from maillage.engines.rostering.search.kernels.paths import NEVER, best_lines, costs_ahead
from maillage.engines.rostering.search.master import Master
from maillage.engines.rostering.search.trails import (
    Links,
    Trail,
    charges_of,
    links_of,
    strides_of,
    trail_of,
)

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
WIDE = Effort(8, 8000, 30, 8, 2_000_000)  # finds a line where few keep to the rules
KEEN = Effort(0, 400_000, 0, 8, 4_000_000)
EXACT = Effort(0, 400_000, 0, 8, 40_000_000)  # proves what it finds, unless labels run out
FEWEST_LABELS = 40  # in a day
STRONG = 0.8  # share of a line from which it is taken
BOLD = 0.2  # of the choices: the second strongest line
LAST = 3  # workers whose lines are chosen together, at the end
FEW = 12  # workers left: lines are looked for keenly
NODES = 60
WHOLE_SECONDS = (1.0, 4.0)  # to choose lines together, at the end of a dive and at once
TRIES = 6  # of the end of a dive
AT_A_TIME = 3  # lines taken before others are looked for
ROUNDS = 8  # of looking for lines at first
STEP_ROUNDS = 4  # and after each step
LONG = 100  # days: labels keep an even pace, where nobody could look ahead that far
NARROW = 8  # slots of a day that are then looked at
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

    @cached_property
    def _links(self) -> dict[tuple[float, ...], Links]:
        return {}

    def trail(self, w: int) -> Trail:
        """The choices of a worker."""
        if w not in self._trails:
            model = self.bench.model
            charges = charges_of(model, w)
            if charges not in self._links:
                self._links[charges] = links_of(model, charges)
            self._trails[w] = trail_of(model, w, self._links[charges])
        return self._trails[w]

    def search(self, w: int, worth: Array, effort: Effort, limit: float = float("inf")) -> Found:
        """Look for the lines of a worker that cost least, each slot giving back its worth.

        Lines that cost `limit` or more are of no use; without others, the least is `limit`.
        """
        trail, model = self.trail(w), self.bench.model
        cost = (model.slot_price[w, trail.columns] - worth[trail.columns]).astype(np.float64)
        unit, steps = strides_of(trail)
        base = float(model.base_price[w])
        paced = effort is not EXACT and trail.days >= LONG
        offered = len(trail.columns)
        if paced:
            offered = _narrow(trail, cost)
        ahead = costs_ahead(trail, cost, unit, steps)
        least, proved, rows, _ = best_lines(
            trail,
            cost,
            ahead,
            unit,
            effort.width,
            self._breadth(effort, offered),
            effort.bins,
            effort.wanted,
            limit - base,
            paced,
        )
        own = set(model.outside[w])
        lines = tuple(
            tuple(n for n in trail.columns[row[row >= 0]].tolist() if n not in own) for row in rows
        )
        return Found(w, lines, float(least) + base, bool(proved))

    def _breadth(self, effort: Effort, slots: int) -> int:
        return max(FEWEST_LABELS, min(effort.breadth, effort.labels // max(1, slots)))

    def one_by_one(self, order: Iterable[int], lines: Lines) -> Lines:
        """Give each worker in turn the line that costs least beside the lines of all others."""
        new = list(lines)
        for w in order:
            new[w] = ()
            worth = self.marginal(staff_of(self.bench, new))
            legal = (
                line
                for effort in (QUICK, WIDE, KEEN)
                for line in self.search(w, worth, effort).lines
                if not self.bench.weigh(w, line)[0]
            )
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
        and others looked for in between. The last few are tried several ways, since that is where
        it shows whether lines fit together.
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
        cost = self._enrich(master, free, ROUNDS, until)
        if asked.stepwise:
            cost = self._dive(master, free, FEW, chance, cost, until)
        best = asked.lines
        for _ in range(TRIES if asked.stepwise else 1):
            left = set(free)
            if asked.stepwise:
                self._dive(master, left, LAST, chance, cost, until)
            seconds = _no_longer(until, asked.stepwise)
            found = master.fixed | master.whole(nodes=NODES, seconds=seconds)
            plan = tuple(found.get(w, line) for w, line in enumerate(asked.lines))
            if found:
                plan = self.one_by_one(sorted(free - set(found)), plan)
            best = min(best, plan, key=self.bench.value)
            if remaining(until) == 0:
                break
            for w in free:
                master.release(w)
        return best, tuple(master.columns[before:])

    def _dive(
        self,
        master: Master,
        free: set[int],
        last: int,
        chance: random.Random,
        cost: float,
        until: float | None,
    ) -> float:
        """Take lines until `last` workers are left in `free`; return the cost in fractions.

        With a deadline, more lines are taken at a time than are sure when there would not be time
        for all of them.
        """
        began, steps = time.monotonic(), 0
        while len(free) > last and remaining(until) != 0:
            left = remaining(until)
            each = (time.monotonic() - began) / max(1, steps)
            hurry = 0 if left is None else ceil((len(free) - last) * each / max(left, each, 0.01))
            chosen = self._strongest(master, free, chance, min(hurry, len(free) - last))
            if not chosen:
                break
            for column in chosen:
                free.discard(master.columns[column][0])
                master.fix(column)
            before, cost = cost, master.solve()
            if cost - before > GAIN * abs(before):
                cost = self._enrich(master, free, STEP_ROUNDS, until)
            steps += 1
        return cost

    def _enrich(self, master: Master, free: set[int], rounds: int, until: float | None) -> float:
        """Add lines while they help, in `rounds` rounds at most; return the cost in fractions.

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
                    return master.solve()
                limit = least[master.row[w]] - GAIN
                found = self.search(w, worth, efforts[hard], limit)
                added += sum(master.add(w, line) for line in found.lines)
            before, value = value, master.solve()
            if not added or before - value < GAIN * abs(value):
                hard += 1
                if hard == len(efforts):
                    break
        return value

    @staticmethod
    def _strongest(
        master: Master, free: set[int], chance: random.Random, at_least: int
    ) -> list[int]:
        """Columns to take next: those taken nearly whole, else the strongest, or the second."""
        shares = master.shares()
        strong: dict[int, int] = {}
        for k in np.argsort(-shares, kind="stable"):
            worker = master.columns[k][0]
            if shares[k] > SLIGHT and worker in free:
                strong.setdefault(worker, int(k))
        columns = list(strong.values())
        if at_least > 1:
            return columns[:at_least]
        if chance.random() < BOLD:
            return columns[1:2] or columns
        return [k for k in columns[:AT_A_TIME] if shares[k] >= STRONG] or columns[:1]


def _no_longer(until: float | None, stepwise: bool) -> float | None:  # noqa: FBT001 (a field)
    """Seconds to choose lines together; some even when time is over, None without a limit."""
    left, most = remaining(until), WHOLE_SECONDS[0 if stepwise else 1]
    return None if left is None else max(WHOLE_SECONDS[0], min(left, most))


def _narrow(trail: Trail, cost: Array) -> int:
    """Forbid all but `NARROW` slots of each day; return how many are left.

    Those kept are the best ones of each gain, in turn: short and long slots are both needed for
    a line to come to its hours.
    """
    day = np.repeat(np.arange(trail.days), np.diff(trail.day_ptr))
    gain = trail.gain[0] if len(trail.gain) else np.zeros(len(day))
    turn = _places(np.lexsort((cost, gain, day)), day * (gain.max(initial=0) + 1) + gain)
    place = _places(np.lexsort((cost, turn, day)), day)
    cost[place >= NARROW] = NEVER
    return int((place < NARROW).sum())


def _places(order: Array, group: Array) -> Array:
    """Number things within their group, in an order that keeps groups together."""
    opens = np.flatnonzero(np.diff(group[order], prepend=-1))
    lengths = np.diff(np.append(opens, len(order)))
    places = np.empty(len(order), np.int64)
    places[order] = np.arange(len(order)) - np.repeat(opens, lengths)
    return places


def staff_of(bench: Bench, lines: Sequence[Sequence[int]]) -> Array:
    """[N] people in each slot."""
    staffed = np.zeros(len(bench.model.ground.needs), np.int64)
    for line in lines:
        staffed[list(line)] += 1
    return staffed
