"""The register of competitors: what a firm names, what the animator records."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from maillage.foundation.organisations.models import Organisation
from maillage.foundation.visibility.actions import competitors as acts
from maillage.foundation.visibility.directory import directory_of
from maillage.foundation.visibility.enums import CompetitionSource
from maillage.foundation.visibility.models import Competition, CompetitorClaim
from maillage.foundation.visibility.queries import (
    SHIELDING,
    claims_of,
    claims_to_settle,
    pairs_in_force,
    suggested_pairs,
)
from maillage.foundation.visibility.refusals import CompetitionError
from maillage.foundation.vocabularies.folding import plain
from maillage.web.trust.forms import CompetitorForm, PairForm
from maillage.web.trust.gates import own_firm
from maillage.web.ui.acting import NetworkRequest
from maillage.web.ui.forms import invalid_status
from maillage.web.ui.gates import in_network
from maillage.web.ui.toasts import refused, said

SHOWN = 50


@require_http_methods(["GET", "HEAD", "POST"])
@in_network()
def register(request: NetworkRequest) -> HttpResponse:
    """Show the register to the animator, and to a firm the competitors that it named."""
    if request.acting.can("manage_competitors"):
        return _whole_register(request)
    if not request.acting.can("edit_own_firm"):
        raise PermissionDenied
    return _own_claims(request)


def _own_claims(request: NetworkRequest) -> HttpResponse:
    firm = own_firm(request)
    form = CompetitorForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            claim = acts.name_competitor(acting=request.acting, firm=firm, **form.cleaned_data)
        except CompetitionError as error:
            form.add_error(error.field or None, str(error))
        else:
            said(
                request,
                _("Noted. If this firm is in the network, you are strangers to each other."),
                undo=reverse("trust:withdraw-claim", args=[request.network.slug, claim.public_id]),
            )
            return redirect("trust:competitors", request.network.slug)
    context = {"form": form, "claims": claims_of(firm)}
    return render(request, "trust/claims.html", context, status=invalid_status(form))


def _whole_register(request: NetworkRequest) -> HttpResponse:
    form = PairForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        one, other = (_called(request, form, field) for field in ("one", "other"))
        if one is not None and other is not None:
            try:
                acts.shield(
                    acting=request.acting, one=one, other=other, source=CompetitionSource.ANIMATOR
                )
            except CompetitionError as error:
                form.add_error(None, str(error))
            else:
                said(request, _("Recorded. They are strangers to each other from now on."))
                return redirect("trust:competitors", request.network.slug)
    context = {
        "form": form,
        "claims": claims_to_settle(request.network),
        "suggested": suggested_pairs(request.network)[:SHOWN],
        "pairs": pairs_in_force(request.network)[:SHOWN],
        "shown": SHOWN,
    }
    return render(request, "trust/register.html", context, status=invalid_status(form))


def _called(request: NetworkRequest, form: PairForm, field: str) -> Organisation | None:
    """Return the organisation of the directory that bears the name typed, or say what is wrong."""
    name = form.cleaned_data[field]
    found = [
        seen for seen in directory_of(request.acting).named(name) if plain(seen.name) == plain(name)
    ]
    if len(found) == 1:
        return Organisation.objects.get(pk=found[0].pk)
    if found:
        form.add_error(
            field,
            _("Several firms bear this name. Open the page of the one you mean, and start there."),
        )
    else:
        form.add_error(field, _("No firm of the directory bears exactly this name."))
    return None


@require_POST
@in_network("manage_competitors")
def suggest(request: NetworkRequest) -> HttpResponse:
    """Look for members of one trade that are near each other."""
    new = acts.suggest_competitors(acting=request.acting)
    if new:
        said(
            request,
            ngettext("%(count)s new pair to look at.", "%(count)s new pairs to look at.", new)
            % {"count": new},
        )
    else:
        said(request, _("No new pair was found."))
    return redirect("trust:competitors", request.network.slug)


def _pair(pair_id: UUID) -> Competition:
    rows = Competition.objects.select_related("first", "second")
    return get_object_or_404(rows, public_id=pair_id, ended_at=None)


@require_POST
@in_network("manage_competitors")
def confirm(request: NetworkRequest, pair_id: UUID) -> HttpResponse:
    """Say that two firms compete."""
    pair = _pair(pair_id)
    try:
        acts.confirm_suggestion(acting=request.acting, competition=pair)
    except CompetitionError as error:
        refused(request, str(error))
    else:
        said(
            request,
            _("Recorded. They are strangers to each other from now on."),
            undo=reverse("trust:end-competitors", args=[request.network.slug, pair_id]),
        )
    return redirect("trust:competitors", request.network.slug)


@require_POST
@in_network("manage_competitors")
def dismiss(request: NetworkRequest, pair_id: UUID) -> HttpResponse:
    """Say that two firms do not compete."""
    try:
        acts.dismiss_suggestion(acting=request.acting, competition=_pair(pair_id))
    except CompetitionError as error:
        refused(request, str(error))
    else:
        said(request, _("Set aside: they are not suggested again."))
    return redirect("trust:competitors", request.network.slug)


@require_POST
@in_network("manage_competitors")
def end(request: NetworkRequest, pair_id: UUID) -> HttpResponse:
    """Say that two firms no longer compete."""
    pair = get_object_or_404(Competition.objects.filter(SHIELDING), public_id=pair_id)
    acts.end_competition(acting=request.acting, competition=pair)
    said(request, _("Ended: the two may know of each other again."))
    return redirect("trust:competitors", request.network.slug)


@require_http_methods(["GET", "HEAD", "POST"])
@in_network("manage_competitors")
def settle(request: NetworkRequest, claim_id: UUID) -> HttpResponse:
    """Say which organisation a firm meant when it named a competitor."""
    claims = CompetitorClaim.objects.filter(withdrawn_at=None).select_related("organisation")
    claim = get_object_or_404(claims, public_id=claim_id)
    likely = [
        seen
        for seen in directory_of(request.acting).named(claim.name)
        if seen.pk != claim.organisation_id
    ]
    if request.method == "POST":
        chosen = next(
            (one for one in likely if str(one.public_id) == request.POST.get("firm")), None
        )
        if chosen is None:
            acts.set_claim_aside(acting=request.acting, claim=claim)
            said(request, _("Set aside: nobody in the directory was meant."))
        else:
            other = Organisation.objects.get(pk=chosen.pk)
            acts.settle_claim(acting=request.acting, claim=claim, other=other)
            said(request, _("Recorded. They are strangers to each other from now on."))
        return redirect("trust:competitors", request.network.slug)
    return render(request, "trust/settle.html", {"claim": claim, "likely": likely})


@require_POST
@in_network("edit_own_firm")
def withdraw(request: NetworkRequest, claim_id: UUID) -> HttpResponse:
    """Take back a competitor that one's firm named."""
    claim = get_object_or_404(claims_of(own_firm(request)), public_id=claim_id)
    try:
        acts.withdraw_claim(acting=request.acting, claim=claim)
    except CompetitionError as error:
        refused(request, str(error))
    else:
        said(request, _("Taken back."))
    return redirect("trust:competitors", request.network.slug)
