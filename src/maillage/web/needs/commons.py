"""What firms have in common, for the animator: each proposal with its reasons and one button."""

from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.launch.needs.commons import Common, commons_of, kept_of, situation_of
from maillage.launch.needs.commons_actions import (
    ProposalError,
    ProposalGoneError,
    proposal_of,
    set_aside,
    take_up,
    undo_proposal,
)
from maillage.launch.needs.commons_rules import DAYS_TO_MEET
from maillage.launch.needs.enums import ProposalState
from maillage.launch.needs.models import CommonNeed, Need
from maillage.launch.needs.stakes import Stake, stakes_of
from maillage.web.needs.commons_words import title_of, why_common, why_stake
from maillage.web.needs.reading import note_reads
from maillage.web.ui.acting import NetworkRequest
from maillage.web.ui.forms import invalid_status
from maillage.web.ui.gates import in_network
from maillage.web.ui.toasts import refused, said

FORM = ["GET", "HEAD", "POST"]
GONE = 404
MOST_UNCOVERED = 20  # those listed; the others are counted


class SetAside(forms.Form):
    """A proposal is set aside."""

    reason = forms.CharField(
        label=gettext_lazy("Why, in a few words"),
        max_length=200,
        help_text=gettext_lazy(
            "It is kept here with the date; the proposal comes back when most of its needs are new."
        ),
    )


@require_safe
@in_network("manage_needs")
def common(request: NetworkRequest) -> HttpResponse:
    """Show common needs, common stakes, and what became of those that were proposed."""
    situation, kept = situation_of(request.network), kept_of(request.network)
    commons, stakes = commons_of(situation, kept), stakes_of(situation, kept)
    note_reads(request, list(situation.needs.values()), "needs:common")
    uncovered = commons.uncovered
    context = {
        "network": request.network,
        "days": DAYS_TO_MEET,
        "needs": [_card(one) for one in commons.proposals],
        "stakes": [_card(one) for one in stakes],
        "uncovered": [_link(request, one) for one in uncovered[:MOST_UNCOVERED]],
        "more_uncovered": max(0, len(uncovered) - MOST_UNCOVERED),
        "taken_up": [one for one in kept if one.state == ProposalState.ACTED],
        "set_aside": [one for one in kept if one.state == ProposalState.DISMISSED],
    }
    return render(request, "needs/common.html", context)


def _card(proposal: Common | Stake) -> dict[str, object]:
    firms = {one.organisation_id: one.organisation.name for one in proposal.together.needs}
    card: dict[str, object] = {
        "key": proposal.key,
        "title": title_of(proposal),
        "firms": sorted(firms.values()),
    }
    if isinstance(proposal, Common):
        return card | {"why": why_common(proposal), "safe": False, "proposed": True}
    said = {"safe": proposal.safe, "proposed": proposal.proposed}
    return card | said | {"why": why_stake(proposal)}


def _link(request: NetworkRequest, need: Need) -> tuple[str, str, str]:
    url = reverse("needs:change", args=[request.network.slug, need.public_id])
    return (url, need.title, need.organisation.name)


@require_POST
@in_network("manage_needs")
def act(request: NetworkRequest, key: str) -> HttpResponse:
    """Take a proposal up: a meeting to prepare, with its day."""
    try:
        kept = take_up(acting=request.acting, key=key)
    except ProposalGoneError as error:
        return _gone(request, str(error))
    except ProposalError as error:
        refused(request, str(error))
    else:
        undo = reverse("needs:common-undo", args=[request.network.slug, kept.public_id])
        said(request, _("Kept: your desk reminds you of it in the week of its day."), undo=undo)
    return redirect("needs:common", request.network.slug)


@require_http_methods(FORM)
@in_network("manage_needs")
def dismiss(request: NetworkRequest, key: str) -> HttpResponse:
    """Set a proposal aside, with a reason."""
    back = reverse("needs:common", args=[request.network.slug])
    found = proposal_of(request.network, key)
    form = SetAside(request.POST or None)
    if found is None and not form.is_bound:
        raise Http404
    if request.method == "POST" and form.is_valid():
        try:
            kept = set_aside(acting=request.acting, key=key, reason=form.cleaned_data["reason"])
        except ProposalGoneError as error:
            return _gone(request, str(error))
        except ProposalError as error:
            form.add_error(None, str(error))
        else:
            undo = reverse("needs:common-undo", args=[request.network.slug, kept.public_id])
            said(request, _("Set aside: the reason is kept."), undo=undo)
            return redirect(back)
    context = {
        "title": _("Set it aside"),
        "eyebrow": title_of(found) if found else "",
        "form": form,
        "submit": _("Set aside"),
        "cancel": back,
    }
    return render(request, "ui/form_page.html", context, status=invalid_status(form))


def _gone(request: NetworkRequest, sentence: str) -> HttpResponse:
    context = {"network": request.network, "sentence": sentence}
    return render(request, "needs/gone.html", context, status=GONE)


@require_POST
@in_network("manage_needs")
def undo(request: NetworkRequest, common_id: UUID) -> HttpResponse:
    """Propose again what was taken up or set aside."""
    kept = CommonNeed.objects.filter(network=request.network, public_id=common_id).first()
    if kept is None:
        raise Http404
    try:
        undo_proposal(acting=request.acting, common=kept)
    except ProposalError as error:
        refused(request, str(error))
    else:
        said(request, _("It is proposed again."))
    return redirect("needs:common", request.network.slug)
