"""What the group means for one's own firm: what it may be asked for, how to leave, the vote."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from maillage.foundation.organisations.models import Organisation
from maillage.run.group.comparing import vote
from maillage.run.group.dossier import agreement_in_words
from maillage.run.group.enums import ComparisonState, KeyBasis
from maillage.run.group.models import AgreementVote, Comparison, EmployerGroup, SolidarityKey
from maillage.run.group.queries import group_of, is_member, key_in_force, members_on_day
from maillage.run.group.refusals import GroupError
from maillage.run.group.rules import articles_in_words, in_words, kind_of
from maillage.run.group.solidarity import WEIGHED, basis_of, claims_on, weighed
from maillage.run.group.vat import vat_of
from maillage.web.group.comparisons import table_of
from maillage.web.group.reading import one_of, own_firm, the_group, to
from maillage.web.group.sharing_forms import OwnDebtForm
from maillage.web.group.vat import vat_in_words
from maillage.web.ui.acting import NetworkRequest
from maillage.web.ui.forms import invalid_status
from maillage.web.ui.gates import in_network
from maillage.web.ui.toasts import refused, said


@require_safe
@in_network("see_own_group")
def mine(request: NetworkRequest) -> HttpResponse:
    """Show one's own firm what the group means for it, before it signs and after."""
    firm = own_firm(request)
    group = group_of(request.network)
    if group is None:
        return render(request, "group/mine_none.html", {"network": request.network})
    member = is_member(request.network, firm)
    held = key_in_force(group)
    law = kind_of(group.kind)
    typed = request.GET if "amount" in request.GET else None
    form = OwnDebtForm(typed)
    if held is None or held.basis not in WEIGHED or member:
        del form.fields["weight"]
    form_ok = typed is not None and form.is_valid()
    open_votes = Comparison.objects.filter(group=group).exclude(state=ComparisonState.DRAFT)
    context = {
        "network": request.network,
        "group": group,
        "kind": group.get_kind_display(),
        "meaning": in_words(law.meaning),
        "article": articles_in_words(law.article),
        "agreement": agreement_in_words(group.agreement),
        "member": member,
        "basis": basis_of(held).label,
        "key": held,
        "ceiling": _ceiling(held, member=member),
        "form": form,
        "asks_weight": "weight" in form.fields,
        "example": _example(request, form, firm, held, member=member) if form_ok else None,
        "votes": list(open_votes),
        "vat": vat_in_words(vat_of(group, firm, localdate().year)),
    }
    return render(request, "group/mine.html", context, status=invalid_status(form))


def _ceiling(held: SolidarityKey | None, *, member: bool) -> Decimal | None:
    """Return the most a firm may be asked for, None without a ceiling."""
    if held is None:
        return None
    return held.cap if member or held.trial_cap is None else held.trial_cap


def _example(
    request: NetworkRequest,
    form: OwnDebtForm,
    firm: Organisation,
    held: SolidarityKey | None,
    *,
    member: bool,
) -> dict[str, Any]:
    """Return what the firm may be asked for on an amount; as if it were a member when it is not."""
    amount = form.cleaned_data["amount"]
    members = list(members_on_day(request.network))
    weights = weighed(held, members)
    if not member:
        weights[firm.public_id] = form.cleaned_data.get("weight") or Decimal(1)
    ceiling = _ceiling(held, member=member)
    basis = basis_of(held)
    if basis in WEIGHED and not any(weights.values()):
        return {"amount": amount, "part": None}
    claims = claims_on(amount, basis=basis, cap=held.cap if held else None, weights=weights)
    part = claims.parts[firm.public_id]
    return {
        "amount": amount,
        "part": part if ceiling is None else min(part, ceiling),
        "whole": basis == KeyBasis.ALL,
    }


def _put(request: NetworkRequest, comparison_id: UUID) -> Comparison:
    """Return a comparison that was put to the members; 404 for a draft, as for none."""
    group: EmployerGroup = the_group(request)
    rows = Comparison.objects.filter(group=group).exclude(state=ComparisonState.DRAFT)
    return one_of(rows.select_related("group__network"), comparison_id)


@require_safe
@in_network("see_own_group")
def ballot(request: NetworkRequest, comparison_id: UUID) -> HttpResponse:
    """Show the agreements side by side, and the voice of one's own firm."""
    firm = own_firm(request)
    found = _put(request, comparison_id)
    given = AgreementVote.objects.filter(comparison=found, organisation=firm).first()
    context = {
        "network": request.network,
        "manages": False,
        "member": is_member(request.network, firm),
        "given": given.agreement if given is not None else "",
        **table_of(found, list(found.cells.all())),
    }
    return render(request, "group/ballot.html", context)


@require_POST
@in_network("see_own_group")
def cast_vote(request: NetworkRequest, comparison_id: UUID) -> HttpResponseBase:
    """Give the voice of one's own firm."""
    own_firm(request)
    found = _put(request, comparison_id)
    try:
        vote(
            acting=request.acting,
            comparison=found,
            agreement=request.POST.get("agreement", ""),
        )
    except GroupError as error:
        refused(request, str(error))
    else:
        said(request, _("Your voice is kept: you may change it until the vote ends."))
    return to(request, "ballot", comparison_id)
