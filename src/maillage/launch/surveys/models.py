"""Surveys: which questionnaire, put to whom, and what became of each question put."""

import uuid
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from maillage.bricks.questionnaires.models import QuestionnaireVersion, Response
from maillage.foundation.networks.models import Network
from maillage.foundation.organisations.models import Organisation
from maillage.foundation.organisations.scoping import scoped_by


class Survey(models.Model):
    """A questionnaire put to firms, from a day to a day.

    New answers are given to `version`; answers begun before it changed keep theirs. An anonymous
    survey has one link for everybody and no list of firms.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    network = models.ForeignKey(Network, models.CASCADE, related_name="surveys")
    title = models.CharField(_("title"), max_length=120)
    version = models.ForeignKey(QuestionnaireVersion, models.PROTECT, related_name="surveys")
    anonymous = models.BooleanField(_("nobody can tell who answered"), default=False)
    opens_on = models.DateField(_("opens on"))
    closes_on = models.DateField(_("last day"), null=True, blank=True)
    wave = models.PositiveSmallIntegerField(_("wave"), default=1)
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[models.Manager["Survey"]] = scoped_by(network="network")

    class Meta:
        ordering = ["-opens_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closes_on=None) | models.Q(closes_on__gte=models.F("opens_on")),
                name="survey_closes_after_it_opens",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Invitee(models.Model):
    """A firm that is asked; `wave` tells when it was added to the sample.

    `link` counts the personal links made for it: only the last one works.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    survey = models.ForeignKey(Survey, models.CASCADE, related_name="invitees")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="asked_in")
    wave = models.PositiveSmallIntegerField(_("wave"), default=1)
    link = models.PositiveSmallIntegerField(default=1)
    written_at = models.DateTimeField(_("link sent"), null=True, blank=True)
    response = models.OneToOneField(
        Response, models.SET_NULL, null=True, blank=True, related_name="invitee"
    )
    refused_at = models.DateTimeField(_("would rather not answer"), null=True, blank=True)
    refused_because = models.CharField(_("reason"), max_length=200, blank=True)

    objects: ClassVar[models.Manager["Invitee"]] = scoped_by(network="survey__network")

    class Meta:
        ordering = ["survey_id", "id"]
        constraints = [
            models.UniqueConstraint(fields=["survey", "organisation"], name="invitee_once"),
        ]

    def __str__(self) -> str:
        return f"{self.survey_id} {self.organisation_id}"


class AnswersImport(models.Model):
    """A spreadsheet of answers: every row as it was received, and what was made of them.

    `fields` says what each column holds; `rows` are line, cells and faults; `made` is what undoing
    needs to know (see `answers_file`).
    """

    class State(models.TextChoices):
        """Where a file stands."""

        READY = "ready", _("To look at")
        APPLIED = "applied", _("Applied")
        UNDONE = "undone", _("Undone")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    survey = models.ForeignKey(Survey, models.CASCADE, related_name="imports")
    file_name = models.CharField(_("file"), max_length=200)
    state = models.CharField(
        _("where it stands"), max_length=10, choices=State, default=State.READY
    )
    titles = models.JSONField()
    fields = models.JSONField()
    rows = models.JSONField()
    made = models.JSONField(default=list)
    started_by_id = models.UUIDField()
    created_at = models.DateTimeField(_("received"), auto_now_add=True)

    objects: ClassVar[models.Manager["AnswersImport"]] = scoped_by(network="survey__network")

    class Meta:
        ordering = ["-created_at", "-id"]

    def __str__(self) -> str:
        return self.file_name
