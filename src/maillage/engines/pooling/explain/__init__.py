"""Why each job, and why each need left alone: as data, for the host to put into words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maillage.engines.pooling.explain.alone import unserved
from maillage.engines.pooling.explain.findings import (
    Explanation,
    JobFacts,
    Reason,
    Relaxation,
    Unserved,
)
from maillage.engines.pooling.explain.jobs import job_facts

if TYPE_CHECKING:
    from maillage.engines.pooling.instance import Instance
    from maillage.engines.pooling.solution import Solution

__all__ = ["Explanation", "JobFacts", "Reason", "Relaxation", "Unserved", "explain"]


def explain(instance: Instance, solution: Solution) -> Explanation:
    """Say why each job of `solution`, and why each need left alone, as data."""
    served = frozenset(need_id for job in solution.jobs for need_id in job.need_ids)
    return Explanation(
        jobs=tuple(job_facts(instance, job) for job in solution.jobs),
        unserved=tuple(unserved(instance, served)),
    )
