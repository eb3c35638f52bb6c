"""How many needs go on from each state, and how long that takes.

From awareness to a clear demand takes long: these figures tell what is usual, and close nothing.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from statistics import median

from maillage.foundation.networks.models import Network
from maillage.launch.needs.enums import ROAD, NeedState
from maillage.launch.needs.models import NeedPassage


@dataclass(frozen=True, slots=True)
class Step:
    """From one state to the next: `went_on` needs of the `reached` that were ever there.

    `median_days` is the usual wait of those that went on, None when none did.
    """

    state: NeedState
    reached: int
    went_on: int
    median_days: float | None


def steps_of(network: Network, *, topic: str = "") -> tuple[Step, ...]:
    """Return how needs of a network go from state to state, for whoever follows them. One query.

    Open needs count as reached: the rate grows as they go on. `topic` keeps those about one thing.
    """
    passages = NeedPassage.objects.filter(need__network=network)
    if topic:
        passages = passages.filter(need__topic=topic)
    rows = passages.order_by("need_id", "on", "id").values_list("need_id", "to_state", "on")
    return steps_among(rows)


def steps_among(rows: Iterable[tuple[int, str, date]]) -> tuple[Step, ...]:
    """Return the steps that passages tell, given as (need, state entered, day) in order of time."""
    entered: dict[int, dict[NeedState, date]] = defaultdict(dict)
    for need, state, day in rows:
        if state in ROAD:
            entered[need].setdefault(NeedState(state), day)
    return tuple(_step(rank, entered) for rank in range(len(ROAD) - 1))


def _step(rank: int, entered: Mapping[int, Mapping[NeedState, date]]) -> Step:
    here = ROAD[rank]
    waits = []
    reached = 0
    for days in entered.values():
        if here not in days:
            continue
        reached += 1
        after = [days[state] for state in ROAD[rank + 1 :] if state in days]
        if after:
            waits.append((min(after) - days[here]).days)
    return Step(here, reached, len(waits), median(waits) if waits else None)
