"""A firm and a competitor that it knows: sharing a worker all the same, if both write it."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.foundation.organisations.models import Organisation
from maillage.foundation.visibility.models import Competition
from maillage.launch.charter.models import Override
from maillage.launch.charter.overrides import (
    OverrideError,
    agree_to_override,
    ask_override,
    end_override,
)
from maillage.launch.charter.queries import (
    clause_holds,
    is_in_force,
    known_competitors,
    overrides_of,
)
from maillage.launch.charter.rules import Rule
from maillage.web.charter.forms import Asking
from maillage.web.charter.reading import own_firm
from maillage.web.ui.acting import NetworkRequest
from maillage.web.ui.forms import invalid_status
from maillage.web.ui.gates import in_network
from maillage.web.ui.toasts import refused, said

FORM = ["GET", "HEAD", "POST"]


@require_safe
@in_network("sign_charter")
def mine(request: NetworkRequest) -> HttpResponse:
    """Show what one's firm agreed with competitors, what is asked of it, what it may ask."""
    own = own_firm(request)
    found = list(overrides_of(own))
    open_pairs = {one.competition_id for one in found if one.ended_at is None}
    context = {
        "network": request.network,
        "holds": clause_holds(request.network, Rule.NO_SHARED_WORKER),
        "open": [_told(one, own) for one in found if _is_open(one)],
        "over": [_told(one, own) for one in found if not _is_open(one)],
        "may_ask": [
            (pair.public_id, _other(pair, own).name)
            for pair in known_competitors(own)
            if pair.pk not in open_pairs
        ],
    }
    return render(request, "charter/apart.html", context)


def _is_open(override: Override) -> bool:
    pair = override.competition
    return override.ended_at is None and pair.ended_at is None and pair.dismissed_at is None


def _other(pair: Competition, own: Organisation) -> Organisation:
    return pair.second if pair.first_id == own.pk else pair.first


def _told(override: Override, own: Organisation) -> dict[str, object]:
    first = override.competition.first_id == own.pk
    mine, theirs = override.first_agreed_at, override.second_agreed_at
    if not first:
        mine, theirs = theirs, mine
    return {
        "public_id": override.public_id,
        "other": _other(override.competition, own).name,
        "reason": override.reason,
        "asked_by_us": override.asked_by_id == own.pk,
        "asked_on": override.asked_at,
        "agreed_on": theirs if override.asked_by_id == own.pk else mine,
        "ended_on": override.ended_at or override.competition.ended_at,
        "in_force": is_in_force(override),
        "agreed": mine is not None,
    }


@require_http_methods(FORM)
@in_network("sign_charter")
def ask(request: NetworkRequest, pair_id: UUID) -> HttpResponse:
    """Ask a competitor that one's firm knows; 404 for any other."""
    own = own_firm(request)
    pair = get_object_or_404(known_competitors(own), public_id=pair_id)
    form = Asking(request.POST or None)
    back = reverse("charter:apart", args=[request.network.slug])
    if request.method == "POST" and form.is_valid():
        try:
            ask_override(
                acting=request.acting,
                firm=own,
                competition=pair,
                reason=form.cleaned_data["reason"],
            )
        except OverrideError as error:
            form.add_error(error.field or None, str(error))
        else:
            said(request, _("Asked, and you have said yes. It waits for the other firm."))
            return redirect(back)
    context = {
        "title": _("Share a worker with %(firm)s") % {"firm": _other(pair, own).name},
        "lede": _("It holds once both of you have written it. Either of you may end it."),
        "form": form,
        "submit": _("Say yes, and ask"),
        "cancel": back,
    }
    return render(request, "charter/own_form.html", context, status=invalid_status(form))


def _asked(request: NetworkRequest, override_id: UUID) -> Override:
    return get_object_or_404(overrides_of(own_firm(request)), public_id=override_id)


@require_POST
@in_network("sign_charter")
def agree(request: NetworkRequest, override_id: UUID) -> HttpResponse:
    """Say yes in the name of one's firm."""
    override = _asked(request, override_id)
    try:
        agree_to_override(acting=request.acting, firm=own_firm(request), override=override)
    except OverrideError as error:
        refused(request, str(error))
    else:
        undo = reverse("charter:end-apart", args=[request.network.slug, override_id])
        said(request, _("Agreed on both sides: a worker may be shared by you two."), undo=undo)
    return redirect("charter:apart", request.network.slug)


@require_POST
@in_network("sign_charter")
def end(request: NetworkRequest, override_id: UUID) -> HttpResponse:
    """Refuse, take back or end, in the name of one's firm."""
    override = _asked(request, override_id)
    try:
        end_override(acting=request.acting, firm=own_firm(request), override=override)
    except OverrideError as error:
        refused(request, str(error))
    else:
        said(request, _("Ended: no worker is shared by you two from now on."))
    return redirect("charter:apart", request.network.slug)
