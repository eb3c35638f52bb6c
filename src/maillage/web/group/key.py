"""Who answers for debts: the key in force, its versions, an example on an amount."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from maillage.foundation.organisations.models import Organisation
from maillage.run.group.enums import KeyBasis
from maillage.run.group.models import SolidarityKey
from maillage.run.group.permissions import can_manage_group
from maillage.run.group.queries import key_in_force, members_on_day
from maillage.run.group.refusals import GroupError
from maillage.run.group.solidarity import WEIGHED, basis_of, claims_on, record_key, weighed
from maillage.web.group.planned import planned_hours
from maillage.web.group.reading import the_group, to
from maillage.web.group.sharing_forms import DebtForm, KeyForm
from maillage.web.ui.acting import NetworkRequest
from maillage.web.ui.forms import invalid_status
from maillage.web.ui.gates import in_network
from maillage.web.ui.toasts import said

FORM = ["GET", "HEAD", "POST"]


@require_safe
@in_network("read_group")
def key(request: NetworkRequest) -> HttpResponse:
    """Show the key in force, its versions, and what a debt would mean for each member."""
    group = the_group(request)
    held = key_in_force(group)
    members = list(members_on_day(request.network))
    form = DebtForm(request.GET if "amount" in request.GET else None, members=members)
    context = {
        "network": request.network,
        "manages": can_manage_group(request.acting),
        "key": held,
        "basis": basis_of(held).label,
        "bases": KeyBasis.choices,
        "versions": list(SolidarityKey.objects.filter(group=group)),
        "form": form,
        "example": _example(form, held, members) if form.is_bound and form.is_valid() else None,
    }
    return render(request, "group/key.html", context, status=invalid_status(form))


def _example(
    form: DebtForm, held: SolidarityKey | None, members: Sequence[Organisation]
) -> dict[str, Any]:
    without = form.cleaned_data["without"]
    paying = [one for one in members if str(one.public_id) != without]
    amount = form.cleaned_data["amount"]
    weights = weighed(held, paying)
    if not any(weights.values()):
        return {"amount": amount, "rows": [], "nobody": amount, "whole": False, "total": 0}
    cap = held.cap if held is not None else None
    claims = claims_on(amount, basis=basis_of(held), cap=cap, weights=weights)
    rows = [(one.name, claims.parts[one.public_id]) for one in paying]
    total = sum((part for _name, part in rows), Decimal(0))
    return {
        "amount": amount,
        "rows": rows,
        "nobody": claims.nobody,
        "whole": claims.whole,
        "total": total,
    }


@require_http_methods(FORM)
@in_network("manage_group")
def new_key(request: NetworkRequest, basis: str) -> HttpResponseBase:
    """Write down the key of the statutes; hours come from the plan, to be checked."""
    group = the_group(request)
    if basis not in KeyBasis.values:
        raise Http404
    members = list(members_on_day(request.network)) if basis in WEIGHED else []
    known = planned_hours(request.network) if basis == KeyBasis.HOURS else {}
    form = KeyForm(request.POST or None, weighing=members, known=known)
    if request.method == "POST" and form.is_valid():
        words = {
            name: form.cleaned_data[name]
            for name in ("statutes_ref", "effective_from", "cap", "trial_cap")
        }
        try:
            record_key(
                acting=request.acting, group=group, basis=basis, weights=form.weights(), **words
            )
        except GroupError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        else:
            said(request, _("The key is written down; the one before is kept."))
            return to(request, "key")
    context = {
        "title": KeyBasis(basis).label,
        "lede": _LEDES.get(KeyBasis(basis), ""),
        "form": form,
        "submit": _("Write the key down"),
        "cancel": reverse("group:key", args=[request.network.slug]),
    }
    return render(request, "ui/form_page.html", context, status=invalid_status(form))


_LEDES = {
    KeyBasis.HOURS: gettext_lazy("Hours are those of the plan over twelve months: check them."),
    KeyBasis.WAGE_COST: gettext_lazy(
        "The wages billed to each member over twelve months, in euros."
    ),
}
