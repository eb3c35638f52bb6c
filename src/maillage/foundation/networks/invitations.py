"""Invitations: a link that gives one person one role, once, before a day.

Only the fingerprint of the link is kept. Whoever accepts must have proven, by a code, that the
invited address is theirs: a forwarded link opens nothing.
"""

from datetime import datetime, timedelta
from secrets import token_urlsafe
from typing import Final

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.timezone import localdate, localtime, now
from django.utils.translation import gettext as _

from maillage.foundation.accounts.models import Person
from maillage.foundation.networks.accepting import Accepted, accept
from maillage.foundation.networks.acting import Acting
from maillage.foundation.networks.actions.guarding import trail
from maillage.foundation.networks.enums import NetworkRoleKind
from maillage.foundation.networks.invited import (
    InvitationError,
    InvitationState,
    fingerprint_of,
    found,
    invitation_path,
    is_listed,
    role_label,
    state_of,
    waiting_invitations,
)
from maillage.foundation.networks.models import Invitation, Network, NetworkRole
from maillage.foundation.networks.queries import current
from maillage.foundation.notify.sending import mail_person
from maillage.foundation.organisations.enums import RoleKind
from maillage.foundation.organisations.models import Organisation, Role

VALID_DAYS: Final = 14
LONGEST: Final = 90
LONGEST_NAME: Final = 120
TOKEN_BYTES: Final = 24

__all__ = [
    "Accepted",
    "InvitationError",
    "InvitationState",
    "accept",
    "found",
    "invitation_path",
    "invite",
    "renew",
    "revoke",
    "role_label",
    "send_invitation",
    "state_of",
    "waiting_invitations",
]


@transaction.atomic
def invite(
    *,
    acting: Acting,
    email: str,
    name: str,
    network_role: str = "",
    organisation: Organisation | None = None,
    organisation_role: str = "",
    valid_days: int = VALID_DAYS,
) -> tuple[Invitation, str]:
    """Invite somebody to one role; return the invitation and its token, told only now.

    The role is one in the network (`organisation` then is the body that sends the person), or one
    in an organisation of the network. Raises InvitationError, PermissionDenied.
    """
    network = _network_inviting(acting, organisation, organisation_role)
    email, name = _tidy(email, name)
    _check_role(network, network_role, organisation, organisation_role)
    _refuse_held(network, email, network_role, organisation, organisation_role)
    token = token_urlsafe(TOKEN_BYTES)
    invitation = Invitation.objects.create(
        network=network,
        fingerprint=fingerprint_of(token),
        email=email,
        name=name,
        network_role=network_role,
        organisation=organisation,
        organisation_role=organisation_role,
        invited_by_id=acting.person.public_id,
        expires_at=_end(valid_days),
    )
    after = {"email": email, "role": network_role or organisation_role}
    trail(acting, "invite", invitation, after=after)
    return invitation, token


@transaction.atomic
def renew(
    *, acting: Acting, invitation: Invitation, valid_days: int = VALID_DAYS
) -> tuple[Invitation, str]:
    """Give an invitation a new link and a new last day; the former link dies."""
    invitation = _own(acting, invitation)
    _refuse_over(invitation)
    token = token_urlsafe(TOKEN_BYTES)
    before = {"expires_at": invitation.expires_at.isoformat()}
    invitation.fingerprint = fingerprint_of(token)
    invitation.expires_at = _end(valid_days)
    invitation.save(update_fields=["fingerprint", "expires_at"])
    after = {"expires_at": invitation.expires_at.isoformat()}
    trail(acting, "renew", invitation, before=before, after=after)
    return invitation, token


@transaction.atomic
def revoke(*, acting: Acting, invitation: Invitation) -> None:
    """Withdraw an invitation: its link dies."""
    invitation = _own(acting, invitation)
    _refuse_over(invitation)
    invitation.revoked_at = now()
    invitation.save(update_fields=["revoked_at"])
    trail(acting, "revoke", invitation, after={"revoked_at": invitation.revoked_at.isoformat()})


@transaction.atomic
def send_invitation(*, acting: Acting, invitation: Invitation, token: str) -> None:
    """Mail an invitation, in the language of whom it is for; it leaves once all is saved.

    The language of somebody we do not know yet is that of the person who invites them.
    """
    known = Person.objects.filter(email=invitation.email).first()
    mail_person(
        email=invitation.email,
        language=(known or acting.person).language,
        subject=lambda: (
            _("%(person)s invites you to %(network)s")
            % {"person": acting.person, "network": invitation.network.name}
        ),
        text=lambda: _text(acting.person, invitation),
        path=invitation_path(token),
    )


def _text(inviter: Person, invitation: Invitation) -> str:
    role = role_label(invitation)
    if invitation.organisation is not None:
        role = f"{role}, {invitation.organisation.name}"
    lines = (
        _("Hello %(name)s,") % {"name": invitation.name},
        _("%(person)s invites you to join the network %(network)s.")
        % {"person": inviter, "network": invitation.network.name},
        _("Your role there: %(role)s.") % {"role": role},
        _(
            "The link below is for you alone, until %(day)s. When you open it, we send you a code"
            " at this address, to make sure that it is you."
        )
        % {"day": date_format(localtime(invitation.expires_at).date())},
        _("You do not know this network? Ignore this message: nothing will happen."),
    )
    return "\n\n".join(lines)


def _network_inviting(
    acting: Acting, organisation: Organisation | None, organisation_role: str
) -> Network:
    """Return the network, for who may invite to that role: anybody else is denied."""
    own = (
        bool(organisation_role)
        and organisation is not None
        and acting.firm == organisation
        and acting.can("edit_own_firm")
    )
    if acting.network is None or not (acting.can("manage_roles") or own):
        raise PermissionDenied
    return acting.network


def _own(acting: Acting, invitation: Invitation) -> Invitation:
    """Return the invitation as it is now, for who may still change it."""
    fresh = (
        Invitation.objects.select_for_update(of=("self",))
        .select_related("network", "organisation")
        .get(pk=invitation.pk)
    )
    _network_inviting(acting, fresh.organisation, fresh.organisation_role)
    return fresh


def _tidy(email: str, name: str) -> tuple[str, str]:
    email, name = email.strip().lower(), " ".join(name.split())
    try:
        validate_email(email)
    except ValidationError:
        raise InvitationError(
            _("“%(email)s” is not an e-mail address.") % {"email": email}, "email"
        ) from None
    if not name:
        raise InvitationError(_("Give the name of the person."), "name")
    longest = LONGEST_NAME
    if len(name) > longest:
        raise InvitationError(
            _("This name is too long: %(limit)s characters at most.") % {"limit": longest}, "name"
        )
    return email, name


def _check_role(
    network: Network, network_role: str, organisation: Organisation | None, organisation_role: str
) -> None:
    kinds = NetworkRoleKind.values if network_role else RoleKind.values
    if bool(network_role) == bool(organisation_role):
        raise InvitationError(_("Choose one role."), "role")
    if (network_role or organisation_role) not in kinds:
        raise InvitationError(_("Choose a role."), "role")
    if organisation is None:
        if organisation_role:
            raise InvitationError(_("Choose the organisation."), "organisation")
    elif organisation_role and not is_listed(network, organisation):
        raise InvitationError(
            _("%(firm)s is not in the directory of the network.") % {"firm": organisation.name},
            "organisation",
        )


def _refuse_held(
    network: Network,
    email: str,
    network_role: str,
    organisation: Organisation | None,
    organisation_role: str,
) -> None:
    """Refuse to invite to what somebody already has, or was already invited to."""
    today = localdate()
    if network_role:
        held = NetworkRole.objects.filter(
            current(today), network=network, kind=network_role, person__email=email
        ).exists()
    else:
        held = Role.objects.filter(
            current(today), organisation=organisation, kind=organisation_role, person__email=email
        ).exists()
    if held:
        raise InvitationError(_("%(email)s already has this role.") % {"email": email}, "email")
    firm = Q() if network_role else Q(organisation=organisation)
    waiting = waiting_invitations(network).filter(
        firm, email=email, network_role=network_role, organisation_role=organisation_role
    )
    if waiting.exists():
        raise InvitationError(
            _("%(email)s was already invited to this role: send that invitation again instead.")
            % {"email": email},
            "email",
        )


def _refuse_over(invitation: Invitation) -> None:
    if invitation.accepted_at is not None:
        raise InvitationError(_("This invitation was accepted: end the role instead."))
    if invitation.revoked_at is not None:
        raise InvitationError(_("This invitation was withdrawn: send a new one."))


def _end(valid_days: int) -> datetime:
    if not 1 <= valid_days <= LONGEST:
        raise InvitationError(
            _("An invitation is valid between 1 and %(limit)s days.") % {"limit": LONGEST},
            "valid_days",
        )
    return now() + timedelta(days=valid_days)
