"""Which needs could share a job with a given one, by exhaustive search of its neighbours."""

from typing import NamedTuple

import numpy as np
from numba import njit

from maillage.engines.pooling.kernels.fitting import misfit

FREE, SHORT, PLACED = 0, 1, 2  # what was found about a need that has partners
NO_ROW = -1


class Reach(NamedTuple):
    """The compatibility graph (see the package), and which job serves each need.

    `job_of[i]` is the position of a job in `jobs` (needs, padded with -1), or -1.
    """

    starts: np.ndarray
    neighbours: np.ndarray
    hours: np.ndarray
    units: np.ndarray
    limits: np.ndarray
    job_of: np.ndarray
    jobs: np.ndarray
    sizes: np.ndarray
    job_hours: np.ndarray
    job_units: np.ndarray


class _Stack(NamedTuple):
    """The search's state at each depth."""

    lists: np.ndarray  # candidates left
    lengths: np.ndarray
    at: np.ndarray  # the one being tried
    sums: np.ndarray  # half-hours so far, per period
    totals: np.ndarray  # units so far
    highest: np.ndarray  # most half-hours of one candidate, per period
    chosen: np.ndarray  # the set so far


@njit(cache=True)
def _partners(reach, need, alone_only):
    """Neighbours of `need` that ask for hours, largest first."""
    found = reach.neighbours[reach.starts[need] : reach.starts[need + 1]]
    keep = reach.units[found] > 0
    if alone_only:
        keep &= reach.job_of[found] < 0
    found = found[keep]
    return found[np.argsort(-reach.units[found], kind="mergesort")]


@njit(cache=True)
def _adjacency(reach, partners, position):
    """Which partners are neighbours of each other; `position` is all -1, and left so."""
    count = len(partners)
    adjacent = np.zeros((count, count), np.bool_)
    for a in range(count):
        position[partners[a]] = a
    for a in range(count):
        for e in range(reach.starts[partners[a]], reach.starts[partners[a] + 1]):
            b = position[reach.neighbours[e]]
            if b >= 0:
                adjacent[a, b] = True
    for a in range(count):
        position[partners[a]] = -1
    return adjacent


@njit(cache=True)
def _still_missing(reach, stack, depth, left, partners):
    """Units that will be missing, at least, whatever `left` candidates are added."""
    limits = reach.limits
    total = stack.totals[depth]
    at = stack.at[depth]
    for b in range(at, min(stack.lengths[depth], at + left)):
        total += reach.units[partners[stack.lists[depth, b]]]
    short = 0
    for t in range(reach.hours.shape[1]):
        reached = stack.sums[depth, t] + left * stack.highest[depth, t]
        short += max(0, limits[0] - reached)
    return max(short, limits[2] - total)


@njit(cache=True)
def _has_room(reach, stack, depth, item):
    if stack.totals[depth] + reach.units[item] > reach.limits[3]:
        return False
    for t in range(reach.hours.shape[1]):
        if stack.sums[depth, t] + reach.hours[item, t] > reach.limits[1]:
            return False
    return True


@njit(cache=True)
def _open(reach, stack, depth, begin, end, source, partners, adjacent, last):
    """Fill the list of `depth` from `source`, with what may still join the set so far."""
    length = 0
    stack.highest[depth, :] = 0
    for b in range(begin, end):
        other = source[b]
        if last >= 0 and not adjacent[last, other]:
            continue
        item = partners[other]
        if not _has_room(reach, stack, depth, item):
            continue
        stack.lists[depth, length] = other
        length += 1
        for t in range(reach.hours.shape[1]):
            stack.highest[depth, t] = max(stack.highest[depth, t], reach.hours[item, t])
    stack.lengths[depth] = length
    stack.at[depth] = 0


@njit(cache=True)
def _plant(reach, need, partners, adjacent):
    width, periods = reach.limits[4], reach.hours.shape[1]
    stack = _Stack(
        np.empty((width, len(partners)), np.int32),
        np.zeros(width, np.int64),
        np.zeros(width, np.int64),
        np.zeros((width, periods), np.int64),
        np.zeros(width, np.int64),
        np.zeros((width, periods), np.int64),
        np.empty(width, np.int32),
    )
    stack.sums[0] = reach.hours[need]
    stack.totals[0] = reach.units[need]
    stack.chosen[0] = need
    everyone = np.arange(len(partners)).astype(np.int32)
    _open(reach, stack, 0, 0, len(partners), everyone, partners, adjacent, -1)
    return stack


@njit(cache=True)
def _search(reach, need, partners, adjacent, cap, tries, best):
    """Count the jobs that hold `need`, up to `cap`; with a cap of 0, find what misses least.

    `best` receives the last job counted, or the set that misses fewest units. Returns
    (how many jobs, or the fewest units missing; whether all was searched).
    """
    width = reach.limits[4]
    stack = _plant(reach, need, partners, adjacent)
    jobs, depth, tried = 0, 0, 0
    least = 1 if cap else np.iinfo(np.int64).max
    while depth >= 0:
        at = stack.at[depth]
        left = width - 1 - depth
        if at >= stack.lengths[depth] or (
            _still_missing(reach, stack, depth, left, partners) >= least
        ):
            depth -= 1
            continue
        tried += 1
        if tried > tries:
            return (jobs if cap else least), False
        a = stack.lists[depth, at]
        item = partners[a]
        stack.at[depth] = at + 1
        _, short = misfit(
            stack.sums[depth],
            stack.totals[depth],
            reach.hours[item],
            reach.units[item],
            reach.limits,
        )
        if short < least:
            best[: depth + 1] = stack.chosen[: depth + 1]
            best[depth + 1] = item
            best[depth + 2 :] = NO_ROW
            if cap:
                jobs += 1
                if jobs == cap:
                    return jobs, False
            else:
                least = short
        if left > 1:
            depth += 1
            for t in range(reach.hours.shape[1]):
                stack.sums[depth, t] = stack.sums[depth - 1, t] + reach.hours[item, t]
            stack.totals[depth] = stack.totals[depth - 1] + reach.units[item]
            stack.chosen[depth] = item
            source, end = stack.lists[depth - 1], stack.lengths[depth - 1]
            _open(reach, stack, depth, at + 1, end, source, partners, adjacent, a)
    return (jobs if cap else least), True


@njit(cache=True)
def _job_with_room(reach, need, met):
    """Position of a job that `need` can enter, none leaving; -1 without one.

    `met[c]` counts the neighbours of `need` in job c; it is all 0, and left so.
    """
    found = NO_ROW
    near = reach.neighbours[reach.starts[need] : reach.starts[need + 1]]
    for other in near:
        c = reach.job_of[other]
        if c < 0:
            continue
        met[c] += 1
        if found >= 0 or met[c] >= reach.limits[4]:
            continue
        if met[c] == reach.sizes[c]:
            over, _ = misfit(
                reach.job_hours[c],
                reach.job_units[c],
                reach.hours[need],
                reach.units[need],
                reach.limits,
            )
            found = c if over == 0 else NO_ROW
    for other in near:
        if reach.job_of[other] >= 0:
            met[reach.job_of[other]] = 0
    return found


@njit(cache=True)
def find_partners(reach, needs, cap, tries):
    """Say of each of `needs` whether it could be in a job.

    Returns, for each: FREE (in `sets` a job that takes nothing from another job), PLACED (the
    number of jobs that could hold it, up to `cap`) or SHORT (in `sets` what misses fewest
    units); the number of jobs; whether it is exact; the set, the need first, padded with -1.
    At most `tries` sets are looked at in each search: one that ran out is not exact.
    """
    count = len(needs)
    found = np.empty(count, np.int64)
    numbers = np.zeros(count, np.int64)
    exact = np.ones(count, np.bool_)
    sets = np.full((count, max(reach.limits[4], reach.jobs.shape[1] + 1)), NO_ROW, np.int32)
    position = np.full(len(reach.units), NO_ROW, np.int32)
    met = np.zeros(len(reach.jobs), np.int64)
    for k in range(count):
        need, best = needs[k], sets[k]
        free = _partners(reach, need, True)
        adjacent = _adjacency(reach, free, position)
        found[k] = FREE
        if _search(reach, need, free, adjacent, 1, tries, best)[0]:
            continue
        entered = _job_with_room(reach, need, met)
        if entered >= 0:
            best[0] = need
            best[1 : reach.jobs.shape[1] + 1] = reach.jobs[entered]
            continue
        partners = _partners(reach, need, False)
        adjacent = _adjacency(reach, partners, position)
        numbers[k], exact[k] = _search(reach, need, partners, adjacent, cap, tries, best)
        found[k] = PLACED
        if numbers[k] == 0:
            found[k] = SHORT
            exact[k] = _search(reach, need, partners, adjacent, 0, tries, best)[1] and exact[k]
    return found, numbers, exact, sets
