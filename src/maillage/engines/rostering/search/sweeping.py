"""Rebuilding a few days of the lines at a time, over a long horizon.

Each turn looks at days drawn by what is short in them. While nothing better is found there are
more and more of them, until they are all; then few again.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from maillage.engines.kernel.clock import deadline, sooner
from maillage.engines.rostering.search.looking import staff_of
from maillage.engines.rostering.search.rebuilding import Rebuild
from maillage.engines.rostering.shapes import NO_LIMIT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from maillage.engines.rostering.search.boards import Array, Bench, Lines
    from maillage.engines.rostering.search.rebuilding import Known

FEWEST_DAYS: Final = 10
GROWTH: Final = 1.15
MOST_WORKERS: Final = 60
FEWEST_APART: Final = 30  # workers: with fewer, each rebuilding takes them all
SECONDS: Final = 12.0
DRAWS: Final = 8  # of days that no other rebuilding of the turn has


@dataclass
class Sweep:
    """How many days are rebuilt at a time (`width`), and how often they have been all."""

    bench: Bench
    seed: int
    at_once: int
    width: float = FEWEST_DAYS
    rounds: int = 0

    def asked(self, best: Lines, turn: int, until: float | None) -> list[Rebuild]:
        """Lay out the rebuildings of a turn: of other days, or of the same days and others."""
        chance = random.Random(f"{self.seed}/sweep/{turn}")  # noqa: S311 (a seeded search)
        weights = self._weights(best)
        ends = sooner(until, deadline(SECONDS))
        windows = [self._window(chance, weights)]
        while len(windows) < self.at_once:
            drawn = [self._window(chance, weights) for _ in range(DRAWS)]
            apart = [one for one in drawn if all(_apart(one, other) for other in windows)]
            windows.append((apart or drawn)[0])
        groups = self._groups(chance, windows)
        return [
            Rebuild(
                best,
                workers,
                known=(),
                seed=f"{self.seed}/{turn}/{k}",
                stepwise=True,
                until=ends,
                days=days,
                keen=True,
            )
            for k, (days, workers) in enumerate(zip(windows, groups, strict=True))
        ]

    def taken(
        self, asked: Sequence[Rebuild], outcomes: Sequence[tuple[Lines, Known]], best: Lines
    ) -> Lines:
        """Put what was rebuilt together, and pace the next turns by whether it is better."""
        plans = [best, *(plan for plan, _ in outcomes)]
        together = min(plans, key=self.bench.value)
        for one, (plan, _) in zip(asked, outcomes, strict=True):
            together = self._with(together, plan, one)
        plans.append(together)
        better = min(plans, key=self.bench.value)
        if better is best:
            self.width *= GROWTH
        else:
            self.width = max(FEWEST_DAYS, self.width / GROWTH)
        if self.width > self.bench.model.instance.horizon.days * GROWTH:
            self.width, self.rounds = FEWEST_DAYS, self.rounds + 1
        return better

    def _with(self, lines: Lines, plan: Lines, asked: Rebuild) -> Lines:
        """Take the days that were rebuilt from another plan, in each line that stays legal."""
        day, (first, last) = self.bench.model.ground.day, asked.days or (0, 0)
        new = list(lines)
        for w in asked.workers:
            inside = {n for n in plan[w] if first <= day[n] < last}
            line = tuple(sorted(inside | {n for n in lines[w] if not first <= day[n] < last}))
            if line != lines[w] and not self.bench.weigh(w, line)[0]:
                new[w] = line
        return tuple(new)

    def _weights(self, best: Lines) -> Array:
        """[days] how much a day is worth looking at: what is short or too many, and a share."""
        cover, ground = self.bench.model.cover, self.bench.model.ground
        missing = cover.count - staff_of(self.bench, best)
        under = np.where(cover.under < NO_LIMIT, cover.under, self.bench.toll)
        over = np.where(cover.over < 0, self.bench.toll, cover.over)
        cost = np.maximum(missing, 0) * under + np.maximum(-missing, 0) * over
        cost[ground.firm < 0] = 0.0
        days = np.zeros(self.bench.model.instance.horizon.days)
        np.add.at(days, ground.day, cost)
        return days + days.mean() + 1.0

    def _window(self, chance: random.Random, weights: Array) -> tuple[int, int]:
        """Draw the days of a rebuilding, around one drawn by weight."""
        days, size = len(weights), round(self.width)
        middle = chance.choices(range(days), weights.tolist())[0]
        first = max(0, min(middle - chance.randrange(size), days - size))
        return first, min(days, first + size)

    def _groups(
        self, chance: random.Random, windows: Sequence[tuple[int, int]]
    ) -> list[tuple[int, ...]]:
        """Choose the workers of each rebuilding: others for each when days are the same."""
        everybody = list(range(len(self.bench.model.instance.workers)))
        chance.shuffle(everybody)
        alone = all(_apart(one, other) for one in windows for other in windows if one is not other)
        dealt = not alone and len(everybody) >= FEWEST_APART
        return [
            tuple(sorted((everybody[k :: len(windows)] if dealt else everybody)[:MOST_WORKERS]))
            for k in range(len(windows))
        ]


def _apart(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[1] <= other[0] or other[1] <= one[0]
