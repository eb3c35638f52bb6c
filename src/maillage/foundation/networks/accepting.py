"""An invitation is accepted: the account is completed and the dated role begins, or nothing is."""

from dataclasses import dataclass

from django.contrib.auth.hashers import is_password_usable
from django.db import transaction
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django_scopes import scope, scopes_disabled

from maillage.foundation.accounts.addresses import has_proven
from maillage.foundation.accounts.models import Person
from maillage.foundation.audit.actions import record
from maillage.foundation.networks.invited import (
    InvitationError,
    InvitationState,
    fingerprint_of,
    is_listed,
    role_label,
    state_of,
)
from maillage.foundation.networks.models import Invitation, Network, NetworkRole
from maillage.foundation.networks.queries import current
from maillage.foundation.notify.notifications import notify_person
from maillage.foundation.organisations.models import Organisation, Role


@dataclass(frozen=True, slots=True)
class Accepted:
    """An invitation that was accepted: the network, and the role it gave."""

    network: Network
    role: NetworkRole | Role


@transaction.atomic
def accept(*, person: Person, token: str, name: str = "", password: str = "") -> Accepted:
    """Accept an invitation: complete the account, begin the role today, use the link up.

    `name` and `password` are kept when given; the password only of somebody who has none. Doing it
    twice is doing it once. Raises InvitationError when the link is dead or meant for another.
    """
    with scopes_disabled():
        invitation = (
            Invitation.objects.select_for_update(of=("self",))
            .select_related("network", "network__register", "organisation")
            .filter(fingerprint=fingerprint_of(token))
            .first()
        )
    if invitation is None:
        raise InvitationError(_("This link does not work, or no longer does."))
    network = invitation.network
    with scope(network=network, register=network.register):
        if invitation.accepted_by_id == person.public_id:
            return Accepted(network, _role_given(invitation, person))
        refuse_dead(invitation)
        if not has_proven(person, invitation.email):
            raise InvitationError(_("This invitation is for another e-mail address."))
        _complete(person, name, password)
        role = _begin(invitation, person)
        invitation.accepted_at = now()
        invitation.accepted_by_id = person.public_id
        invitation.save(update_fields=["accepted_at", "accepted_by_id"])
        _record(invitation, person, role)
        _tell_inviter(invitation, person)
    return Accepted(network, role)


def refuse_dead(invitation: Invitation) -> None:
    """Raise InvitationError, with a sentence that says what to do, when the link is of no use."""
    state = state_of(invitation)
    network = {"network": invitation.network.name}
    if invitation.network.closed_on is not None:
        raise InvitationError(_("The network %(network)s has closed.") % network)
    if state == InvitationState.EXPIRED:
        raise InvitationError(
            _("This invitation has expired. Ask %(network)s to send it again.") % network
        )
    if state == InvitationState.REVOKED:
        raise InvitationError(
            _("This invitation was withdrawn. If you think it is a mistake, ask %(network)s.")
            % network
        )
    if state == InvitationState.ACCEPTED:
        raise InvitationError(
            _(
                "This invitation was already used. If it was by you, sign in; if not, ask"
                " %(network)s for another one."
            )
            % network
        )


def _complete(person: Person, name: str, password: str) -> None:
    """Give the account what it lacks."""
    changed = []
    name = " ".join(name.split())
    if name and name != person.name:
        person.name = name
        changed.append("name")
    if password and not is_password_usable(person.password):
        person.set_password(password)
        changed.append("password")
    if changed:
        person.save(update_fields=changed)


def _begin(invitation: Invitation, person: Person) -> NetworkRole | Role:
    """Begin the role today, unless the person already has it."""
    today = localdate()
    if invitation.network_role:
        kind, network = invitation.network_role, invitation.network
        held = NetworkRole.objects.filter(
            current(today), network=network, person=person, kind=kind
        ).first()
        return held or NetworkRole.objects.create(
            network=network,
            person=person,
            organisation=invitation.organisation,
            kind=kind,
            starts_on=today,
        )
    firm = invitation.organisation
    if firm is None or not is_listed(invitation.network, firm):
        raise InvitationError(
            _("The firm of this invitation has left the directory of %(network)s.")
            % {"network": invitation.network.name}
        )
    return _firm_role(invitation, firm, person)


def _firm_role(invitation: Invitation, firm: Organisation, person: Person) -> Role:
    """Return the role in the firm: theirs already, the line of its book with the address, or new.

    A line of another kind is left alone: it would give more, or less, than the invitation says.
    """
    today, kind = localdate(), invitation.organisation_role
    lines = Role.objects.filter(current(today), organisation=firm, kind=kind).order_by("id")
    held = lines.filter(person=person).first()
    if held is not None:
        return held
    written = lines.filter(person=None, email__iexact=invitation.email).first()
    if written is not None:
        written.person = person
        written.save(update_fields=["person"])
        return written
    return Role.objects.create(
        organisation=firm,
        person=person,
        kind=kind,
        name=person.name or invitation.name,
        email=invitation.email,
        phone=person.phone,
        starts_on=today,
    )


def _role_given(invitation: Invitation, person: Person) -> NetworkRole | Role:
    """Return the role that was given when the invitation was accepted, even if it ended since."""
    if invitation.network_role:
        return NetworkRole.objects.filter(
            network=invitation.network, person=person, kind=invitation.network_role
        ).latest("starts_on")
    return Role.objects.filter(
        organisation=invitation.organisation, person=person, kind=invitation.organisation_role
    ).latest("starts_on")


def _record(invitation: Invitation, person: Person, role: NetworkRole | Role) -> None:
    for subject, act in ((invitation, "accept"), (role, "begin")):
        record(
            actor_id=person.public_id,
            act=act,
            subject_type=type(subject).__name__,
            subject_id=subject.public_id,
            network_id=invitation.network.public_id,
            after={"role": invitation.network_role or invitation.organisation_role},
        )


def _tell_inviter(invitation: Invitation, person: Person) -> None:
    inviter = Person.objects.filter(public_id=invitation.invited_by_id, is_active=True).first()
    if inviter is None or inviter == person:
        return
    firm = invitation.organisation
    notify_person(
        person=inviter,
        title=lambda: (
            _("%(person)s has accepted your invitation (%(role)s)")
            % {"person": person, "role": role_label(invitation)}
        ),
        network_id=invitation.network.public_id,
        about_id=firm.public_id if firm is not None else None,
    )
