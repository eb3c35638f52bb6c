"""The treasurer's month: what keeps it from leaving first, then what is to be billed, what was."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from maillage.foundation.jobs.models import Run
from maillage.foundation.jobs.registry import result_page
from maillage.run.billing.drafting import Draft, drafts_of
from maillage.run.billing.enums import DocumentKind, InvoiceState
from maillage.run.billing.models import Invoice, InvoiceStep
from maillage.run.billing.refusals import BillingError
from maillage.run.billing.tasks import ISSUE, issue_later
from maillage.run.billing.writing import Seller, seller_of, way_for
from maillage.run.hours.queries import is_closed
from maillage.web.ui.acting import NetworkRequest
from maillage.web.ui.gates import in_network
from maillage.web.ui.months import around, month_asked

KINDS = {
    InvoiceState.ISSUED: "plain",
    InvoiceState.DEPOSITED: "watch",
    InvoiceState.REJECTED: "no",
    InvoiceState.REFUSED: "no",
    InvoiceState.PAID: "ok",
}


@dataclass(frozen=True, slots=True)
class ToBill:
    """A firm to bill: what it comes to, what it is made of, how it leaves or what is missing."""

    firm: str
    net: Decimal
    wages: Decimal
    contributions: Decimal
    rest: Decimal
    leaves: str
    problem: str


@dataclass(frozen=True, slots=True)
class Issued:
    """An invoice in a list, with where it stands."""

    invoice: Invoice
    state: str
    kind: str
    late: bool


@require_safe
@in_network("bill_members", hidden=True)
def home(request: NetworkRequest) -> HttpResponse:
    """Show a month: what is missing, what is to be billed, what was."""
    network = request.network
    month = month_asked(request.GET.get("month", ""))
    drafts = drafts_of(network, month)
    missing, seller = "", None
    try:
        seller = seller_of(network, {one.organisation.pk for one in drafts}, localdate())
    except BillingError as error:
        missing = str(error)
    lines = [_line(one, seller) for one in drafts]
    issued = issued_in(Invoice.objects.filter(network=network, month=month))
    before, after = around(month)
    context = {
        "network": network,
        "month": month,
        "before": before,
        "after": after,
        "closed": is_closed(network, month),
        "missing": missing,
        "faulty": [line for line in lines if line.problem],
        "ready": [line for line in lines if not line.problem],
        "net": sum((line.net for line in lines if not line.problem), Decimal(0)),
        "issued": issued,
        "billed": sum((_signed(one.invoice) for one in issued), Decimal(0)),
        "running": Run.objects.filter(
            kind=ISSUE, network_id=network.public_id, finished_at=None
        ).first(),
    }
    return render(request, "billing/home.html", context)


@require_POST
@in_network("bill_members")
def issue(request: NetworkRequest) -> HttpResponse:
    """Issue a month in the background."""
    month = month_asked(request.POST.get("month", ""))
    return redirect("runs:page", issue_later(acting=request.acting, month=month).public_id)


@result_page(ISSUE)
def month_issued(run: Run) -> str:
    """Return the page of the month that a run issued."""
    page = reverse("billing:home", args=[run.result["network"]])
    return f"{page}?month={run.result['month'][:7]}"


def issued_in(invoices: QuerySet[Invoice]) -> list[Issued]:
    """Return invoices with where each stands, in two queries."""
    rows = list(invoices.select_related("organisation").defer("xml", "pdf", "content"))
    last: dict[int, InvoiceStep] = {}
    for step in InvoiceStep.objects.filter(invoice__in=[row.pk for row in rows]).order_by("pk"):
        last[step.invoice_id] = step
    return [_issued(row, last.get(row.pk)) for row in rows]


def _issued(row: Invoice, step: InvoiceStep | None) -> Issued:
    state = InvoiceState(step.state) if step is not None else InvoiceState.ISSUED
    owed = row.kind == DocumentKind.INVOICE and state != InvoiceState.PAID
    return Issued(row, str(state.label), KINDS[state], owed and row.due_on < localdate())


def _signed(invoice: Invoice) -> Decimal:
    return -invoice.net if invoice.kind == DocumentKind.CREDIT_NOTE else invoice.net


def _line(draft: Draft, seller: Seller | None) -> ToBill:
    problem, leaves = draft.problem, ""
    if not problem and seller is not None:
        try:
            way = way_for(seller, draft.organisation, localdate())
            leaves = str(way.channel.label)
        except BillingError as error:
            problem = str(error)
    if not problem and draft.net <= 0:
        problem = _("It comes to nothing, or less: it waits for the next invoice.")
    return ToBill(
        firm=draft.organisation.name,
        net=draft.net,
        wages=sum((line.wages for line in draft.lines), Decimal(0)),
        contributions=sum((line.contributions for line in draft.lines), Decimal(0)),
        rest=sum((line.rest for line in draft.lines), Decimal(0)),
        leaves=leaves,
        problem=problem,
    )
