"""What runs on an executor: functions that take and return plain data, and can be pickled."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from maillage.engines.pooling.bounding import Bounded, Ladder, units_of
from maillage.engines.pooling.master import Master
from maillage.engines.pooling.relaxation import add_first_jobs, relax

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from maillage.engines.pooling.graph import Graph

LADDER_ROUNDS = 60


@dataclass(frozen=True, slots=True)
class Priced:
    """Prices of the needs of a block that leave no job a profit; jobs of its fractional answer."""

    prices: NDArray[np.int64]
    support: NDArray[np.int32]


def price_block(
    graph: Graph,
    inside: int,
    prices: NDArray[np.int64],
    known: NDArray[np.int32],
    until: float | None,
) -> Priced:
    """Find the lowest prices of the first `inside` needs, those of the others being given.

    `known` are jobs worth starting from. Out of time, prices stay as they were.
    """
    master = Master(graph, inside=inside, outside_prices=prices)
    add_first_jobs(master)
    master.add_jobs(known)
    relaxation = relax(master, until=until)
    if relaxation is None or relaxation.prices.sum() > prices[:inside].sum():
        return Priced(prices[:inside], known)
    return Priced(relaxation.prices, relaxation.support)


def climb(
    graph: Graph,
    answer: NDArray[np.int32],
    known: NDArray[np.int32],
    *,
    seed: int,
    until: float | None,
) -> Bounded:
    """Tighten the bound of `graph` towards the worth of `answer`."""
    ladder = Ladder(graph, known, expected=len(answer), seed=seed)
    return ladder.climb(target=units_of(graph, answer), rounds=LADDER_ROUNDS, until=until)
