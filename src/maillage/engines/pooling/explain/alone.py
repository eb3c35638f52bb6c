"""Each need left alone: why, and the cheapest change that would serve it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from maillage.engines.pooling.explain.findings import Reason, Unserved
from maillage.engines.pooling.explain.reasons import reasons
from maillage.engines.pooling.explain.relaxations import proposed, relaxations
from maillage.engines.pooling.explain.situation import situation_of

if TYPE_CHECKING:
    from maillage.engines.pooling.instance import Instance
    from maillage.engines.pooling.solution import Solution


def left_alone(instance: Instance, solution: Solution) -> tuple[Unserved, ...]:
    """Explain every need that no job of `solution` serves, in the order of the instance."""
    served = {need_id for job in solution.jobs for need_id in job.need_ids}
    if len(served) == len(instance.needs):
        return ()
    explained = _explained(instance, solution)
    return tuple(
        explained.get(need.need_id) or Unserved(need.need_id, Reason("no_hours", {}), None)
        for need in instance.needs
        if need.need_id not in served
    )


def _explained(instance: Instance, solution: Solution) -> dict[str, Unserved]:
    """Explain the needs left alone that ask for hours."""
    situation = situation_of(instance, solution)
    why, free = reasons(situation)
    change = {
        need: proposed(situation, need, "free_job", {}, job.partners, job.job)
        for need, job in free.items()
    }
    others = [need for need in situation.alone.tolist() if need not in free]
    for need, relaxation in relaxations(situation, np.array(others, np.int64)).items():
        change[need] = relaxation
        if relaxation.code == "free_job":  # its reason was not searched to the end
            why[need] = Reason("free_job", {"partners": relaxation.partners, **relaxation.details})
    return {
        need_id: Unserved(need_id, why[need], change.get(need))
        for need in situation.alone.tolist()
        for need_id in situation.need_ids([need])
    }
