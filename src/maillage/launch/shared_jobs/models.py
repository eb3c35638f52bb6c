"""Searches for jobs, the jobs they found, and what the firms of each answered.

Hours are half-hours a week in each month, January first, as everywhere in launch.
"""

import uuid
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from maillage.foundation.networks.models import Network
from maillage.foundation.organisations.models import Organisation
from maillage.foundation.organisations.scoping import scoped_by
from maillage.launch.needs.models import Need
from maillage.launch.shared_jobs.enums import CompositionState, JobState, ShareAnswer


class Composition(models.Model):
    """A search for the jobs that the needs of a network make together, under chosen rules.

    `asked` is the question as it was put to the engine, `best` the jobs of the best answer so far
    (lists of need ids), `result` the explained answer once it is there; `keeping.py` reads and
    writes them. `curve` holds the steps: seconds, covered, possible.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    network = models.ForeignKey(Network, models.CASCADE, related_name="compositions")
    made_by_id = models.UUIDField()
    made_at = models.DateTimeField(auto_now_add=True)
    contract = models.CharField(_("contract"), max_length=20)
    max_distance_metres = models.PositiveIntegerField(_("distance at most"))
    max_employers = models.PositiveSmallIntegerField(_("employers of a job at most"))
    related = models.BooleanField(_("accept related occupations"), default=True)
    seconds_allowed = models.PositiveIntegerField(_("how long to search"))
    run_id = models.UUIDField(null=True)
    state = models.CharField(
        max_length=10, choices=CompositionState, default=CompositionState.SEARCHING
    )
    asked = models.JSONField()
    best = models.JSONField(null=True)
    curve = models.JSONField(default=list)
    covered_units = models.PositiveIntegerField(default=0)
    bound_units = models.PositiveIntegerField(null=True)
    seconds = models.FloatField(default=0)
    status = models.CharField(max_length=12, blank=True)
    result = models.JSONField(null=True)

    objects: ClassVar[models.Manager["Composition"]] = scoped_by(network="network")

    class Meta:
        ordering = ["-made_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=CompositionState.values),
                name="composition_state_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"composition {self.public_id}"


class JobProposal(models.Model):
    """A job that a search found: kept, set aside, or proposed to its firms until they answer."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    composition = models.ForeignKey(Composition, models.CASCADE, related_name="jobs")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=300)
    state = models.CharField(max_length=10, choices=JobState, default=JobState.FOUND)
    half_hours = models.JSONField()
    metres = models.PositiveIntegerField()
    why = models.JSONField()
    sent_at = models.DateTimeField(null=True)
    answer_by = models.DateField(_("answer by"), null=True)
    settled_at = models.DateTimeField(null=True)
    because = models.CharField(_("why it was given up"), max_length=200, blank=True)

    objects: ClassVar[models.Manager["JobProposal"]] = scoped_by(network="composition__network")

    class Meta:
        ordering = ["composition_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["composition", "number"], name="job_number_once"),
            models.CheckConstraint(
                condition=models.Q(state__in=JobState.values), name="job_state_is_known"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class JobShare(models.Model):
    """The part of a firm in a job: its need, the hours it was asked for, and what it answered."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    job = models.ForeignKey(JobProposal, models.CASCADE, related_name="shares")
    need = models.ForeignKey(Need, models.SET_NULL, null=True, related_name="shares")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="job_shares")
    rank = models.PositiveSmallIntegerField()
    half_hours = models.JSONField()
    answer = models.CharField(max_length=10, choices=ShareAnswer, default=ShareAnswer.WAITING)
    adjusted = models.JSONField(null=True)
    reason = models.CharField(_("why"), max_length=200, blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by_id = models.UUIDField(null=True)
    written_at = models.DateTimeField(null=True)
    link = models.PositiveSmallIntegerField(default=0)

    objects: ClassVar[models.Manager["JobShare"]] = scoped_by(network="job__composition__network")

    class Meta:
        ordering = ["job_id", "rank"]
        constraints = [
            models.UniqueConstraint(fields=["job", "organisation"], name="job_share_once"),
            models.CheckConstraint(
                condition=models.Q(answer__in=ShareAnswer.values), name="job_answer_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} in {self.job_id}"

    @property
    def agreed_half_hours(self) -> list[int]:
        """The hours the firm wants: those it answered, else those it was asked for."""
        return list(self.half_hours if self.adjusted is None else self.adjusted)
