"""Annealing and greedy filling on whole plans.

One move hands slots over: some slots of one worker (or a slot nobody has) go to another; what
the receiver had at the same time goes back in exchange, or to nobody. Another exchanges all that
two workers do on a few days.
"""

import numpy as np
from numba import njit

from maillage.engines.kernel.kernels.chance import below, fraction
from maillage.engines.rostering.search.kernels.moving import (
    admitted,
    overlapping,
    try_lines,
    united,
    without,
)
from maillage.engines.rostering.search.kernels.weighing import cover_cost, holds, weigh_line

LONGEST_BLOCK = 14  # days
STEPS_PER_TEMPERATURE = 256
HANDED_TOGETHER = 24  # slots at most


@njit(cache=True)
def weigh_all(t, s, room):
    """Fill in the weights of all lines and the people in each slot; return the cost of cover."""
    for n in range(len(t.start)):
        s.staffed[n] = 0
    for w in range(len(s.size)):
        s.excess[w], s.price[w], s.strain[w] = weigh_line(t, w, s.lines[w], s.size[w], room)
        for i in range(s.size[w]):
            s.staffed[s.lines[w, i]] += 1
    excess = price = 0
    for n in range(len(t.start)):
        more_excess, more = cover_cost(t, n, s.staffed[n])
        excess += more_excess
        price += more
    return excess, price


@njit(cache=True)
def fill(t, s, who_ptr, who, order, toll, room):
    """Give each slot, in this order, to whom it suits best, as long as that costs less."""
    drafts = np.zeros((2, s.lines.shape[1] + 1), np.int64)
    drafted, pair = np.zeros(2, np.int64), np.array([-1, -1])
    one = np.zeros(1, np.int64)
    for n in order:
        one[0] = n
        while s.staffed[n] < t.wanted[n]:
            best, chosen = 0.0, -1
            for k in range(who_ptr[n], who_ptr[n + 1]):
                w = who[k]
                if holds(s.lines[w], s.size[w], n):
                    continue
                if overlapping(t, s.lines[w], s.size[w], one, 1, drafts[1]):
                    continue
                size = united(s.lines[w], s.size[w], one, 1, drafts[0])
                excess, price, strain = weigh_line(t, w, drafts[0], size, room)
                before_excess, before = cover_cost(t, n, s.staffed[n])
                after_excess, after = cover_cost(t, n, s.staffed[n] + 1)
                more = price - s.price[w] + toll * (strain - s.strain[w]) + after - before
                more += 5 * toll * (after_excess - before_excess)
                if more < best and (s.excess[w] > 0 or excess == 0):
                    best, chosen = more, w
            if chosen < 0:
                break
            pair[0] = chosen
            drafted[0] = united(s.lines[chosen], s.size[chosen], one, 1, drafts[0])
            try_lines(t, s, pair, drafts, drafted, toll, np.inf, room)


@njit(cache=True)
def anneal(t, s, who_ptr, who, mine, slots, steps, hot, cold, toll, random, room, best):
    """Walk `steps` moves from the plan `s`, cooling from `hot` to `cold`; return the best cost.

    Only workers with `mine` change, and only `slots`. The best plan met
    is copied to `best`. Costs are counted from the plan at the start.
    """
    width = s.lines.shape[1] + 1
    drafts = np.zeros((2, width), np.int64)
    work = np.zeros((4, width), np.int64)
    drafted, pair = np.zeros(2, np.int64), np.array([-1, -1])
    heat, now, lowest = hot, 0.0, 0.0
    for step in range(steps):
        if step % STEPS_PER_TEMPERATURE == 0:
            heat = hot * (cold / hot) ** (step / steps)
        if fraction(random) < 0.15:  # noqa: PLR2004 (share of exchanges)
            ready = _exchange(t, s, who_ptr, who, mine, slots, random, pair, drafts, drafted, work)
        else:
            ready = _hand_over(t, s, who_ptr, who, mine, slots, random, pair, drafts, drafted, work)
        if not ready:
            continue
        limit = -heat * np.log(fraction(random))
        done, more = try_lines(t, s, pair, drafts, drafted, toll, limit, room)
        if done:
            now += more
            if now < lowest - 1e-6:
                lowest = now
                _remember(s, best, mine)
    return lowest


@njit(cache=True)
def _remember(s, best, mine):
    for w in range(len(mine)):
        if mine[w]:
            best.size[w] = s.size[w]
            for i in range(s.size[w]):
                best.lines[w, i] = s.lines[w, i]


@njit(cache=True)
def _holder(s, who_ptr, who, n, mine, random):
    """A worker of ours who has slot n, or -1."""
    first, last = who_ptr[n], who_ptr[n + 1]
    offset = below(random, last - first)
    for k in range(last - first):
        w = who[first + (k + offset) % (last - first)]
        if mine[w] and holds(s.lines[w], s.size[w], n):
            return w
    return -1


@njit(cache=True)
def _hand_over(t, s, who_ptr, who, mine, slots, random, pair, drafts, drafted, work):
    """Draft a hand-over; say whether there is one to try."""
    n = slots[below(random, len(slots))]
    if s.staffed[n] >= t.wanted[n] and fraction(random) < 0.5:  # noqa: PLR2004 (prefer gaps)
        n = slots[below(random, len(slots))]
    if who_ptr[n + 1] == who_ptr[n]:
        return False
    giver = -1
    if s.staffed[n] and (s.staffed[n] >= t.wanted[n] or fraction(random) < 0.2):  # noqa: PLR2004
        giver = _holder(s, who_ptr, who, n, mine, random)
        if giver < 0:
            return False
    taker = who[who_ptr[n] + below(random, who_ptr[n + 1] - who_ptr[n])]
    if not mine[taker]:
        return False
    pair[0], pair[1] = taker, -1
    if holds(s.lines[taker], s.size[taker], n):
        work[0, 0] = n
        drafted[0] = without(s.lines[taker], s.size[taker], work[0], 1, drafts[0])
        return True
    given = 1
    work[0, 0] = n
    if giver >= 0 and fraction(random) < 0.3:  # noqa: PLR2004 (share of several at a time)
        given = _alike(t, s, giver, taker, n, random, work[0])
    gone = overlapping(t, s.lines[taker], s.size[taker], work[0], given, work[1])
    left = without(s.lines[taker], s.size[taker], work[1], gone, work[2])
    drafted[0] = united(work[2], left, work[0], given, drafts[0])
    if giver >= 0:
        pair[1] = giver
        left = without(s.lines[giver], s.size[giver], work[0], given, work[2])
        back = 0
        if gone and fraction(random) < 0.7:  # noqa: PLR2004 (share of exchanges)
            back = admitted(t, giver, work[1], gone, work[2], left, work[3])
        drafted[1] = united(work[2], left, work[3], back, drafts[1])
    return True


@njit(cache=True)
def _alike(t, s, giver, taker, n, random, out):
    """Slots of the giver like n (same firm, in some days around it) that the taker may have."""
    reach = 1 + below(random, LONGEST_BLOCK) if fraction(random) < 0.7 else t.days  # noqa: PLR2004
    found = 0
    for i in range(s.size[giver]):
        m = s.lines[giver, i]
        if m == n or (
            t.firm[m] == t.firm[n]
            and abs(t.day[m] - t.day[n]) < reach
            and found < HANDED_TOGETHER
            and t.allowed[taker, m]
            and not holds(s.lines[taker], s.size[taker], m)
        ):
            out[found] = m
            found += 1
    return found


@njit(cache=True)
def _exchange(t, s, who_ptr, who, mine, slots, random, pair, drafts, drafted, work):
    """Draft the exchange of some days between two workers; say whether there is one to try."""
    n = slots[below(random, len(slots))]
    if who_ptr[n + 1] == who_ptr[n]:
        return False
    u = _holder(s, who_ptr, who, n, mine, random)
    v = who[who_ptr[n] + below(random, who_ptr[n + 1] - who_ptr[n])]
    if u < 0 or u == v or not mine[v] or holds(s.lines[v], s.size[v], n):
        return False
    last = t.day[n] + below(random, LONGEST_BLOCK)
    pair[0], pair[1] = u, v
    of_u, of_v = 0, 0
    for i in range(s.size[u]):
        m = s.lines[u, i]
        if t.day[n] <= t.day[m] <= last and not holds(s.lines[v], s.size[v], m):
            if not t.allowed[v, m]:
                return False
            work[0, of_u] = m
            of_u += 1
    for i in range(s.size[v]):
        m = s.lines[v, i]
        if t.day[n] <= t.day[m] <= last and not holds(s.lines[u], s.size[u], m):
            if not t.allowed[u, m]:
                return False
            work[1, of_v] = m
            of_v += 1
    left = without(s.lines[u], s.size[u], work[0], of_u, work[2])
    drafted[0] = united(work[2], left, work[1], of_v, drafts[0])
    left = without(s.lines[v], s.size[v], work[1], of_v, work[2])
    drafted[1] = united(work[2], left, work[0], of_u, drafts[1])
    return True
