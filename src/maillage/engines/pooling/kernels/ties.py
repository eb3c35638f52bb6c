"""Which single rule stands between two needs, and who could be partners if it gave way."""

from typing import NamedTuple

import numpy as np
from numba import njit

from maillage.engines.pooling.kernels.pairs import EARTH_RADIUS_METRES, metres_apart

NO_RULE, DISTANCE, OCCUPATION, COMPETITOR, BLOCKED = 0, 1, 2, 3, 4
RULES = 4
FLAT = 0.3  # radians of longitude under which a sine is worth 0.99 of its angle at least


class Network(NamedTuple):
    """All needs, and the rules that hold between two of them.

    Firms and occupations are numbered. `related` holds pairs of occupations a < b as
    a * `occupations` + b, ascending; the rivals of firm a are
    `rivals[rival_starts[a]:rival_starts[a + 1]]`.
    """

    hours: np.ndarray
    units: np.ndarray
    radians: np.ndarray
    firm_of: np.ndarray
    occupation_of: np.ndarray
    occupations: int
    related: np.ndarray
    rival_starts: np.ndarray
    rivals: np.ndarray
    max_metres: int
    limits: np.ndarray


@njit(cache=True)
def _are_related(network, a, b):
    pair = min(a, b) * network.occupations + max(a, b)
    place = np.searchsorted(network.related, pair)
    return a == b or (place < len(network.related) and network.related[place] == pair)


@njit(cache=True)
def _is_farther(network, i, j, metres):
    """Whether a look at the longitudes is enough to say that i and j are farther than `metres`."""
    east = abs(network.radians[i, 1] - network.radians[j, 1])
    if east > FLAT:
        return False
    width = np.cos(network.radians[i, 0]) * np.cos(network.radians[j, 0])
    return 0.99 * width * east * east > ((metres + 1) / EARTH_RADIUS_METRES) ** 2


@njit(cache=True)
def tie(network, i, j, farthest):
    """Return the rule that needs i and j break, by what, and how many metres apart they are.

    NO_RULE; DISTANCE and the metres; OCCUPATION or COMPETITOR and the pair of numbers as one;
    BLOCKED when they break two rules, are of one firm, or are more than `farthest` apart.
    """
    firm, other_firm = network.firm_of[i], network.firm_of[j]
    if firm == other_firm or _is_farther(network, i, j, farthest):
        return BLOCKED, 0, 0
    rule, value = np.int64(NO_RULE), np.int64(0)
    a, b = network.occupation_of[i], network.occupation_of[j]
    if not _are_related(network, a, b):
        rule, value = OCCUPATION, min(a, b) * network.occupations + max(a, b)
    metres = metres_apart(network.radians, i, j)
    if metres > network.max_metres:
        if rule != NO_RULE or metres > farthest:
            return BLOCKED, 0, metres
        rule, value = DISTANCE, metres
    for e in range(network.rival_starts[firm], network.rival_starts[firm + 1]):
        if network.rivals[e] == other_firm:
            if rule != NO_RULE:
                return BLOCKED, 0, metres
            firms = len(network.rival_starts)
            return COMPETITOR, min(firm, other_firm) * firms + max(firm, other_firm), metres
    return rule, value, metres


@njit(cache=True)
def both(rule, value, other_rule, other_value):
    """Return the one rule that gives way for two ties at once, BLOCKED when it takes two."""
    if other_rule == NO_RULE:
        return rule, value
    if rule == NO_RULE:
        return other_rule, other_value
    if rule == BLOCKED or rule != other_rule:
        return BLOCKED, 0
    if rule == DISTANCE:
        return rule, max(value, other_value)
    return (rule, value) if value == other_value else (BLOCKED, 0)


@njit(cache=True)
def nearest_of_each_rule(network, need, others, latitudes, farthest, keep, chosen):
    """Write into `chosen` which of `others` could join `need` if one rule gave way.

    Of each rule the nearest, `keep[rule]` at most. `others` go from south to north, `latitudes`
    are theirs. Returns how many were written.
    """
    reach = (farthest + 1) / EARTH_RADIUS_METRES
    begin = np.searchsorted(latitudes, network.radians[need, 0] - reach)
    end = np.searchsorted(latitudes, network.radians[need, 0] + reach)
    found = np.zeros((RULES, keep.max() + 1), np.int64)
    away = np.zeros((RULES, keep.max() + 1), np.int64)
    counts = np.zeros(RULES, np.int64)
    for k in range(begin, end):
        rule, _, metres = tie(network, need, others[k], farthest)
        if rule == BLOCKED or keep[rule] == 0:
            continue
        place = counts[rule]
        while place > 0 and away[rule, place - 1] > metres:
            away[rule, place] = away[rule, place - 1]
            found[rule, place] = found[rule, place - 1]
            place -= 1
        away[rule, place] = metres
        found[rule, place] = others[k]
        counts[rule] = min(counts[rule] + 1, keep[rule])
    count = 0
    for rule in range(RULES):
        for place in range(counts[rule]):
            chosen[count] = found[rule, place]
            count += 1
    return count
