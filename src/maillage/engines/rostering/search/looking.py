"""Looking for the lines of a worker that cost least, against given prices of slots.

Only for questions of one slot a day (see `trails`), where they are found by labels.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from maillage.engines.rostering.search.kernels.paths import NEVER, best_lines, costs_ahead
from maillage.engines.rostering.search.trails import (
    Links,
    Trail,
    charges_of,
    links_of,
    strides_of,
    trail_of,
)
from maillage.engines.rostering.search.windows import Held, Part

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from maillage.engines.rostering.search.boards import Array, Bench, Lines


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
LONG = 100  # days: labels keep an even pace, where nobody could look ahead that far
NARROW = 8  # slots of a day that are then looked at


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

    def search(
        self,
        w: int,
        worth: Array,
        effort: Effort,
        limit: float = float("inf"),
        part: Part | None = None,
    ) -> Found:
        """Look for the lines of a worker that cost least, each slot giving back its worth.

        Lines that cost `limit` or more are of no use; without others, the least is `limit`. With a
        `part`, lines differ in that part only; costs and limit are those of the part.
        """
        model = self.bench.model
        trail, around = (part.trail, part.around) if part else (self.trail(w), ())
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
            tuple(sorted({*around, *trail.columns[row[row >= 0]].tolist()} - own)) for row in rows
        )
        return Found(w, lines, float(least) + base, bool(proved))

    def part(self, w: int, line: Sequence[int], days: tuple[int, int]) -> tuple[Part, float]:
        """Return some days of a worker's line, and what the line costs beyond what they cost."""
        held = Held(self.trail(w), (*line, *self.bench.model.outside[w]))
        unpaid = np.zeros(len(self.bench.model.ground.needs))
        alone = self.search(w, unpaid, QUICK, part=held.part(*days, free=False))
        return held.part(*days), self.bench.weigh(w, line)[1] - alone.least

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
