"""What is owed and how it comes in: late firms, bank statements, debits, mandates."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.run.group.queries import members_of
from maillage.run.payments.debiting import announce, write_order
from maillage.run.payments.enums import UNDER_WAY, DebitScheme
from maillage.run.payments.importing import import_statement
from maillage.run.payments.mandates import record_mandate
from maillage.run.payments.matching import accept, accept_sure, matches_of
from maillage.run.payments.models import Debit, DebitMandate, DebitOrder
from maillage.run.payments.queries import open_movements
from maillage.run.payments.refusals import PaymentsError
from maillage.run.payments.reminding import remind, to_remind
from maillage.web.billing.forms import MandateForm, StatementForm
from maillage.web.ui.acting import NetworkRequest
from maillage.web.ui.formats import number
from maillage.web.ui.forms import invalid_status
from maillage.web.ui.gates import in_network
from maillage.web.ui.toasts import refused, said, warned

FORM = ["GET", "HEAD", "POST"]
MOST = 60


@require_safe
@in_network("bill_members", hidden=True)
def home(request: NetworkRequest) -> HttpResponse:
    """Show who is late and what is debited."""
    network = request.network
    debits = Debit.objects.filter(invoice__network=network, state__in=UNDER_WAY)
    context = {
        "network": network,
        "late": to_remind(network),
        "debits": debits.select_related("invoice", "mandate__organisation")
        .defer("invoice__xml", "invoice__pdf", "invoice__content")
        .order_by("on", "pk")[:MOST],
        "orders": DebitOrder.objects.filter(network=network).defer("content").order_by("-pk")[:12],
        "schemes": DebitScheme.choices,
    }
    return render(request, "billing/payments.html", context)


@require_http_methods(FORM)
@in_network("bill_members", hidden=True)
def bank(request: NetworkRequest) -> HttpResponse:
    """Show what the bank says and what it seems to pay; read a statement."""
    form = StatementForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            read = import_statement(
                acting=request.acting, content=form.cleaned_data["statement"].read()
            )
        except PaymentsError as error:
            form.add_error("statement", str(error))
        else:
            count = len(read.movements)
            words = ngettext("%(n)s movement is read.", "%(n)s movements are read.", count)
            said(request, words % {"n": number(count)})
            return redirect("billing:bank", request.network.slug)
    movements = open_movements(request.network)
    matches = matches_of(request.network, movements)
    known = {match.movement.pk for match in matches}
    left = [one for one in movements if one[0].pk not in known]
    context = {
        "network": request.network,
        "form": form,
        "matches": matches,
        "sure": sum(match.sure for match in matches),
        "others": left[:MOST],
    }
    return render(request, "billing/bank.html", context, status=invalid_status(form))


@require_http_methods(FORM)
@in_network("bill_members", hidden=True)
def mandate(request: NetworkRequest) -> HttpResponse:
    """Show the mandates, and write one down."""
    form = MandateForm(members_of(request.network), request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            record_mandate(acting=request.acting, organisation=form.firm, signed=form.signed())
        except PaymentsError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        else:
            said(request, _("It is written down."))
            return redirect("billing:payments", request.network.slug)
    context = {
        "network": request.network,
        "form": form,
        "title": _("A mandate to debit"),
        "submit": _("Write it down"),
        "known": DebitMandate.objects.filter(network=request.network, ended_on=None)
        .select_related("organisation")
        .order_by("organisation__folded_name"),
    }
    return render(request, "billing/mandate.html", context, status=invalid_status(form))


@require_POST
@in_network("bill_members")
def act(request: NetworkRequest) -> HttpResponse:
    """Do one thing with payments: remind, accept what a statement says, announce, give the bank."""
    kind = request.POST.get("act", "")
    if kind not in ACTS:
        raise Http404
    try:
        ACTS[kind](request)
    except PaymentsError as error:
        refused(request, str(error))
    back = "billing:bank" if kind in {"accept", "accept_sure"} else "billing:payments"
    return redirect(back, request.network.slug)


@require_safe
@in_network("bill_members", hidden=True)
def order(request: NetworkRequest, order_id: UUID) -> HttpResponse:
    """Give the file of debits that the bank takes (pain.008)."""
    found = DebitOrder.objects.filter(network=request.network, public_id=order_id).first()
    if found is None:
        raise Http404
    answer = HttpResponse(bytes(found.content), content_type="application/xml")
    answer["Content-Disposition"] = f'attachment; filename="{found.reference}.xml"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def _remind(request: NetworkRequest) -> None:
    asked = request.POST.get("firm", "")
    for one in to_remind(request.network):
        if str(one.organisation.public_id) == asked:
            remind(acting=request.acting, organisation=one.organisation)
            said(request, _("%(firm)s is reminded.") % {"firm": one.organisation.name})
            return
    raise PaymentsError(_("Nothing of this firm is late, or it is being debited."))


def _accept(request: NetworkRequest) -> None:
    asked = request.POST.get("movement", "")
    for match in matches_of(request.network):
        if str(match.movement.public_id) == asked:
            accept(acting=request.acting, match=match)
            said(request, _("It is written down."))
            return
    raise PaymentsError(_("This movement is settled already."))


def _accept_sure(request: NetworkRequest) -> None:
    count = accept_sure(acting=request.acting)
    words = ngettext("%(n)s movement is settled.", "%(n)s movements are settled.", count)
    said(request, words % {"n": number(count)})


def _announce(request: NetworkRequest) -> None:
    debits, untold = announce(acting=request.acting)
    words = ngettext("%(n)s debit is announced.", "%(n)s debits are announced.", len(debits))
    said(request, words % {"n": number(len(debits))})
    if untold:
        names = ", ".join(
            f"{one.debits[0].mandate.organisation.name} ({one.why})" for one in untold
        )
        warned(request, _("Not written to, tell them yourself: %(firms)s") % {"firms": names})


def _give(request: NetworkRequest) -> None:
    scheme = request.POST.get("scheme", "")
    if scheme not in DebitScheme.values:
        raise PaymentsError(_("Choose which debits leave."))
    made, held = write_order(acting=request.acting, scheme=DebitScheme(scheme))
    said(request, _("The file %(name)s is ready for the bank.") % {"name": made.reference})
    if held:
        why = "; ".join(f"{one.debit.reference}: {one.why}" for one in held)
        warned(request, _("Held back: %(why)s") % {"why": why})


ACTS = {
    "remind": _remind,
    "accept": _accept,
    "accept_sure": _accept_sure,
    "announce": _announce,
    "give": _give,
}
