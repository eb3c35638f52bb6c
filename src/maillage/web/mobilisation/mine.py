"""A firm's own page: how far the animator thinks it is, why it takes part, what holds it back."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from maillage.foundation.organisations.models import Organisation
from maillage.foundation.visibility.directory import directory_of
from maillage.launch.mobilisation.actions.guarding import MobilisationError
from maillage.launch.mobilisation.actions.noting import say_reason
from maillage.launch.mobilisation.enums import Stage
from maillage.launch.mobilisation.models import Approach
from maillage.launch.mobilisation.queries import (
    approach_of,
    motives_of,
    obstacles_of,
    passages_of,
)
from maillage.web.mobilisation.forms import MyReason
from maillage.web.mobilisation.reading import own_firm
from maillage.web.ui.acting import NetworkRequest
from maillage.web.ui.forms import invalid_status
from maillage.web.ui.gates import in_network
from maillage.web.ui.toasts import said

FORM = ["GET", "HEAD", "POST"]


@require_safe
@in_network("edit_own_firm")
def mine(request: NetworkRequest) -> HttpResponse:
    """Show what is kept of one's own firm: its people's data are theirs."""
    approach = approach_of(request.network, own_firm(request))
    passages = passages_of(approach) if approach is not None else []
    context = {
        "network": request.network,
        "approach": approach,
        "motives": motives_of(approach) if approach is not None else [],
        "obstacles": obstacles_of(approach) if approach is not None else [],
        "stage": Stage(approach.stage).label if approach is not None else "",
        "relay": _relay_known(request, approach),
        "history": [
            (
                one.on,
                Stage(one.to_stage).label,
                one.get_code_display() if one.code else "",
                one.reason,
            )
            for one in passages
        ],
    }
    return render(request, "mobilisation/mine.html", context)


@require_http_methods(FORM)
@in_network("edit_own_firm")
def reason(request: NetworkRequest) -> HttpResponse:
    """Say in one sentence why one's own firm takes part."""
    firm = own_firm(request)
    approach = approach_of(request.network, firm)
    form = MyReason(request.POST or None, initial={"reason": approach.reason if approach else ""})
    back = reverse("mobilisation:mine", args=[request.network.slug])
    if request.method == "POST" and form.is_valid():
        try:
            say_reason(acting=request.acting, organisation=firm, reason=form.cleaned_data["reason"])
        except MobilisationError as error:
            form.add_error(None, str(error))
        else:
            said(request, _("Saved."))
            return redirect(back)
    context = {
        "title": _("Why do we take part?"),
        "form": form,
        "submit": _("Keep this reason"),
        "cancel": back,
    }
    return render(request, "mobilisation/own_form.html", context, status=invalid_status(form))


def _relay_known(request: NetworkRequest, approach: Approach | None) -> Organisation | None:
    """Return the body that introduced the firm, unless the firm may not know of it."""
    relay = approach.relay if approach is not None else None
    if relay is None or not directory_of(request.acting).rows.filter(pk=relay.pk).exists():
        return None
    return relay
