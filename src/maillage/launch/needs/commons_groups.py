"""Needs that overlap, put together: about one thing, and around one place.

All the needs of a group have at least one mark in common (an occupation, a word), and all are near
one of them or in its territory; so what is common to a group is never empty.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from heapq import heapify, heappop, heappush
from math import cos, radians

import numpy as np
from numpy.typing import NDArray

METRES_PER_DEGREE = 111_195

type Key = tuple[str, str]  # a topic and a mark
type Linked = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A need to be put with others: its row number, its firm, and what it may have in common.

    `marks` are what it is about: occupation and words. `place` is latitude and longitude.
    """

    need: int
    firm: int
    topic: str
    marks: frozenset[str]
    strength: int
    place: tuple[float, float] | None = None
    territory: int | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Needs that overlap, the middle one first; firms `left_out` compete with one of the group."""

    members: tuple[Wanted, ...]
    left_out: frozenset[int] = frozenset()

    @property
    def firms(self) -> frozenset[int]:
        """The firms that have these needs."""
        return frozenset(one.firm for one in self.members)

    @property
    def core(self) -> frozenset[str]:
        """The smallest thing in common: the marks of every one of them."""
        return frozenset.intersection(*(one.marks for one in self.members))

    @property
    def weight(self) -> tuple[int, int]:
        """What makes one group come before another: firms, then strength."""
        return (len(self.firms), sum(one.strength for one in self.members))


@dataclass(frozen=True)
class Ground:
    """What decides who may be put together: `rivals` are pairs of firms, `safe` topics."""

    near_metres: int
    rivals: Collection[tuple[int, int]]
    safe: Callable[[str], bool]

    @cached_property
    def rivals_of(self) -> Mapping[int, set[int]]:
        """The competitors of each firm that has some."""
        found: dict[int, set[int]] = defaultdict(set)
        for first, second in self.rivals:
            found[first].add(second)
            found[second].add(first)
        return dict(found)


def groups_of(wanted: Sequence[Wanted], ground: Ground, *, least_firms: int) -> list[Group]:
    """Return the groups of at least so many firms, the largest first; a need is in one at most.

    Of groups as large, the stronger; whatever the order of the rows.
    """
    rows = sorted(wanted, key=lambda one: one.need)
    linked = linked_among(rows, ground.near_metres)
    marked: dict[Key, list[int]] = defaultdict(list)
    for row, one in enumerate(rows):
        for mark in one.marks:
            marked[one.topic, mark].append(row)
    free = set(range(len(rows)))

    def best(key: Key) -> tuple[tuple[int, int], Key, Group] | None:
        found = largest(rows, [row for row in marked[key] if row in free], linked, ground)
        if found is None or len(found.firms) < least_firms:
            return None
        firms, strength = found.weight
        return ((-firms, -strength), key, found)

    heap = [entry for entry in map(best, marked) if entry is not None]
    heapify(heap)
    row_of = {one.need: row for row, one in enumerate(rows)}
    kept = []
    while heap:
        _weight, key, group = heappop(heap)
        taken = {row_of[one.need] for one in group.members}
        if taken <= free:
            free -= taken
            kept.append(group)
        again = best(key)
        if again is not None:
            heappush(heap, again)
    return kept


def largest(
    rows: Sequence[Wanted], among: Sequence[int], linked: Linked, ground: Ground
) -> Group | None:
    """Return the largest group around one of these rows, None without any row."""
    near = linked[np.ix_(among, among)]
    most = _at_most(near, [rows[row] for row in among])
    best: Group | None = None
    for rank in sorted(range(len(among)), key=lambda rank: ([-one for one in most[rank]], rank)):
        if best is not None and most[rank] <= best.weight:
            break
        around = [among[other] for other in np.flatnonzero(near[rank]).tolist()]
        around.sort(key=lambda row: (row != among[rank], -rows[row].strength, row))
        found = _without_rivals([rows[row] for row in around], ground)
        if best is None or found.weight > best.weight:
            best = found
    return best


def _at_most(near: Linked, rows: Sequence[Wanted]) -> list[tuple[int, int]]:
    """Return the firms and the strength around each row, which its group cannot exceed."""
    number = {firm: rank for rank, firm in enumerate(dict.fromkeys(one.firm for one in rows))}
    # Ones and small sums stay exact in these numbers.
    of_firm = np.zeros((len(rows), len(number)), dtype=np.float32)
    of_firm[np.arange(len(rows)), [number[one.firm] for one in rows]] = 1
    reached = near.astype(np.float32)
    firms = ((reached @ of_firm) > 0).sum(axis=1)
    strengths = reached @ np.array([one.strength for one in rows], dtype=np.float32)
    return list(zip(firms.tolist(), strengths.astype(int).tolist(), strict=True))


def _without_rivals(members: Iterable[Wanted], ground: Ground) -> Group:
    """Return the group of whoever may meet: on most topics, not two competitors."""
    kept: list[Wanted] = []
    firms: set[int] = set()
    left_out: set[int] = set()
    for one in members:
        if not ground.safe(one.topic) and ground.rivals_of.get(one.firm, set()) & firms:
            left_out.add(one.firm)
        else:
            kept.append(one)
            firms.add(one.firm)
    return Group(tuple(kept), frozenset(left_out))


def linked_among(rows: Sequence[Wanted], near_metres: int) -> Linked:
    """Return who is near whom, or in the same territory; everybody is near themselves."""
    points = [
        complex(np.nan, np.nan)
        if one.place is None
        # Flat enough over some tens of kilometres.
        else METRES_PER_DEGREE * complex(one.place[1] * cos(radians(one.place[0])), one.place[0])
        for one in rows
    ]
    places = np.array(points, dtype=np.complex128)
    territories = np.array([one.territory or 0 for one in rows], dtype=np.int64)
    near = np.abs(places[:, np.newaxis] - places) <= near_metres
    same = (territories[:, np.newaxis] == territories) & (territories > 0)
    linked: Linked = near | same
    np.fill_diagonal(linked, val=True)
    return linked


def rivals_inside(group: Group, rivals: Collection[tuple[int, int]]) -> int:
    """Return how many pairs of competitors a group brings together."""
    return sum(first in group.firms and second in group.firms for first, second in rivals)
