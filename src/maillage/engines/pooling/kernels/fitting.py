"""How hours miss the contract, and the least one need could change to make them fit.

`sums[t]` are the half-hours a week of a set of needs in each period, `total` their sum. A change
is the same amount of half-hours a week in each period chosen: what a person can be asked for in
one sentence.
"""

import numpy as np
from numba import njit

FIRST = 1 << 40  # puts the periods that must change before any other


@njit(cache=True)
def misfit(sums, total, added, added_total, limits):
    """Return (units over the maxima, units short of the minima) once `added` hours join `sums`.

    Each is the fewest units that must be taken off, or added, to respect every limit.
    """
    over, short = 0, 0
    for t in range(len(sums)):
        value = sums[t] + added[t]
        over += max(0, value - limits[1])
        short += max(0, limits[0] - value)
    whole = total + added_total
    return max(over, whole - limits[3]), max(short, limits[2] - whole)


@njit(cache=True)
def _share_out(due, room, least, most, even, chosen):
    """Choose an amount, and the periods that each change by it.

    `due[t]` is what period t must change by, `room[t]` what it may, `least` and `most` what all
    of them must change by together. The fewest units are taken; among equals as many periods as
    can be with `even`, else as few. Marks the periods in `chosen`; returns 0 when impossible.
    """
    highest, obliged = 0, 0
    for t in range(len(due)):
        highest = max(highest, due[t])
        obliged += due[t] > 0
    rank = np.zeros(len(due), np.int64)  # 1 for the period that changes first, and so on
    amount, count, narrowest = 0, 0, FIRST
    for k in range(1, len(due) + 1):
        widest, widest_key = 0, -2 * FIRST
        for t in range(len(due)):
            key = room[t] + (FIRST if due[t] > 0 else 0)
            if rank[t] == 0 and key > widest_key:
                widest, widest_key = t, key
        rank[widest] = k
        narrowest = min(narrowest, room[widest])
        each = max(highest, -(-least // k))
        if k < obliged or each < 1 or each > narrowest or each * k > most:
            continue
        if count == 0 or each * k < amount * count or (even and each * k == amount * count):
            amount, count = each, k
    for t in range(len(due)):
        chosen[t] = rank[t] <= count
    return amount, count


@njit(cache=True)
def least_change(sums, total, added, added_total, own, down, limits, chosen):
    """Half-hours a week that a need must give up (`down`), or add, in each `chosen` period.

    The hours of the set are `sums` and `added` together, with the need's `own` hours. Down: of
    the ways to get under the maxima without breaking a minimum, the one with fewest hours, then
    fewest periods. Up: hours are added in the periods that are short when that is enough; else
    the same all year round when that fits; else where it takes fewest hours, in as many periods
    as can be. Returns the amount and how many periods, 0 when there is no way.
    """
    periods = len(sums)
    due = np.empty(periods, np.int64)
    room = np.empty(periods, np.int64)
    highest, dues, narrowest = 0, 0, FIRST
    for t in range(periods):
        value = sums[t] + added[t]
        if down:
            due[t] = max(0, value - limits[1])
            room[t] = min(own[t], value - limits[0])
        else:
            due[t] = max(0, limits[0] - value)
            room[t] = limits[1] - value
        highest = max(highest, due[t])
        dues += due[t] > 0
        narrowest = min(narrowest, room[t])
    whole = total + added_total
    least = whole - limits[3] if down else limits[2] - whole
    most = whole - limits[2] if down else limits[3] - whole
    all_year = max(highest, -(-least // periods))
    if not down and highest * dues < least and all_year <= min(narrowest, most // periods):
        for t in range(periods):
            chosen[t] = True
        return all_year, periods
    return _share_out(due, room, least, most, not down, chosen)
