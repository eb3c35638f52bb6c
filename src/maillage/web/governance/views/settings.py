"""What the network is called, how it works, and how it is closed."""

from dataclasses import asdict
from typing import Any

from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from maillage.foundation.networks.actions.keeping import (
    Settings,
    change_network,
    close_network,
    reopen_network,
    settings_of,
)
from maillage.web.governance.acts import Done, FormPage, fill_in
from maillage.web.governance.forms import CloseForm, SettingsForm
from maillage.web.ui.acting import ActingRequest, NetworkRequest
from maillage.web.ui.gates import in_network, signed_in
from maillage.web.ui.toasts import said

FORM = ["GET", "HEAD", "POST"]
SALT = "governance.settings"


@require_http_methods(FORM)
@in_network("manage_network")
def settings(request: NetworkRequest) -> HttpResponse:
    """Change what the network is called and how it works."""
    network = request.network
    now = settings_of(network)
    initial = asdict(now) | {"read": signing.dumps(asdict(now), salt=SALT)}

    def act(said: dict[str, Any]) -> Done:
        read = _read(said.pop("read")) or now
        change_network(acting=request.acting, read=read, wanted=Settings(**said))
        return Done(_("The settings are saved."))

    page = FormPage(
        title=_("Settings of the network"),
        submit=_("Save the settings"),
        back=reverse("governance:home", args=[network.slug]),
        eyebrow=network.name,
        template="governance/settings.html",
    )
    return fill_in(request, SettingsForm(request.POST or None, initial=initial), act, page)


@require_http_methods(FORM)
@in_network("manage_network")
def close(request: NetworkRequest) -> HttpResponse:
    """Close the network."""
    network = request.network

    def act(said: dict[str, Any]) -> Done:
        close_network(acting=request.acting, name_typed=said["name_typed"])
        return Done(
            _("%(network)s is closed. Its firms stay in the book of the association.")
            % {"network": network.name},
            undo=reverse("governance:open-again", args=[network.slug]),
            to=reverse("desk:home"),
        )

    page = FormPage(
        title=_("Close %(network)s") % {"network": network.name},
        submit=_("Close the network"),
        back=reverse("governance:settings", args=[network.slug]),
        lede=_(
            "Nobody enters it any more, you included. Firms and their records stay in the book of "
            "the association. You can open it again from your roles. To be sure, type its name."
        ),
    )
    return fill_in(request, CloseForm(request.POST or None), act, page)


@require_POST
@signed_in
def open_again(request: ActingRequest, network: str) -> HttpResponse:
    """Open a network that was closed; as if it did not exist for who could not close it."""
    try:
        opened = reopen_network(person=request.acting.person, slug=network)
    except PermissionDenied:
        raise Http404 from None
    said(request, _("%(network)s is open again.") % {"network": opened.name})
    return redirect("governance:home", opened.slug)


def _read(signed: str) -> Settings | None:
    """Return what the page showed when it was read, None when that cannot be told."""
    try:
        return Settings(**signing.loads(signed, salt=SALT))
    except (signing.BadSignature, TypeError):
        return None
