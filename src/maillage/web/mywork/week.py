"""Today and this week; “I have seen my week”."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from maillage.run.employment.models import Worker
from maillage.run.planning.calling.links import calendar_path, offer_path
from maillage.run.planning.calling.queries import offers_to
from maillage.run.planning.calling.seeing import see_week
from maillage.web.mywork.opening import opened
from maillage.web.mywork.reading import week_of
from maillage.web.ui.shifts import monday_asked, span
from maillage.web.ui.toasts import said

WEEK = timedelta(days=7)


@require_safe
@opened
def home(request: HttpRequest, worker: Worker) -> HttpResponse:
    """Show today, then the week; reading it changes nothing."""
    today = localdate()
    monday = monday_asked(request.GET.get("week", ""), today)
    context = {
        "token": request.token,  # type: ignore[attr-defined]  # set by the gate
        "worker": worker,
        "network": worker.network,
        "week": week_of(worker, monday),
        "today": today,
        "this_week": monday <= today < monday + WEEK,
        "before": monday - WEEK,
        "after": monday + WEEK,
        "offers": [
            (offer, offer_path(offer), span(slot.start_minute, slot.end_minute))
            for offer in offers_to(worker, today)
            for slot in (offer.call.slot,)
        ],
        "calendar": calendar_path(worker),
    }
    return render(request, "mywork/home.html", context)


@require_POST
@opened
def seen(request: HttpRequest, worker: Worker) -> HttpResponse:
    """Keep that the worker has seen a week, as it was last published."""
    monday = monday_asked(request.POST.get("week", ""), localdate())
    see_week(worker=worker, monday=monday)
    said(request, _("Thank you: whoever plans knows that you have seen it."))
    response = redirect("mywork:home", request.token)  # type: ignore[attr-defined]  # by the gate
    response["Location"] += f"?week={monday.isoformat()}"
    return response
