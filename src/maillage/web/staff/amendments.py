"""Amendments of a signed contract: hours for a time, renewal, list of firms."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from maillage.run.employment.amending import (
    HoursWords,
    amend_hours,
    change_users,
    drop_amendment,
    renew_contract,
)
from maillage.run.employment.contracts import users_on
from maillage.run.employment.enums import PaperKind
from maillage.run.employment.models import EmploymentContract, HoursAmendment
from maillage.run.employment.models_of_contracts import ContractRenewal, UsersChange
from maillage.run.employment.refusals import StaffError
from maillage.web.staff.contracts import record_url
from maillage.web.staff.fields import member_firms
from maillage.web.staff.lending_forms import HoursForm, RenewForm, UsersForm
from maillage.web.staff.reading import FORM, access_contract, access_paper, tell
from maillage.web.ui.acting import NetworkRequest
from maillage.web.ui.forms import invalid_status
from maillage.web.ui.gates import in_network
from maillage.web.ui.toasts import refused, said


def _amend(
    request: NetworkRequest,
    contract: EmploymentContract,
    form: forms.Form,
    keep: Callable[[dict[str, Any]], object],
    words: dict[str, str],
) -> HttpResponse:
    """Show the form of an amendment, or keep it and go back to the record."""
    back = record_url(request, contract)
    if request.method == "POST" and form.is_valid():
        try:
            keep(form.cleaned_data)
        except StaffError as error:
            tell(form, error)
        else:
            said(request, _("The amendment is drawn up: it holds once both have signed it."))
            return redirect(back)
    context = {
        "eyebrow": contract.worker.name,
        "form": form,
        "submit": _("Draw up the amendment"),
        "cancel": back,
        **words,
    }
    return render(request, "ui/form_page.html", context, status=invalid_status(form))


@require_http_methods(FORM)
@in_network("manage_staff")
def hours(request: NetworkRequest, contract_id: UUID) -> HttpResponse:
    """Change the hours of a part-time contract for a time."""
    contract = access_contract(contract_id)
    form = HoursForm(request.POST or None)
    words = {
        "title": _("Other hours, for a time"),
        "lede": _("More hours than the contract, under full time, when the branch allows it."),
    }

    def keep(typed: dict[str, Any]) -> object:
        return amend_hours(acting=request.acting, contract=contract, words=HoursWords(**typed))

    return _amend(request, contract, form, keep, words)


@require_http_methods(FORM)
@in_network("manage_staff")
def renew(request: NetworkRequest, contract_id: UUID) -> HttpResponse:
    """Have a contract that ends go on to another day."""
    contract = access_contract(contract_id)
    form = RenewForm(request.POST or None)
    words = {
        "title": _("Renew the contract"),
        "lede": _("Twice at most, within eighteen months in all, unless the branch differs."),
    }

    def keep(typed: dict[str, Any]) -> object:
        return renew_contract(acting=request.acting, contract=contract, **typed)

    return _amend(request, contract, form, keep, words)


@require_http_methods(FORM)
@in_network("manage_staff")
def firms(request: NetworkRequest, contract_id: UUID) -> HttpResponse:
    """Have a firm enter or leave the list of a contract."""
    contract = access_contract(contract_id)
    listed = users_on(contract, localdate())
    members = member_firms(request.network, localdate())
    choices = sorted({*listed, *members}, key=lambda firm: (firm.folded_name, firm.pk))
    form = UsersForm(request.POST or None, firms=choices)
    names = ", ".join(firm.name for firm in listed)
    words = {
        "title": _("Firms where the worker may work"),
        "lede": _("Today: %(names)s.") % {"names": names} if names else "",
    }

    def keep(typed: dict[str, Any]) -> object:
        return change_users(
            acting=request.acting,
            contract=contract,
            organisation=typed["firm"],
            joins=typed["joins"] == "yes",
            takes_effect_on=typed["takes_effect_on"],
        )

    return _amend(request, contract, form, keep, words)


@require_POST
@in_network("manage_staff")
def drop(request: NetworkRequest, amendment: str, subject_id: UUID) -> HttpResponse:
    """Throw away an amendment that was never signed."""
    if amendment not in {PaperKind.HOURS, PaperKind.USERS, PaperKind.RENEWAL}:
        raise Http404
    paper = access_paper(amendment, subject_id)
    subject = paper.subject
    assert isinstance(subject, HoursAmendment | UsersChange | ContractRenewal)  # noqa: S101 -- for the types
    try:
        drop_amendment(acting=request.acting, amendment=subject)
    except StaffError as error:
        refused(request, str(error))
    else:
        said(request, _("The draft is thrown away."))
    return redirect(record_url(request, paper.contract))
