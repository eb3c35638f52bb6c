"""Best lines of one worker who has one slot a day at most: labels carried from day to day.

A label stands for all the lines that end in one state: worked or free today (how long already,
whether that run began for sure after or before the first day) and one running value per
*resource*, see `trails.Trail`. Of two labels in one state, one is dropped when the other costs
no more whatever comes next. What the days to come cost at least, reckoned backwards with one
resource only, says which labels can still lead to a line under a limit, and which look best.
"""

import numpy as np
from numba import njit

NEVER = 1e15
HOPELESS = NEVER / 2  # what is forbidden, whatever it earns
STRAY_DAYS = 6  # full ones, that a running value may be from an even pace
STRAY_GROUPS = 2


@njit(cache=True)
def best_lines(p, slot_cost, ahead, unit, width, breadth, bins, wanted, limit, paced):
    """Return (least cost, whether proved, lines [wanted, days] of slot numbers or -1, costs).

    Only lines that cost less than `limit` are looked for; without any, the least cost is `limit`.
    At most `width` labels stay in one state and `breadth` in a day (0: no limit, and the least
    cost is then proved); with `bins`, states are told apart by how far the first resource is.
    `ahead` is what `costs_ahead` made with `unit`. With `paced`, labels far from an even pace are
    left out, so that what is left of a long line can still be filled; nothing is then proved.
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
    total, proved = 1, not paced
    for day in range(days):
        first, last = at_day[day], at_day[day + 1]
        made, c_cost, c_value, c_length, c_known, c_slot, c_parent, c_key, c_hope = _offers(
            p, day, first, last, cost, values, length, known, slot, slot_cost, bins,
            ahead, unit, limit, paced,
        )  # fmt: skip
        kept, full = _undominated(p, day, c_hope[:made], c_cost, c_value, c_key, width, breadth)
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
    least = min(costs[0], limit) if len(costs) else limit
    return least, proved, lines, costs


@njit(cache=True)
def costs_ahead(p, slot_cost, unit, steps):
    """Return [day, choice of the day before (0: free), run, sure, steps]: what is left to pay.

    That is the least that the days from `day` on cost, whatever resources but the first do: that
    one is counted in `unit`s (rounded down, `steps` of them at most), with its most, and with its
    least when a unit loses nothing. With one step no resource is looked at.
    """
    days = p.days
    lossless = len(p.gain) == 0 or not (p.gain[0] % unit).any()
    widest = 1
    for day in range(days):
        widest = max(widest, p.day_ptr[day + 1] - p.day_ptr[day])
    ahead = np.full((days + 1, widest + 1, p.longest + 1, 2, steps), np.inf)
    ahead[days] = 0.0
    after, more = np.zeros((widest + 1, steps), np.int64), np.zeros((widest + 1, steps))
    for day in range(days - 1, 0, -1):
        before_first, first = p.day_ptr[day - 1], p.day_ptr[day]
        offered = p.day_ptr[day + 1] - first + 1
        for then in range(offered):
            then_slot = -1 if then == 0 else first + then - 1
            _stride(p, day, then_slot, unit, lossless, after[then], more[then])
        for choice in range(first - before_first + 1):
            before = -1 if choice == 0 else before_first + choice - 1
            if before >= 0 and slot_cost[before] >= HOPELESS:
                continue
            for run in range(1, p.longest + 1):
                for known in range(2):
                    left = ahead[day, choice, run, known]
                    _look(p, day, before, run, known == 1, slot_cost, ahead, after, more, left)
    return ahead


@njit(cache=True)
def _look(p, day, before, run, known, slot_cost, ahead, after, more, left):
    """Fill `left`, step by step, with the least that the days from this one on cost."""
    first = p.day_ptr[day]
    for then in range(p.day_ptr[day + 1] - first + 1):
        chosen = -1 if then == 0 else first + then - 1
        if chosen < 0 and not p.may_rest[day]:
            continue
        if chosen >= 0 and slot_cost[chosen] >= HOPELESS:
            continue
        extra, longer, sure = _step(p, day, before, run, known, chosen)
        if chosen >= 0:
            extra += slot_cost[chosen]
        if extra >= HOPELESS:
            continue
        later = ahead[day + 1, then, longer, 1 if sure else 0]
        for step in range(len(left)):
            found = extra + more[then, step] + later[after[then, step]]
            left[step] = min(left[step], found)


@njit(cache=True)
def _stride(p, day, chosen, unit, lossless, after, more):
    """Fill where a day takes the first resource from each step, and what that costs at least."""
    steps = len(after)
    if steps == 1:
        return
    gain = p.gain[0, chosen] if chosen >= 0 else 0
    closes = p.closes[0, day] and lossless  # rounded down, a value proves no least
    for step in range(steps):
        value = step * unit
        cost = p.price[0] * (max(0, value + gain - p.most[0, 0]) - max(0, value - p.most[0, 0]))
        if closes and value + gain < p.least[0, 0]:
            cost += p.price[0] * (p.least[0, 0] - value - gain)
        after[step] = min((value + gain) // unit, steps - 1)
        more[step] = np.inf if cost >= HOPELESS else cost


@njit(cache=True)
def _offers(
    p,
    day,
    first,
    last,
    cost,
    values,
    length,
    known,
    slot,
    slot_cost,
    bins,
    ahead,
    unit,
    limit,
    paced,
):
    """Every label of a day that may still stay under the limit; only the first `made` count."""
    offered = p.day_ptr[day + 1] - p.day_ptr[day] + 1
    room = (last - first) * offered
    c_cost, c_value = np.zeros(room), np.zeros((room, values.shape[1]), np.int64)
    c_length, c_known = np.zeros(room, np.int64), np.zeros(room, np.bool_)
    c_slot, c_parent = np.zeros(room, np.int64), np.zeros(room, np.int64)
    c_key, c_hope = np.zeros(room, np.int64), np.zeros(room)
    steps = ahead.shape[4]
    made = 0
    for label in range(first, last):
        for choice in range(offered):
            chosen = -1 if choice == 0 else p.day_ptr[day] + choice - 1
            if not p.may_rest[day] and chosen < 0:
                continue
            if chosen >= 0 and slot_cost[chosen] >= HOPELESS:
                continue
            extra, run, sure = _step(p, day, slot[label], length[label], known[label], chosen)
            if chosen >= 0:
                extra += slot_cost[chosen]
            if extra >= HOPELESS:
                continue
            extra += _count(p, day, chosen, values[label], c_value[made])
            if extra >= HOPELESS or (paced and _strays(p, day, c_value[made])):
                continue
            step = min(c_value[made, 0] // unit, steps - 1) if steps > 1 else 0
            left = ahead[day + 1, choice, run, 1 if sure else 0, step]
            if cost[label] + extra + left >= limit:
                continue
            c_cost[made], c_hope[made] = cost[label] + extra, cost[label] + extra + left
            c_length[made], c_known[made] = run, sure
            c_slot[made], c_parent[made] = chosen, label
            c_key[made] = _key(p, day, chosen, run, sure, c_value[made], bins, paced)
            made += 1
    return made, c_cost, c_value, c_length, c_known, c_slot, c_parent, c_key, c_hope


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
def _strays(p, day, values):
    """Whether a running value over all the days is far from an even pace."""
    share = (day + 1) / p.days
    for r in range(len(values)):
        value, least, most = values[r], p.least[r, 0] * share, p.most[r, 0] * share
        if p.kind[r] == 1:
            if (value + 1) // 2 > most + STRAY_GROUPS:
                return True
        elif p.kind[r] == 0 and p.span[r, 0] == 0 and p.span[r, day + 1] == 0:
            stray = STRAY_DAYS * p.future[r, 0] / p.days
            if value > most + stray or value < least - stray:
                return True
    return False


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
def _key(p, day, chosen, run, sure, values, bins, paced):
    """A number for the state of a label; with bins, how far it is, or how far off the pace."""
    group = 0 if chosen < 0 else 1 + p.group[chosen]
    key = (group * p.longest + run) * 2 + (1 if sure else 0)
    if bins and len(values):
        share = (day + 1) / p.days
        if p.kind[0] == 0 and p.least[0, 0] > 0:
            low, high = 0.0, float(max(1, p.most[0, 0]))
            if paced:
                stray = STRAY_DAYS * p.future[0, 0] / p.days
                low, high = p.least[0, 0] * share - stray, p.most[0, 0] * share + stray
            place = int((values[0] - low) * bins / (high - low))
            key = key * (bins + 2) + min(bins + 1, max(0, place))
        for r in range(len(values)):
            if p.kind[r] == 1 and paced:
                ahead = (values[r] + 1) // 2 - int(p.most[r, 0] * share) + STRAY_GROUPS
                key = key * (2 * STRAY_GROUPS + 2) + max(0, ahead)
            elif p.kind[r] == 1 and p.most[r, 0] <= bins:
                key = key * (p.most[r, 0] + 2) + min(p.most[r, 0] + 1, (values[r] + 1) // 2)
    return key


@njit(cache=True)
def _undominated(p, day, hope, cost, values, key, width, breadth):
    """Numbers of the labels worth keeping, and whether some were left out for want of room.

    Those that promise most come first.
    """
    order = np.argsort(hope, kind="mergesort")
    states = 1
    for k in range(len(hope)):
        states = max(states, key[k] + 1)
    head, held = np.full(states, -1), np.zeros(states, np.int64)
    below, kept = np.full(len(hope), -1), np.empty(len(hope), np.int64)
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
