"""How long the workers of a firm may still work; where else, when the charter opens it."""

from datetime import date, timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from maillage.foundation.visibility.queries import rivals_of
from maillage.launch.charter.queries import parameter_of
from maillage.run.employment.models import LendingAgreement
from maillage.run.employment.queries import in_force
from maillage.run.planning.calling.queries import told_between
from maillage.run.planning.calling.wording import said_hours
from maillage.run.planning.headroom import WorkerRoom, headroom_in
from maillage.run.planning.models import PublishedShift
from maillage.web.ui.acting import NetworkRequest
from maillage.web.ui.gates import in_network
from maillage.web.ui.shifts import monday_asked, span
from maillage.web.week.reading import own_firm

WORKPLACES = "workplaces"


@require_safe
@in_network("see_own_week")
def people(request: NetworkRequest) -> HttpResponse:
    """Show what the law leaves each worker lent to the firm, today and this week."""
    rows = headroom_in(request.network, own_firm(request), localdate())
    context = {
        "network": request.network,
        "rows": [_row(each) for each in rows],
    }
    piece = "week/_people.html" if request.htmx else "week/people.html"  # type: ignore[attr-defined]  # set by django_htmx
    return render(request, piece, context)


def _row(each: WorkerRoom) -> dict[str, object]:
    return {
        "worker": each.worker,
        "today": said_hours(min(each.left.day, each.left.week)),
        "week": said_hours(each.left.week),
        "planned": said_hours(each.planned),
        "used": each.planned,
        "most": each.planned + each.left.week,
    }


@require_safe
@in_network("see_own_week")
def elsewhere(request: NetworkRequest) -> HttpResponse:
    """Show which days of the week the workers of the firm are taken.

    Where they are on those days is shown only when the charter opens it, and never that they are
    with a competitor of the firm.
    """
    firm, monday = own_firm(request), monday_asked(request.GET.get("week", ""), localdate())
    sunday = monday + timedelta(days=6)
    opened = parameter_of(request.network, "timetables") == WORKPLACES
    lent = LendingAgreement.objects.filter(
        in_force(monday, sunday),
        organisation=firm,
        signed_on__isnull=False,
        contract__worker__network=request.network,
    ).values("contract__worker")
    hidden = rivals_of([firm.pk]) if opened else frozenset()
    days = [monday + timedelta(days=number) for number in range(7)]
    found: dict[str, dict[date, list[str]]] = {}
    for shift in told_between(request.network, monday, sunday, lent):
        row = found.setdefault(shift.worker.name, {day: [] for day in days})
        row[shift.day].append(_place(shift, firm.pk, hidden if opened else None))
    context = {
        "network": request.network,
        "monday": monday,
        "before": monday - timedelta(days=7),
        "after": monday + timedelta(days=7),
        "opened": opened,
        "days": days,
        "rows": [
            (name, [list(dict.fromkeys(row[day])) for day in days])
            for name, row in sorted(found.items())
        ],
    }
    return render(request, "week/elsewhere.html", context)


def _place(shift: PublishedShift, firm_pk: int, hidden: frozenset[int] | None) -> str:
    """Return what a firm reads of a shift; `hidden` None: the charter opens no workplace."""
    if shift.organisation_id == firm_pk:
        return _("With you, %(time)s") % {"time": span(shift.start_minute, shift.end_minute)}
    if hidden is None or shift.organisation_id in hidden:
        return _("Taken")
    return f"{shift.organisation.name}, {span(shift.start_minute, shift.end_minute)}"
