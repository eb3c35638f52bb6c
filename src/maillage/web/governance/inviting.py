"""Invitations, as the pages of the network send, send again and show them."""

from dataclasses import dataclass

from django.db import transaction

from maillage.foundation.networks.acting import Acting
from maillage.foundation.networks.invitations import (
    InvitationState,
    invitation_path,
    invite,
    renew,
    role_label,
    send_invitation,
    state_of,
    waiting_invitations,
)
from maillage.foundation.networks.models import Invitation
from maillage.foundation.organisations.models import Organisation
from maillage.web.governance.reading import seen_by
from maillage.web.ui.acting import NetworkRequest


@dataclass(frozen=True, slots=True)
class Waiting:
    """An invitation that has not been used."""

    invitation: Invitation
    role: str
    firm: str
    expired: bool


@dataclass(frozen=True, slots=True)
class Sent:
    """An invitation that has just left, and its link: shown once, kept nowhere."""

    invitation: Invitation
    path: str


def waiting(request: NetworkRequest) -> list[Waiting]:
    """Return the invitations that wait, for whoever manages roles."""
    found = list(waiting_invitations(request.network))
    known = seen_by(request, [one.organisation_id for one in found])
    return [
        Waiting(
            one,
            role_label(one),
            str(known.get(one.organisation_id or 0, "")),
            state_of(one) == InvitationState.EXPIRED,
        )
        for one in found
    ]


@transaction.atomic
def send_to_network(
    *, acting: Acting, email: str, name: str, role: str, body: Organisation | None = None
) -> Sent:
    """Invite somebody to a role in the network; `body` is the outside body that sends them."""
    invitation, token = invite(
        acting=acting, email=email, name=name, network_role=role, organisation=body
    )
    return _send(acting, invitation, token)


@transaction.atomic
def send_to_firm(*, acting: Acting, email: str, name: str, role: str, firm: Organisation) -> Sent:
    """Invite somebody to a role in a firm."""
    invitation, token = invite(
        acting=acting, email=email, name=name, organisation=firm, organisation_role=role
    )
    return _send(acting, invitation, token)


@transaction.atomic
def send_again(*, acting: Acting, invitation: Invitation) -> Sent:
    """Send a new link in place of the one that was sent."""
    renewed, token = renew(acting=acting, invitation=invitation)
    return _send(acting, renewed, token)


def _send(acting: Acting, invitation: Invitation, token: str) -> Sent:
    send_invitation(acting=acting, invitation=invitation, token=token)
    return Sent(invitation, invitation_path(token))
