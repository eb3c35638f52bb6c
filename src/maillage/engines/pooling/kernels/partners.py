"""Which needs could share a job with a given one, by exhaustive search of its neighbours."""

from typing import NamedTuple

import numpy as np
from numba import njit

from maillage.engines.pooling.kernels.fitting import misfit

FREE, PLACED, SHORT = 0, 1, 2  # what was found about a need that has partners
NO_ROW = -1


class Reach(NamedTuple):
    """The compatibility graph (see the package), needs going from largest to smallest.

    `job_of[i]` is the job that serves need i, or -1; `sizes`, `job_hours` and `job_units` are
    the needs of each job (counted), its half-hours per period and its units.
    """

    starts: np.ndarray
    neighbours: np.ndarray
    hours: np.ndarray
    units: np.ndarray
    limits: np.ndarray
    job_of: np.ndarray
    sizes: np.ndarray
    job_hours: np.ndarray
    job_units: np.ndarray


class _Stack(NamedTuple):
    """The search's state at each depth: a set of needs, and who may join it next."""

    chosen: np.ndarray  # the last need of the set
    sums: np.ndarray  # half-hours of the set, per period
    totals: np.ndarray  # units of the set
    lists: np.ndarray  # who may join, ascending
    lengths: np.ndarray
    at: np.ndarray  # the one being tried
    highest: np.ndarray  # most half-hours of one who may join, per period


@njit(cache=True)
def _new_stack(width, room, periods):
    return _Stack(
        np.zeros(width, np.int64),
        np.zeros((width, periods), np.int64),
        np.zeros(width, np.int64),
        np.zeros((width, room), np.int64),
        np.zeros(width, np.int64),
        np.zeros(width, np.int64),
        np.zeros((width, periods), np.int64),
    )


@njit(cache=True)
def _plant(reach, stack, need, alone_only):
    """Make `need` the set of depth 0; its neighbours that ask for hours may join it."""
    periods, length = reach.hours.shape[1], np.int64(0)
    stack.chosen[0], stack.totals[0], stack.at[0] = need, reach.units[need], 0
    for t in range(periods):
        stack.sums[0, t] = reach.hours[need, t]
        stack.highest[0, t] = 0
    for e in range(reach.starts[need], reach.starts[need + 1]):
        other = reach.neighbours[e]
        if reach.units[other] == 0 or (alone_only and reach.job_of[other] >= 0):
            continue
        stack.lists[0, length] = other
        length += 1
        for t in range(periods):
            stack.highest[0, t] = max(stack.highest[0, t], reach.hours[other, t])
    stack.lengths[0] = length


@njit(cache=True)
def _still_missing(reach, stack, depth, left):
    """Units that will be missing, at least, whatever `left` needs join the set of `depth`."""
    limits, sums, highest = reach.limits, stack.sums, stack.highest
    total, at = stack.totals[depth], stack.at[depth]
    for k in range(at, min(stack.lengths[depth], at + left)):
        total += reach.units[stack.lists[depth, k]]
    short = 0
    for t in range(sums.shape[1]):
        short += max(0, limits[0] - sums[depth, t] - left * highest[depth, t])
    return max(short, limits[2] - total)


@njit(cache=True)
def _open(reach, stack, depth):
    """List who may join the set of `depth`: of the list above, those later than its last need.

    They are its neighbours, and leave the set under every maximum.
    """
    hours, units, limits, neighbours = reach.hours, reach.units, reach.limits, reach.neighbours
    lists, sums, highest = stack.lists, stack.sums, stack.highest
    periods, length = hours.shape[1], np.int64(0)
    last = stack.chosen[depth]
    e, end = reach.starts[last], reach.starts[last + 1]
    e += np.searchsorted(neighbours[e:end], last)
    for t in range(periods):
        highest[depth, t] = 0
    for k in range(stack.at[depth - 1], stack.lengths[depth - 1]):
        item = lists[depth - 1, k]
        while e < end and neighbours[e] < item:
            e += 1
        has_room = e < end and neighbours[e] == item
        has_room = has_room and stack.totals[depth] + units[item] <= limits[3]
        t = 0
        while has_room and t < periods:
            has_room = sums[depth, t] + hours[item, t] <= limits[1]
            t += 1
        if not has_room:
            continue
        lists[depth, length] = item
        length += 1
        for t in range(periods):
            highest[depth, t] = max(highest[depth, t], hours[item, t])
    stack.lengths[depth], stack.at[depth] = length, 0


@njit(cache=True)
def _search(reach, stack, cap, tries, best):
    """Count the jobs that hold the need planted, up to `cap`; or find what misses least.

    The second with a `cap` of 0. `best` receives the last job counted, or the set that misses
    fewest units. Returns (how many jobs, or the fewest units missing; whether all was searched;
    how many sets were tried).
    """
    width, periods = reach.limits[4], reach.hours.shape[1]
    jobs, tried, depth = 0, 0, np.int64(0)
    least = 1 if cap > 0 else np.iinfo(np.int64).max
    while depth >= 0:
        at, left = stack.at[depth], width - 1 - depth
        if at >= stack.lengths[depth] or _still_missing(reach, stack, depth, left) >= least:
            depth -= 1
            continue
        tried += 1
        if tried > tries:
            return (jobs if cap > 0 else least), False, tried
        item = stack.lists[depth, at]
        stack.at[depth] = at + 1
        _, short = misfit(
            stack.sums[depth],
            stack.totals[depth],
            reach.hours[item],
            reach.units[item],
            reach.limits,
        )
        if short < least:
            for d in range(len(best)):
                best[d] = stack.chosen[d] if d <= depth else NO_ROW
            best[depth + 1] = item
            if cap > 0:
                jobs += 1
                if jobs == cap:
                    return jobs, False, tried
            else:
                least = short
        if left > 1:
            depth += 1
            for t in range(periods):
                stack.sums[depth, t] = stack.sums[depth - 1, t] + reach.hours[item, t]
            stack.totals[depth] = stack.totals[depth - 1] + reach.units[item]
            stack.chosen[depth] = item
            _open(reach, stack, depth)
    return (jobs if cap > 0 else least), True, tried


@njit(cache=True)
def _job_with_room(reach, need, met):
    """Position of a job that `need` can enter, none leaving; -1 without one.

    `met[c]` counts the neighbours of `need` in job c; it is all 0, and left so.
    """
    found = np.int64(NO_ROW)
    for e in range(reach.starts[need], reach.starts[need + 1]):
        c = reach.job_of[reach.neighbours[e]]
        if c < 0:
            continue
        met[c] += 1
        if found < 0 and met[c] == reach.sizes[c] and met[c] < reach.limits[4]:
            over, _ = misfit(
                reach.job_hours[c],
                reach.job_units[c],
                reach.hours[need],
                reach.units[need],
                reach.limits,
            )
            found = c if over == 0 else found
    for e in range(reach.starts[need], reach.starts[need + 1]):
        c = reach.job_of[reach.neighbours[e]]
        if c >= 0:
            met[c] = 0
    return found


@njit(cache=True)
def find_partners(reach, needs, cap, budget):
    """Say of each of `needs` whether it could be in a job.

    Returns, for each: FREE (it could be in a job that takes nothing from another), PLACED (jobs
    could hold it, all taking from others; their number, up to `cap`) or SHORT (none could); that
    number; whether it is exact; the job that it could enter, none leaving, or -1; else a set, the
    need first, padded with -1: the free job, or the partners with which fewest units are missing.

    `budget` says how many sets each search may try: at most, in all, and at least once the
    second is spent.
    """
    count = len(needs)
    found = np.empty(count, np.int64)
    numbers = np.zeros(count, np.int64)
    exact = np.ones(count, np.bool_)
    entered = np.full(count, NO_ROW, np.int64)
    sets = np.full((count, reach.limits[4]), NO_ROW, np.int64)
    met = np.zeros(len(reach.sizes), np.int64)
    room, spent = 1, 0
    for k in range(count):
        room = max(room, reach.starts[needs[k] + 1] - reach.starts[needs[k]])
    stack = _new_stack(reach.limits[4], room, reach.hours.shape[1])
    for k in range(count):
        for step in (FREE, PLACED, SHORT):
            most = np.int64(0)
            if step != SHORT:
                most = np.int64(1) if step == FREE else cap
            tries = max(budget[2], min(budget[0], budget[1] - spent))
            _plant(reach, stack, needs[k], step == FREE)
            number, complete, tried = _search(reach, stack, most, tries, sets[k])
            spent += tried
            found[k] = step
            exact[k] &= complete
            numbers[k] = 0 if step == SHORT else number
            if step == FREE and number == 0:
                entered[k] = _job_with_room(reach, needs[k], met)
            if number > 0 or entered[k] >= 0:
                break
    return found, numbers, exact, entered, sets
