"""The invoices of one's own firm."""

from decimal import Decimal
from uuid import UUID

from django.db.models import Sum
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from maillage.run.billing.enums import DocumentKind
from maillage.run.billing.models import Invoice, InvoiceLine
from maillage.web.billing.following import file_of
from maillage.web.billing.month import issued_in
from maillage.web.ui.acting import NetworkRequest
from maillage.web.ui.gates import in_network

MOST = 60
COUNTED = ("hours", "cancelled", "holiday_pay")


@require_safe
@in_network("see_own_bills")
def mine(request: NetworkRequest) -> HttpResponse:
    """Show a firm its invoices, and what it used this year."""
    rows = Invoice.objects.filter(network=request.network, organisation=request.acting.firm)
    issued = issued_in(rows.order_by("-issued_on", "-pk")[:MOST])
    year = localdate().year
    lines = InvoiceLine.objects.filter(
        invoice__in=[one.invoice.pk for one in issued],
        invoice__year=year,
        invoice__kind=DocumentKind.INVOICE,
        invoice__corrected_by=None,
    )
    sums = lines.aggregate(net=Sum("net"))
    hours = lines.filter(what__in=COUNTED).aggregate(hours=Sum("quantity"))
    context = {
        "network": request.network,
        "issued": issued,
        "year": year,
        "net": sums["net"] or Decimal(0),
        "hours": hours["hours"] or Decimal(0),
    }
    return render(request, "billing/mine.html", context)


@require_safe
@in_network("see_own_bills")
def file(request: NetworkRequest, invoice_id: UUID) -> HttpResponse:
    """Give a firm its own invoice."""
    found = Invoice.objects.filter(
        network=request.network, organisation=request.acting.firm, public_id=invoice_id
    ).first()
    if found is None:
        raise Http404
    return file_of(found, "pdf")
