"""Lending agreements: drawn up, changed, ended, with their notice."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from maillage.foundation.organisations.models import Organisation
from maillage.run.employment.lending import (
    change_lending,
    draft_lending,
    drop_lending,
    end_lending,
    give_notice,
)
from maillage.run.employment.refusals import StaffError
from maillage.web.staff.contracts import record_url
from maillage.web.staff.fields import member_firms
from maillage.web.staff.lending_forms import (
    EndLendingForm,
    LendingForm,
    NoticeForm,
    lending_values,
)
from maillage.web.staff.reading import FORM, access_contract, access_lending, tell
from maillage.web.ui.acting import NetworkRequest
from maillage.web.ui.forms import invalid_status
from maillage.web.ui.gates import in_network
from maillage.web.ui.toasts import refused, said


@require_http_methods(FORM)
@in_network("manage_staff")
def new(request: NetworkRequest, contract_id: UUID) -> HttpResponse:
    """Draw up the agreement by which a worker is lent to a firm."""
    contract = access_contract(contract_id)
    back = record_url(request, contract)
    initial = {
        "post": contract.title,
        "occupation": contract.occupation,
        "starts_on": max(contract.starts_on, localdate()),
        "ends_on": contract.ends_on,
    }
    firms = member_firms(request.network, localdate())
    form = LendingForm(request.POST or None, firms=firms, initial=initial)
    join = None
    if request.method == "POST" and form.is_valid():
        try:
            draft_lending(acting=request.acting, contract=contract, words=form.words())
        except StaffError as error:
            join = tell(form, error)
        else:
            said(request, _("The agreement is drawn up: have it signed by both."))
            return redirect(back)
    title = _("Lend to a firm")
    return _page(request, form, title, contract.worker.name, back, join)


@require_http_methods(FORM)
@in_network("manage_staff")
def change(request: NetworkRequest, lending_id: UUID) -> HttpResponse:
    """Change an agreement that is not signed yet."""
    lending = access_lending(lending_id)
    back = record_url(request, lending.contract)
    if lending.signed_on is not None:
        refused(request, _("This agreement is signed: end it, then draw up another."))
        return redirect(back)
    firms = member_firms(request.network, localdate())
    if lending.organisation not in firms:
        firms = [*firms, lending.organisation]
    form = LendingForm(request.POST or None, firms=firms, initial=lending_values(lending))
    join = None
    if request.method == "POST" and form.is_valid():
        try:
            change_lending(acting=request.acting, lending=lending, words=form.words())
        except StaffError as error:
            join = tell(form, error)
        else:
            said(request, _("Saved. What was sent to be signed is to be sent again."))
            return redirect(back)
    title = _("Change the lending agreement")
    return _page(request, form, title, lending.contract.worker.name, back, join)


def _page(
    request: NetworkRequest,
    form: LendingForm,
    title: str,
    eyebrow: str,
    back: str,
    join: Organisation | None,
) -> HttpResponse:
    context = {
        "network": request.network,
        "title": title,
        "eyebrow": eyebrow,
        "form": form,
        "submit": _("Keep this agreement"),
        "back": back,
        "join": join,
    }
    return render(request, "staff/contract.html", context, status=invalid_status(form))


@require_POST
@in_network("manage_staff")
def drop(request: NetworkRequest, lending_id: UUID) -> HttpResponse:
    """Throw away an agreement that was never signed."""
    lending = access_lending(lending_id)
    try:
        drop_lending(acting=request.acting, lending=lending)
    except StaffError as error:
        refused(request, str(error))
    else:
        said(request, _("The draft is thrown away."))
    return redirect(record_url(request, lending.contract))


@require_http_methods(FORM)
@in_network("manage_staff")
def notice(request: NetworkRequest, lending_id: UUID) -> HttpResponse:
    """Write down that notice was given."""
    lending = access_lending(lending_id)
    back = record_url(request, lending.contract)
    form = NoticeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            give_notice(acting=request.acting, lending=lending, **form.cleaned_data)
        except StaffError as error:
            tell(form, error)
        else:
            said(request, _("The notice is written down."))
            return redirect(back)
    context = {
        "title": _("Notice"),
        "eyebrow": f"{lending.contract.worker.name}, {lending.organisation.name}",
        "lede": _("%(days)s days were agreed.") % {"days": lending.notice_days},
        "form": form,
        "submit": _("Keep this day"),
        "cancel": back,
    }
    return render(request, "ui/form_page.html", context, status=invalid_status(form))


@require_http_methods(FORM)
@in_network("manage_staff")
def end(request: NetworkRequest, lending_id: UUID) -> HttpResponse:
    """End an agreement on a day."""
    lending = access_lending(lending_id)
    back = record_url(request, lending.contract)
    form = EndLendingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            end_lending(acting=request.acting, lending=lending, **form.cleaned_data)
        except StaffError as error:
            tell(form, error)
        else:
            said(request, _("The agreement ends on this day."))
            return redirect(back)
    context = {
        "title": _("End the lending agreement"),
        "eyebrow": f"{lending.contract.worker.name}, {lending.organisation.name}",
        "form": form,
        "submit": _("End it"),
        "cancel": back,
    }
    return render(request, "ui/form_page.html", context, status=invalid_status(form))
