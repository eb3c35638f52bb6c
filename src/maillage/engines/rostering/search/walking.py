"""Turns of annealing: who walks over which part of a plan, and how outcomes come together."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from maillage.engines.rostering.search.tasks import Walk

if TYPE_CHECKING:
    from collections.abc import Sequence

    from maillage.engines.rostering.search.boards import Bench, Lines
    from maillage.engines.rostering.search.tasks import Walked

FEWEST_APART = 30  # workers, below which each walk is over everybody
HOT, COLD = 1.5, 0.04  # times the usual price of a breach
CYCLE = 16  # turns from hot to cold, when no time limit tells
FIRST_STEPS = 20_000
SLICE = 1.5  # seconds a walk should take, when there is a time limit


@dataclass
class Walker:
    """The plan a search is at (`lines`), and how its next walks are laid out."""

    bench: Bench
    lines: Lines
    seed: int
    at_once: int
    steps: int = FIRST_STEPS

    def __post_init__(self) -> None:
        self.usual = _usual_price(self.bench)
        self.firms = np.flatnonzero(self.bench.model.ground.firm >= 0)

    def walks(self, turn: int, part: float | None) -> list[Walk]:
        """Lay out the walks of a turn; `part` is how much of the time is spent, if known."""
        cooled = (turn % CYCLE) / CYCLE if part is None else part
        heat = self.usual * HOT * (COLD / HOT) ** cooled
        chance = random.Random(f"{self.seed}/{turn}")  # noqa: S311 (a seeded search)
        workers = list(range(len(self.lines)))
        if len(workers) < FEWEST_APART or self.at_once < 2:  # noqa: PLR2004 (a pair)
            slots = self.firms.astype(np.int64).tobytes()
            groups = [(tuple(workers), slots)] * self.at_once
        else:
            groups = self._groups(chance, workers)
        return [
            Walk(self.lines, mine, slots, self.steps, (heat, heat), (self.seed, turn, k))
            for k, (mine, slots) in enumerate(groups)
        ]

    def _groups(
        self, chance: random.Random, workers: list[int]
    ) -> list[tuple[tuple[int, ...], bytes]]:
        """Deal workers out, and with them their slots; a slot with room goes to one group."""
        chance.shuffle(workers)
        group = np.zeros(len(workers), np.int64)
        for k, w in enumerate(workers):
            group[w] = k % self.at_once
        draw = np.random.default_rng(chance.randrange(2**32))
        of_slot = draw.integers(0, self.at_once, len(self.bench.model.ground.needs))
        staff = np.zeros((self.at_once, len(of_slot)), np.bool_)
        for w, line in enumerate(self.lines):
            staff[group[w], list(line)] = True
        shared = staff.sum(axis=0) > 1
        single = staff.sum(axis=0) == 1
        of_slot[single] = staff.argmax(axis=0)[single]
        return [
            (
                tuple(int(w) for w in np.flatnonzero(group == k)),
                self.firms[(of_slot[self.firms] == k) | shared[self.firms] & staff[k, self.firms]]
                .astype(np.int64)
                .tobytes(),
            )
            for k in range(self.at_once)
        ]

    def take_in(self, walks: Sequence[Walk], outcomes: Sequence[Walked]) -> Lines:
        """Go where the walks led; return the best plan among those met."""
        if all(walk.workers == walks[0].workers for walk in walks):
            ends = [outcome.end for outcome in outcomes]
            bests = [outcome.best for outcome in outcomes]
        else:
            ends = [self._together(walks, [outcome.end for outcome in outcomes])]
            bests = [self._together(walks, [outcome.best for outcome in outcomes])]
        self.lines = min(ends, key=self._worth)
        return min([*bests, *ends], key=self._worth)

    def _together(self, walks: Sequence[Walk], plans: Sequence[Lines]) -> Lines:
        lines = list(self.lines)
        for walk, plan in zip(walks, plans, strict=True):
            for w in walk.workers:
                lines[w] = plan[w]
        return tuple(lines)

    def _worth(self, lines: Lines) -> float:
        excess, price = self.bench.value(lines)
        return price + self.bench.toll * excess

    def pace(self, outcomes: Sequence[Walked], left: float | None) -> None:
        """Adapt the length of the next walks to a time limit."""
        if left is None:
            return
        slowest = max(1e-3, *(outcome.seconds for outcome in outcomes))
        wanted = min(SLICE, max(0.1, left * 0.9))
        self.steps = max(500, int(self.steps * min(4.0, wanted / slowest)))


def _usual_price(bench: Bench) -> float:
    """What one breach of a priced rule usually costs, in points."""
    t = bench.tables
    prices = list(t.active_price[t.active_price > 0] * t.active_unit[t.active_price > 0])
    wishes = np.abs(t.slot_price[t.slot_price != 0])
    if len(wishes):
        prices.append(float(np.median(wishes)))
    if not prices:
        under = t.under[(t.under > 0) & (t.under < 2**40)]
        prices = [float(np.median(under)) / 10] if len(under) else [1.0]
    return float(np.median(prices)) / bench.model.scale
