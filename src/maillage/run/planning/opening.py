"""The slots that somebody's leave would open: for whoever plans."""

from datetime import date

from maillage.run.employment.models import Worker
from maillage.run.planning.models import Assignment


def slots_opened(worker: Worker, first: date, last: date) -> list[Assignment]:
    """Return what a worker has in the plan between two days, both included. One query."""
    rows = Assignment.objects.filter(
        worker=worker, slot__day__gte=first, slot__day__lte=last, slot__cancelled_at=None
    ).select_related("slot__organisation")
    return list(rows.order_by("slot__day", "slot__start_minute", "id"))
