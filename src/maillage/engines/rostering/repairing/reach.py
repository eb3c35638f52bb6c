"""How far from a changed slot each rule may find something new.

A change to a line can only alter what a rule finds within so many days of it. Judging that part
of the line alone, before and after, gives the same difference as judging all of it (a property
test holds this), several times faster. A rule that is not named here is judged on the whole line:
always right, only slower.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from operator import attrgetter
from typing import TYPE_CHECKING, Final

from maillage.engines.rostering.entities import DAY
from maillage.engines.rostering.plan import Line

if TYPE_CHECKING:
    from maillage.engines.rostering.entities import Need, Worker
    from maillage.engines.rostering.instance import Instance

SAME_DAY, FEW_DAYS, WEEK, WEEKS = 0, 3, 6, 14
WHOLE: Final = -1
START, END = attrgetter("start"), attrgetter("end")
# In the order in which they are best judged: what is quick and refuses often comes first.
REACH: Final = {
    "skill": SAME_DAY,
    "allowed_firm": SAME_DAY,
    "availability": SAME_DAY,
    "no_overlap": SAME_DAY + 1,
    "night_work": SAME_DAY,
    "sunday_work": SAME_DAY,
    "travel": FEW_DAYS,
    "daily_rest": FEW_DAYS,
    "break_time": SAME_DAY,
    "split_day": SAME_DAY,
    "succession": FEW_DAYS,
    "competitors": WHOLE,
    "max_firms": WHOLE,
    "weekly_maximum": WEEK,
    "overtime": WEEK,
    "night_habit": WEEK,
    "part_time_ceiling": WEEK,
    "daily_maximum": SAME_DAY,
    "weekly_rest": WEEKS,
    "wished_worker": SAME_DAY,
    "two_firms_a_day": SAME_DAY,
    "idle_hours": WEEK,
}
PLACE: Final = {rule: place for place, rule in enumerate(REACH)}
# Rules that judge a slot by itself: whom they refuse cannot be freed by giving up other slots.
OF_ONE_SLOT: Final = ("skill", "allowed_firm", "availability", "night_work", "sunday_work")


@dataclass(slots=True)
class Windows:
    """The parts of a worker's line around the days that change, each cut once."""

    instance: Instance
    worker: Worker
    needs: tuple[Need, ...]
    days: tuple[int, int]  # the first and the last that change
    _cut: dict[int, Line] = field(default_factory=dict)
    _starts: list[int] = field(default_factory=list)
    _ends: list[int] = field(default_factory=list)

    def line(self, rule: str) -> Line:
        """The part of the line that a rule needs to see."""
        reach = REACH.get(rule, WHOLE)
        if reach not in self._cut:
            self._cut[reach] = Line(self.instance, self.worker, self._within(reach))
        return self._cut[reach]

    def _within(self, reach: int) -> tuple[Need, ...]:
        if reach == WHOLE:
            return self.needs
        if not self._ends:
            self._starts, self._ends = [*map(START, self.needs)], [*map(END, self.needs)]
        since = (self.days[0] - reach) * DAY
        first = bisect_left(self._starts, since)
        last = bisect_left(self._starts, (self.days[1] + reach + 1) * DAY)
        if max(self._ends[:first], default=since) <= since:
            return self.needs[first:last]
        lasting = tuple(need for need in self.needs[:first] if need.end > since)
        return lasting + self.needs[first:last]
