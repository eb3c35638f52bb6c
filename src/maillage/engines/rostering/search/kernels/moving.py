"""Changing lines: building the lines of a move, and trying it on a plan."""

import numpy as np
from numba import njit

from maillage.engines.rostering.search.kernels.weighing import cover_cost, holds, weigh_line

FORBIDDEN_COVER = 5.0  # strain of one person missing or extra where that is forbidden


@njit(cache=True)
def without(line, size, dropped, drops, out):
    """Copy a line into `out` without some slots (in order); return its size."""
    k, length = 0, 0
    for i in range(size):
        while k < drops and dropped[k] < line[i]:
            k += 1
        if k < drops and dropped[k] == line[i]:
            continue
        out[length] = line[i]
        length += 1
    return length


@njit(cache=True)
def united(line, size, added, adds, out):
    """Merge a line and some slots, both in order, into `out`; return its size."""
    i = k = length = 0
    while i < size or k < adds:
        if k == adds or (i < size and line[i] <= added[k]):
            if k < adds and line[i] == added[k]:
                k += 1
            out[length] = line[i]
            i += 1
        else:
            out[length] = added[k]
            k += 1
        length += 1
    return length


@njit(cache=True)
def overlapping(t, line, size, added, adds, out):
    """Slots of a line, in order, at the same time as one of `added`; return how many."""
    found = 0
    for i in range(size):
        n = line[i]
        for k in range(adds):
            m = added[k]
            if n != m and t.start[n] < t.end[m] and t.start[m] < t.end[n]:
                out[found] = n
                found += 1
                break
    return found


@njit(cache=True)
def admitted(t, w, slots, count, line, size, out):
    """Those of `slots` that a worker may have and has not; return how many."""
    found = 0
    for k in range(count):
        if t.allowed[w, slots[k]] and not holds(line, size, slots[k]):
            out[found] = slots[k]
            found += 1
    return found


@njit(cache=True)
def shift_cover(t, staffed, old, old_size, new, new_size, toll):
    """Count people anew after a line changed; return by how much the cover costs more."""
    i = j = 0
    more = 0.0
    while i < old_size or j < new_size:
        if i < old_size and j < new_size and old[i] == new[j]:
            i += 1
            j += 1
            continue
        if j == new_size or (i < old_size and old[i] < new[j]):
            n, step = old[i], -1
            i += 1
        else:
            n, step = new[j], 1
            j += 1
        before_excess, before = cover_cost(t, n, staffed[n])
        staffed[n] += step
        after_excess, after = cover_cost(t, n, staffed[n])
        more += after - before + toll * FORBIDDEN_COVER * (after_excess - before_excess)
    return more


@njit(cache=True)
def try_lines(t, s, pair, drafts, drafted, toll, most, room):
    """Put draft lines in for one or two workers if that costs at most `most`; say what it costs.

    Returns (done, difference). pair[1] may be -1.
    """
    more = 0.0
    weights = np.empty((2, 3), np.float64)
    for k in range(2):
        if pair[k] >= 0:
            w = pair[k]
            more += shift_cover(t, s.staffed, s.lines[w], s.size[w], drafts[k], drafted[k], toll)
    for k in range(2):
        w = pair[k]
        if w < 0:
            continue
        if more - s.price[w] - toll * s.strain[w] <= most or k == 0:
            excess, price, strain = weigh_line(t, w, drafts[k], drafted[k], room)
            weights[k, 0], weights[k, 1], weights[k, 2] = excess, price, strain
            more += price - s.price[w] + toll * (strain - s.strain[w])
        else:
            more = np.inf
    if more > most:
        for k in range(2):
            if pair[k] >= 0:
                w = pair[k]
                shift_cover(t, s.staffed, drafts[k], drafted[k], s.lines[w], s.size[w], toll)
        return False, more
    for k in range(2):
        if pair[k] >= 0:
            w = pair[k]
            s.excess[w] = np.int64(weights[k, 0])
            s.price[w] = np.int64(weights[k, 1])
            s.strain[w] = weights[k, 2]
            s.size[w] = drafted[k]
            for i in range(drafted[k]):
                s.lines[w, i] = drafts[k][i]
    return True, more
