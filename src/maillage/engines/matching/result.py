"""What a solve returns."""

from dataclasses import dataclass, field

from maillage.engines.matching import explain as explaining
from maillage.engines.matching.instance import Instance
from maillage.engines.matching.solution import Solution, objective_of
from maillage.engines.matching.weighing import Weighed


@dataclass(frozen=True)
class Result:
    """The matches found.

    The best pairs are taken first, which is the rule itself: there is no better answer to bound.
    """

    instance: Instance
    solution: Solution
    weighed: Weighed = field(repr=False, compare=False)

    @property
    def objective(self) -> int:
        """The points of all the matches together."""
        return objective_of(self.solution)

    def explain(self) -> tuple[explaining.Lone, ...]:
        """Say why each need without an offer is left alone, as data."""
        return explaining.explain(self.instance, self.solution, self.weighed)
