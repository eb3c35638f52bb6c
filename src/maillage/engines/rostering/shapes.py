"""The few shapes that every rule compiles into: all that a search needs to know.

W workers, N needs in order of start (see `ground`), D days. Each shape says for whom a breach is
forbidden (`hard[W]`) and what it costs per unit of amount to the others (`price[W]`, scaled
integers); a worker with neither is not concerned. All but `Cover` judge one worker's line alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

NO_LIMIT: Final = np.int64(2**56)


@dataclass(frozen=True)
class Scope:
    """To whom a breach is forbidden, and what each unit of it costs the others."""

    rule: str
    priority: int
    hard: Bools  # [W]
    price: Ints  # [W]


@dataclass(frozen=True, kw_only=True)
class Shape:
    """What all shapes have."""

    scope: Scope

    @property
    def hard(self) -> Bools:
        """[W] to whom a breach is forbidden."""
        return self.scope.hard

    @property
    def price(self) -> Ints:
        """[W] what a unit costs."""
        return self.scope.price


@dataclass(frozen=True, kw_only=True)
class Bars(Shape):
    """Being in slot n breaks the rule by `amount[w, n]` (0: not at all)."""

    amount: Ints


@dataclass(frozen=True, kw_only=True)
class Keeps(Shape):
    """Not being in slot n breaks the rule by `amount[w, n]`."""

    amount: Ints


@dataclass(frozen=True, kw_only=True)
class Givens(Shape):
    """The worker breaks the rule by `amount[w]` whatever the plan."""

    amount: Ints


@dataclass(frozen=True, kw_only=True)
class Clashes(Shape):
    """Slots n and later[k], for k from indptr[n] to indptr[n + 1], break it by amount[k]."""

    indptr: Ints
    later: Ints
    amount: Ints


@dataclass(frozen=True, kw_only=True)
class Rivals(Shape):
    """Serving two firms with `pairs[f, g]` breaks the rule by 1; the matrix is symmetric."""

    pairs: Bools


@dataclass(frozen=True, kw_only=True)
class Sums(Shape):
    """Totals over spans of days, from first[k] to last[k] both included.

    The total of a span is past[w, k], plus amount[n] of its slots, plus, when `with_travel`, the
    travel between consecutive slots of one day. The rule is broken by what is over most[w, k] or
    under least[w, k]. With `rising`, it is broken instead by past + 1, past + 2, … for each unit.
    """

    amount: Ints
    with_travel: bool
    first: Ints
    last: Ints
    past: Ints
    least: Ints
    most: Ints
    rising: bool = False


@dataclass(frozen=True, kw_only=True)
class Runs(Shape):
    """Runs of worked days (`of_work`) or of free days.

    Broken by the days a run lacks of `least` or has over `most`, when it ends on a day of
    `in_force`. A run touching the last day has no minimum; one touching the first has one only
    when before[w] (days it had lasted already, -1: not known) is known.
    """

    of_work: bool
    least: int
    most: int
    before: Ints
    in_force: Bools  # [D]


@dataclass(frozen=True, kw_only=True)
class Touches(Shape):
    """Groups of slots: inner[n] (-1: none) is touched by any of its slots.

    In each outer group (outer[g]), the rule is broken by the inner groups touched, among those
    counted[w, g], beyond `limit`.
    """

    inner: Ints  # [N]
    outer: Ints  # [G]
    counted: Bools  # [W, G]
    limit: int


@dataclass(frozen=True, kw_only=True)
class Gaps(Shape):
    """Each span of days must meet a time without work of `minutes`, `within` of them inside it.

    Broken by the minutes missing from the best gap there is. last_end[w] is when past work
    ended (None is -NO_LIMIT).
    """

    first: Ints
    last: Ints
    minutes: int
    within: int
    last_end: Ints


@dataclass(frozen=True, kw_only=True)
class Stretches(Shape):
    """Work of one day without a pause of `pause` minutes is broken by what passes `longest`.

    Travel is work, not pause; a slot with such a break of its own (`own_pause[n]`) starts afresh.
    """

    longest: int
    pause: int
    own_pause: Bools
    in_force: Bools


@dataclass(frozen=True, kw_only=True)
class Splits(Shape):
    """A day's work is interrupted by each time of more than `pause` minutes, journeys deducted.

    Broken, on days of `in_force`, by the interruptions beyond `most`, and by each one longer than
    `longest`.
    """

    most: int
    longest: int
    pause: int
    in_force: Bools  # [D]


@dataclass(frozen=True, kw_only=True)
class Cover:
    """The only shape that links workers: people wanted, and the price of each missing or extra.

    over[n] -1: nobody extra is allowed.
    """

    count: Ints
    under: Ints
    over: Ints
