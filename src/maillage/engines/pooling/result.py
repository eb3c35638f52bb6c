"""What a solve returns."""

from dataclasses import dataclass

from maillage.engines.kernel.status import Status
from maillage.engines.pooling import explain as explaining
from maillage.engines.pooling.instance import Instance
from maillage.engines.pooling.solution import Solution


@dataclass(frozen=True)
class Result:
    """The best shared jobs found, and how far they can be from the best possible.

    `objective` is the hours covered and `bound` the most any answer could cover, both in units
    (see `instance`); `bound` is None when none was proved. `runtime` is in seconds.
    """

    instance: Instance
    status: Status
    solution: Solution
    objective: int
    bound: int | None
    runtime: float
    iterations: int
    seed: int

    @property
    def gap(self) -> float | None:
        """Share of the bound that the answer does not reach; None without a bound."""
        if self.bound is None:
            return None
        return (self.bound - self.objective) / self.bound if self.bound else 0.0

    def explain(self) -> explaining.Explanation:
        """Say why each job, and why each need left alone, as data."""
        return explaining.explain(self.instance, self.solution)
