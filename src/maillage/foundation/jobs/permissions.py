"""Who may see a run."""

from collections.abc import Callable
from uuid import UUID

from maillage.foundation.jobs.models import Run


def can_see_run(run: Run, *, person_id: UUID, animates: Callable[[UUID], bool]) -> bool:
    """Tell whether a person started a run or animates the network it works for.

    `animates` answers, for the id of a network, whether the person animates it: networks live on a
    higher floor.
    """
    if run.owner_id is None:
        return False
    return run.owner_id == person_id or (run.network_id is not None and animates(run.network_id))


can_cancel_run = can_see_run
