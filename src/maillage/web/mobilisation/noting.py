"""Why a firm takes part, who introduced it, what it wants: written down by the animator."""

from collections.abc import Callable
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from maillage.foundation.organisations.models import Organisation
from maillage.launch.mobilisation.actions.guarding import MobilisationError
from maillage.launch.mobilisation.actions.noting import (
    drop_motive,
    name_relay,
    note_motive,
    say_reason,
)
from maillage.launch.mobilisation.enums import MotiveKind
from maillage.launch.mobilisation.queries import possible_relays
from maillage.web.mobilisation.forms import NewMotive, Reason, RelayChoice
from maillage.web.mobilisation.reading import access_firm, record_url
from maillage.web.ui.acting import NetworkRequest
from maillage.web.ui.forms import invalid_status
from maillage.web.ui.gates import in_network
from maillage.web.ui.toasts import refused, said

FORM = ["GET", "HEAD", "POST"]


def fill_in(
    request: NetworkRequest,
    firm: Organisation,
    form: forms.Form,
    act: Callable[[], object],
    words: dict[str, str],
) -> HttpResponse:
    """Show a form about a firm; once it is right, do what it asks and go back to its record."""
    if request.method == "POST" and form.is_valid():
        try:
            act()
        except MobilisationError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        else:
            said(request, _("It is written down."))
            return redirect(record_url(request, firm))
    context = {"form": form, "cancel": record_url(request, firm), "eyebrow": firm.name, **words}
    return render(request, "ui/form_page.html", context, status=invalid_status(form))


@require_http_methods(FORM)
@in_network("manage_mobilisation")
def reason(request: NetworkRequest, public_id: UUID) -> HttpResponse:
    """Say in one sentence why a firm takes part."""
    found = access_firm(request, public_id, "mobilisation:reason")
    firm, approach = found.organisation, found.approach
    form = Reason(request.POST or None, initial={"reason": approach.reason if approach else ""})
    return fill_in(
        request,
        firm,
        form,
        lambda: say_reason(
            acting=request.acting, organisation=firm, reason=form.cleaned_data["reason"]
        ),
        {"title": _("Why does it take part?"), "submit": _("Keep this reason")},
    )


@require_http_methods(FORM)
@in_network("manage_mobilisation")
def relay(request: NetworkRequest, public_id: UUID) -> HttpResponse:
    """Say which body introduced a firm."""
    found = access_firm(request, public_id, "mobilisation:relay")
    firm, approach = found.organisation, found.approach
    bodies = {str(one.public_id): one for one in possible_relays(request.network, firm)}
    asked = request.GET.get("body", "")
    kept = approach.relay if approach is not None else None
    initial = asked if asked in bodies else str(kept.public_id) if kept is not None else ""
    form = RelayChoice(
        request.POST or None,
        bodies=[(key, one.name) for key, one in bodies.items()],
        initial={"relay": initial},
    )
    return fill_in(
        request,
        firm,
        form,
        lambda: name_relay(
            acting=request.acting,
            organisation=firm,
            relay=bodies.get(form.cleaned_data["relay"]),
        ),
        {"title": _("Who introduced it?"), "submit": _("Keep this body")},
    )


@require_http_methods(FORM)
@in_network("manage_mobilisation")
def motive(request: NetworkRequest, public_id: UUID) -> HttpResponse:
    """Write down why a firm would take part."""
    firm = access_firm(request, public_id, "mobilisation:motive").organisation
    form = NewMotive(request.POST or None)
    return fill_in(
        request,
        firm,
        form,
        lambda: note_motive(acting=request.acting, organisation=firm, **form.cleaned_data),
        {
            "title": _("What would it find in the network?"),
            "lede": _("A motive that is there already takes the new words."),
            "submit": _("Write it down"),
        },
    )


@require_POST
@in_network("manage_mobilisation")
def remove_motive(request: NetworkRequest, public_id: UUID, kind: str) -> HttpResponse:
    """Take a motive away."""
    if kind not in MotiveKind.values:
        raise Http404
    firm = access_firm(request, public_id, "mobilisation:motive").organisation
    try:
        drop_motive(acting=request.acting, organisation=firm, kind=kind)
    except MobilisationError as error:
        refused(request, str(error))
    else:
        said(request, _("It is removed."))
    return redirect(record_url(request, firm))
