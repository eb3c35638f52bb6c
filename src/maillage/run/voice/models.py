"""What workers say: to each other, to their delegates, to the board. No firm reads any of it."""

import uuid
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from maillage.foundation.organisations.scoping import scoped_by
from maillage.run.employment.models import ENDS_AFTER_START, Worker
from maillage.run.voice.enums import Audience, Company, MeetingState, Reader


class Delegate(models.Model):
    """A worker whom the workers elected to speak for them."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    worker = models.ForeignKey(Worker, models.CASCADE, related_name="mandates")
    starts_on = models.DateField(_("elected on"))
    ends_on = models.DateField(_("last day"), null=True, blank=True)

    objects: ClassVar[models.Manager["Delegate"]] = scoped_by(network="worker__network")

    class Meta:
        ordering = ["-starts_on", "-id"]
        constraints = [
            models.CheckConstraint(condition=ENDS_AFTER_START, name="delegate_ends_after_start"),
        ]

    def __str__(self) -> str:
        return f"{self.worker_id} since {self.starts_on}"


class Card(models.Model):
    """A worker who wishes to be known to the colleagues who wish the same."""

    worker = models.OneToOneField(Worker, models.CASCADE, related_name="card")
    says = models.CharField(_("a word about yourself"), max_length=200, blank=True)
    reach = models.CharField(_("how to reach you"), max_length=120, blank=True)
    shown_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[models.Manager["Card"]] = scoped_by(network="worker__network")

    class Meta:
        ordering = ["worker__folded_name"]

    def __str__(self) -> str:
        return f"card of {self.worker_id}"


class Grievance(models.Model):
    """Something that a worker finds wrong; read by whom the worker chose, answered before a day."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    worker = models.ForeignKey(Worker, models.CASCADE, related_name="grievances")
    audience = models.CharField(_("to whom"), max_length=12, choices=Audience)
    subject = models.CharField(_("what it is about"), max_length=120)
    opened_at = models.DateTimeField(auto_now_add=True)
    due_on = models.DateField(_("answer before"))
    answered_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager["Grievance"]] = scoped_by(network="worker__network")

    class Meta:
        ordering = ["-opened_at", "-id"]

    def __str__(self) -> str:
        return self.subject


class GrievanceWord(models.Model):
    """What was said in a grievance: by the worker first, then by who answers, in turn."""

    grievance = models.ForeignKey(Grievance, models.CASCADE, related_name="words")
    quality = models.CharField(max_length=10, choices=Reader)
    name = models.CharField(max_length=120)
    text = models.TextField(_("what was said"))
    said_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[models.Manager["GrievanceWord"]] = scoped_by(
        network="grievance__worker__network"
    )

    class Meta:
        ordering = ["grievance_id", "said_at", "id"]

    def __str__(self) -> str:
        return f"{self.quality} in {self.grievance_id}"


class Meeting(models.Model):
    """A meeting that a worker asked for, which others may support; then when and where it is."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    worker = models.ForeignKey(Worker, models.CASCADE, related_name="meetings_asked")
    company = models.CharField(_("with whom"), max_length=12, choices=Company)
    topic = models.CharField(_("about what"), max_length=200)
    asked_at = models.DateTimeField(auto_now_add=True)
    state = models.CharField(max_length=10, choices=MeetingState, default=MeetingState.ASKED)
    meets_at = models.DateTimeField(_("when"), null=True)
    place = models.CharField(_("where"), max_length=200, blank=True)
    answer = models.CharField(_("what was answered"), max_length=300, blank=True)

    objects: ClassVar[models.Manager["Meeting"]] = scoped_by(network="worker__network")

    class Meta:
        ordering = ["-asked_at", "-id"]

    def __str__(self) -> str:
        return self.topic


class MeetingSupport(models.Model):
    """A worker who wishes a meeting that another one asked for."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="supports")
    worker = models.ForeignKey(Worker, models.CASCADE, related_name="+")

    objects: ClassVar[models.Manager["MeetingSupport"]] = scoped_by(
        network="meeting__worker__network"
    )

    class Meta:
        ordering = ["meeting_id", "worker_id"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "worker"], name="meeting_supported_once"),
        ]

    def __str__(self) -> str:
        return f"{self.worker_id} for {self.meeting_id}"
