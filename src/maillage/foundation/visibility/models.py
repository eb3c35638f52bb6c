"""What decides who sees what."""

import uuid
from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from maillage.foundation.networks.models import Network
from maillage.foundation.organisations.models import Organisation
from maillage.foundation.organisations.scoping import scoped_by
from maillage.foundation.visibility.enums import CompetitionSource, ConsentPurpose, Level

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


def _level(label: "_StrPromise", default: Level) -> models.PositiveSmallIntegerField[int, int]:
    return models.PositiveSmallIntegerField(label, choices=Level, default=default)


class FieldLevels(models.Model):
    """How far each part of an organisation's record is seen; without a row, nothing is.

    `presence` is the record itself: name, commune and kind. No part is seen further than it.
    """

    organisation = models.OneToOneField(Organisation, models.CASCADE, related_name="levels")
    presence = _level(_("name, commune and kind"), Level.NETWORK)
    activity = _level(_("activity"), Level.NETWORK)
    size = _level(_("size and number of employees"), Level.PRIVATE)
    identifiers = _level(_("SIREN and SIRET numbers, legal form"), Level.PRIVATE)
    agreement = _level(_("collective agreement"), Level.PRIVATE)
    address = _level(_("address and exact place"), Level.MATCHED)
    contact = _level(_("telephone, e-mail and people to contact"), Level.MATCHED)
    presentation = _level(_("presentation, web site and offers"), Level.NETWORK)
    readiness = _level(_("equipment and channels"), Level.PRIVATE)
    links = _level(_("links with other organisations"), Level.PRIVATE)

    objects: ClassVar[models.Manager["FieldLevels"]] = scoped_by(register="organisation__register")

    class Meta:
        ordering = ["organisation_id"]
        verbose_name_plural = "field levels"

    def __str__(self) -> str:
        return f"levels of {self.organisation_id}"


class Competition(models.Model):
    """Two organisations that compete: each is a stranger to the other.

    The pair is kept once, the older record first. A suggestion shields nobody until somebody who
    may decide confirms it.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    first = models.ForeignKey(Organisation, models.CASCADE, related_name="competitions_first")
    second = models.ForeignKey(Organisation, models.CASCADE, related_name="competitions_second")
    source = models.CharField(_("origin"), max_length=10, choices=CompetitionSource)
    declared_by_id = models.UUIDField(null=True)
    declared_by_firm = models.ForeignKey(
        Organisation, models.SET_NULL, null=True, blank=True, related_name="competitors_declared"
    )
    declared_at = models.DateTimeField(auto_now_add=True)
    confirmed_at = models.DateTimeField(null=True)
    dismissed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager["Competition"]] = scoped_by(register="first__register")

    class Meta:
        ordering = ["-declared_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(first__lt=models.F("second")), name="competition_in_order"
            ),
            models.UniqueConstraint(
                fields=["first", "second"],
                condition=models.Q(ended_at=None),
                name="competition_pair_once",
            ),
        ]
        indexes = [
            models.Index(fields=["first", "ended_at"], name="competition_first"),
            models.Index(fields=["second", "ended_at"], name="competition_second"),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} × {self.second_id}"


class CompetitorClaim(models.Model):
    """A firm names a competitor, in its own words.

    What it typed is all it is ever shown back: whether somebody of that name is in the register
    is for the animator to know.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="competitor_claims")
    name = models.CharField(_("name of the competitor"), max_length=160)
    commune = models.CharField(_("commune"), max_length=80)
    competition = models.ForeignKey(
        Competition, models.SET_NULL, null=True, blank=True, related_name="claims"
    )
    made_at = models.DateTimeField(auto_now_add=True)
    settled_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager["CompetitorClaim"]] = scoped_by(
        register="organisation__register"
    )

    class Meta:
        ordering = ["-made_at", "-id"]

    def __str__(self) -> str:
        return f"{self.name}, {self.commune}"


class CompetitionLift(models.Model):
    """Two competitors agree to meet on one topic; it holds once both have said yes."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    competition = models.ForeignKey(Competition, models.CASCADE, related_name="lifts")
    topic = models.CharField(_("topic"), max_length=120)
    proposed_by_id = models.UUIDField()
    proposed_at = models.DateTimeField(auto_now_add=True)
    first_agreed_at = models.DateTimeField(null=True)
    second_agreed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager["CompetitionLift"]] = scoped_by(
        register="competition__first__register"
    )

    class Meta:
        ordering = ["-proposed_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["competition", "topic"],
                condition=models.Q(ended_at=None),
                name="competition_lift_once_per_topic",
            ),
        ]

    def __str__(self) -> str:
        return self.topic


class Introduction(models.Model):
    """Two organisations that both said yes to knowing more of each other."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    network = models.ForeignKey(Network, models.CASCADE, related_name="introductions")
    asking = models.ForeignKey(Organisation, models.CASCADE, related_name="introductions_asked")
    asked = models.ForeignKey(Organisation, models.CASCADE, related_name="introductions_received")
    reason = models.CharField(_("why"), max_length=300, blank=True)
    proposed_at = models.DateTimeField(auto_now_add=True)
    accepted_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager["Introduction"]] = scoped_by(network="network")

    class Meta:
        ordering = ["-proposed_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["network", "asking", "asked"],
                condition=models.Q(ended_at=None),
                name="introduction_once",
            ),
            models.CheckConstraint(
                condition=~models.Q(asking=models.F("asked")), name="introduction_of_two"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.asking_id} → {self.asked_id}"


class Consent(models.Model):
    """An organisation agrees to a purpose, until it no longer does."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="consents")
    purpose = models.CharField(_("purpose"), max_length=20, choices=ConsentPurpose)
    given_by_id = models.UUIDField()
    given_at = models.DateTimeField()
    revoked_by_id = models.UUIDField(null=True)
    revoked_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager["Consent"]] = scoped_by(register="organisation__register")

    class Meta:
        ordering = ["-given_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "purpose"],
                condition=models.Q(revoked_at=None),
                name="consent_once_per_purpose",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id}: {self.purpose}"


class Pledge(models.Model):
    """The text of confidentiality that people sign before they enter; a change is a version."""

    network = models.ForeignKey(Network, models.CASCADE, related_name="pledges")
    version = models.PositiveIntegerField()
    text = models.TextField(_("what people commit to"), max_length=5000)
    written_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[models.Manager["Pledge"]] = scoped_by(network="network")

    class Meta:
        ordering = ["network_id", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["network", "version"], name="pledge_version_once"),
        ]

    def __str__(self) -> str:
        return f"{self.network_id}, version {self.version}"


class PledgeSignature(models.Model):
    """A person signed a version of the pledge."""

    pledge = models.ForeignKey(Pledge, models.CASCADE, related_name="signatures")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="pledges")
    signed_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[models.Manager["PledgeSignature"]] = scoped_by(network="pledge__network")

    class Meta:
        ordering = ["pledge_id", "signed_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["pledge", "person"], name="pledge_signed_once"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} signed {self.pledge_id}"
