"""Which single rule stands between two needs, and who could be partners if it gave way."""

from typing import NamedTuple

import numpy as np
from numba import njit

from maillage.engines.pooling.kernels.pairs import EARTH_RADIUS_METRES, metres_apart

# As numba integers: a plain constant would have each kernel compiled once more for its value.
NO_RULE, DISTANCE, OCCUPATION, COMPETITOR, BLOCKED = (np.int64(code) for code in range(5))
RULES = 4
SMALL = 0.3  # radians: below, the flat formula of a distance is close; see `ties_of`


class Network(NamedTuple):
    """All needs, and the rules that hold between two of them.

    Firms and occupations are numbered; the occupations related to number a are
    `related[related_starts[a]:related_starts[a + 1]]`, and likewise the rivals of a firm.
    `cosines` are those of the latitudes.
    """

    hours: np.ndarray
    units: np.ndarray
    radians: np.ndarray
    cosines: np.ndarray
    firm_of: np.ndarray
    occupation_of: np.ndarray
    related_starts: np.ndarray
    related: np.ndarray
    rival_starts: np.ndarray
    rivals: np.ndarray
    max_metres: int
    limits: np.ndarray


@njit(cache=True)
def _holds(starts, others, a, b):
    """Whether b is in the row of a."""
    found = False
    for e in range(starts[a], starts[a + 1]):
        found |= others[e] == b
    return found


@njit(cache=True)
def ties_of(network, i, others, farthest, rules, values):
    """Write the rule that need i breaks with each of `others`, and by what.

    NO_RULE; DISTANCE and the metres; OCCUPATION or COMPETITOR and a number of its own for the
    pair; BLOCKED when they break two rules, are of one firm, or are more than `farthest` apart.

    Distances are exact, mostly without trigonometry: for angles under SMALL a number is at most
    1.004 times its sine, and an arc at most 1.0075 times its chord, so that the square of a
    distance is 0.99 to 1.02 times what the flat formula gives.

    One call for many pairs, on local names: handing the network over costs more than a tie.
    """
    radians, cosines = network.radians, network.cosines
    firm_of, occupation_of = network.firm_of, network.occupation_of
    related_starts, related = network.related_starts, network.related
    near = network.max_metres / EARTH_RADIUS_METRES
    far = (farthest + 1) / EARTH_RADIUS_METRES
    firm, occupation = firm_of[i], occupation_of[i]
    for k in range(len(others)):
        j = others[k]
        rules[k], values[k] = BLOCKED, 0
        north, east = radians[i, 0] - radians[j, 0], radians[i, 1] - radians[j, 1]
        flat = north * north + cosines[i] * cosines[j] * east * east
        is_flat = abs(north) < SMALL and abs(east) < SMALL
        if firm_of[j] == firm or (is_flat and 0.99 * flat > far * far):
            continue
        rule, value, other = NO_RULE, np.int64(0), occupation_of[j]
        if other != occupation and not _holds(related_starts, related, occupation, other):
            rule = OCCUPATION
            value = min(occupation, other) * len(related_starts) + max(occupation, other)
        if not (is_flat and 1.02 * flat < near * near):
            metres = metres_apart(radians, i, j)
            if metres > network.max_metres:
                if rule != NO_RULE or metres > farthest:
                    continue
                rule, value = DISTANCE, metres
        if _holds(network.rival_starts, network.rivals, firm, firm_of[j]):
            if rule != NO_RULE:
                continue
            rule = COMPETITOR
            value = min(firm, firm_of[j]) * len(network.rival_starts) + max(firm, firm_of[j])
        rules[k], values[k] = rule, value


@njit(cache=True)
def both(rule, value, other_rule, other_value):
    """Return the one rule that gives way for two ties at once, BLOCKED when it takes two."""
    if other_rule == NO_RULE:
        return rule, value
    if rule == NO_RULE:
        return other_rule, other_value
    if rule == BLOCKED or rule != other_rule:
        return BLOCKED, np.int64(0)
    if rule == DISTANCE:
        return rule, max(value, other_value)
    return (rule, value) if value == other_value else (BLOCKED, np.int64(0))


@njit(cache=True)
def _within(network, i, others, begin, end, metres, found, away):
    """Write which of `others[begin:end]` may be within `metres` of i, and about how far they are.

    A few that are a little farther may be written too. Returns how many.
    """
    radians, cosines = network.radians, network.cosines
    far = (metres + 1) / EARTH_RADIUS_METRES
    count = 0
    for k in range(begin, end):
        j = others[k]
        north = radians[i, 0] - radians[j, 0]
        east = radians[i, 1] - radians[j, 1]
        flat = north * north + cosines[i] * cosines[j] * east * east
        if abs(east) < SMALL and 0.99 * flat > far * far:
            continue
        found[count], away[count] = j, flat
        count += 1
    return count


@njit(cache=True)
def nearest_of_each_rule(network, need, others, latitudes, farthest, keep, chosen):
    """Write into `chosen` which of `others` could join `need` if one rule gave way.

    Of each rule the nearest, `keep[rule]` at most. `others` go from south to north, `latitudes`
    are theirs. Returns how many were written.
    """
    reach = (farthest + 1) / EARTH_RADIUS_METRES
    begin = np.searchsorted(latitudes, network.radians[need, 0] - reach)
    end = np.searchsorted(latitudes, network.radians[need, 0] + reach)
    near = np.empty(end - begin, np.int64)
    away = np.empty(end - begin, np.float64)
    size = _within(network, need, others, begin, end, farthest, near, away)
    rules = np.empty(size, np.int64)
    values = np.empty(size, np.int64)
    ties_of(network, need, near[:size], farthest, rules, values)
    count = 0
    for rule in range(RULES):
        first = count
        for k in range(size):
            if rules[k] != rule or keep[rule] == 0:
                continue
            # `chosen` holds positions among `near` until all are known
            place = count
            while place > first and away[chosen[place - 1]] > away[k]:
                if place < first + keep[rule]:
                    chosen[place] = chosen[place - 1]
                place -= 1
            if place < first + keep[rule]:
                chosen[place] = k
                count = min(count + 1, first + keep[rule])
    for place in range(count):
        chosen[place] = near[chosen[place]]
    return count


@njit(cache=True)
def metres_to(radians, i, others):
    """Return how many metres need i is from each of `others`."""
    metres = np.empty(len(others), np.int64)
    for k in range(len(others)):
        metres[k] = metres_apart(radians, i, others[k])
    return metres
