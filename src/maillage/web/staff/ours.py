"""The workers lent to one's own firm: who, for what, when here; agreements to sign, opinions.

Nothing of other workplaces, of the home or of the pay is ever on these pages.
"""

from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from maillage.bricks.agreements.models import AgreementVersion, Signature
from maillage.bricks.agreements.signing import Signatory
from maillage.run.employment.checks import hours_in_words
from maillage.run.employment.documents import Paper, Standing, signed_so_far, standings_of
from maillage.run.employment.enums import PaperKind
from maillage.run.employment.models import LendingAgreement
from maillage.run.employment.models_of_contracts import TrialOpinion
from maillage.run.employment.ours import agreements_of, opinions_asked_of
from maillage.run.employment.signing import sign_for_firm
from maillage.web.staff.forms import OpinionForm
from maillage.web.staff.reading import (
    FORM,
    access_opinion,
    access_own_lending,
    document_answer,
    own_firm,
)
from maillage.web.staff.sign_form import Signing, signing_page
from maillage.web.staff.trial import keep_opinion
from maillage.web.ui.acting import NetworkRequest
from maillage.web.ui.forms import invalid_status
from maillage.web.ui.gates import in_network
from maillage.web.ui.toasts import said


@require_safe
@in_network("sign_lending")
def ours(request: NetworkRequest) -> HttpResponse:
    """Show who is lent to one's own firm, and what waits for its signature or its opinion."""
    firm, today = own_firm(request), localdate()
    papers = [Paper(PaperKind.LENDING, one) for one in agreements_of(firm, request.network)]
    slug = request.network.slug
    shown = [_shown(one, slug, today) for one in standings_of(papers)]
    context = {
        "network": request.network,
        "to_sign": [one for one in shown if one["to_sign"]],
        "running": [one for one in shown if one["signed"] and not one["over"]],
        "past": [one for one in shown if one["signed"] and one["over"]],
        "opinions": opinions_asked_of(firm, request.network),
    }
    return render(request, "staff/ours.html", context)


def _shown(standing: Standing, slug: str, today: date) -> dict[str, Any]:
    lending = standing.paper.subject
    assert isinstance(lending, LendingAgreement)  # noqa: S101 -- for the types
    last = lending.ended_on or lending.ends_on
    waits = any(party.key == "firm" for party in standing.missing)
    return {
        "name": lending.contract.worker.name,
        "lending": lending,
        "hours": hours_in_words(lending.week_minutes),
        "place": lending.site.commune if lending.site is not None else "",
        "signed": lending.signed_on is not None,
        # A draft that was never drawn up is not for the firm's eyes.
        "to_sign": standing.version is not None
        and lending.signed_on is None
        and lending.ended_on is None
        and waits,
        "over": last is not None and last < today,
        "last": last,
        # One signed before the group kept its documents here has none to read.
        "url": reverse("staff:our-lending", args=[slug, lending.public_id])
        if standing.version is not None
        else "",
    }


@require_http_methods(FORM)
@in_network("sign_lending")
def lending(request: NetworkRequest, lending_id: UUID) -> HttpResponse:
    """Read a lending agreement of one's own firm, and sign it."""
    found = access_own_lending(request, lending_id)
    paper = Paper(PaperKind.LENDING, found)
    standing = signed_so_far(paper)
    back = reverse("staff:ours", args=[request.network.slug])
    document_url = reverse("staff:our-document", args=[request.network.slug, lending_id])
    if standing.version is None:
        raise Http404
    if paper.parties[1] not in standing.missing or found.signed_on is not None:
        context = {
            "network": request.network,
            "paper": paper,
            "standing": standing,
            "back": back,
            "document_url": document_url,
        }
        return render(request, "staff/our_lending.html", context)

    def keep(shown: AgreementVersion, signatory: Signatory, consent: str) -> Signature:
        return sign_for_firm(
            acting=request.acting,
            paper=paper,
            version=shown,
            signatory=signatory,
            consent=consent,
        )

    signing = Signing(
        paper=paper,
        party=paper.parties[1],
        version=standing.version,
        name=str(request.acting.person),
        document_url=document_url,
        keep=keep,
    )
    shown = {"network": request.network, "back": back}
    page = signing_page(request, signing, "staff/sign.html", shown)
    if page is not None:
        return page
    said(request, _("Signed. What you signed is kept as it is, whatever changes later."))
    return redirect(back)


@require_safe
@in_network("sign_lending")
def document(request: NetworkRequest, lending_id: UUID) -> HttpResponse:
    """Give the agreement as it was drawn up for one's own firm."""
    found = access_own_lending(request, lending_id)
    version = signed_so_far(Paper(PaperKind.LENDING, found)).version
    if version is None:
        raise Http404
    return document_answer(version)


@require_http_methods(FORM)
@in_network("sign_lending")
def opinion(request: NetworkRequest, opinion_id: UUID) -> HttpResponse:
    """Say whether one's firm would go on with a worker after the trial period."""
    found = _own_opinion(request, opinion_id)
    back = reverse("staff:ours", args=[request.network.slug])
    form = OpinionForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and keep_opinion(request, found, form):
        return redirect(back)
    context = {
        "title": _("Your opinion"),
        "eyebrow": found.contract.worker.name,
        "lede": _("The group decides; what you say helps it."),
        "form": form,
        "submit": _("Give this opinion"),
        "cancel": back,
    }
    return render(request, "staff/own_form.html", context, status=invalid_status(form))


def _own_opinion(request: NetworkRequest, opinion_id: UUID) -> TrialOpinion:
    found = access_opinion(opinion_id)
    if found.organisation_id != own_firm(request).pk:
        raise Http404
    if found.contract.trial_ends_on is None or found.contract.trial_ends_on < localdate():
        raise PermissionDenied(_("The trial period is over: there is nothing more to say."))
    return found
