"""Slots that a departure leaves to be filled again; for who plans, never for a firm."""

from collections.abc import Mapping
from datetime import date

from django.db.models import Count, QuerySet

from maillage.foundation.organisations.models import Organisation
from maillage.run.employment.models import Worker
from maillage.run.planning.models import Assignment


def assigned_after(worker: Worker, day: date) -> QuerySet[Assignment]:
    """Return the slots that a worker is to work after a day."""
    return Assignment.objects.filter(worker=worker, slot__day__gt=day, slot__cancelled_at=None)


def assigned_until(worker: Worker, first: date, last: date) -> int:
    """Return the minutes that a worker is planned to work on some days. One query."""
    rows = Assignment.objects.filter(
        worker=worker, slot__day__gte=first, slot__day__lte=last, slot__cancelled_at=None
    ).select_related("slot")
    return sum(assignment.slot.minutes for assignment in rows)


def assigned_at_after(firm: Organisation, day: date) -> Mapping[int, int]:
    """Return how many slots each worker is to work in a firm after a day, by row number."""
    rows = Assignment.objects.filter(
        slot__organisation=firm, slot__day__gt=day, slot__cancelled_at=None
    )
    return dict(rows.order_by().values_list("worker").annotate(Count("pk")))
