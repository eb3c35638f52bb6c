"""One invoice: its lines, where they come from, its files, what became of it, taking it back."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from maillage.run.billing.channels import WHYS
from maillage.run.billing.enums import NEXT, DocumentKind, InvoiceState
from maillage.run.billing.issuing import follow, state_of, take_back
from maillage.run.billing.models import Invoice
from maillage.run.billing.refusals import BillingError
from maillage.web.billing.month import KINDS
from maillage.web.ui.acting import NetworkRequest
from maillage.web.ui.gates import in_network
from maillage.web.ui.toasts import refused, said

FILES = {
    "pdf": ("pdf", "application/pdf", "pdf"),
    "xml": ("xml", "application/xml", "xml"),
}


@require_safe
@in_network("bill_members", hidden=True)
def invoice(request: NetworkRequest, invoice_id: UUID) -> HttpResponse:
    """Show an invoice."""
    found = _access(request, invoice_id)
    state = state_of(found)
    context = {
        "network": request.network,
        "found": found,
        "lines": found.lines.select_related("worker").prefetch_related("sources__entry"),
        "steps": found.steps.all(),
        "state": state.label,
        "kind": KINDS[state],
        "next": [(each, InvoiceState(each).label) for each in sorted(NEXT[state])],
        "why": WHYS[found.channel_why],
        "credit": Invoice.objects.filter(corrects=found).defer("xml", "pdf", "content").first(),
        "is_invoice": found.kind == DocumentKind.INVOICE,
    }
    return render(request, "billing/invoice.html", context)


@require_safe
@in_network("bill_members", hidden=True)
def file(request: NetworkRequest, invoice_id: UUID, kind: str) -> HttpResponse:
    """Give the file that left: the PDF with its XML inside, or the XML alone."""
    if kind not in FILES:
        raise Http404
    return file_of(_access(request, invoice_id), kind)


@require_POST
@in_network("bill_members")
def step(request: NetworkRequest, invoice_id: UUID) -> HttpResponse:
    """Write down what became of an invoice."""
    found = _access(request, invoice_id)
    try:
        follow(
            acting=request.acting,
            invoice=found,
            state=_state(request.POST.get("state", "")),
            note=request.POST.get("note", ""),
        )
    except BillingError as error:
        refused(request, str(error))
    else:
        said(request, _("It is written down."))
    return redirect("billing:invoice", request.network.slug, found.public_id)


@require_POST
@in_network("bill_members")
def undo(request: NetworkRequest, invoice_id: UUID) -> HttpResponse:
    """Take an invoice back by a credit note."""
    found = _access(request, invoice_id)
    try:
        made = take_back(acting=request.acting, invoice=found, why=request.POST.get("why", ""))
    except BillingError as error:
        refused(request, str(error))
        return redirect("billing:invoice", request.network.slug, found.public_id)
    said(request, _("Credit note %(number)s is issued.") % {"number": made.number})
    return redirect("billing:invoice", request.network.slug, made.public_id)


def file_of(found: Invoice, kind: str) -> HttpResponse:
    """Return a file of an invoice as an attachment named after its number."""
    field, mime, ending = FILES[kind]
    answer = HttpResponse(bytes(getattr(found, field)), content_type=mime)
    answer["Content-Disposition"] = f'attachment; filename="{found.number}.{ending}"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def _state(text: str) -> InvoiceState:
    try:
        return InvoiceState(text)
    except ValueError as error:
        raise BillingError(_("Choose what became of it."), "state") from error


def _access(request: NetworkRequest, invoice_id: UUID) -> Invoice:
    rows = Invoice.objects.filter(network=request.network, public_id=invoice_id)
    found = rows.select_related("organisation", "network").first()
    if found is None:
        raise Http404
    return found
