"""Who does what in the network: roles given, ended, and people invited."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.foundation.networks.actions import roles as acts
from maillage.foundation.networks.models import NetworkRole
from maillage.web.governance.acts import Done, FormPage, do_now, fill_in
from maillage.web.governance.forms import LastDayForm
from maillage.web.governance.inviting import waiting
from maillage.web.governance.people_list import ROLES, role_rows
from maillage.web.ui.acting import NetworkRequest
from maillage.web.ui.formats import nice_date
from maillage.web.ui.gates import in_network


@require_safe
@in_network("manage_roles")
def people(request: NetworkRequest) -> HttpResponseBase:
    """List the roles in the network, and the invitations that wait."""
    page = ROLES.read(request, lambda wanted: role_rows(request, wanted))
    context: dict[str, Any] = {"network": request.network, "invitations": waiting(request)}
    return page.respond("governance/people.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@in_network("manage_roles")
def end_role(request: NetworkRequest, public_id: UUID) -> HttpResponse:
    """End a role after a last day."""
    role = _access_role(request, public_id)

    def act(said: dict[str, Any]) -> Done:
        acts.end_role(acting=request.acting, role=role, last_day=said["last_day"])
        text = _("The role of %(person)s ends on %(day)s.") % {
            "person": role.person,
            "day": nice_date(said["last_day"], "year"),
        }
        undo = reverse("governance:keep-role", args=[request.network.slug, public_id])
        return Done(text, undo=undo)

    page = FormPage(
        title=_("End the role of %(person)s") % {"person": role.person},
        submit=_("Record the last day"),
        back=_people(request),
        lede=role.get_kind_display(),
    )
    return fill_in(request, LastDayForm(request.POST or None), act, page)


@require_POST
@in_network("manage_roles")
def keep_role(request: NetworkRequest, public_id: UUID) -> HttpResponse:
    """Take the end of a role back."""
    role = _access_role(request, public_id)

    def act() -> Done:
        acts.keep_role(acting=request.acting, role=role)
        return Done(_("%(person)s keeps this role.") % {"person": role.person})

    return do_now(request, act, _people(request))


@require_POST
@in_network("manage_roles")
def take_role_back(request: NetworkRequest, public_id: UUID) -> HttpResponse:
    """Take a role back that was given by mistake."""
    role = _access_role(request, public_id)

    def act() -> Done:
        acts.take_role_back(acting=request.acting, role=role)
        return Done(_("The role of %(person)s is taken back.") % {"person": role.person})

    return do_now(request, act, _people(request))


def _access_role(request: NetworkRequest, public_id: UUID) -> NetworkRole:
    return get_object_or_404(
        NetworkRole.objects.select_related("person"),
        network=request.network,
        public_id=public_id,
    )


def _people(request: NetworkRequest) -> str:
    return reverse("governance:people", args=[request.network.slug])
