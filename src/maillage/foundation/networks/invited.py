"""What has become of an invitation, and whom it leads to."""

from hashlib import sha256
from typing import Final

from django.db import models
from django.db.models import QuerySet
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django_scopes import scopes_disabled

from maillage.foundation.networks.enums import NetworkRoleKind
from maillage.foundation.networks.models import Invitation, Membership, Network
from maillage.foundation.networks.refusals import NetworkError
from maillage.foundation.organisations.enums import RoleKind
from maillage.foundation.organisations.models import Organisation

PATH: Final = "/invitation/"


class InvitationError(NetworkError):
    """An invitation cannot be made, renewed, withdrawn or accepted in this way."""


class InvitationState(models.TextChoices):
    """What has become of an invitation."""

    WAITING = "waiting", _("Waiting for an answer")
    EXPIRED = "expired", _("Expired")
    ACCEPTED = "accepted", _("Accepted")
    REVOKED = "revoked", _("Withdrawn")


def state_of(invitation: Invitation) -> InvitationState:
    """Return what has become of an invitation."""
    if invitation.accepted_at is not None:
        return InvitationState.ACCEPTED
    if invitation.revoked_at is not None:
        return InvitationState.REVOKED
    if invitation.expires_at <= now():
        return InvitationState.EXPIRED
    return InvitationState.WAITING


def role_label(invitation: Invitation) -> str:
    """Return the role an invitation gives, in words."""
    if invitation.network_role:
        return str(NetworkRoleKind(invitation.network_role).label)
    return str(RoleKind(invitation.organisation_role).label)


def waiting_invitations(network: Network) -> QuerySet[Invitation]:
    """Return the invitations without an answer, expired ones included, for who manages roles."""
    return Invitation.objects.filter(
        network=network, accepted_at=None, revoked_at=None
    ).select_related("organisation")


def found(token: str) -> Invitation | None:
    """Return the invitation a link leads to, for whoever holds the link, in no open network."""
    with scopes_disabled():
        return (
            Invitation.objects.filter(fingerprint=fingerprint_of(token))
            .select_related("network", "network__register", "organisation")
            .first()
        )


def is_listed(network: Network, organisation: Organisation) -> bool:
    """Whether an organisation is in the directory of the network."""
    return Membership.objects.filter(network=network, organisation=organisation).exists()


def invitation_path(token: str) -> str:
    """Return the path of the page where an invitation is accepted."""
    return f"{PATH}{token}/"


def fingerprint_of(token: str) -> str:
    """Return what is kept of the token of a link."""
    return sha256(token.encode()).hexdigest()
