"""The cheapest change of one rule that would serve a need left alone.

Partners are either needs left alone too, or the whole of one job. What may give way is a rule
between two needs (see `ties`), the number of employers, or the hours of the need itself.
"""

from typing import NamedTuple

import numpy as np
from numba import njit

from maillage.engines.pooling.kernels.fitting import misfit
from maillage.engines.pooling.kernels.judging import (
    NO_ROW,
    NOTHING,
    Best,
    beats,
    cost_of,
    judge,
)
from maillage.engines.pooling.kernels.ties import (
    BLOCKED,
    COMPETITOR,
    NO_RULE,
    OCCUPATION,
    RULES,
    both,
    nearest_of_each_rule,
    ties_of,
)


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
def _enter_jobs(network, costs, need, jobs, sizes, job_hours, job_units, rules, values, best):
    """Judge the sets that `need` makes with each job, none leaving it.

    `rules` and `values` have room for the ties with one job.
    """
    own, limits = network.units[need], network.limits
    for c in range(len(jobs)):
        most = min(costs.most_down, best.cost[0]) * own
        if job_units[c] + own - limits[3] > most:
            continue
        over, short = misfit(job_hours[c], job_units[c], network.hours[need], own, limits)
        if over > most:
            continue
        size = sizes[c]
        ties_of(network, need, jobs[c, :size], costs.farthest_metres, rules, values)
        rule, value = rules[0], values[0]
        for d in range(1, size):
            rule, value = both(rule, value, rules[d], values[d])
        if rule != BLOCKED and judge(
            network,
            costs,
            need,
            job_hours[c],
            job_units[c],
            need,
            size + 1,
            rule,
            value,
            c,
            over,
            short,
            best,
        ):
            best.members[0] = need
            for d in range(1, len(best.members)):
                best.members[d] = jobs[c, d - 1] if d <= size else NO_ROW


@njit(cache=True)
def _ties_among(network, items, farthest, rules, values):
    """Write the rule and value of each pair of `items`."""
    for a in range(len(items)):
        ties_of(network, items[a], items[:a], farthest, rules[a], values[a])
        for b in range(a):
            rules[b, a], values[b, a] = rules[a, b], values[a, b]


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
        cost = cost_of(costs, stack.rules[depth], stack.values[depth])
        return np.inf if over > 0 or short > 0 else cost
    if (over > 0 and short > 0) or over > costs.most_down * own or short > costs.most_up * own:
        return np.inf
    return max(over, short, 0) / own


@njit(cache=True)
def _open(network, costs, stack, depth, begin, items, rules, values, best):
    """Judge the set of `depth` with each need that may join it; list those worth adding to.

    They are taken from the list above, from `begin` on. Returns how many were judged.
    """
    hours, units, limits, sums = network.hours, network.units, network.limits, stack.sums
    above, last = max(0, depth - 1), stack.chosen[depth]
    own, periods = units[items[0]], hours.shape[1]
    length, judged = np.int64(0), 0
    stack.largest[depth] = 0
    for t in range(periods):
        stack.highest[depth, t] = 0
    for k in range(begin, stack.lengths[above]):
        a = stack.lists[above, k]
        item = items[a]
        rule, value = stack.list_rules[above, k], stack.list_values[above, k]
        rule, value = both(rule, value, stack.rules[depth], stack.values[depth])
        rule, value = both(rule, value, rules[a, last], values[a, last])
        if rule == BLOCKED or cost_of(costs, rule, value) > best.cost[0]:
            continue
        judged += 1
        over, short = 0, 0
        for t in range(periods):
            reached = sums[depth, t] + hours[item, t]
            over += max(0, reached - limits[1])
            short += max(0, limits[0] - reached)
        total = stack.totals[depth]
        over = max(over, total + units[item] - limits[3])
        short = max(short, limits[2] - total - units[item])
        if over > 0 and (rule != NO_RULE or over > min(costs.most_down, best.cost[0]) * own):
            continue
        promising = max(over, short) <= (best.cost[0] * own if rule == NO_RULE else 0)
        if promising and judge(
            network,
            costs,
            items[0],
            sums[depth],
            total,
            item,
            depth + 2,
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
        stack.lists[depth, length] = a
        stack.list_rules[depth, length], stack.list_values[depth, length] = rule, value
        length += 1
        stack.largest[depth] = max(stack.largest[depth], units[item])
        for t in range(periods):
            stack.highest[depth, t] = max(stack.highest[depth, t], hours[item, t])
    stack.lengths[depth], stack.at[depth] = length, 0
    return judged


@njit(cache=True)
def _gather(network, costs, stack, items, rules, values, tries, best):
    """Judge the sets that the first of `items` makes with others, `tries` or so at most.

    Returns how many were judged.
    """
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
            judged += _open(network, costs, stack, depth, begin, items, rules, values, best)
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
        if deeper < network.limits[4] and beats(best, cost, deeper + 2, NO_ROW):
            depth, begin, entering = deeper, at + 1, True
    return judged


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
def cheapest_changes(
    network, costs, needs, alone, latitudes, jobs, sizes, job_hours, job_units, keep, budget
):
    """Find for each of `needs` the cheapest change that would serve it.

    `alone` are the needs that may be partners, from south to north, `latitudes` theirs. `jobs`
    are needs padded with -1, with their sizes, hours and units. `keep[rule]` is how many partners
    to look at of those that `rule` keeps apart from the need, the nearest first; `budget` how many
    sets: at most for one need, in all, and at least once the second is spent. Returns, a row per
    need: code, value, size, job (-1: none); members, the need first, padded with -1; the periods
    whose hours change by `value`.
    """
    count, periods, width = len(needs), network.hours.shape[1], network.limits[4] + 1
    room = max(keep.sum() + 1, width)
    cheapest = np.full(count, np.inf)
    numbers = np.full((count, 4), NOTHING, np.int64)
    members = np.full((count, width), NO_ROW, np.int64)
    changed = np.zeros((count, periods), np.bool_)
    stack = _new_stack(width, room, periods)
    rules = np.zeros((room, room), np.int64)
    values = np.zeros((room, room), np.int64)
    items = np.zeros(room, np.int64)
    wanted = np.zeros(RULES, np.int64)
    trial = np.zeros(periods, np.bool_)
    spent = 0
    for k in range(count):
        best = Best(cheapest[k : k + 1], numbers[k], members[k], changed[k], trial)
        items[0] = needs[k]
        _enter_jobs(
            network, costs, needs[k], jobs, sizes, job_hours, job_units, rules[0], values[0], best
        )
        for rule in range(RULES):
            wanted[rule] = keep[rule] if rule == NO_RULE else 0
        farthest = network.max_metres
        for _ in range(2):  # the second time with what can still beat the best of the first
            found = nearest_of_each_rule(
                network, needs[k], alone, latitudes, farthest, wanted, items[1:]
            )
            tries = max(budget[2], min(budget[0], budget[1] - spent))
            spent += _gather(network, costs, stack, items[: found + 1], rules, values, tries, best)
            farthest = _second_look(network, costs, keep, best, wanted)
    return numbers, members, changed
