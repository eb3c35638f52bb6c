"""Runs, and the last turn of the work that comes back by date."""

import uuid

from django.conf import settings
from django.db import models

from maillage.foundation.jobs.enums import RunState
from maillage.foundation.jobs.words import said


class Run(models.Model):
    """One piece of background work.

    `owner_id` and `network_id` are public ids: people and networks live on higher floors. What the
    run says is kept in every language (`…_words`), and read through the property without suffix.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=80)
    owner_id = models.UUIDField(null=True, blank=True)
    network_id = models.UUIDField(null=True, blank=True)
    language = models.CharField(max_length=10, default=settings.LANGUAGE_CODE)
    title_words = models.JSONField(default=dict)
    arguments = models.JSONField(default=dict, blank=True)

    state = models.CharField(max_length=10, choices=RunState.choices, default=RunState.QUEUED)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(null=True, blank=True)
    message_words = models.JSONField(default=dict, blank=True)
    best_words = models.JSONField(default=dict, blank=True)
    result = models.JSONField(default=dict, blank=True)
    error_words = models.JSONField(default=dict, blank=True)

    holder = models.CharField(max_length=32, blank=True)  # who executes it: drawn at each attempt
    attempts = models.PositiveSmallIntegerField(default=0)
    heartbeat_at = models.DateTimeField(null=True, blank=True)
    cancel_requested_at = models.DateTimeField(null=True, blank=True)
    queued_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-queued_at", "-id"]
        indexes = [
            models.Index(fields=["owner_id", "-queued_at"], name="run_of_owner"),
            models.Index(fields=["network_id", "-queued_at"], name="run_of_network"),
            models.Index(fields=["state", "heartbeat_at"], name="run_by_sign_of_life"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=RunState.values), name="run_state_is_known"
            ),
            models.CheckConstraint(
                condition=~models.Q(state=RunState.RUNNING)
                | (models.Q(heartbeat_at__isnull=False) & ~models.Q(holder="")),
                name="run_in_progress_has_a_holder",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.public_id}"

    @property
    def title(self) -> str:
        """What is being done, as its owner would name it."""
        return said(self.title_words)

    @property
    def message(self) -> str:
        """What is being done at this moment."""
        return said(self.message_words)

    @property
    def best(self) -> str:
        """The best result so far, in words."""
        return said(self.best_words)

    @property
    def error(self) -> str:
        """Why it did not succeed, what was kept and what to do."""
        return said(self.error_words)

    @property
    def summary(self) -> str:
        """What came out of it, in words."""
        return said(self.result.get("summary", {}))


class LastTurn(models.Model):
    """When a piece of work that comes back by date was last due and queued."""

    name = models.CharField(max_length=80, unique=True)
    due_at = models.DateTimeField()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
