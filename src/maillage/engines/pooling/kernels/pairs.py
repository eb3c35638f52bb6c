"""Building and cutting the compatibility graph."""

from math import asin, cos, sin, sqrt

import numpy as np
from numba import njit

EARTH_RADIUS_METRES = 6_371_000


@njit(cache=True)
def metres_apart(radians, i, j):
    """Great-circle distance in whole metres; the same formula as `solution.metres_between`."""
    half_lat = (radians[j, 0] - radians[i, 0]) / 2
    half_lon = (radians[j, 1] - radians[i, 1]) / 2
    chord = sin(half_lat) ** 2 + cos(radians[i, 0]) * cos(radians[j, 0]) * sin(half_lon) ** 2
    return int(np.round(2 * EARTH_RADIUS_METRES * asin(min(1.0, sqrt(chord)))))


@njit(cache=True)
def _fit_under_maxima(hours, units, i, j, limits):
    if units[i] + units[j] > limits[3]:
        return False
    for t in range(hours.shape[1]):  # noqa: SIM110 (compiles in a tenth of the time of all())
        if hours[i, t] + hours[j, t] > limits[1]:
            return False
    return True


@njit(cache=True)
def compatible_pairs(
    hours,
    units,
    radians,
    by_latitude,
    firm_of,
    occupation_of,
    related,
    rivals,
    firms,
    max_metres,
    limits,
):
    """Return the two ends of every edge.

    `by_latitude` orders the needs from south to north, so that only a band of latitudes as
    wide as the distance allowed is looked at. `rivals` holds a * firms + b, a < b, ascending.
    """
    first = np.empty(1024, np.int32)
    second = np.empty(1024, np.int32)
    count = 0
    reach = (max_metres + 1) / EARTH_RADIUS_METRES
    for rank in range(len(by_latitude)):
        i = by_latitude[rank]
        for later in range(rank + 1, len(by_latitude)):
            j = by_latitude[later]
            if radians[j, 0] - radians[i, 0] > reach:
                break
            a, b = min(firm_of[i], firm_of[j]), max(firm_of[i], firm_of[j])
            if a == b or not related[occupation_of[i], occupation_of[j]]:
                continue
            if not _fit_under_maxima(hours, units, i, j, limits):
                continue
            if metres_apart(radians, i, j) > max_metres:
                continue
            place = np.searchsorted(rivals, a * firms + b)
            if place < len(rivals) and rivals[place] == a * firms + b:
                continue
            if count == len(first):
                first = np.concatenate((first, np.empty(count, np.int32)))
                second = np.concatenate((second, np.empty(count, np.int32)))
            first[count] = i
            second[count] = j
            count += 1
    return first[:count], second[:count]


@njit(cache=True)
def adjacency(first, second, size):
    """Return (starts, neighbours) of the graph whose edges have these two ends."""
    starts = np.zeros(size + 1, np.int64)
    for e in range(len(first)):
        starts[first[e] + 1] += 1
        starts[second[e] + 1] += 1
    for i in range(size):
        starts[i + 1] += starts[i]
    neighbours = np.empty(starts[size], np.int32)
    filled = starts[:size].copy()
    for e in range(len(first)):
        neighbours[filled[first[e]]] = second[e]
        filled[first[e]] += 1
        neighbours[filled[second[e]]] = first[e]
        filled[second[e]] += 1
    for i in range(size):
        neighbours[starts[i] : starts[i + 1]].sort()
    return starts, neighbours


@njit(cache=True)
def induced(starts, neighbours, items):
    """Return (starts, neighbours) of the graph induced by `items`, renumbered in their order."""
    position = np.full(len(starts) - 1, -1, np.int32)
    for k in range(len(items)):
        position[items[k]] = k
    sub_starts = np.zeros(len(items) + 1, np.int64)
    for k in range(len(items)):
        inside = 0
        for e in range(starts[items[k]], starts[items[k] + 1]):
            if position[neighbours[e]] >= 0:
                inside += 1
        sub_starts[k + 1] = sub_starts[k] + inside
    sub = np.empty(sub_starts[len(items)], np.int32)
    for k in range(len(items)):
        filled = sub_starts[k]
        for e in range(starts[items[k]], starts[items[k] + 1]):
            if position[neighbours[e]] >= 0:
                sub[filled] = position[neighbours[e]]
                filled += 1
        sub[sub_starts[k] : sub_starts[k + 1]].sort()
    return sub_starts, sub


@njit(cache=True)
def widest(radians, jobs):
    """Return the largest distance between two needs of each job, in metres.

    Straight lines through the Earth first, one arc at the end: no trigonometry per pair.
    """
    points = np.empty((len(radians), 3), np.float64)
    for i in range(len(radians)):
        points[i, 0] = cos(radians[i, 0]) * cos(radians[i, 1])
        points[i, 1] = cos(radians[i, 0]) * sin(radians[i, 1])
        points[i, 2] = sin(radians[i, 0])
    out = np.zeros(len(jobs), np.int64)
    for c in range(len(jobs)):
        most = 0.0
        for a in range(jobs.shape[1]):
            if jobs[c, a] < 0:
                break
            for b in range(a):
                square = 0.0
                for k in range(3):
                    square += (points[jobs[c, a], k] - points[jobs[c, b], k]) ** 2
                most = max(most, square)
        out[c] = int(np.round(2 * EARTH_RADIUS_METRES * asin(min(1.0, sqrt(most) / 2))))
    return out
