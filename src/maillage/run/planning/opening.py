"""The slots that somebody's leave opens: for whoever grants it and plans."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from maillage.foundation.networks.acting import Acting
from maillage.run.employment.leaving import grant_leave
from maillage.run.employment.models import Leave, Worker
from maillage.run.planning.models import Assignment
from maillage.run.planning.placing import Step, carry_out


def slots_opened(worker: Worker, first: date, last: date) -> list[Assignment]:
    """Return what a worker has in the plan between two days, both included. One query."""
    rows = Assignment.objects.filter(
        worker=worker, slot__day__gte=first, slot__day__lte=last, slot__cancelled_at=None
    ).select_related("slot__organisation")
    return list(rows.order_by("slot__day", "slot__start_minute", "id"))


@transaction.atomic
def grant_and_open(*, acting: Acting, leave: Leave, sentence: str = "") -> int:
    """Grant a leave and take its slots out of the plan, both or neither; return how many.

    Raises LeaveError, PlacementError.
    """
    granted = grant_leave(acting=acting, leave=leave, sentence=sentence)
    worker = granted.worker
    held = slots_opened(worker, granted.starts_on, granted.ends_on)
    if held:
        carry_out(
            network=worker.network,
            actor_id=acting.person.public_id,
            steps=[Step(one.slot, None, worker) for one in held],
            why=_("On leave"),
        )
    return len(held)
