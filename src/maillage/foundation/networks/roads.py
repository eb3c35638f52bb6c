"""How what a network follows goes along a road of states, and how long each step takes.

Going from one state to the next takes long: these figures tell what is usual, and close nothing.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median


@dataclass(frozen=True, slots=True)
class Step[State: str]:
    """From one state to the next: `went_on` of the `reached` that were ever there.

    `median_days` is the usual wait of those that went on, None when none did.
    """

    state: State
    reached: int
    went_on: int
    median_days: float | None

    @property
    def rate(self) -> float | None:
        """The share that went on, None when nothing was ever there."""
        return self.went_on / self.reached if self.reached else None


def steps_along[State: str](
    road: Sequence[State], rows: Iterable[tuple[int, str, date]]
) -> tuple[Step[State], ...]:
    """Return the steps that passages tell, given as (what, state entered, day) in order of time.

    What is still in a state counts among those that reached it: the rate grows as it goes on. What
    skips states went on from the last one it was in; states that are not on the road are left out.
    """
    known = set(road)
    entered: dict[int, dict[str, date]] = defaultdict(dict)
    for what, state, day in rows:
        if state in known:
            entered[what].setdefault(state, day)
    return tuple(_step(road, rank, entered) for rank in range(len(road) - 1))


def _step[State: str](
    road: Sequence[State], rank: int, entered: Mapping[int, Mapping[str, date]]
) -> Step[State]:
    here = road[rank]
    waits = []
    reached = 0
    for days in entered.values():
        if here not in days:
            continue
        reached += 1
        after = [days[state] for state in road[rank + 1 :] if state in days]
        if after:
            waits.append((min(after) - days[here]).days)
    return Step(here, reached, len(waits), median(waits) if waits else None)
