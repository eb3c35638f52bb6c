"""The cheapest change of one rule that would serve a need left alone.

Partners are either needs left alone too, or the whole of one job. What may give way is a rule
between two needs (see `ties`), the number of employers, or the hours of the need itself.
"""

from typing import NamedTuple

import numpy as np
from numba import njit

from maillage.engines.pooling.kernels.fitting import least_change, misfit
from maillage.engines.pooling.kernels.ties import (
    BLOCKED,
    COMPETITOR,
    DISTANCE,
    NO_RULE,
    OCCUPATION,
    RULES,
    both,
    nearest_of_each_rule,
    tie,
)

EMPLOYERS, HOURS_DOWN, HOURS_UP, NOTHING = 5, 6, 7, -1
CODE, VALUE, SIZE, JOB = 0, 1, 2, 3  # places in `Best.numbers`
NO_ROW = np.int64(-1)


class Costs(NamedTuple):
    """What each change costs, and how far each may go; see `explain.costs`."""

    occupation: float
    competitor: float
    farthest_metres: int
    most_up: float
    most_down: float


class Best(NamedTuple):
    """The cheapest change so far: its cost, its numbers, the needs, the periods changed."""

    cost: np.ndarray
    numbers: np.ndarray
    members: np.ndarray
    periods: np.ndarray
    trial: np.ndarray


class _Stack(NamedTuple):
    """The search's state at each depth; a depth holds a set, and who may join it next."""

    chosen: np.ndarray  # the last member of the set, as a position among the items
    sums: np.ndarray  # half-hours of the set, per period
    totals: np.ndarray  # units of the set
    rules: np.ndarray  # the rule that gives way for the set
    values: np.ndarray
    lists: np.ndarray  # who may join
    list_rules: np.ndarray  # the rule that gives way then
    list_values: np.ndarray
    lengths: np.ndarray
    at: np.ndarray  # the one being tried
    highest: np.ndarray  # most half-hours of one who may join, per period
    largest: np.ndarray  # most units of one who may join


@njit(cache=True)
def _cost_of(network, costs, rule, value):
    if rule == DISTANCE:
        return (value - network.max_metres) / network.max_metres
    if rule == OCCUPATION:
        return costs.occupation
    if rule == COMPETITOR:
        return costs.competitor
    return 0.0


@njit(cache=True)
def _beats(best, cost, size, job):
    """Cheaper; or as cheap and a new job instead of a place in one, or else fewer needs."""
    if cost != best.cost[0]:
        return cost < best.cost[0]
    if (job < 0) != (best.numbers[JOB] < 0):
        return job < 0
    return size < best.numbers[SIZE]


@njit(cache=True)
def _code_of(network, size, rule, over, short):
    """Return the one change that makes a job of a set, NOTHING when it takes more than one."""
    most = network.limits[4]
    if over > 0 or short > 0:
        if rule != NO_RULE or size > most or (over > 0 and short > 0):
            return NOTHING
        return HOURS_DOWN if over > 0 else HOURS_UP
    if size > most:
        return EMPLOYERS if rule == NO_RULE else NOTHING
    return rule


@njit(cache=True)
def _judge(network, costs, need, sums, total, item, size, rule, value, job, over, short, best):
    """Keep in `best` the change that makes a job of a set, if there is one and it is better.

    The set has `size` needs, `need` included: `item`, and others whose hours are `sums`. Its
    hours are `over` the maxima and `short` of the minima by so many units. Returns whether it
    was kept.
    """
    code = _code_of(network, size, rule, over, short)
    if code == NOTHING:
        return False
    own = network.units[need]
    cost = max(over, short) / own
    if code == EMPLOYERS:
        cost, value = 1 / network.limits[4], size
    elif code == rule:
        cost = _cost_of(network, costs, rule, value)
    if not _beats(best, cost, size, job):
        return False
    if code != EMPLOYERS and code != rule:
        down = code == HOURS_DOWN
        value, count = least_change(
            sums,
            total,
            network.hours[item],
            network.units[item],
            network.hours[need],
            down,
            network.limits,
            best.trial,
        )
        cost = value * count / own
        most = costs.most_down if down else costs.most_up
        if value == 0 or cost > most or not _beats(best, cost, size, job):
            return False
        for t in range(len(sums)):
            best.periods[t] = best.trial[t]
    best.cost[0] = cost
    best.numbers[CODE], best.numbers[VALUE] = code, value
    best.numbers[SIZE], best.numbers[JOB] = size, job
    return True


@njit(cache=True)
def _enter_jobs(network, costs, need, jobs, job_hours, job_units, best):
    """Judge the sets that `need` makes with each job, none leaving it."""
    own = network.units[need]
    for c in range(len(jobs)):
        room = network.limits[3] - job_units[c]
        if own - room > min(costs.most_down, best.cost[0]) * own:
            continue
        over, short = misfit(job_hours[c], job_units[c], network.hours[need], own, network.limits)
        if over > min(costs.most_down, best.cost[0]) * own:
            continue
        rule, value, size = np.int64(NO_RULE), np.int64(0), np.int64(1)
        for d in range(jobs.shape[1]):
            if jobs[c, d] < 0 or rule == BLOCKED:
                break
            broken, by, _ = tie(network, need, jobs[c, d], costs.farthest_metres)
            rule, value = both(rule, value, broken, by)
            size += 1
        if rule != BLOCKED and _judge(
            network,
            costs,
            need,
            job_hours[c],
            job_units[c],
            need,
            size,
            rule,
            value,
            c,
            over,
            short,
            best,
        ):
            best.members[0] = need
            for d in range(1, len(best.members)):
                best.members[d] = jobs[c, d - 1] if d < size else NO_ROW


@njit(cache=True)
def _ties_among(network, items, farthest, rules, values):
    """Write the rule and value of each pair of `items`."""
    for a in range(len(items)):
        for b in range(a):
            rule, value, _ = tie(network, items[a], items[b], farthest)
            rules[a, b], values[a, b] = rule, value
            rules[b, a], values[b, a] = rule, value


@njit(cache=True)
def _new_stack(width, room, periods):
    return _Stack(
        np.zeros(width, np.int64),
        np.zeros((width, periods), np.int64),
        np.zeros(width, np.int64),
        np.zeros(width, np.int64),
        np.zeros(width, np.int64),
        np.zeros((width, room), np.int64),
        np.zeros((width, room), np.int64),
        np.zeros((width, room), np.int64),
        np.zeros(width, np.int64),
        np.zeros(width, np.int64),
        np.zeros((width, periods), np.int64),
        np.zeros(width, np.int64),
    )


@njit(cache=True)
def _least_cost(network, costs, stack, depth, need):
    """Return the least that a change can cost once more needs join the set of `depth`.

    Those who may join it are among those who may join the set above.
    """
    limits, own = network.limits, network.units[need]
    left = limits[4] - depth  # one more than allowed: that can be the change
    over, lacking = 0, 0
    for t in range(network.hours.shape[1]):
        value = stack.sums[depth, t]
        over += max(0, value - limits[1])
        lacking += max(0, limits[0] - value - left * stack.highest[depth - 1, t])
        if value - limits[1] > network.hours[need, t]:
            return np.inf
    over = max(over, stack.totals[depth] - limits[3])
    short = limits[2] - stack.totals[depth] - left * stack.largest[depth - 1]
    short = max(short, lacking)
    if stack.rules[depth] != NO_RULE:
        cost = _cost_of(network, costs, stack.rules[depth], stack.values[depth])
        return np.inf if over > 0 or short > 0 else cost
    if (over > 0 and short > 0) or over > costs.most_down * own or short > costs.most_up * own:
        return np.inf
    return max(over, short, 0) / own


@njit(cache=True)
def _list(network, stack, depth, length, a, item, rule, value):
    """Write `a` into the list of `depth`, as the one after `length` others."""
    stack.lists[depth, length] = a
    stack.list_rules[depth, length] = rule
    stack.list_values[depth, length] = value
    stack.largest[depth] = max(stack.largest[depth], network.units[item])
    for t in range(network.hours.shape[1]):
        stack.highest[depth, t] = max(stack.highest[depth, t], network.hours[item, t])


@njit(cache=True)
def _open(network, costs, stack, depth, begin, items, rules, values, best):
    """Judge the set of `depth` with each need that may join it; list those worth adding to.

    They are taken from the list above, from `begin` on. Returns how many were judged.
    """
    above, last = max(0, depth - 1), stack.chosen[depth]
    sums, total = stack.sums[depth], stack.totals[depth]
    own = network.units[items[0]]
    length, judged = np.int64(0), 0
    for t in range(network.hours.shape[1]):
        stack.highest[depth, t] = 0
    stack.largest[depth] = 0
    for k in range(begin, stack.lengths[above]):
        a = stack.lists[above, k]
        rule, value = both(
            stack.list_rules[above, k],
            stack.list_values[above, k],
            stack.rules[depth],
            stack.values[depth],
        )
        rule, value = both(rule, value, rules[a, last], values[a, last])
        if rule == BLOCKED or _cost_of(network, costs, rule, value) > best.cost[0]:
            continue
        judged += 1
        item, size = items[a], depth + 2
        over, short = misfit(
            sums, total, network.hours[item], network.units[item], network.limits
        )
        if over > 0 and (rule != NO_RULE or over > min(costs.most_down, best.cost[0]) * own):
            continue
        if _judge(
            network,
            costs,
            items[0],
            sums,
            total,
            item,
            size,
            rule,
            value,
            NO_ROW,
            over,
            short,
            best,
        ):
            for d in range(len(best.members)):
                best.members[d] = items[stack.chosen[d]] if d <= depth else NO_ROW
            best.members[depth + 1] = item
        _list(network, stack, depth, length, a, item, rule, value)
        length += 1
    stack.lengths[depth] = length
    stack.at[depth] = 0
    return judged


@njit(cache=True)
def _gather(network, costs, stack, items, rules, values, tries, best):
    """Judge the sets that the first of `items` makes with others, `tries` or so at most."""
    _ties_among(network, items, costs.farthest_metres, rules, values)
    for t in range(network.hours.shape[1]):
        stack.sums[0, t] = network.hours[items[0], t]
    stack.totals[0] = network.units[items[0]]
    stack.lengths[0] = len(items) - 1
    for a in range(1, len(items)):
        stack.lists[0, a - 1] = a
        stack.list_rules[0, a - 1], stack.list_values[0, a - 1] = rules[a, 0], values[a, 0]
    depth, begin, judged = np.int64(0), np.int64(0), 0
    entering = True
    while depth >= 0:
        if entering:
            judged += _open(
                network, costs, stack, depth, begin, items, rules, values, best
            )
        at = stack.at[depth]
        entering = False
        if at == stack.lengths[depth] or judged > tries:
            depth -= 1
            continue
        stack.at[depth] = at + 1
        a = stack.lists[depth, at]
        item, deeper = items[a], depth + 1
        stack.chosen[deeper] = a
        for t in range(network.hours.shape[1]):
            stack.sums[deeper, t] = stack.sums[depth, t] + network.hours[item, t]
        stack.totals[deeper] = stack.totals[depth] + network.units[item]
        stack.rules[deeper] = stack.list_rules[depth, at]
        stack.values[deeper] = stack.list_values[depth, at]
        cost = _least_cost(network, costs, stack, deeper, items[0])
        if deeper < network.limits[4] and _beats(best, cost, deeper + 2, NO_ROW):
            depth, begin, entering = deeper, at + 1, True


@njit(cache=True)
def _second_look(network, costs, keep, best, wanted):
    """Write how many partners of each rule can still beat `best`; return how far they can be."""
    for rule in range(RULES):
        wanted[rule] = keep[rule]
    if best.cost[0] < costs.occupation:
        wanted[OCCUPATION] = 0
    if best.cost[0] < costs.competitor:
        wanted[COMPETITOR] = 0
    if best.cost[0] < 1:
        return min(costs.farthest_metres, int(network.max_metres * (1 + best.cost[0])) + 1)
    return costs.farthest_metres


@njit(cache=True)
def cheapest_changes(network, costs, needs, alone, latitudes, jobs, job_hours, job_units, keep, tries):
    """Find for each of `needs` the cheapest change that would serve it.

    `alone` are the needs that may be partners, from south to north, `latitudes` theirs. `jobs`
    are needs padded with -1, with their hours and units. `keep[rule]` is how many partners to
    look at of those that `rule` keeps apart from the need, the nearest first; `tries` how many
    sets. Returns, a row per need: cost; code, value, size, job (-1: none); members, the need
    first, padded with -1; the periods whose hours change by `value`.
    """
    count, periods, width = len(needs), network.hours.shape[1], network.limits[4] + 1
    room = keep.sum() + 1
    prices = np.full(count, np.inf)
    numbers = np.full((count, 4), NOTHING, np.int64)
    members = np.full((count, width), NO_ROW, np.int64)
    changed = np.zeros((count, periods), np.bool_)
    stack = _new_stack(width, room, periods)
    rules = np.zeros((room, room), np.int64)
    values = np.zeros((room, room), np.int64)
    items = np.zeros(room, np.int64)
    wanted = np.zeros(RULES, np.int64)
    trial = np.zeros(periods, np.bool_)
    for k in range(count):
        best = Best(prices[k : k + 1], numbers[k], members[k], changed[k], trial)
        items[0] = needs[k]
        _enter_jobs(network, costs, needs[k], jobs, job_hours, job_units, best)
        for rule in range(RULES):
            wanted[rule] = keep[rule] if rule == NO_RULE else 0
        farthest = network.max_metres
        for _ in range(2):  # the second time with what can still beat the best of the first
            found = nearest_of_each_rule(
                network, needs[k], alone, latitudes, farthest, wanted, items[1:]
            )
            _gather(network, costs, stack, items[: found + 1], rules, values, tries, best)
            farthest = _second_look(network, costs, keep, best, wanted)
    return prices, numbers, members, changed
