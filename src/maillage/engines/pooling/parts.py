"""The parts of a solve: components, each with its best answer and its proved bound."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from maillage.engines.pooling.bounding import units_of
from maillage.engines.pooling.improving import worth
from maillage.engines.pooling.master import PRICE_SCALE

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from maillage.engines.pooling.graph import Graph
    from maillage.engines.pooling.regions import Region

ELITES = 8  # answers whose jobs are merged with each new one


class Part:
    """A component: its best answer, what is proved of it, and the jobs worth merging.

    `prices` leave no job a profit, so that their sum is a bound; at first each need is priced
    at its own hours. `support` holds the jobs of the fractional answer those prices go with.
    """

    def __init__(self, region: Region, number: int) -> None:
        self.region = region
        self.number = number
        nothing = np.empty((0, region.graph.band.max_employers), np.int32)
        self.answer = nothing
        self.support = nothing
        self.elites: list[NDArray[np.int32]] = []
        self.prices = region.graph.units * PRICE_SCALE
        self.priced = False
        self.steps = 0  # of its proof that were done
        self.bound = int(region.graph.units.sum())

    @property
    def graph(self) -> Graph:
        """The component's graph."""
        return self.region.graph

    @property
    def units(self) -> int:
        """Units that the best answer covers."""
        return units_of(self.graph, self.answer)

    @property
    def settled(self) -> bool:
        """Whether the answer is proved to cover the most."""
        return self.units >= self.bound

    def offer(self, answer: NDArray[np.int32]) -> None:
        """Take `answer` if it is better."""
        if worth(self.graph, answer) > worth(self.graph, self.answer):
            self.answer = answer

    def remember(self, answer: NDArray[np.int32]) -> None:
        """Keep `answer` among those to merge with, and forget the oldest."""
        self.elites = [*self.elites, answer][-ELITES:]

    def lower(self, bound: int) -> None:
        """Take `bound` if it is tighter."""
        self.bound = min(self.bound, bound)
