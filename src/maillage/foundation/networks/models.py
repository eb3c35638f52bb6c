"""Networks, the tenants, and what belongs to each of them."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from maillage.foundation.networks.enums import (
    BodyInvolvementKind,
    Composition,
    NetworkAim,
    NetworkRoleKind,
    ObjectiveState,
    Tier,
)
from maillage.foundation.organisations.enums import RoleKind
from maillage.foundation.organisations.models import Organisation, Register
from maillage.foundation.organisations.scoping import scoped_by

ENDS_AFTER_START = models.Q(ends_on=None) | models.Q(ends_on__gte=models.F("starts_on"))


class Network(models.Model):
    """A network of cooperation: what is entered in one is never seen from another."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    slug = models.SlugField(_("address"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=120)
    register = models.ForeignKey(Register, models.PROTECT, related_name="networks")
    preset = models.CharField(_("kind of network"), max_length=40)
    aim = models.CharField(_("aim"), max_length=20, choices=NetworkAim)
    composition = models.CharField(_("composition"), max_length=20, choices=Composition)
    presentation = models.TextField(_("presentation"), max_length=1000, blank=True)
    objective_cap = models.PositiveSmallIntegerField(_("objectives at a time, at most"), default=3)
    strong_sign_in = models.BooleanField(
        _("a second proof of identity is asked of animators and treasurers"), default=False
    )
    listed = models.BooleanField(_("shown in the public directory"), default=False)
    opened_on = models.DateField(_("opened on"))
    closed_on = models.DateField(_("closed on"), null=True, blank=True)

    class Meta:
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name


class Decision(models.Model):
    """A decision the members took, as their minutes record it."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    network = models.ForeignKey(Network, models.CASCADE, related_name="decisions")
    title = models.CharField(_("decision"), max_length=200)
    minutes = models.TextField(_("what the minutes say"), blank=True)
    taken_on = models.DateField(_("taken on"))
    votes_for = models.PositiveSmallIntegerField(_("for"), default=0)
    votes_against = models.PositiveSmallIntegerField(_("against"), default=0)
    abstentions = models.PositiveSmallIntegerField(_("abstentions"), default=0)
    recorded_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[models.Manager["Decision"]] = scoped_by(network="network")

    class Meta:
        ordering = ["-taken_on", "-id"]

    def __str__(self) -> str:
        return self.title


class NetworkModule(models.Model):
    """A module that is switched on; the first comes with the preset, the others by a decision."""

    network = models.ForeignKey(Network, models.CASCADE, related_name="modules")
    key = models.CharField(_("module"), max_length=40)
    decision = models.ForeignKey(
        Decision, models.PROTECT, null=True, blank=True, related_name="modules"
    )
    switched_on_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[models.Manager["NetworkModule"]] = scoped_by(network="network")

    class Meta:
        ordering = ["network_id", "switched_on_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["network", "key"], name="network_module_once"),
        ]

    def __str__(self) -> str:
        return self.key


class Membership(models.Model):
    """The place of an organisation in a network: listed, and a member during its periods."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    network = models.ForeignKey(Network, models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="memberships")
    listed_on = models.DateField(_("in the directory since"))

    objects: ClassVar[models.Manager["Membership"]] = scoped_by(network="network")

    class Meta:
        ordering = ["network_id", "id"]
        constraints = [
            models.UniqueConstraint(fields=["network", "organisation"], name="membership_once"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} in {self.network_id}"


class MembershipPeriod(models.Model):
    """From entry to exit, in one tier; a return, or another tier, is another period."""

    membership = models.ForeignKey(Membership, models.CASCADE, related_name="periods")
    tier = models.CharField(_("place"), max_length=10, choices=Tier)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    exit_reason = models.CharField(_("reason for leaving"), max_length=200, blank=True)

    objects: ClassVar[models.Manager["MembershipPeriod"]] = scoped_by(network="membership__network")

    class Meta:
        ordering = ["membership_id", "starts_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=ENDS_AFTER_START, name="membership_period_ends_after_it_starts"
            ),
            models.UniqueConstraint(
                fields=["membership"],
                condition=models.Q(ends_on=None),
                name="membership_one_open_period",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tier} {self.starts_on}–{self.ends_on or ''}"


class NetworkRole(models.Model):
    """What a person does in a network, from a day to a day."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    network = models.ForeignKey(Network, models.CASCADE, related_name="roles")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="network_roles"
    )
    organisation = models.ForeignKey(
        Organisation, models.SET_NULL, null=True, blank=True, related_name="network_roles"
    )
    kind = models.CharField(_("role"), max_length=20, choices=NetworkRoleKind)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("last day"), null=True, blank=True)

    objects: ClassVar[models.Manager["NetworkRole"]] = scoped_by(network="network")

    class Meta:
        ordering = ["network_id", "kind", "id"]
        indexes = [models.Index(fields=["person", "ends_on"], name="network_role_by_person")]
        constraints = [
            models.CheckConstraint(
                condition=ENDS_AFTER_START, name="network_role_ends_after_it_starts"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.network_id}"


class Invitation(models.Model):
    """A link that gives one person one role, once, before a date.

    Only the fingerprint of the link is kept: nobody who reads the database can use it.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    network = models.ForeignKey(Network, models.CASCADE, related_name="invitations")
    fingerprint = models.CharField(max_length=64, unique=True)
    email = models.EmailField(_("e-mail address"))
    name = models.CharField(_("name"), max_length=120)
    network_role = models.CharField(
        _("role in the network"), max_length=20, choices=NetworkRoleKind, blank=True
    )
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, null=True, blank=True, related_name="invitations"
    )
    organisation_role = models.CharField(
        _("role in the firm"), max_length=20, choices=RoleKind, blank=True
    )
    invited_by_id = models.UUIDField()
    invited_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(_("valid until"))
    accepted_at = models.DateTimeField(null=True)
    accepted_by_id = models.UUIDField(null=True)
    revoked_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager["Invitation"]] = scoped_by(network="network")

    class Meta:
        ordering = ["-invited_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=(~models.Q(network_role="") & models.Q(organisation_role=""))
                | (models.Q(network_role="") & ~models.Q(organisation_role="")),
                name="invitation_gives_one_role",
            ),
            models.CheckConstraint(
                condition=models.Q(organisation_role="") | ~models.Q(organisation=None),
                name="invitation_to_a_firm_names_it",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} <{self.email}>"

    @property
    def has_expired(self) -> bool:
        """Whether its date has passed."""
        return self.expires_at <= now()


class BodyInvolvement(models.Model):
    """What an outside body does in a network, from a day to a day."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    network = models.ForeignKey(Network, models.CASCADE, related_name="bodies")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="involvements")
    kind = models.CharField(_("part it plays"), max_length=20, choices=BodyInvolvementKind)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("last day"), null=True, blank=True)

    objects: ClassVar[models.Manager["BodyInvolvement"]] = scoped_by(network="network")

    class Meta:
        ordering = ["network_id", "kind", "id"]
        constraints = [
            models.CheckConstraint(
                condition=ENDS_AFTER_START, name="body_involvement_ends_after_it_starts"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id}: {self.kind}"


class Objective(models.Model):
    """What members want to reach; a sponsor's stays a proposal until members endorse it."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    network = models.ForeignKey(Network, models.CASCADE, related_name="objectives")
    title = models.CharField(_("objective"), max_length=160)
    detail = models.TextField(_("what it means for a firm"), max_length=2000, blank=True)
    first_step = models.CharField(_("first step, within three months"), max_length=200, blank=True)
    due_on = models.DateField(_("to be reached by"), null=True, blank=True)
    proposed_by_id = models.UUIDField()
    proposing = models.ForeignKey(
        Organisation, models.SET_NULL, null=True, blank=True, related_name="objectives"
    )
    by_sponsor = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=ObjectiveState, default=ObjectiveState.PROPOSED)
    version = models.PositiveIntegerField(default=1)
    proposed_at = models.DateTimeField(auto_now_add=True)
    activated_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager["Objective"]] = scoped_by(network="network")

    class Meta:
        ordering = ["network_id", "state", "-proposed_at", "-id"]

    def __str__(self) -> str:
        return self.title


class Endorsement(models.Model):
    """A member says yes to an objective, in the version it read."""

    objective = models.ForeignKey(Objective, models.CASCADE, related_name="endorsements")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="endorsements")
    version = models.PositiveIntegerField()
    person_id = models.UUIDField()
    given_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager["Endorsement"]] = scoped_by(network="objective__network")

    class Meta:
        ordering = ["objective_id", "given_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["objective", "organisation"],
                condition=models.Q(withdrawn_at=None),
                name="endorsement_once_per_member",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} → {self.objective_id}"


class StartCondition(models.Model):
    """One line of the checklist of conditions a network should meet at its start."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    network = models.ForeignKey(Network, models.CASCADE, related_name="conditions")
    key = models.CharField(max_length=40)
    met = models.BooleanField(_("met"), default=False)
    proof = models.TextField(_("what shows it"), max_length=1000, blank=True)
    looked_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager["StartCondition"]] = scoped_by(network="network")

    class Meta:
        ordering = ["network_id", "id"]
        constraints = [
            models.UniqueConstraint(fields=["network", "key"], name="start_condition_once"),
        ]

    def __str__(self) -> str:
        return self.key


class Task(models.Model):
    """Something to do before a day, for whoever runs the network or for one person."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    network = models.ForeignKey(Network, models.CASCADE, related_name="tasks")
    condition = models.ForeignKey(
        StartCondition, models.SET_NULL, null=True, blank=True, related_name="tasks"
    )
    title = models.CharField(_("to do"), max_length=200)
    due_on = models.DateField(_("before"))
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="tasks"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    done_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager["Task"]] = scoped_by(network="network")

    class Meta:
        ordering = ["due_on", "id"]

    def __str__(self) -> str:
        return self.title
