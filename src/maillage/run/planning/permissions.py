"""What people may do with the plan."""

from maillage.foundation.networks.acting import Acting


def can_plan_work(acting: Acting) -> bool:
    """Whether somebody places workers, publishes weeks and answers calls."""
    return acting.can("plan_work")


def can_see_plan(acting: Acting) -> bool:
    """Whether somebody reads the plan of every worker."""
    return acting.can("plan_work") or acting.can("see_plan")
