"""Texts in clauses, their versions, who signed which, and the links by which they sign."""

import uuid
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from maillage.bricks.agreements.enums import SignatureMethod
from maillage.foundation.networks.models import Network
from maillage.foundation.organisations.models import Organisation
from maillage.foundation.organisations.scoping import scoped_by

SHA256 = 64  # hexadecimal characters


class Agreement(models.Model):
    """A text that is signed; `kind` says what it is for (the charter of a network, a contract…).

    `subject_id` is the public id of the one thing it is about; a text without any is the network's.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    network = models.ForeignKey(Network, models.CASCADE, related_name="agreements")
    kind = models.CharField(_("kind"), max_length=20)
    subject_id = models.UUIDField(null=True, blank=True, editable=False)
    title = models.CharField(_("title"), max_length=120)

    objects: ClassVar[models.Manager["Agreement"]] = scoped_by(network="network")

    class Meta:
        ordering = ["network_id", "kind"]
        constraints = [
            models.UniqueConstraint(
                fields=["network", "kind"],
                condition=models.Q(subject_id=None),
                name="agreement_kind_once",
            ),
            models.UniqueConstraint(
                fields=["network", "kind", "subject_id"],
                condition=models.Q(subject_id__isnull=False),
                name="agreement_once_per_subject",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class AgreementVersion(models.Model):
    """One version of a text: a draft until it is published, and the same for ever after.

    `clauses` are read and written by `clauses`; they are in one language, the one that is signed.
    `revision` counts the changes of a draft, so that nobody writes over another. `signers` names
    who signs at the foot of the paper, one line each; without any, a firm does.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField(_("version"))
    language = models.CharField(_("language"), max_length=5)
    clauses = models.JSONField(_("clauses"))
    signers = models.JSONField(_("who signs"), default=list, blank=True)
    summary = models.CharField(_("what changes"), max_length=500, blank=True)
    revision = models.PositiveIntegerField(default=1, editable=False)
    begun_at = models.DateTimeField(auto_now_add=True)
    published_at = models.DateTimeField(_("published"), null=True, blank=True)

    objects: ClassVar[models.Manager["AgreementVersion"]] = scoped_by(network="agreement__network")

    class Meta:
        ordering = ["agreement_id", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "number"], name="agreement_number_once"),
            models.UniqueConstraint(
                fields=["agreement"],
                condition=models.Q(published_at=None),
                name="agreement_one_draft",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreement_id}, version {self.number}"


class AgreementDocument(models.Model):
    """The document of a version, byte for byte as it was published; `sha256` is its print."""

    version = models.OneToOneField(AgreementVersion, models.CASCADE, related_name="document")
    content = models.BinaryField()
    sha256 = models.CharField(max_length=SHA256)

    objects: ClassVar[models.Manager["AgreementDocument"]] = scoped_by(
        network="version__agreement__network"
    )

    class Meta:
        ordering = ["version_id"]

    def __str__(self) -> str:
        return self.sha256


SIGNED_BY_ONE = models.Q(organisation__isnull=False, party_id=None) | models.Q(
    organisation=None, party_id__isnull=False
)


class Signature(models.Model):
    """Somebody signed a version: who, as they typed it, how, when, and what they agreed to.

    They sign for an organisation, or as `party_id`: the public id of a person who signs for
    themselves, or of the network that its animator signs for. `sha256` is the print of the document
    signed; `consent` the sentence that was shown. A change of the text is another version: what was
    signed stays what it was.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    version = models.ForeignKey(AgreementVersion, models.PROTECT, related_name="signatures")
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, null=True, blank=True, related_name="signatures"
    )
    party_id = models.UUIDField(null=True, blank=True)
    name = models.CharField(_("name"), max_length=120)
    role = models.CharField(_("role in the firm"), max_length=80, blank=True)
    method = models.CharField(_("how"), max_length=8, choices=SignatureMethod)
    sha256 = models.CharField(max_length=SHA256)
    consent = models.CharField(_("agreed to"), max_length=500, blank=True)
    signed_at = models.DateTimeField(_("signed"))

    objects: ClassVar[models.Manager["Signature"]] = scoped_by(
        network="version__agreement__network"
    )

    class Meta:
        ordering = ["-signed_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["version", "organisation"], name="signature_once"),
            models.UniqueConstraint(fields=["version", "party_id"], name="signature_once_by_party"),
            models.CheckConstraint(condition=SIGNED_BY_ONE, name="signature_is_of_one"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id or self.party_id} signed {self.version_id}"


class SignedScan(models.Model):
    """The paper that was signed, as a picture or a document."""

    signature = models.OneToOneField(Signature, models.CASCADE, related_name="scan")
    media_type = models.CharField(max_length=40)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=SHA256)

    objects: ClassVar[models.Manager["SignedScan"]] = scoped_by(
        network="signature__version__agreement__network"
    )

    class Meta:
        ordering = ["signature_id"]

    def __str__(self) -> str:
        return self.sha256


class SigningLink(models.Model):
    """A link by which an organisation, or a person, signs once, before a day, without an account.

    Only the fingerprint of its token is kept. `reader` is the fingerprint of the browser that
    opened it: a link forwarded afterwards opens nothing.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    version = models.ForeignKey(AgreementVersion, models.CASCADE, related_name="links")
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, null=True, blank=True, related_name="signing_links"
    )
    party_id = models.UUIDField(null=True, blank=True)
    fingerprint = models.CharField(max_length=SHA256, unique=True)
    reader = models.CharField(max_length=SHA256, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(_("works until"))
    used_at = models.DateTimeField(_("used"), null=True, blank=True)
    voided_at = models.DateTimeField(_("replaced"), null=True, blank=True)

    objects: ClassVar[models.Manager["SigningLink"]] = scoped_by(
        network="version__agreement__network"
    )

    class Meta:
        ordering = ["-made_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=SIGNED_BY_ONE, name="signing_link_is_of_one"),
        ]

    def __str__(self) -> str:
        return f"{self.version_id} for {self.organisation_id or self.party_id}"
