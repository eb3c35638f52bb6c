"""Matching: which offers could answer which needs, and why?

    result = matching.solve(instance)
    result.solution.matches, result.objective, result.explain()

`instance` holds the question, `solution` the answer, `checks` judges one against the other with
nothing but plain Python, `explain` says why a need is left alone. There is no search to limit: the
rule of `solve` has one answer, found at once.
"""

from maillage.engines.kernel.errors import InstanceError, SolutionError
from maillage.engines.matching.checks import breaches, verify
from maillage.engines.matching.explain import Lone, Why
from maillage.engines.matching.instance import Instance, Statement, sorted_pairs
from maillage.engines.matching.result import Result
from maillage.engines.matching.solution import (
    LEAST_REASONS,
    MOST_POINTS,
    WEIGHTS,
    Match,
    Reason,
    ReasonKind,
    Solution,
    metres_between,
)
from maillage.engines.matching.solve import solve

__all__ = [
    "LEAST_REASONS",
    "MOST_POINTS",
    "WEIGHTS",
    "Instance",
    "InstanceError",
    "Lone",
    "Match",
    "Reason",
    "ReasonKind",
    "Result",
    "Solution",
    "SolutionError",
    "Statement",
    "Why",
    "breaches",
    "metres_between",
    "solve",
    "sorted_pairs",
    "verify",
]
