"""What a solve returns."""

from dataclasses import dataclass
from fractions import Fraction

from maillage.engines.kernel.status import Status
from maillage.engines.rostering.evaluation import Evaluation, evaluate
from maillage.engines.rostering.instance import Instance
from maillage.engines.rostering.plan import Plan


@dataclass(frozen=True)
class Result:
    """The best plan found, and how far it can be from the best possible.

    `objective` is what the plan costs and `bound` what any plan costs at least, both in points
    (in a lexicographic solve, too, all priorities together; `bound` is then None). `bound` is
    None when none was proved. With status UNKNOWN no legal plan was found, and `plan` is the one
    that breaks least. `runtime` is in seconds.
    """

    instance: Instance
    status: Status
    plan: Plan
    objective: Fraction
    bound: Fraction | None
    runtime: float
    iterations: int
    seed: int

    @property
    def gap(self) -> float | None:
        """By what share of the cost the plan may be too dear; None without a bound."""
        if self.bound is None:
            return None
        if self.objective <= self.bound:
            return 0.0
        return float((self.objective - self.bound) / abs(self.objective))

    def evaluate(self) -> Evaluation:
        """What the plan costs, term by term."""
        return evaluate(self.instance, self.plan)
