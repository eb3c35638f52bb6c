"""Where each firm stands, and the register of motives and obstacles."""

import uuid
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from maillage.foundation.networks.models import Network
from maillage.foundation.organisations.models import Organisation
from maillage.foundation.organisations.scoping import scoped_by
from maillage.launch.mobilisation.countermeasures import Countermeasure
from maillage.launch.mobilisation.enums import (
    AsideReason,
    AttemptResult,
    MotiveKind,
    ObstacleKind,
    Stage,
)


class Approach(models.Model):
    """How far a firm has come towards taking part in a network.

    A firm of the directory without one is not aware yet. `relay` is the body that introduced it;
    `reason` is, in one sentence, why it takes part, as said on `reason_on`; `commitment` is the
    small thing it did or promised before becoming a member.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    network = models.ForeignKey(Network, models.CASCADE, related_name="approaches")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="approaches")
    stage = models.CharField(
        _("stage"), max_length=12, choices=Stage, default=Stage.NOT_AWARE, db_index=True
    )
    since = models.DateField(_("since"))
    relay = models.ForeignKey(
        Organisation,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="introduced_firms",
    )
    reason = models.CharField(_("why it takes part"), max_length=200, blank=True)
    reason_on = models.DateField(_("said on"), null=True, blank=True)
    commitment = models.CharField(_("small commitment"), max_length=200, blank=True)
    begun_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[models.Manager["Approach"]] = scoped_by(network="network")

    class Meta:
        ordering = ["network_id", "id"]
        verbose_name_plural = "approaches"
        constraints = [
            models.UniqueConstraint(fields=["network", "organisation"], name="approach_once"),
            models.CheckConstraint(
                condition=models.Q(reason="", reason_on=None)
                | (~models.Q(reason="") & models.Q(reason_on__isnull=False)),
                name="approach_reason_is_dated",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id}: {self.stage}"


class StagePassage(models.Model):
    """A firm came to a stage: when, who said so, why when it went back or aside.

    `contact_id` is the line of the log of contacts of the meeting, for a firm that was met.
    """

    approach = models.ForeignKey(Approach, models.CASCADE, related_name="passages")
    from_stage = models.CharField(max_length=12, choices=Stage)
    to_stage = models.CharField(max_length=12, choices=Stage)
    on = models.DateField(_("on"))
    by_id = models.UUIDField(null=True)
    code = models.CharField(_("reason"), max_length=12, choices=AsideReason, blank=True)
    reason = models.CharField(_("in a few words"), max_length=200, blank=True)
    contact_id = models.UUIDField(null=True)

    objects: ClassVar[models.Manager["StagePassage"]] = scoped_by(network="approach__network")

    class Meta:
        ordering = ["approach_id", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(from_stage=models.F("to_stage")), name="stage_passage_moves"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_stage} → {self.to_stage}"


class Motive(models.Model):
    """Why a firm would take part; one of them may be the main one."""

    approach = models.ForeignKey(Approach, models.CASCADE, related_name="motives")
    kind = models.CharField(_("motive"), max_length=12, choices=MotiveKind)
    words = models.CharField(_("in the owner’s own words"), max_length=300, blank=True)
    is_main = models.BooleanField(_("main motive"), default=False)
    noted_on = models.DateField(_("noted on"))

    objects: ClassVar[models.Manager["Motive"]] = scoped_by(network="approach__network")

    class Meta:
        ordering = ["approach_id", "-is_main", "id"]
        constraints = [
            models.UniqueConstraint(fields=["approach", "kind"], name="motive_once"),
            models.UniqueConstraint(
                fields=["approach"], condition=models.Q(is_main=True), name="motive_one_main"
            ),
        ]

    def __str__(self) -> str:
        return self.kind


class Obstacle(models.Model):
    """What holds a firm back, in its own words; `lifted_on` is the day it no longer did."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    approach = models.ForeignKey(Approach, models.CASCADE, related_name="obstacles")
    kind = models.CharField(_("obstacle"), max_length=14, choices=ObstacleKind)
    words = models.CharField(_("in the owner’s own words"), max_length=300, blank=True)
    noted_on = models.DateField(_("noted on"))
    lifted_on = models.DateField(_("lifted on"), null=True, blank=True)

    objects: ClassVar[models.Manager["Obstacle"]] = scoped_by(network="approach__network")

    class Meta:
        ordering = ["approach_id", "noted_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["approach", "kind"],
                condition=models.Q(lifted_on=None) & ~models.Q(kind="other"),
                name="obstacle_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=models.Q(lifted_on=None) | models.Q(lifted_on__gte=models.F("noted_on")),
                name="obstacle_lifted_after_it_was_noted",
            ),
        ]

    def __str__(self) -> str:
        return self.kind


class Attempt(models.Model):
    """A countermeasure that was tried against an obstacle, and what came of it."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    obstacle = models.ForeignKey(Obstacle, models.CASCADE, related_name="attempts")
    countermeasure = models.CharField(_("what was tried"), max_length=16, choices=Countermeasure)
    detail = models.CharField(_("in more words"), max_length=300, blank=True)
    tried_on = models.DateField(_("tried on"))
    result = models.CharField(
        _("result"), max_length=10, choices=AttemptResult, default=AttemptResult.NONE_YET
    )
    result_on = models.DateField(_("result known on"), null=True, blank=True)

    objects: ClassVar[models.Manager["Attempt"]] = scoped_by(network="obstacle__approach__network")

    class Meta:
        ordering = ["obstacle_id", "tried_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(result=AttemptResult.NONE_YET, result_on=None)
                | (
                    ~models.Q(result=AttemptResult.NONE_YET)
                    & models.Q(result_on__gte=models.F("tried_on"))
                ),
                name="attempt_result_is_dated",
            ),
        ]

    def __str__(self) -> str:
        return self.countermeasure
