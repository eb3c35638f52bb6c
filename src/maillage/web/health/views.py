"""The figures of shared work, one by one, for the board and the animator."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from maillage.bricks.indicators.actions import look_again
from maillage.bricks.indicators.models import Alert, Threshold
from maillage.run.employment.forecast import forecast, open_recruitments
from maillage.run.employment.models import Recruitment
from maillage.web.health.reading import access_indicator, indicators_shown, rows_of, shown
from maillage.web.ui.acting import NetworkRequest
from maillage.web.ui.formats import number
from maillage.web.ui.gates import in_network
from maillage.web.ui.toasts import said

MOST_LEAVERS = 20


@require_safe
@in_network("see_staff_health", hidden=True)
def home(request: NetworkRequest) -> HttpResponse:
    """Show every figure beside its threshold, and the departures to be expected."""
    today = localdate()
    coming = forecast(request.network, today)
    known = [(one.worker.name, one.title, one.ended_on or one.ends_on) for one in coming.known]
    open_ones = Recruitment.objects.filter(network=request.network, task__done_at=None)
    context = {
        "network": request.network,
        "indicators": indicators_shown(request),
        "coming": coming,
        "known": known[:MOST_LEAVERS],
        "more": max(len(known) - MOST_LEAVERS, 0),
        "open": open_ones.filter(needed_on__gt=today).count(),
        "may_recruit": request.acting.can("manage_staff"),
    }
    return render(request, "health/home.html", context)


@require_safe
@in_network("see_staff_health", hidden=True)
def indicator(request: NetworkRequest, indicator: str) -> HttpResponse:
    """Show one figure: its formula, its months, who makes it, its threshold, its alerts."""
    reading = access_indicator(request, indicator)
    key, network = reading.indicator.key, request.network
    votes = Threshold.objects.filter(network=network, key=key).select_related("decision")
    alerts = Alert.objects.filter(network=network, key=key).select_related("decision")
    context = {
        "network": network,
        "shown": shown(reading),
        "indicator": reading.indicator,
        "rows": rows_of(reading),
        "lines": reading.indicator.measure(network, localdate()).lines,
        "votes": list(reversed(votes)),
        "alerts": list(alerts),
        "may_decide": request.acting.can("record_decisions"),
    }
    return render(request, "health/indicator.html", context)


@require_POST
@in_network("see_staff_health", hidden=True)
def look(request: NetworkRequest) -> HttpResponse:
    """Work the figures out now."""
    look_again(acting=request.acting)
    said(request, _("The figures are those of now."))
    return redirect("health:home", request.network.slug)


@require_POST
@in_network("manage_staff", hidden=True)
def recruit(request: NetworkRequest) -> HttpResponse:
    """Open the recruitments that the forecast asks for."""
    count = len(open_recruitments(acting=request.acting))
    text = ngettext(
        "%(n)s recruitment is open, with its first days: they are among the tasks.",
        "%(n)s recruitments are open, with their first days: they are among the tasks.",
        count,
    )
    said(request, text % {"n": number(count)} if count else _("They were all open already."))
    return redirect("health:home", request.network.slug)
