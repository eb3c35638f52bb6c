"""A worker's documents and rights, in plain words with their articles."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from maillage.bricks.indicators.queries import limit_of
from maillage.run.employment.balances import leave_balance
from maillage.run.employment.models import Certificate, EmploymentContract, Worker
from maillage.run.employment.queries import in_force, week_minutes_on
from maillage.run.planning.calling.wording import said_hours
from maillage.run.planning.fairness import URGENT_CALLS, urgent_calls_of
from maillage.web.mywork.opening import opened


@require_safe
@opened
def rights(request: HttpRequest, worker: Worker) -> HttpResponse:
    """Show what was agreed, what is left of leave, and what the law promises."""
    today = localdate()
    contract = (
        EmploymentContract.objects.filter(in_force(today, today), worker=worker)
        .prefetch_related("amendments", "lendings__organisation")
        .first()
    )
    month_end = (today.replace(day=1) + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    context = {
        "token": request.token,  # type: ignore[attr-defined]  # set by the gate
        "worker": worker,
        "contract": contract,
        "hours": said_hours(week_minutes_on(contract, today)) if contract else "",
        "lendings": [
            one
            for one in (contract.lendings.all() if contract else ())
            if one.signed_on and one.starts_on <= today and (one.ended_on or today) >= today
        ],
        "certificates": list(Certificate.objects.filter(worker=worker)),
        "balance": leave_balance(worker, today),
        "calls": urgent_calls_of(worker.network, month_end)[worker.pk],
        "cap": int(limit_of(worker.network, URGENT_CALLS)),
        "today": today,
    }
    return render(request, "mywork/rights.html", context)
