"""Why each job, and why each need left alone: as data, for the host to put into words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maillage.engines.pooling.explain.alone import left_alone
from maillage.engines.pooling.explain.findings import (
    Explanation,
    JobFacts,
    Reason,
    Relaxation,
    Unserved,
)
from maillage.engines.pooling.explain.jobs import job_facts
from maillage.engines.pooling.explain.relaxations import relaxed

if TYPE_CHECKING:
    from maillage.engines.pooling.instance import Instance
    from maillage.engines.pooling.solution import Solution

__all__ = ["Explanation", "JobFacts", "Reason", "Relaxation", "Unserved", "explain", "relaxed"]


def explain(instance: Instance, solution: Solution) -> Explanation:
    """Say why each job of `solution`, and why each need left alone, as data.

    `solution` must be valid (see `checks`). Codes and details are listed in `findings`, the costs
    of changes in `costs`. The same arguments always give the same explanation.
    """
    return Explanation(
        jobs=tuple(job_facts(instance, job) for job in solution.jobs),
        unserved=left_alone(instance, solution),
    )
