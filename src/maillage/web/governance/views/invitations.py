"""People are invited: to a role in the network, or to one in a firm of it."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from maillage.foundation.accounts.models import Person
from maillage.foundation.networks.actions.roles import give_role
from maillage.foundation.networks.invitations import revoke, role_label
from maillage.foundation.networks.models import Invitation
from maillage.foundation.networks.queries import roles_held
from maillage.foundation.networks.refusals import NetworkError
from maillage.foundation.organisations.models import Organisation
from maillage.web.governance.acts import Done, FormPage, do_now, fill_in
from maillage.web.governance.cautious import CONFIRMED, ask_to_confirm
from maillage.web.governance.forms import AppointForm, FirmInvitationForm
from maillage.web.governance.inviting import Sent, send_again, send_to_firm, send_to_network
from maillage.web.governance.reading import access_place, as_choices, bodies_known
from maillage.web.ui.acting import NetworkRequest
from maillage.web.ui.gates import in_network
from maillage.web.ui.toasts import refused

FORM = ["GET", "HEAD", "POST"]


@require_http_methods(FORM)
@in_network("manage_roles")
def appoint(request: NetworkRequest) -> HttpResponse:
    """Give somebody a role in the network; who is not here yet is invited by mail."""
    made: list[Sent] = []
    bodies = {str(seen.public_id): seen for seen in bodies_known(request)}

    def act(said: dict[str, Any]) -> Done:
        known = _person_here(request, said["email"])
        chosen = bodies.get(said["body"])
        body = Organisation.objects.get(pk=chosen.pk) if chosen else None
        if known is None:
            who = {key: said[key] for key in ("email", "name", "role")}
            made.append(send_to_network(acting=request.acting, body=body, **who))
            return Done("")
        role = give_role(
            acting=request.acting,
            person=known,
            kind=said["role"],
            starts_on=localdate(),
            organisation=body,
        )
        text = _("%(person)s is already in the network: the role is given.") % {"person": known}
        undo = reverse("governance:take-role-back", args=[request.network.slug, role.public_id])
        return Done(text, undo=undo)

    page = FormPage(
        title=_("Invite somebody"),
        submit=_("Send the invitation"),
        back=reverse("governance:people", args=[request.network.slug]),
        lede=_(
            "They receive a link by e-mail, which works once, for them. Somebody who is already "
            "in the network gets the role at once."
        ),
    )
    form = AppointForm(request.POST or None, bodies=as_choices(bodies.values()))
    answer = fill_in(request, form, act, page)
    return _show(request, made[0], page.back) if made else answer


@require_http_methods(FORM)
@in_network()
def invite_to_firm(request: NetworkRequest, public_id: UUID) -> HttpResponse:
    """Invite somebody of a firm: whoever manages roles may, and its own people."""
    place = access_place(request, public_id)
    if not _may_invite(request, place.seen.own):
        raise PermissionDenied
    made: list[Sent] = []
    firm = place.membership.organisation

    def act(said: dict[str, Any]) -> Done:
        said.pop(CONFIRMED, None)
        made.append(send_to_firm(acting=request.acting, firm=firm, **said))
        return Done("")

    page = FormPage(
        title=_("Invite somebody of %(firm)s") % {"firm": place.seen.name},
        submit=_("Send the invitation"),
        back=reverse("governance:member", args=[request.network.slug, public_id]),
        lede=_("They receive a link by e-mail, which works once, for them."),
    )
    form = FirmInvitationForm(request.POST or None)
    ask_to_confirm(request, form, firm)
    answer = fill_in(request, form, act, page)
    return _show(request, made[0], page.back) if made else answer


@require_POST
@in_network()
def renew_invitation(request: NetworkRequest, public_id: UUID) -> HttpResponse:
    """Send a new link in place of the old one."""
    invitation, back = _access_invitation(request, public_id)
    try:
        sent = send_again(acting=request.acting, invitation=invitation)
    except NetworkError as error:
        refused(request, str(error))
        return redirect(back)
    return _show(request, sent, back)


@require_POST
@in_network()
def revoke_invitation(request: NetworkRequest, public_id: UUID) -> HttpResponse:
    """Withdraw an invitation: its link no longer works."""
    invitation, back = _access_invitation(request, public_id)

    def act() -> Done:
        revoke(acting=request.acting, invitation=invitation)
        return Done(_("The invitation of %(name)s is withdrawn.") % {"name": invitation.name})

    return do_now(request, act, back)


def _may_invite(request: NetworkRequest, own: bool) -> bool:  # noqa: FBT001 -- whose firm it is
    return request.acting.can("manage_roles") or (own and request.acting.can("edit_own_firm"))


def _person_here(request: NetworkRequest, email: str) -> Person | None:
    """Return the person of this network with that address; others are not told apart."""
    person = Person.objects.filter(email=email.strip().lower(), is_active=True).first()
    if person is None:
        return None
    here = any(role.network.pk == request.network.pk for role in roles_held(person))
    return person if here else None


def _access_invitation(request: NetworkRequest, public_id: UUID) -> tuple[Invitation, str]:
    """Return an invitation that the role in use may change, and the page it is on."""
    found = get_object_or_404(
        Invitation.objects.select_related("organisation"),
        network=request.network,
        public_id=public_id,
    )
    slug = request.network.slug
    if request.acting.can("manage_roles"):
        return found, reverse("governance:people", args=[slug])
    if found.organisation is None or not found.organisation_role:
        raise PermissionDenied
    place = access_place(request, found.organisation.public_id)
    own = request.acting.firm is not None and request.acting.firm.pk == place.seen.pk
    if not _may_invite(request, own):
        raise PermissionDenied
    return found, reverse("governance:member", args=[slug, place.seen.public_id])


def _show(request: NetworkRequest, sent: Sent, back: str) -> HttpResponse:
    """Show the link, this once: only its fingerprint is kept."""
    context = {
        "network": request.network,
        "invitation": sent.invitation,
        "role": role_label(sent.invitation),
        "link": request.build_absolute_uri(sent.path),
        "back": back,
    }
    return render(request, "governance/invited.html", context)
