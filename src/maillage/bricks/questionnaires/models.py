"""Questionnaires, their versions, and the answers given to each version."""

import uuid
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from maillage.bricks.questionnaires.enums import AnswerChannel
from maillage.foundation.networks.models import Network
from maillage.foundation.organisations.models import Organisation
from maillage.foundation.organisations.scoping import scoped_by


class Questionnaire(models.Model):
    """A set of questions that a network keeps, through its versions.

    `preset` names the one that comes with Maillage when this is that one, as it came. A copy says
    what it came from, and keeps what that asked then, to tell later what changed on either side.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    network = models.ForeignKey(Network, models.CASCADE, related_name="questionnaires")
    title = models.CharField(_("title"), max_length=120)
    preset = models.CharField(max_length=60, blank=True)
    copied_preset = models.CharField(_("copied from"), max_length=60, blank=True)
    copied_from = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="copies"
    )
    copied_content = models.JSONField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[models.Manager["Questionnaire"]] = scoped_by(network="network")

    class Meta:
        ordering = ["title", "id"]

    def __str__(self) -> str:
        return self.title


class QuestionnaireVersion(models.Model):
    """What a questionnaire asks, at one moment; once published it never changes.

    `content` is what `definition.read` reads. A draft keeps the questions that were taken away, to
    put them back: `removed` lists `{question, after}`.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    questionnaire = models.ForeignKey(Questionnaire, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField(_("version"))
    content = models.JSONField(_("questions"))
    removed = models.JSONField(default=list, blank=True)
    changed_at = models.DateTimeField(_("last change"), auto_now=True)
    published_at = models.DateTimeField(_("published"), null=True, blank=True)

    objects: ClassVar[models.Manager["QuestionnaireVersion"]] = scoped_by(
        network="questionnaire__network"
    )

    class Meta:
        ordering = ["questionnaire_id", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["questionnaire", "number"], name="questionnaire_version_once"
            ),
            models.UniqueConstraint(
                fields=["questionnaire"],
                condition=models.Q(published_at=None),
                name="questionnaire_one_draft",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.questionnaire_id}, {self.number}"


class Response(models.Model):
    """The answers of one firm, or of somebody nobody can name (`organisation` is then empty).

    `asked_in` is the public id of what asked: a survey.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    network = models.ForeignKey(Network, models.CASCADE, related_name="responses")
    version = models.ForeignKey(QuestionnaireVersion, models.PROTECT, related_name="responses")
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, null=True, blank=True, related_name="responses"
    )
    asked_in = models.UUIDField(db_index=True)
    channel = models.CharField(_("how it came"), max_length=10, choices=AnswerChannel)
    entered_by_id = models.UUIDField(null=True)
    started_at = models.DateTimeField(_("begun"))
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)

    objects: ClassVar[models.Manager["Response"]] = scoped_by(network="network")

    class Meta:
        ordering = ["started_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["asked_in", "organisation"],
                condition=models.Q(organisation__isnull=False),
                name="response_one_per_firm",
            ),
        ]
        indexes = [models.Index(fields=["asked_in", "finished_at"], name="response_by_survey")]

    def __str__(self) -> str:
        return f"{self.asked_in} {self.organisation_id}"


class Answer(models.Model):
    """The answer to one question."""

    response = models.ForeignKey(Response, models.CASCADE, related_name="answers")
    question = models.CharField(max_length=40)
    value = models.JSONField()

    objects: ClassVar[models.Manager["Answer"]] = scoped_by(network="response__network")

    class Meta:
        ordering = ["response_id", "id"]
        constraints = [
            models.UniqueConstraint(fields=["response", "question"], name="answer_once"),
        ]

    def __str__(self) -> str:
        return f"{self.response_id} {self.question}"
