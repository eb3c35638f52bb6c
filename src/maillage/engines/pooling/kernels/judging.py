"""What one change would cost, and whether it beats the best one so far."""

from typing import NamedTuple

import numpy as np
from numba import njit

from maillage.engines.pooling.kernels.fitting import least_change
from maillage.engines.pooling.kernels.ties import COMPETITOR, DISTANCE, NO_RULE, OCCUPATION

EMPLOYERS, HOURS_DOWN, HOURS_UP, NOTHING = (np.int64(code) for code in (5, 6, 7, -1))
CODE, VALUE, SIZE, JOB = 0, 1, 2, 3  # places in `Best.numbers`
NO_ROW = np.int64(-1)


class Costs(NamedTuple):
    """What each change costs, and how far each may go; see `explain.costs`."""

    max_metres: int
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


@njit(cache=True)
def cost_of(costs, rule, value):
    """Cost of a rule between two needs giving way, `value` being by what they break it."""
    if rule == DISTANCE:
        return (value - costs.max_metres) / costs.max_metres
    if rule == OCCUPATION:
        return costs.occupation
    if rule == COMPETITOR:
        return costs.competitor
    return 0.0


@njit(cache=True)
def beats(best, cost, size, job):
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
def judge(network, costs, need, sums, total, item, size, rule, value, job, over, short, best):
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
        cost = cost_of(costs, rule, value)
    if not beats(best, cost, size, job):
        return False
    if code in (HOURS_DOWN, HOURS_UP):
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
        if value == 0 or cost > most or not beats(best, cost, size, job):
            return False
        for t in range(len(sums)):
            best.periods[t] = best.trial[t]
    best.cost[0] = cost
    best.numbers[CODE], best.numbers[VALUE] = code, value
    best.numbers[SIZE], best.numbers[JOB] = size, job
    return True
