"""Pooling: which permanent jobs can firms create together from their partial needs?

    result = pooling.solve(instance, stop=MaxRuntime(30), seed=1)
    result.status, result.objective, result.bound, result.gap, result.explain()

`instance` holds the question, `solution` the answer, `checks` judges one against the other
without any solver, `explain` says why. Everything else is how the answer is found: see
`solve`.
"""

from maillage.engines.kernel.errors import InstanceError, SolutionError
from maillage.engines.kernel.status import Status
from maillage.engines.kernel.stop import MaxIterations, MaxRuntime
from maillage.engines.pooling.checks import breaches, verify
from maillage.engines.pooling.instance import CONTRACTS, Contract, Instance, Need, sorted_pairs
from maillage.engines.pooling.result import Result
from maillage.engines.pooling.solution import SharedJob, Solution, objective_of
from maillage.engines.pooling.solve import solve
from maillage.engines.pooling.warming import warm_up

__all__ = [
    "CONTRACTS",
    "Contract",
    "Instance",
    "InstanceError",
    "MaxIterations",
    "MaxRuntime",
    "Need",
    "Result",
    "SharedJob",
    "Solution",
    "SolutionError",
    "Status",
    "breaches",
    "objective_of",
    "solve",
    "sorted_pairs",
    "verify",
    "warm_up",
]
