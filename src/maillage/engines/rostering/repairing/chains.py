"""Fill a hole in a plan: somebody free, or somebody whose own slots others take over.

A chain hands slots on: Chloé takes the urgent slot and Bruno takes hers. Which slots a worker
would have to give up is read from the rules that stand in the way: each names its slots.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from itertools import combinations
from typing import TYPE_CHECKING, Final

from maillage.engines.rostering.repairing.desk import in_order

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from maillage.engines.rostering.checks import Breach
    from maillage.engines.rostering.entities import Need, Worker
    from maillage.engines.rostering.repairing.desk import Charge, Desk, Needs

Causes = tuple[frozenset[str], ...] | None

GIVEN_UP: Final = 2  # slots that one worker gives up at once
CHOICES: Final = 6  # ways of giving up slots that are tried for one worker
KEPT: Final = 3  # best ways of filling a slot given up


@dataclass(frozen=True, slots=True)
class Move:
    """A worker takes a slot that was `left_by` somebody else, or by nobody."""

    need: Need
    worker_id: str
    left_by: str = ""


@dataclass(frozen=True)
class Price:
    """What another line of a worker costs more than that of the desk, found when it is asked."""

    desk: Desk
    worker: Worker
    needs: Needs

    @cached_property
    def charges(self) -> tuple[Charge, ...]:
        """The charges of the rules."""
        before = self.desk.needs_of[self.worker.worker_id]
        return tuple(self.desk.charges(self.worker, before, self.needs))


@dataclass(frozen=True)
class Way:
    """A way to fill holes: moves, the lines as they become, and what the lines cost more.

    `cost` is in points by priority, compared as a tuple when the objective is lexicographic.
    """

    moves: tuple[Move, ...] = ()
    left: tuple[Need, ...] = ()
    given_up: int = 0
    lines: dict[str, Needs] = field(default_factory=dict)
    costs: dict[str, Price] = field(default_factory=dict)

    def needs_of(self, desk: Desk, worker_id: str) -> Needs:
        """A worker's slots, on the way."""
        return self.lines.get(worker_id, desk.needs_of[worker_id])

    @property
    def charges(self) -> Iterator[Charge]:
        """All that lines cost more."""
        return (charge for price in self.costs.values() for charge in price.charges)

    def with_line(self, desk: Desk, worker: Worker, needs: Needs) -> Way:
        """Give a worker another line, and price it against that of the desk."""
        worker_id = worker.worker_id
        return Way(
            self.moves,
            self.left,
            self.given_up,
            {**self.lines, worker_id: needs},
            {**self.costs, worker_id: Price(desk, worker, needs)},
        )

    def with_move(self, move: Move, given_up: int = 0) -> Way:
        """Add a move."""
        return Way((*self.moves, move), self.left, self.given_up + given_up, self.lines, self.costs)


@dataclass
class Search:
    """A search for ways within an `effort`: so many trials of lines, whatever the clock says.

    What has begun or is fixed is never given up.
    """

    desk: Desk
    effort: int
    trials: int = 0
    _known: dict[tuple[str, str, tuple[str, ...]], Causes] = field(default_factory=dict)

    def fill(
        self, hole: Need, way: Way, depth: int, left_by: str = "", enough: int = KEPT
    ) -> list[Way]:
        """Return ways on from `way` that fill a hole, giving up at most `depth` slots more.

        Chains are looked for when fewer than `enough` people are free, the short ones first.
        """
        found: list[Way] = []
        busy: list[Worker] = []
        for worker in self.desk.able(hole):
            if worker.worker_id == left_by:
                continue  # nobody takes back what they gave up
            if self.desk.is_busy(worker.worker_id, hole, way.needs_of(self.desk, worker.worker_id)):
                if not self._has(worker, hole, way):
                    busy.append(worker)
            elif self._causes(worker, hole, way.needs_of(self.desk, worker.worker_id)) == ():
                found.append(self._taken(worker, hole, way, left_by))
            else:
                busy.append(worker)
        if depth > 0 and len(found) < enough:
            found += self._chains(hole, way, busy, 1, left_by)
            if depth > 1 and not found:
                found += self._chains(hole, way, busy, depth, left_by)
        return sorted(found, key=order)

    def _has(self, worker: Worker, hole: Need, way: Way) -> bool:
        return any(n.need_id == hole.need_id for n in way.needs_of(self.desk, worker.worker_id))

    def _spend(self) -> bool:
        self.trials += 1
        return self.trials <= self.effort

    def _causes(self, worker: Worker, hole: Need, before: Needs) -> Causes:
        """For each thing that forbids a worker a slot, those of their slots that cause it.

        Nothing when they may simply take it; None when giving up slots would not help, or when
        the effort is spent.
        """
        key = worker.worker_id, hole.need_id, tuple(need.need_id for need in before)
        if key not in self._known:
            self._known[key] = self._found(worker, hole, before) if self._spend() else None
        return self._known[key]

    def _found(self, worker: Worker, hole: Need, before: Needs) -> Causes:
        after = in_order((*before, hole))
        causes = []
        for breach in self.desk.forbidden(worker, before, after):
            slots = frozenset(self._droppable(worker, breach, before, hole))
            if not slots:
                return None
            causes.append(slots)
        return tuple(causes)

    def _taken(self, worker: Worker, hole: Need, way: Way, left_by: str) -> Way:
        """The way on when a worker simply takes a slot."""
        before = way.needs_of(self.desk, worker.worker_id)
        on = way.with_line(self.desk, worker, in_order((*before, hole)))
        return on.with_move(Move(hole, worker.worker_id, left_by))

    def _chains(
        self, hole: Need, way: Way, busy: list[Worker], depth: int, left_by: str
    ) -> list[Way]:
        found: list[Way] = []
        passed = {move.need.need_id for move in way.moves}  # a slot changes hands once
        for worker in busy:
            before = way.needs_of(self.desk, worker.worker_id)
            for given in self._ways_to_free(worker, hole, before, min(depth, GIVEN_UP)):
                if passed.intersection(need.need_id for need in given):
                    continue
                if not self._spend():
                    return sorted(found, key=order)
                after = in_order((*(n for n in before if n not in given), hole))
                if any(self.desk.forbidden(worker, before, after)):
                    continue
                on = way.with_line(self.desk, worker, after)
                on = on.with_move(Move(hole, worker.worker_id, left_by), len(given))
                found += self._all_filled(given, worker.worker_id, on, depth - len(given))
        return sorted(found, key=order)

    def _all_filled(self, holes: Needs, left_by: str, way: Way, depth: int) -> list[Way]:
        """Fill slots given up, `depth` others in all."""
        ways = [way]
        most = way.given_up + depth
        for hole in holes:
            longer = [
                on
                for so_far in ways
                for on in self.fill(hole, so_far, most - so_far.given_up, left_by)
            ]
            ways = sorted(longer, key=order)[:KEPT]
        return ways

    def _ways_to_free(
        self, worker: Worker, hole: Need, before: Needs, most: int
    ) -> Iterator[Needs]:
        """Yield slots that the worker may give up so that no rule stands in the way."""
        causes = self._causes(worker, hole, before)
        if causes:
            yield from hitting_sets(causes, before, hole, most)

    def _droppable(
        self, worker: Worker, breach: Breach, before: Needs, hole: Need
    ) -> Iterator[str]:
        mine = {need.need_id for need in before if need.firm_id} - {hole.need_id}
        for need_id in breach.need_ids:
            if need_id in mine and (worker.worker_id, need_id) not in self.desk.protected:
                yield need_id


def hitting_sets(
    causes: Iterable[frozenset[str]], needs: Needs, hole: Need, most: int
) -> Iterator[Needs]:
    """Yield small sets of slots that meet every cause, those nearest to the hole first."""
    sets = list(dict.fromkeys(causes))
    near = sorted(
        (need for need in needs if any(need.need_id in cause for cause in sets)),
        key=lambda need: (abs(need.start - hole.start), need.need_id),
    )
    yielded = 0
    for size in range(1, most + 1):
        for group in combinations(near[: 2 * CHOICES], size):
            names = {need.need_id for need in group}
            if all(cause & names for cause in sets):
                yield group
                yielded += 1
                if yielded == CHOICES:
                    return


def order(way: Way) -> tuple[Fraction, int, str]:
    """Cheapest first, then those that move the fewest slots; never by chance."""
    points = sum((charge.points for charge in way.charges), Fraction(0))
    return points, len(way.moves), " ".join(move.worker_id for move in way.moves)
