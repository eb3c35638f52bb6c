"""Somebody leaves the group: the slots that are to be filled again, out of the plan at once.

For who keeps workers and who plans, never for a firm.
"""

from collections.abc import Mapping
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Count, QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from maillage.foundation.networks.acting import Acting
from maillage.foundation.organisations.models import Organisation
from maillage.run.employment.departure import end_contract
from maillage.run.employment.enums import EndReason
from maillage.run.employment.models import EmploymentContract, Worker
from maillage.run.employment.queries import contract_on
from maillage.run.planning.models import Assignment
from maillage.run.planning.placing import Step, carry_out


@transaction.atomic
def end_and_open(
    *,
    acting: Acting,
    contract: EmploymentContract,
    ended_on: date,
    reason: EndReason,
    hired_by: Organisation | None = None,
    replace: bool = False,
) -> int:
    """End a contract and take the slots after it out of the plan, both or neither; return how many.

    A worker who has another contract for those days keeps what it allows. Raises StaffError.
    """
    kept = end_contract(
        acting=acting,
        contract=contract,
        ended_on=ended_on,
        reason=reason,
        hired_by=hired_by,
        replace=replace,
    )
    worker = kept.worker
    held = assigned_after(worker, max(ended_on, localdate() - timedelta(days=1)))
    steps = [
        Step(each.slot, None, worker)
        for each in held.select_related("slot")
        if contract_on(worker, each.slot.day) is None
    ]
    if steps:
        carry_out(
            network=worker.network,
            actor_id=acting.person.public_id,
            steps=steps,
            why=_("The contract has ended."),
        )
    return len(steps)


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
