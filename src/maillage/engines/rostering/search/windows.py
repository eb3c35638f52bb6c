"""Some days of a worker's line, what comes before and after staying as it is.

A part is a trail of its own, with less to look at. What is fixed around it counts as already
spent: in the totals, in the groups touched, and in the run that its first day goes on with. A few
fixed days stay in it on either side, so that runs, and slots that follow each other, are judged
as in the whole line.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from maillage.engines.rostering.search.trails import GROUPS, RISING, Trail

if TYPE_CHECKING:
    from collections.abc import Sequence

Array = np.ndarray[Any, Any]


@dataclass(frozen=True)
class Part:
    """The choices of a worker on some days, and the slots held before and after these."""

    trail: Trail
    around: tuple[int, ...]


@dataclass(frozen=True)
class Held:
    """A worker's line as the trail sees it, jobs elsewhere included."""

    trail: Trail
    line: Sequence[int]

    def part(self, first: int, last: int, *, free: bool = True) -> Part:
        """Return the part where the days from `first` up to before `last` are chosen anew.

        With `free` False none of them is: the line held is the only one of the part.
        """
        begin, end = self._begin(first), self._end(last)
        inside = (self._day >= begin) & (self._day < end)
        chosen = (self._day >= first) & (self._day < last) & free
        kept = np.flatnonzero(inside & (self._mine | chosen))
        day_ptr = np.searchsorted(self._day[kept], np.arange(begin, end + 1)).astype(np.int64)
        days = np.arange(begin, end)
        fixed = (days < first) | (days >= last) | (not free)
        outside = self._mine & ~inside
        worked, rested = self._history(begin)
        trail = self.trail._replace(
            days=end - begin,
            columns=self.trail.columns[kept],
            day_ptr=day_ptr,
            may_rest=np.where(fixed, ~self._worked[begin:end], self.trail.may_rest[begin:end]),
            follow=self._follow(kept, day_ptr),
            group=self.trail.group[kept],
            worked=worked,
            rested=rested,
            **self._resources(begin, end, kept, outside),
        )
        return Part(trail, tuple(self.trail.columns[outside].tolist()))

    @cached_property
    def _day(self) -> Array:
        """Day of each slot of the trail."""
        return np.repeat(np.arange(self.trail.days), np.diff(self.trail.day_ptr))

    @cached_property
    def _mine(self) -> Array:
        """Which slots of the trail are held."""
        return np.isin(self.trail.columns, np.asarray(self.line, np.int64))

    @cached_property
    def _worked(self) -> Array:
        """Which days are worked."""
        worked = np.zeros(self.trail.days, np.bool_)
        worked[self._day[self._mine]] = True
        return worked

    def _begin(self, first: int) -> int:
        """The day on which the run before begins, or an earlier one that does not cut a group."""
        begin = max(0, first - 1)
        while begin > 0 and (self._worked[begin] == self._worked[begin - 1] or self._cut[begin]):
            begin -= 1
        return begin

    def _end(self, last: int) -> int:
        """The day after the run that follows, or a later one that does not cut a group."""
        end, days = last, self.trail.days
        while end < days and self._worked[end] == self._worked[last]:
            end += 1
        end = min(days, end + 1)
        while end < days and self._cut[end]:
            end += 1
        return end

    @cached_property
    def _of_group(self) -> Array:
        """[resource, day] number of the group that was opened last, from 1."""
        return np.cumsum(self.trail.opens[:, : self.trail.days], axis=1)

    @cached_property
    def _cut(self) -> Array:
        """Days before which some group has begun that has not ended."""
        cut = np.zeros(self.trail.days + 1, np.bool_)
        for r in np.flatnonzero(self.trail.kind == GROUPS):
            counted = np.unique(self._day[self.trail.gain[r] > 0])
            same = np.flatnonzero(np.diff(self._of_group[r, counted]) == 0)
            for before, after in zip(counted[same], counted[same + 1], strict=True):
                cut[before + 1 : after + 1] = True
        return cut

    def _history(self, begin: int) -> tuple[int, int]:
        """Days worked, and days free, before a day on which a run begins: as many as it needs."""
        trail = self.trail
        if begin == 0:
            return trail.worked, trail.rested
        return (trail.work_least, 0) if self._worked[begin - 1] else (0, trail.rest_least)

    def _follow(self, kept: Array, day_ptr: Array) -> Array:
        """What slots that follow each other cost, among those kept."""
        trail = self.trail
        follow = np.zeros((len(kept), max(1, int(np.diff(day_ptr).max(initial=0)))))
        for k in range(1, len(day_ptr) - 1):
            here, then = kept[day_ptr[k - 1] : day_ptr[k]], kept[day_ptr[k] : day_ptr[k + 1]]
            if len(here) and len(then):
                place = then - trail.day_ptr[self._day[then[0]]]
                follow[day_ptr[k - 1] : day_ptr[k], : len(then)] = trail.follow[np.ix_(here, place)]
        return follow

    def _resources(self, begin: int, end: int, kept: Array, outside: Array) -> dict[str, Any]:
        """Running values of a part: what is held outside of it is spent."""
        trail = self.trail
        span, closes = trail.span[:, begin : end + 1].copy(), trail.closes[:, begin:end].copy()
        goes_on = (span[:, -1] >= 0) & (span[:, -1] == span[:, -2])
        closes[goes_on, -1] = True
        span[:, -1] = -1
        least, most, start = trail.least.copy(), trail.most.copy(), trail.begin.copy()
        for r, kind in enumerate(trail.kind):
            counted = outside & (trail.gain[r] > 0) & (trail.span[r, self._day] >= 0)
            day, spent = self._day[counted], trail.gain[r, counted]
            if kind == GROUPS:
                most[r, 0] -= len(np.unique(self._of_group[r, day]))
                continue
            np.subtract.at(least[r], trail.span[r, day], spent)
            np.subtract.at(most[r], trail.span[r, day], spent)
            first = int(span[r, 0])
            start[r] = trail.past[r, first] if first >= 0 else 0
            if kind == RISING:
                start[r] += spent.sum()
        return {
            "gain": trail.gain[:, kept],
            "begin": start,
            "span": span,
            "opens": trail.opens[:, begin : end + 1],
            "closes": closes,
            "least": np.maximum(least, 0),
            "most": np.maximum(most, 0),
            "future": self._future(begin, end, kept),
        }

    def _future(self, begin: int, end: int, kept: Array) -> Array:
        """The most that running values may still gain, from each day of a part on."""
        trail, days = self.trail, end - begin
        future = trail.future[:, begin : end + 1] - trail.future[:, end : end + 1]
        by_day = np.zeros((len(trail.kind), days + 1), np.int64)
        for r, _kind in enumerate(trail.kind):
            np.maximum.at(by_day[r], self._day[kept] - begin, trail.gain[r, kept])
        for r in np.flatnonzero(trail.kind != GROUPS).tolist():
            span = trail.span[r, begin:end]
            future[r] = 0
            for d in reversed(range(days)):
                same = d + 1 < days and span[d] >= 0 and span[d + 1] == span[d]
                ahead = int(future[r, d + 1]) if same else 0
                future[r, d] = int(by_day[r, d]) + ahead if span[d] >= 0 else 0
        return future
