"""The search on questions of one slot a day: lines generated against prices, then put together.

*Pricing* turns look for the lines that would lower the cost of the fractional question, all
workers at once; when no line is left that would, that cost is a bound. *Rebuilding* turns then
take some workers' lines apart and put better ones together, from known lines and new ones.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from math import ceil, isfinite
from typing import TYPE_CHECKING, Any

import numpy as np

from maillage.engines.kernel.clock import deadline, remaining, sooner
from maillage.engines.rostering.search.looking import EXACT, FINE, LONG, QUICK, Weaver, staff_of
from maillage.engines.rostering.search.master import Master
from maillage.engines.rostering.search.rebuilding import Rebuild
from maillage.engines.rostering.search.tasks import price, rebuild, renew

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maillage.engines.rostering.search.boards import Lines
    from maillage.engines.rostering.search.looking import Found
    from maillage.engines.rostering.search.rebuilding import Known

Calls = list[tuple[Any, ...]]
Run = Callable[[Calls], list[Any]]
SLACK = 1e-4  # of a price, that rounding may cost
NEAR = 0.01  # of the cost: closer than that to what it promises, a look has served
PRICING_SHARE = 0.4  # of the time, at most
SMOOTHING = 0.6  # share of steady prices in those that lines are looked for with
PATIENCE = 4  # a share of the workers: fewer new lines than that, and all are looked for
KNOWN = 4000  # lines handed to a rebuilding, at most
KNOWN_EACH = (20, 120)  # of each worker, at least and at most
TOGETHER = (5, 11)  # workers whose lines are rebuilt at once
STEPWISE = (8, 40)  # and one after the other
REBUILD_SECONDS = 4.0
DIVE_SECONDS = 12.0
DIVE_SHARE = 0.6
PASSES = 5  # of giving each worker the best line beside the others'


class Weave:
    """The state of one search: known lines, the fractional question, the bound."""

    def __init__(self, weaver: Weaver, question: bytes, seed: int, at_once: int) -> None:
        self.weaver, self.bench = weaver, weaver.bench
        self.question, self.seed, self.at_once = question, seed, at_once
        self.workers = tuple(range(len(self.bench.model.instance.workers)))
        self.bound: int | None = None
        self.lowest = self.highest = -np.inf
        self.cost: dict[int, dict[tuple[int, ...], float]] = {w: {} for w in self.workers}
        self.worth = np.zeros(len(self.bench.model.ground.needs))
        self.centre = self.worth
        self.least = np.zeros(len(self.workers))

    def first(self, start: Lines, run: Run, until: float | None) -> Lines:
        """A plan at once: each worker in turn takes the line that suits the plan so far.

        Over a long time, where a line is long to find, workers take theirs side by side.
        """
        order = list(self.workers)
        random.Random(self.seed).shuffle(order)  # noqa: S311 (a seeded search)
        first = start
        for _ in range(PASSES):
            better = self._renewed(order, first, run)
            if self.bench.value(better) >= self.bench.value(first):
                break
            first = better
            if remaining(until) == 0:
                break
        self.master = Master(self.bench, self.workers, staff_of(self.bench, ()))
        for lines in (start, first):
            for w, line in enumerate(lines):
                self.master.add(w, line)
        return first

    def _renewed(self, order: list[int], lines: Lines, run: Run) -> Lines:
        """Give everybody a new line."""
        if self.bench.model.instance.horizon.days < LONG:
            return self.weaver.one_by_one(order, lines)
        for first in range(0, len(order), self.at_once):
            part = order[first : first + self.at_once]
            found = run([(renew, self.question, (w,), lines) for w in part])
            new = {w: plan[w] for w, plan in zip(part, found, strict=True)}
            lines = tuple(new.get(w, line) for w, line in enumerate(lines))
        return lines

    def pricing(self, until: float | None) -> Iterator[Calls]:
        """Yield the tasks of each pricing turn; outcomes come in by `priced`."""
        effort, smooth = QUICK, SMOOTHING
        while True:
            value = self.master.solve()
            sharp = self.master.worth()
            self.worth = smooth * self.centre + (1 - smooth) * sharp
            self.added = 0
            limits = self.master.least_known(self.worth) - SLACK
            yield [
                (
                    price,
                    self.question,
                    self.workers[k :: self.at_once],
                    self.worth.tobytes(),
                    limits[k :: self.at_once].tobytes(),
                    effort,
                    until,
                )
                for k in range(self.at_once)
            ]
            if self.lowest >= value - SLACK or (effort is EXACT and not smooth and not self.added):
                return
            few = self.added * PATIENCE < len(self.workers)
            near = value - self.highest < NEAR * abs(value)
            if (few and not smooth) or (near and effort is not EXACT):
                effort = FINE if effort is QUICK else EXACT
                self.highest = -np.inf  # what a quicker look had promised was too much
            smooth = 0.0 if few else SMOOTHING

    def priced(self, outcomes: list[tuple[Found, ...]]) -> None:
        """Take in the lines found, and the bound they prove."""
        found = sorted((one for part in outcomes for one in part), key=lambda one: one.worker)
        for one in found:
            self.least[one.worker] = one.least
            self.added += sum(self.master.add(one.worker, line) for line in one.lines)
        worth = self.worth[self.master.slots]
        total = float((worth * self.master.wanted).sum()) + sum(one.least for one in found)
        total += self._given_cover() if len(found) == len(self.workers) else -np.inf
        # Steadier prices are those that promised most so far.
        if isfinite(total) and total > self.highest:
            self.highest, self.centre = total, self.worth
        if all(one.proved for one in found) and isfinite(total):
            self.lowest = max(self.lowest, total)
            self.bound = ceil(self.lowest - SLACK)

    def _given_cover(self) -> float:
        """What people short or too many would give back beyond their price; rounding only."""
        cover, slots = self.bench.model.cover, self.master.slots
        worth, size = self.worth[slots], float(len(self.workers))
        short = np.minimum(0.0, np.minimum(cover.under[slots], self.bench.toll) - worth)
        over = np.where(cover.over[slots] < 0, self.bench.toll, cover.over[slots])
        return float((short * cover.count[slots] + np.minimum(0.0, over + worth) * size).sum())

    def settle(self) -> None:
        """Weigh known lines against the last prices, once pricing is over."""
        for (w, line), cost in zip(self.master.columns, self.master.prices, strict=True):
            self._note(w, line, cost)

    def _note(self, w: int, line: tuple[int, ...], cost: int) -> None:
        self.cost[w][line] = cost - float(self.worth[list(line)].sum()) - float(self.least[w])

    def _known(self, workers: tuple[int, ...]) -> Known:
        fewest, most = KNOWN_EACH
        most = max(fewest, min(most, KNOWN // len(workers)))
        return tuple(
            (w, line)
            for w in workers
            for line in sorted(self.cost[w], key=lambda line: (self.cost[w][line], line))[:most]
        )

    def dives(self, best: Lines, until: float | None) -> Calls:
        """Return the tasks of a turn that rebuilds every line, in a share of the time left."""
        known = self._known(self.workers)
        left = remaining(until)
        ends = None if left is None else deadline(left * DIVE_SHARE)
        return [
            (
                rebuild,
                self.question,
                Rebuild(
                    best, self.workers, known, f"{self.seed}/dive/{k}", stepwise=True, until=ends
                ),
            )
            for k in range(self.at_once)
        ]

    def rebuildings(self, best: Lines, turn: int, until: float | None) -> Calls:
        """Return the tasks of a rebuilding turn, at once or stepwise by turns."""
        calls: Calls = []
        stepwise = turn % 2 == 0
        for k in range(self.at_once):
            seed = f"{self.seed}/{turn}/{k}"
            chance = random.Random(seed)  # noqa: S311 (a seeded search)
            fewest, most = STEPWISE if stepwise else TOGETHER
            size = chance.randint(min(fewest, len(self.workers)), min(most, len(self.workers)))
            chosen = self._chosen(best, size, chance)
            ends = sooner(until, deadline(DIVE_SECONDS if stepwise else REBUILD_SECONDS))
            asked = Rebuild(best, chosen, self._known(chosen), seed, stepwise, ends)
            calls.append((rebuild, self.question, asked))
        return calls

    def _chosen(self, best: Lines, size: int, chance: random.Random) -> tuple[int, ...]:
        """Draw workers: half of them by what their lines cost beyond the least, half by chance."""
        beyond = [max(0.0, self.cost[w].get(best[w], 0.0)) for w in self.workers]
        mean = sum(beyond) / len(beyond) + 1.0
        weights = [(cost + mean) / mean for cost in beyond]
        drawn = sorted(self.workers, key=lambda w: chance.random() ** (1 / weights[w]))
        return tuple(sorted(drawn[-size:]))

    def rebuilt(self, best: Lines, outcomes: list[tuple[Lines, Known]]) -> Lines:
        """Take in rebuilt plans; return the best of them, or of them put together."""
        plans = [best, *(plan for plan, _ in outcomes)]
        together = list(best)
        for plan, new in outcomes:
            for w, line in new:
                self._note(w, line, self.bench.weigh(w, line)[1])
            for w, line in enumerate(plan):
                if line != best[w]:
                    together[w] = line
        plans.append(tuple(together))
        return min(plans, key=self.bench.value)
