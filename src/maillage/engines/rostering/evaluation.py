"""What a plan costs, term by term, each in its natural unit: recomputed with no solver inside."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from maillage.engines.rostering.checks import check

if TYPE_CHECKING:
    from maillage.engines.rostering.instance import Instance
    from maillage.engines.rostering.plan import Plan


@dataclass(frozen=True)
class Term:
    """What one rule adds to the cost: so many breaches, of so much in all, for so many points."""

    rule: str
    breaches: int
    amount: int
    unit: str
    points: Fraction


@dataclass(frozen=True)
class Evaluation:
    """A plan's cost.

    `by_priority` holds the points of each priority, from the most important (0): compare these
    tuples when the objective is lexicographic, `points` when it is weighted. `forbidden` counts
    what no plan may do: such a plan has no value, whatever its points.
    """

    forbidden: int
    terms: tuple[Term, ...]
    by_priority: tuple[Fraction, ...]

    @property
    def points(self) -> Fraction:
        """All points together."""
        return sum(self.by_priority, Fraction(0))


def evaluate(instance: Instance, plan: Plan) -> Evaluation:
    """Return what `plan` costs; raises `RosterError` as `check` does."""
    found = check(instance, plan)
    priced = [breach for breach in found if not breach.forbidden]
    levels = 1 + max((setting.priority for setting in instance.pack.settings), default=0)
    by_priority = [Fraction(0)] * levels
    terms: dict[str, Term] = {}
    for breach in priced:
        by_priority[breach.priority] += breach.points
        so_far = terms.get(breach.rule, Term(breach.rule, 0, 0, breach.unit, Fraction(0)))
        terms[breach.rule] = Term(
            breach.rule,
            so_far.breaches + 1,
            so_far.amount + breach.amount,
            breach.unit,
            so_far.points + breach.points,
        )
    order = sorted(terms.values(), key=lambda term: (-term.points, term.rule))
    return Evaluation(len(found) - len(priced), tuple(order), tuple(by_priority))
