"""What a line is worth: the same as `judging.weigh`, a thousand times faster."""

import numpy as np
from numba import njit

DAY = 1440
ENDLESS = 2**56


@njit(cache=True)
def weigh_line(t, w, line, size, room):
    """Return (excess, price, strain); strain adds up what is forbidden in comparable units."""
    excess, price = t.base_excess[w], t.base_price[w]
    strain = np.float64(excess)
    for i in range(size):
        price += t.slot_price[w, line[i]]
        if not t.allowed[w, line[i]]:
            excess += 1
            strain += 1.0
    for k in range(t.forced_ptr[w], t.forced_ptr[w + 1]):
        if not holds(line, size, t.forced[k]):
            excess += 1
            strain += 10.0
    length = _whole(t, w, line, size, room.whole)
    for a in range(t.active_ptr[w], t.active_ptr[w + 1]):
        found = _amount(t, t.active_kind[a], t.active_index[a], w, length, room)
        if found:
            price += found * t.active_price[a]
            if t.active_hard[a]:
                excess += found
                strain += max(1.0, found / t.active_unit[a])
    return excess, price, strain


@njit(cache=True)
def cover_cost(t, n, staffed):
    """Return (excess, price) of having `staffed` people in slot n."""
    if t.firm[n] < 0:
        return 0, 0
    missing = t.wanted[n] - staffed
    if missing >= 0:
        if t.under[n] >= ENDLESS:
            return missing, 0
        return 0, missing * t.under[n]
    if t.over[n] < 0:
        return -missing, 0
    return 0, -missing * t.over[n]


@njit(cache=True)
def holds(line, size, n):
    """Whether slot n is in a line."""
    low, high = 0, size
    while low < high:
        middle = (low + high) // 2
        if line[middle] < n:
            low = middle + 1
        else:
            high = middle
    return low < size and line[low] == n


@njit(cache=True)
def _whole(t, w, line, size, whole):
    """Merge a line with its worker's jobs elsewhere; return its length."""
    length, k, last = 0, t.outside_ptr[w], t.outside_ptr[w + 1]
    for i in range(size):
        while k < last and t.outside[k] < line[i]:
            whole[length] = t.outside[k]
            length += 1
            k += 1
        whole[length] = line[i]
        length += 1
    while k < last:
        whole[length] = t.outside[k]
        length += 1
        k += 1
    return length


@njit(cache=True)
def _amount(t, kind, index, w, length, room):  # noqa: PLR0911 (one return for each kind)
    if kind == 0:
        return _of_clashes(t, index, room.whole, length)
    if kind == 1:
        return _of_rivals(t, index, room, length)
    if kind == 2:  # noqa: PLR2004 (tables.SUMS)
        return _of_sums(t, index, w, room, length)
    if kind == 3:  # noqa: PLR2004 (tables.RUNS)
        return _of_runs(t, index, w, room, length)
    if kind == 4:  # noqa: PLR2004 (tables.TOUCHES)
        return _of_touches(t, index, w, room, length)
    if kind == 5:  # noqa: PLR2004 (tables.GAPS)
        return _of_gaps(t, index, w, room.whole, length)
    if kind == 6:  # noqa: PLR2004 (tables.STRETCHES)
        return _of_stretches(t, index, room.whole, length)
    return _of_splits(t, index, room.whole, length)


@njit(cache=True)
def _of_clashes(t, c, line, length):
    found = 0
    for i in range(length):
        k, last = t.clash_ptr[c, line[i]], t.clash_ptr[c, line[i] + 1]
        if k == last:
            continue
        furthest = t.clash_later[last - 1]
        for j in range(i + 1, length):
            m = line[j]
            if m > furthest:
                break
            low, high = k, last
            while low < high:
                middle = (low + high) // 2
                if t.clash_later[middle] < m:
                    low = middle + 1
                else:
                    high = middle
            if low < last and t.clash_later[low] == m:
                found += t.clash_amount[low]
            k = low
    return found


@njit(cache=True)
def _of_rivals(t, r, room, length):
    size, found = 0, 0
    room.stamp[0] += 1
    stamp = room.stamp[0]
    for i in range(length):
        f = t.firm[room.whole[i]]
        if f >= 0 and room.seen[f] != stamp:
            room.seen[f] = stamp
            for k in range(size):
                if t.rivals[r, f, room.firms[k]]:
                    found += 1
            room.firms[size] = f
            size += 1
    return found


@njit(cache=True)
def _of_sums(t, s, w, room, length):
    by_day, row, whole = room.by_day, t.sum_row[s], room.whole
    for d in range(t.days + 1):
        by_day[d] = 0
    previous = -1
    for i in range(length):
        n = whole[i]
        day = t.day[n]
        by_day[day + 1] += t.sum_amount[row, n]
        if t.sum_travel[s] and i and t.day[previous] == day:
            by_day[day + 1] += t.travel[t.place[previous], t.place[n]]
        previous = n
    for d in range(t.days):
        by_day[d + 1] += by_day[d]
    found, spans = 0, t.sum_ptr[s + 1] - t.sum_ptr[s]
    own = t.sum_own_ptr[s] + w * spans
    for k in range(spans):
        first, last = t.sum_first[t.sum_ptr[s] + k], t.sum_last[t.sum_ptr[s] + k]
        now = by_day[min(last + 1, t.days)] - by_day[max(first, 0)]
        past = t.sum_past[own + k]
        if t.sum_rising[s]:
            found += now * past + now * (now + 1) // 2
        else:
            found += max(0, past + now - t.sum_most[own + k])
            found += max(0, t.sum_least[own + k] - past - now)
    return found


@njit(cache=True)
def _of_runs(t, r, w, room, length):
    by_day = room.by_day
    for d in range(t.days):
        by_day[d] = 0
    for i in range(length):
        by_day[t.day[room.whole[i]]] = 1
    before = t.run_before[r, w]
    run, known, found = max(before, 0), before >= 0, 0
    of_work = 1 if t.run_work[r] else 0
    for day in range(t.days + 1):
        if day < t.days and by_day[day] == of_work:
            run += 1
            continue
        if run and t.run_force[r, max(day - 1, 0)]:
            if day:
                found += max(0, run - t.run_most[r])
            if known and day < t.days:
                found += max(0, t.run_least[r] - run)
        run, known = 0, True
    return found


@njit(cache=True)
def _of_touches(t, s, w, room, length):
    room.stamp[0] += 1
    stamp, found = room.stamp[0], 0
    outers, base = t.touch_outer_ptr[s], t.touch_counted_ptr[s]
    groups = t.touch_outer_ptr[s + 1] - outers
    counted = base + w * groups
    for i in range(length):
        g = t.touch_inner[s, room.whole[i]]
        if g < 0 or room.seen[g] == stamp:
            continue
        room.seen[g] = stamp
        if not t.touch_counted[counted + g]:
            continue
        outer = t.touch_outer[outers + g]
        if room.counts[outer, 0] != stamp:
            room.counts[outer, 0] = stamp
            room.counts[outer, 1] = 0
        room.counts[outer, 1] += 1
        if room.counts[outer, 1] > t.touch_limit[s]:
            found += 1
    return found


@njit(cache=True)
def _of_gaps(t, s, w, line, length):
    found, begin = 0, 0
    free_begin = t.gap_last_end[s, w]
    for k in range(t.gap_ptr[s], t.gap_ptr[s + 1]):
        start, end = t.gap_first[k] * DAY, (t.gap_last[k] + 1) * DAY
        best, free = ENDLESS, free_begin
        following = begin
        for i in range(begin, length + 1):
            until = t.start[line[i]] if i < length else ENDLESS
            if until > free:
                inside = min(until, end) - max(free, start)
                lacking = max(t.gap_minutes[s] - (until - free), t.gap_within[s] - inside, 0)
                best = min(best, lacking)
            if free >= end or best == 0:
                break
            if i < length:
                free = max(free, t.end[line[i]])
                if t.start[line[i]] < start - DAY:  # no later span looks further back
                    following = i + 1
                    free_begin = free
        begin = following
        found += best
    return found


@njit(cache=True)
def _of_stretches(t, s, line, length):
    found, minutes, standing, previous = 0, 0, 0, -1
    for i in range(length):
        n = line[i]
        same_day = previous >= 0 and t.day[previous] == t.day[n]
        travel = t.travel[t.place[previous], t.place[n]] if same_day else 0
        pause = t.start[n] - t.end[previous] - travel if same_day else t.stretch_pause[s]
        if pause >= t.stretch_pause[s] or t.stretch_own[s, n]:
            minutes = 0
            found += standing
            standing = 0
        else:
            minutes += travel
            if t.stretch_own[s, previous]:
                found += standing
            standing = 0
        if not t.stretch_own[s, n]:
            minutes += t.minutes[n]
            if t.stretch_force[s, t.day[n]]:
                standing = max(0, minutes - t.stretch_longest[s])
        previous = n
    return found + standing


@njit(cache=True)
def _of_splits(t, s, line, length):
    found = breaks = until = 0
    for i in range(length):
        n = line[i]
        if i and t.day[line[i - 1]] == t.day[n]:
            m = line[i - 1]
            gap = t.start[n] - until - t.travel[t.place[m], t.place[n]]
            if gap > t.split_pause[s] and t.split_force[s, t.day[n]]:
                breaks += 1
                found += (breaks > t.split_most[s]) + (gap > t.split_longest[s])
            until = max(until, t.end[n])
        else:
            breaks, until = 0, t.end[n]
    return found
