"""Best lines of one worker who has one slot a day at most: labels carried from day to day.

A label stands for all the lines that end in one state: worked or free today (how long already,
whether that run began for sure after or before the first day) and one running value per
*resource*, see `trails.Trail`. Of two labels in one state, one is dropped when the other costs
no more whatever comes next.
"""

import numpy as np
from numba import njit

NEVER = 1e15
HOPELESS = NEVER / 2  # what is forbidden, whatever it earns


@njit(cache=True)
def best_lines(p, slot_cost, width, breadth, bins, wanted):
    """Return (least cost, whether proved, lines [wanted, days] of slot numbers or -1, costs).

    At most `width` labels stay in one state and `breadth` in a day (0: no limit, and the least
    cost is then proved); with `bins`, states are told apart by how far the first resource is.
    """
    days, count = p.days, p.gain.shape[0]
    store = 4096
    cost, values = np.zeros(store), np.zeros((store, count), np.int64)
    length, known = np.zeros(store, np.int64), np.zeros(store, np.bool_)
    slot, parent = np.full(store, -1), np.full(store, -1)
    at_day = np.zeros(days + 2, np.int64)
    at_day[1] = 1
    values[0] = p.begin
    length[0] = 0
    total, proved = 1, True
    for day in range(days):
        first, last = at_day[day], at_day[day + 1]
        made, c_cost, c_value, c_length, c_known, c_slot, c_parent, c_key = _offers(
            p, day, first, last, cost, values, length, known, slot, slot_cost, bins
        )
        kept, full = _undominated(p, day, c_cost[:made], c_value, c_key, width, breadth)
        proved = proved and not full
        while total + len(kept) > store:
            store *= 2
            cost, values = _longer(cost, store), _longer_rows(values, store)
            length, known = _longer(length, store), _longer(known, store)
            slot, parent = _longer(slot, store), _longer(parent, store)
        for k in kept:
            cost[total], values[total] = c_cost[k], c_value[k]
            length[total], known[total] = c_length[k], c_known[k]
            slot[total], parent[total] = c_slot[k], c_parent[k]
            total += 1
        at_day[day + 2 if day + 2 < days + 2 else days + 1] = total
    first, last = at_day[days], total
    order = np.argsort(cost[first:last])[:wanted] + first
    lines, costs = np.full((len(order), days), -1), np.zeros(len(order))
    for k, label in enumerate(order):
        costs[k] = cost[label]
        here = label
        for day in range(days - 1, -1, -1):
            lines[k, day] = slot[here]
            here = parent[here]
    least = costs[0] if len(costs) else np.inf
    return least, proved, lines, costs


@njit(cache=True)
def _offers(p, day, first, last, cost, values, length, known, slot, slot_cost, bins):
    """Every label of a day, from those of the day before; only the first `made` count."""
    offered = p.day_ptr[day + 1] - p.day_ptr[day] + 1
    room = (last - first) * offered
    c_cost, c_value = np.zeros(room), np.zeros((room, values.shape[1]), np.int64)
    c_length, c_known = np.zeros(room, np.int64), np.zeros(room, np.bool_)
    c_slot, c_parent = np.zeros(room, np.int64), np.zeros(room, np.int64)
    c_key = np.zeros(room, np.int64)
    made = 0
    for label in range(first, last):
        for choice in range(offered):
            chosen = -1 if choice == 0 else p.day_ptr[day] + choice - 1
            if not p.may_rest[day] and chosen < 0:
                continue
            extra, run, sure = _step(p, day, slot[label], length[label], known[label], chosen)
            if chosen >= 0:
                extra += slot_cost[chosen]
            if extra >= HOPELESS:
                continue
            extra += _count(p, day, chosen, values[label], c_value[made])
            if extra >= HOPELESS:
                continue
            c_cost[made] = cost[label] + extra
            c_length[made], c_known[made] = run, sure
            c_slot[made], c_parent[made] = chosen, label
            c_key[made] = _key(p, chosen, run, sure, c_value[made], bins)
            made += 1
    return made, c_cost, c_value, c_length, c_known, c_slot, c_parent, c_key


@njit(cache=True)
def _longer(array, size):
    more = np.zeros(size, array.dtype)
    more[: len(array)] = array
    return more


@njit(cache=True)
def _longer_rows(array, size):
    more = np.zeros((size, array.shape[1]), array.dtype)
    more[: len(array)] = array
    return more


@njit(cache=True)
def _step(p, day, before, length, known, chosen):
    """Cost of a day after another; return (cost, length of the run, whether its start is known)."""
    if day == 0:
        history = p.worked if chosen >= 0 else p.rested
        cost = 0.0
        if chosen >= 0 and p.rested > 0:
            cost += p.rest_short[min(p.rested, len(p.rest_short) - 1)]
        if chosen < 0 and p.worked > 0:
            cost += p.work_short[min(p.worked, len(p.work_short) - 1)]
        run, sure = max(history, 0) + 1, history >= 0
    elif (before >= 0) == (chosen >= 0):
        run, sure, cost = length + 1, known, 0.0
    else:
        short = p.work_short if before >= 0 else p.rest_short
        cost = short[min(length, len(short) - 1)] if known else 0.0
        run, sure = 1, True
    over = p.work_over if chosen >= 0 else p.rest_over
    cap = len(over) - 2
    cost += over[min(run, cap + 1)]
    run = min(run, cap)
    least = p.work_least if chosen >= 0 else p.rest_least
    if run >= least:
        sure = True
    if before >= 0 and chosen >= 0:
        cost += p.follow[before, chosen - p.day_ptr[day]]
    return cost, run, sure


@njit(cache=True)
def _count(p, day, chosen, before, after):  # noqa: C901, PLR0912 (calls cost more than the work)
    """Carry the running values over a day into `after`; return what that costs."""
    cost = 0.0
    for r in range(len(before)):
        value, kind, price = before[r], p.kind[r], p.price[r]
        gain = p.gain[r, chosen] if chosen >= 0 else 0
        span = p.span[r, day]
        if kind == 1:  # groups touched: twice their number, less 1 while in the last one
            if p.opens[r, day] and value & 1:
                value += 1
            if gain and not value & 1:
                if value // 2 + 1 > p.most[r, 0]:
                    cost += price
                value += 1
        elif kind == 2:  # noqa: PLR2004 (trails.RISING)
            cost += price * (gain * value + gain * (gain + 1) // 2)
            value += gain
        elif span >= 0:
            most, least = p.most[r, span], p.least[r, span]
            if gain:
                cost += price * (max(0, value + gain - most) - max(0, value - most))
                value += gain
            closes = p.closes[r, day]
            if value < least:
                if price >= HOPELESS and (closes or value + p.future[r, day + 1] < least):
                    return NEVER
                if closes:
                    cost += price * (least - value)
            if closes:
                following = p.span[r, day + 1]
                value = p.past[r, following] if following >= 0 else 0
        elif p.span[r, day + 1] >= 0:  # a span begins
            value = p.past[r, p.span[r, day + 1]]
        after[r] = value
        if cost >= HOPELESS:
            return NEVER
    return cost


@njit(cache=True)
def _key(p, chosen, run, sure, values, bins):
    """A number for the state of a label."""
    group = 0 if chosen < 0 else 1 + p.group[chosen]
    key = (group * p.longest + run) * 2 + (1 if sure else 0)
    if bins and len(values):
        if p.kind[0] == 0 and p.least[0, 0] > 0:
            share = values[0] * bins // max(1, p.most[0, 0])
            key = key * (bins + 2) + min(bins + 1, max(0, share))
        for r in range(len(values)):
            if p.kind[r] == 1 and p.most[r, 0] <= bins:
                key = key * (p.most[r, 0] + 2) + min(p.most[r, 0] + 1, (values[r] + 1) // 2)
    return key


@njit(cache=True)
def _undominated(p, day, cost, values, key, width, breadth):
    """Numbers of the labels worth keeping, and whether some were left out for want of room."""
    order = np.argsort(cost, kind="mergesort")
    states = 1
    for k in range(len(cost)):
        states = max(states, key[k] + 1)
    head, held = np.full(states, -1), np.zeros(states, np.int64)
    below, kept = np.full(len(cost), -1), np.empty(len(cost), np.int64)
    total, full = 0, False
    for k in order:
        state = key[k]
        other, beaten = head[state], False
        while other >= 0:
            if _dominates(p, day, cost[other], values[other], cost[k], values[k]):
                beaten = True
                break
            other = below[other]
        if beaten:
            continue
        if (width and held[state] >= width) or (breadth and total >= breadth):
            full = True
            continue
        below[k] = head[state]
        head[state] = k
        held[state] += 1
        kept[total] = k
        total += 1
    return kept[:total], full


@njit(cache=True)
def _dominates(p, day, cost, values, other_cost, other_values):
    """Whether a label costs no more than another whatever comes after this day."""
    slack = other_cost - cost + 1e-9
    if slack < 0:
        return False
    for r in range(len(values)):
        mine, other = values[r], other_values[r]
        if mine == other:
            continue
        future = p.future[r, day + 1]
        worse = 0
        if p.kind[r] == 1:
            if mine > other:
                worse = max(
                    0, min((mine - other + 1) // 2, (mine + 1) // 2 + future - p.most[r, 0])
                )
        elif p.kind[r] == 2:  # noqa: PLR2004 (a rising price)
            worse = max(0, mine - other) * future
        else:
            span = p.span[r, day + 1]
            if span < 0:
                continue
            if mine > other:
                worse = max(0, min(mine - other, mine + future - p.most[r, span]))
            else:
                worse = max(0, min(other - mine, p.least[r, span] - mine))
        if worse:
            slack -= worse * p.price[r]
            if slack < 0:
                return False
    return True
