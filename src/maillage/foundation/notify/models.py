"""What reaches people, and how often a firm is solicited.

This application sits below organisations and networks, so it names them by their public ids. A
firm is named by `firm_key`: its SIREN when it has one, so that two bodies that keep two records
of the same firm still share one ceiling.
"""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from maillage.foundation.notify.enums import ContactChannel, DigestFrequency, MailState


class Contact(models.Model):
    """One solicitation of a firm, by whatever body and channel."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    firm_key = models.CharField(max_length=36, db_index=True)
    organisation_id = models.UUIDField(db_index=True)
    network_id = models.UUIDField(null=True, db_index=True)
    body_name = models.CharField(_("by which body"), max_length=160)
    person_id = models.UUIDField(null=True)
    channel = models.CharField(_("how"), max_length=10, choices=ContactChannel)
    subject = models.CharField(_("about"), max_length=200)
    counts = models.BooleanField(_("counts towards the ceiling"), default=True)
    useful = models.BooleanField(_("was useful to the firm"), null=True)
    at = models.DateTimeField(_("when"), db_index=True)
    logged_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["firm_key", "at"], name="contact_by_firm"),
            models.Index(fields=["network_id", "at"], name="contact_by_network"),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.subject}"


class ContactPolicy(models.Model):
    """How often a firm accepts to be solicited, and who leads.

    Without a number, it is what the network of whoever writes usually does. The row is also what
    two senders of the same moment queue for.
    """

    firm_key = models.CharField(max_length=36, unique=True)
    ceiling = models.PositiveSmallIntegerField(_("contacts at most"), null=True)
    days = models.PositiveSmallIntegerField(_("in how many days"), null=True)
    set_by_firm = models.BooleanField(_("chosen by the firm itself"), default=False)
    lead_person_id = models.UUIDField(null=True)
    lead_name = models.CharField(_("lead contact"), max_length=120, blank=True)

    class Meta:
        ordering = ["firm_key"]
        verbose_name_plural = "contact policies"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ceiling=None, days=None)
                | models.Q(ceiling__isnull=False, days__gte=1),
                name="contact_policy_ceiling_and_days_together",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.firm_key}: {self.ceiling} in {self.days} days"


class QuietPeriod(models.Model):
    """Days in which a firm is left alone."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    firm_key = models.CharField(max_length=36, db_index=True)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))
    reason = models.CharField(_("reason"), max_length=120, blank=True)

    class Meta:
        ordering = ["starts_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")),
                name="quiet_period_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.firm_key} {self.starts_on}–{self.ends_on}"


class Notification(models.Model):
    """Something a person should know, read in the application or in a digest.

    `about_id` is the organisation it tells of: whoever competes with it does not read it.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="notifications"
    )
    network_id = models.UUIDField(null=True)
    about_id = models.UUIDField(null=True)
    title = models.CharField(max_length=200)
    body = models.CharField(max_length=500, blank=True)
    url = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at", "-id"]
        indexes = [models.Index(fields=["person", "read_at"], name="notification_by_person")]

    def __str__(self) -> str:
        return self.title


class DigestPreference(models.Model):
    """How often a person gets what is new by mail; the token stops it in one click."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="digest_preference"
    )
    frequency = models.CharField(
        _("summary by mail"), max_length=10, choices=DigestFrequency, default=DigestFrequency.WEEKLY
    )
    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["person_id"]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.frequency}"


class OutgoingMail(models.Model):
    """A mail that leaves in the background, once.

    It goes either to a firm, and then has its line in the log of contacts, or to a person about
    their own affairs: the database holds none that is neither.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    contact = models.OneToOneField(Contact, models.CASCADE, null=True, related_name="mail")
    personal = models.BooleanField(default=False)
    to = models.EmailField()
    reply_to = models.EmailField(blank=True)
    subject = models.CharField(max_length=200)
    text = models.TextField()
    stop_url = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=10, choices=MailState, default=MailState.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    problem = models.CharField(max_length=300, blank=True)
    written_at = models.DateTimeField(auto_now_add=True)
    try_after = models.DateTimeField()
    taken_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["state", "try_after"], name="outgoing_mail_waiting")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(contact=None, personal=True)
                | models.Q(contact__isnull=False, personal=False),
                name="outgoing_mail_to_a_firm_is_in_the_log",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.state} {self.public_id}"
