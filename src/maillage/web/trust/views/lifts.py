"""Two competitors meet on one topic, once both have agreed."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.foundation.visibility.actions.lifts import agree_to_lift, end_lift, propose_lift
from maillage.foundation.visibility.models import Competition, CompetitionLift
from maillage.foundation.visibility.queries import SHIELDING, lifts_asked_of
from maillage.foundation.visibility.refusals import CompetitionError
from maillage.web.trust.forms import TopicForm
from maillage.web.trust.gates import own_firm
from maillage.web.ui.acting import NetworkRequest
from maillage.web.ui.forms import invalid_status
from maillage.web.ui.gates import in_network
from maillage.web.ui.toasts import refused, said


@require_http_methods(["GET", "HEAD", "POST"])
@in_network("manage_competitors")
def propose(request: NetworkRequest, pair_id: UUID) -> HttpResponse:
    """Ask two competitors whether they would meet on one topic."""
    pairs = Competition.objects.filter(SHIELDING).select_related("first", "second")
    pair = get_object_or_404(pairs, public_id=pair_id)
    form = TopicForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            propose_lift(acting=request.acting, competition=pair, **form.cleaned_data)
        except CompetitionError as error:
            form.add_error(error.field or None, str(error))
        else:
            said(request, _("Asked. Neither learns who the other is until both have agreed."))
            return redirect("trust:competitors", request.network.slug)
    context = {
        "title": _("Let %(first)s and %(second)s meet on one topic")
        % {"first": pair.first, "second": pair.second},
        "lede": _("Both are asked, without being told who the other is."),
        "form": form,
        "submit": _("Ask both"),
        "cancel": reverse("trust:competitors", args=[request.network.slug]),
    }
    return render(request, "ui/form_page.html", context, status=invalid_status(form))


@require_safe
@in_network("edit_own_firm")
def mine(request: NetworkRequest) -> HttpResponse:
    """Show the topics on which one's firm is asked to meet a competitor."""
    return render(request, "trust/lifts.html", {"lifts": lifts_asked_of(own_firm(request))})


def _asked(request: NetworkRequest, lift_id: UUID) -> CompetitionLift:
    firm = own_firm(request)
    rows = CompetitionLift.objects.filter(competition__first=firm) | CompetitionLift.objects.filter(
        competition__second=firm
    )
    return get_object_or_404(rows.select_related("competition"), public_id=lift_id)


@require_POST
@in_network("edit_own_firm")
def agree(request: NetworkRequest, lift_id: UUID) -> HttpResponse:
    """Say yes to one topic."""
    lift = _asked(request, lift_id)
    try:
        agree_to_lift(acting=request.acting, lift=lift, firm=own_firm(request))
    except CompetitionError as error:
        refused(request, str(error))
    else:
        said(
            request,
            _("Agreed, for this topic only."),
            undo=reverse("trust:end-lift", args=[request.network.slug, lift_id]),
        )
    return redirect("trust:lifts", request.network.slug)


@require_POST
@in_network("edit_own_firm")
def end(request: NetworkRequest, lift_id: UUID) -> HttpResponse:
    """Refuse one topic, or end what was agreed."""
    try:
        end_lift(acting=request.acting, lift=_asked(request, lift_id))
    except CompetitionError as error:
        refused(request, str(error))
    else:
        said(request, _("Ended. Nobody is told why."))
    return redirect("trust:lifts", request.network.slug)
