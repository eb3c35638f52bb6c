"""A network is opened."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from maillage.foundation.networks.actions.founding import can_found_association
from maillage.web.governance.acts import Done, FormPage, fill_in
from maillage.web.governance.forms import FirstNetworkForm, NewNetworkForm
from maillage.web.governance.opening import open_association, open_network
from maillage.web.ui.acting import ActingRequest
from maillage.web.ui.gates import signed_in


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def new(request: ActingRequest) -> HttpResponse:
    """Open the first network of an association, or one more for whoever runs one."""
    acting = request.acting
    here = acting.network
    if here is not None and acting.can("manage_network"):
        form, eyebrow, back = NewNetworkForm, here.register.name, "desk:home"
        lede = _(
            "It shares the firms of your association, and nothing else of your other networks."
        )
    elif can_found_association(acting.person):
        form, eyebrow, back = FirstNetworkForm, "", "front:home"
        lede = _("It starts with the directory and one module. Members decide on the others.")
    else:
        raise PermissionDenied(_("Only the animator of a network opens another one: ask them."))

    def act(said: dict[str, Any]) -> Done:
        asked = {key: said[key] for key in ("name", "composition")}
        asked["preset_key"] = said["preset"]
        if "association" in said:
            network = open_association(
                person=acting.person, association=said["association"], **asked
            )
        else:
            network = open_network(acting=acting, **asked)
        return Done(
            _("%(network)s is open: you are its animator.") % {"network": network.name},
            to=reverse("governance:home", args=[network.slug]),
        )

    page = FormPage(
        title=_("Open a network"),
        submit=_("Open the network"),
        back=reverse(back),
        lede=lede,
        eyebrow=eyebrow,
    )
    return fill_in(request, form(request.POST or None), act, page)
