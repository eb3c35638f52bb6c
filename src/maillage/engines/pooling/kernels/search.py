"""Depth-first search of the jobs worth having, root by root.

The root of a job is its lowest position, so each job is met once. The profit of a job is the
sum of its needs' profits (hours less price), plus an amount every job gets, minus the penalties
of the odd sets it crosses (see `odd_sets`). Penalties only lower profits, so leaving out those
not met yet keeps the pruning safe.
"""

from typing import NamedTuple

import numpy as np
from numba import njit

from maillage.engines.kernel.kernels.chance import below

BEST, ALL, SAMPLE = 0, 1, 2
NO_ROOM, SHORT, JOB = 0, 1, 2
NO_FLOOR = -(1 << 62)


class Space(NamedTuple):
    """The needs and what a job may be; arrays as described in the package."""

    starts: np.ndarray
    neighbours: np.ndarray
    hours: np.ndarray
    units: np.ndarray
    limits: np.ndarray


class Prices(NamedTuple):
    """What pricing looks for: profit per need, per job, and penalties of odd sets.

    The sets that need i belongs to are `sets_of[set_starts[i]:set_starts[i + 1]]`.
    """

    profits: np.ndarray
    per_job: int
    set_starts: np.ndarray
    sets_of: np.ndarray
    penalties: np.ndarray


class Ask(NamedTuple):
    """Which jobs to return: `mode`, at most `keep` per root, profit over `floor`.

    `tries` bounds the steps spent on one root.
    """

    mode: int
    keep: int
    floor: int
    tries: int


class Found(NamedTuple):
    """Room for jobs (padded with -1) and their profits."""

    jobs: np.ndarray
    values: np.ndarray


class _Stack(NamedTuple):
    """The search's state at each depth."""

    lists: np.ndarray  # candidates left
    lengths: np.ndarray
    at: np.ndarray  # the one being tried
    sums: np.ndarray  # half-hours so far, per period
    totals: np.ndarray  # units so far
    gains: np.ndarray  # profit so far
    largest: np.ndarray  # units of the largest candidate
    chosen: np.ndarray  # the job so far


@njit(cache=True)
def _new_stack(width, count, periods):
    return _Stack(
        np.empty((width, count), np.int32),
        np.zeros(width, np.int64),
        np.zeros(width, np.int64),
        np.zeros((width, periods), np.int32),
        np.zeros(width, np.int64),
        np.zeros(width, np.int64),
        np.zeros(width, np.int64),
        np.empty(width, np.int32),
    )


@njit(cache=True)
def _candidates(space, profits, root, mode, random):
    """Neighbours of `root` after it: most profitable first, or shuffled for a sample."""
    later = space.neighbours[space.starts[root] : space.starts[root + 1]]
    later = later[np.searchsorted(later, root, side="right") :]
    if mode != SAMPLE:
        return later[np.argsort(-profits[later], kind="mergesort")]
    later = later.copy()
    for a in range(len(later) - 1, 0, -1):
        b = below(random, a + 1)
        later[a], later[b] = later[b], later[a]
    return later


@njit(cache=True)
def _local_adjacency(space, candidates, position):
    """Which candidates are neighbours; `position` is all -1, and left so."""
    count = len(candidates)
    adjacent = np.zeros((count, count), np.bool_)
    for a in range(count):
        position[candidates[a]] = a
    for a in range(count):
        for e in range(space.starts[candidates[a]], space.starts[candidates[a] + 1]):
            b = position[space.neighbours[e]]
            if b >= 0:
                adjacent[a, b] = True
    for a in range(count):
        position[candidates[a]] = -1
    return adjacent


@njit(cache=True)
def _enter(prices, item, met):
    """Count `item` in its odd sets; return the penalties this adds (each second need met)."""
    added = 0
    for e in range(prices.set_starts[item], prices.set_starts[item + 1]):
        odd_set = prices.sets_of[e]
        met[odd_set] += 1
        if met[odd_set] % 2 == 0:
            added += prices.penalties[odd_set]
    return added


@njit(cache=True)
def _leave(prices, item, met):
    for e in range(prices.set_starts[item], prices.set_starts[item + 1]):
        met[prices.sets_of[e]] -= 1


@njit(cache=True)
def _promise(stack, depth, left, profits, candidates):
    """Most profit that a job can reach from what is left to try at `depth`."""
    promise = stack.gains[depth]
    first = stack.at[depth]
    for b in range(first, min(stack.lengths[depth], first + left)):
        gain = profits[candidates[stack.lists[depth, b]]]
        if gain <= 0 and b > first:
            break
        promise += gain
    return promise


@njit(cache=True)
def _fit(space, sums, total, item):
    """NO_ROOM when `item` does not fit, JOB when the result is a job, else SHORT of hours."""
    if total > space.limits[3]:
        return NO_ROOM
    short = total < space.limits[2]
    for t in range(space.hours.shape[1]):
        value = sums[t] + space.hours[item, t]
        if value > space.limits[1]:
            return NO_ROOM
        if value < space.limits[0]:
            short = True
    return SHORT if short else JOB


@njit(cache=True)
def _record(found, ask, chosen, depth, item, gain, base, count, seen, random):
    """Store a job; return the new count, or -1 when there is no room."""
    slot = count
    if ask.mode == ALL:
        if count == len(found.values):
            return -1
    elif count - base == ask.keep:
        if ask.mode == SAMPLE:
            slot = base + below(random, seen)
            if slot >= count:
                return count
        else:
            slot = base + np.argmin(found.values[base:count])
    for d in range(depth + 1):
        found.jobs[slot, d] = chosen[d]
    found.jobs[slot, depth + 1] = item
    for d in range(depth + 2, found.jobs.shape[1]):
        found.jobs[slot, d] = -1
    found.values[slot] = gain
    return count + 1 if slot == count else count


@njit(cache=True)
def _descend(space, stack, depth, a, item, total, gain, candidates, adjacent):
    """Open the depth below with `item` chosen; False when nothing can follow it."""
    deeper = depth + 1
    if deeper >= space.limits[4] - 1:
        return False
    length = 0
    largest = 0
    for b in range(stack.at[depth], stack.lengths[depth]):
        other = stack.lists[depth, b]
        if adjacent[a, other] and total + space.units[candidates[other]] <= space.limits[3]:
            stack.lists[deeper, length] = other
            length += 1
            largest = max(largest, space.units[candidates[other]])
    if length == 0:
        return False
    stack.lengths[deeper] = length
    stack.largest[deeper] = largest
    stack.at[deeper] = 0
    stack.chosen[deeper] = item
    stack.totals[deeper] = total
    stack.gains[deeper] = gain
    for t in range(space.hours.shape[1]):
        stack.sums[deeper, t] = stack.sums[depth, t] + space.hours[item, t]
    return True


@njit(cache=True)
def _plant(space, prices, stack, root, candidates, met):
    """Start the stack with the job {root}."""
    stack.chosen[0] = root
    for t in range(space.hours.shape[1]):
        stack.sums[0, t] = space.hours[root, t]
    stack.totals[0] = space.units[root]
    stack.gains[0] = prices.profits[root] + prices.per_job - _enter(prices, root, met)
    for a in range(len(candidates)):
        stack.lists[0, a] = a
        stack.largest[0] = max(stack.largest[0], space.units[candidates[a]])
    stack.lengths[0] = len(candidates)
    stack.at[0] = 0


@njit(cache=True)
def search_root(space, prices, ask, root, met, position, random, found, count):
    """Search the jobs rooted at `root`.

    Returns (count of jobs stored so far, most profit a job of this root can have, room left).
    The second is exact, or an upper bound when `ask.tries` ran out.
    """
    candidates = _candidates(space, prices.profits, root, ask.mode, random)
    width = space.limits[4]
    stack = _new_stack(width, len(candidates), space.hours.shape[1])
    _plant(space, prices, stack, root, candidates, met)
    if len(candidates) == 0 or (
        _promise(stack, 0, width - 1, prices.profits, candidates) <= ask.floor
    ):
        _leave(prices, root, met)
        return count, ask.floor, True
    adjacent = _local_adjacency(space, candidates, position)
    base, floor, best = count, ask.floor, ask.floor
    seen = tries = depth = np.int64(0)  # typed: a bare 0 would have everything compiled twice
    room = True
    while depth >= 0:
        at = stack.at[depth]
        left = width - 1 - depth
        if (
            at >= stack.lengths[depth]
            or stack.totals[depth] + left * stack.largest[depth] < space.limits[2]
            or _promise(stack, depth, left, prices.profits, candidates) <= floor
        ):
            _leave(prices, stack.chosen[depth], met)
            depth -= 1
            continue
        tries += 1
        if tries > ask.tries or not room:
            best = max(best, _promise(stack, depth, left, prices.profits, candidates))
            _leave(prices, stack.chosen[depth], met)
            depth -= 1
            continue
        a = stack.lists[depth, at]
        item = candidates[a]
        stack.at[depth] = at + 1
        total = stack.totals[depth] + space.units[item]
        fit = _fit(space, stack.sums[depth], total, item)
        if fit == NO_ROOM:
            continue
        gain = stack.gains[depth] + prices.profits[item] - _enter(prices, item, met)
        if fit == JOB and gain > floor:
            seen += 1
            best = max(best, gain)
            stored = _record(found, ask, stack.chosen, depth, item, gain, base, count, seen, random)
            room = stored >= 0
            count = max(count, stored)
            if ask.mode == BEST and count - base == ask.keep:
                floor = max(floor, found.values[base:count].min())
        if not _descend(space, stack, depth, a, item, total, gain, candidates, adjacent):
            _leave(prices, item, met)
            continue
        depth += 1
    return count, best, room


@njit(cache=True)
def search(space, prices, ask, roots, room, random):
    """Search the jobs whose root is below `roots`.

    Returns (jobs padded with -1, their profits, most profit of each root, whether all fitted
    in `room`). A root without a job over `ask.floor` has the floor as its most profit.
    """
    found = Found(np.empty((room, space.limits[4]), np.int32), np.empty(room, np.int64))
    best = np.full(roots, ask.floor, np.int64)
    met = np.zeros(len(prices.penalties), np.int64)
    position = np.full(len(space.units), -1, np.int32)
    count = np.int64(0)
    complete = True
    for root in range(roots):
        if ask.mode != ALL and count + ask.keep > room:
            complete = False
            break
        count, best[root], complete = search_root(
            space, prices, ask, root, met, position, random, found, count
        )
        if not complete:
            break
    return found.jobs[:count].copy(), found.values[:count].copy(), best, complete
