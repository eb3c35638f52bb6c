"""The months of one's own firm, for those of its people who signed in."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from maillage.run.hours.confirming import month_path
from maillage.run.hours.models import FirmMonth
from maillage.web.ui.acting import NetworkRequest
from maillage.web.ui.gates import in_network

MOST = 24


@require_safe
@in_network("confirm_hours")
def mine(request: NetworkRequest) -> HttpResponse:
    """List the months that were sent to the firm, the latest first, each with its page."""
    rows = FirmMonth.objects.filter(
        network=request.network, organisation=request.acting.firm, sent_at__isnull=False
    ).order_by("-month")[:MOST]
    context = {
        "network": request.network,
        "months": [(row, month_path(row)) for row in rows],
    }
    return render(request, "hours/mine.html", context)
