"""The contract of a worker: drawn up, changed, thrown away; its hiring declared."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from maillage.run.employment.contracts import (
    change_contract,
    draft_contract,
    drop_contract,
    record_declaration,
    words_of,
)
from maillage.run.employment.models import EmploymentContract
from maillage.run.employment.refusals import StaffError
from maillage.web.staff.fields import member_firms
from maillage.web.staff.forms import ContractForm, DeclareForm, contract_values
from maillage.web.staff.reading import FORM, access_contract, access_worker, tell
from maillage.web.ui.acting import NetworkRequest
from maillage.web.ui.forms import invalid_status
from maillage.web.ui.gates import in_network
from maillage.web.ui.toasts import refused, said


def record_url(request: NetworkRequest, contract: EmploymentContract) -> str:
    """Return the address of the record of a worker."""
    return reverse("staff:worker", args=[request.network.slug, contract.worker.public_id])


@require_http_methods(FORM)
@in_network("manage_staff")
def new(request: NetworkRequest, worker_id: UUID) -> HttpResponse:
    """Draw up the contract of a worker."""
    worker = access_worker(worker_id)
    back = reverse("staff:worker", args=[request.network.slug, worker.public_id])
    firms = member_firms(request.network, localdate())
    form = ContractForm(request.POST or None, firms=firms)
    join = None
    if request.method == "POST" and form.is_valid():
        try:
            draft_contract(acting=request.acting, worker=worker, words=form.words())
        except StaffError as error:
            join = tell(form, error)
        else:
            said(request, _("The contract is drawn up: have it signed by both."))
            return redirect(back)
    shown = {"title": _("Draw up the contract"), "eyebrow": worker.name, "back": back, "join": join}
    return contract_page(request, form, shown)


@require_http_methods(FORM)
@in_network("manage_staff")
def change(request: NetworkRequest, contract_id: UUID) -> HttpResponse:
    """Change a contract that is not signed yet."""
    contract = access_contract(contract_id)
    back = record_url(request, contract)
    if contract.signed_on is not None:
        refused(request, _("This contract is signed: it changes by an amendment that both sign."))
        return redirect(back)
    firms = member_firms(request.network, localdate())
    form = ContractForm(
        request.POST or None, firms=firms, initial=contract_values(words_of(contract))
    )
    join = None
    if request.method == "POST" and form.is_valid():
        try:
            change_contract(acting=request.acting, contract=contract, words=form.words())
        except StaffError as error:
            join = tell(form, error)
        else:
            said(request, _("Saved. What was sent to be signed is to be sent again."))
            return redirect(back)
    name = contract.worker.name
    shown = {"title": _("Change the contract"), "eyebrow": name, "back": back, "join": join}
    return contract_page(request, form, shown)


def contract_page(
    request: NetworkRequest, form: ContractForm, shown: dict[str, Any]
) -> HttpResponse:
    """Show the form of a contract; a firm that should join first has its button."""
    context = {"network": request.network, "form": form, "submit": _("Keep this contract"), **shown}
    return render(request, "staff/contract.html", context, status=invalid_status(form))


@require_POST
@in_network("manage_staff")
def drop(request: NetworkRequest, contract_id: UUID) -> HttpResponse:
    """Throw away a contract that was never signed."""
    contract = access_contract(contract_id)
    try:
        drop_contract(acting=request.acting, contract=contract)
    except StaffError as error:
        refused(request, str(error))
    else:
        said(request, _("The draft is thrown away."))
    return redirect(record_url(request, contract))


@require_http_methods(FORM)
@in_network("manage_staff")
def declare(request: NetworkRequest, contract_id: UUID) -> HttpResponse:
    """Write down that the hiring was declared."""
    contract = access_contract(contract_id)
    back = record_url(request, contract)
    form = DeclareForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            record_declaration(
                acting=request.acting, contract=contract, day=form.cleaned_data["day"]
            )
        except StaffError as error:
            tell(form, error)
        else:
            said(request, _("The declaration is written down."))
            return redirect(back)
    context = {
        "title": _("Declaration before hiring"),
        "eyebrow": contract.worker.name,
        "lede": _("It is made on the site of the social bodies; its day is kept here."),
        "form": form,
        "submit": _("Keep this day"),
        "cancel": back,
    }
    return render(request, "ui/form_page.html", context, status=invalid_status(form))
