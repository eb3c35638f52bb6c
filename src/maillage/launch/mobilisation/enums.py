"""How far a firm has come, why it would take part, what holds it back."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Stage(models.TextChoices):
    """How far a firm has come towards taking part."""

    NOT_AWARE = "not_aware", _("Not aware")
    PROSPECT = "prospect", _("Prospect")
    MET = "met", pgettext_lazy("stage of a firm", "Met")
    INTERESTED = "interested", _("Interested")
    COMMITTED = "committed", pgettext_lazy("stage of a firm", "Committed")
    ACTIVE = "active", pgettext_lazy("stage of a firm", "Active")
    REFUSED = "refused", pgettext_lazy("stage of a firm", "Said no")
    SET_ASIDE = "set_aside", pgettext_lazy("stage of a firm", "Set aside")


# The road of a firm, in order; it may skip stages. Nothing but somebody's word moves it.
ROAD = (
    Stage.NOT_AWARE,
    Stage.PROSPECT,
    Stage.MET,
    Stage.INTERESTED,
    Stage.COMMITTED,
    Stage.ACTIVE,
)
ASIDE = (Stage.REFUSED, Stage.SET_ASIDE)


class AsideReason(models.TextChoices):
    """Why a firm said no, or why it is left for later."""

    NO_NEED = "no_need", _("It sees no need for it")
    NO_TIME = "no_time", _("It has no time")
    COMPETITION = "competition", _("It does not want to sit with competitors")
    COST = "cost", _("It costs too much")
    BAD_PAST = "bad_past", _("A bad experience in the past")
    SOLICITED = "solicited", _("It is solicited too much")
    ELSEWHERE = "elsewhere", _("It found an answer elsewhere")
    MOMENT = "moment", _("It is not the moment: works, sale, illness…")
    TOO_FAR = "too_far", _("It is too far away")
    NO_ANSWER = "no_answer", _("It does not answer")
    OTHER = "other", _("Another reason, said below")


class MotiveKind(models.TextChoices):
    """Why a firm would take part."""

    AID = "aid", _("An aid or a subsidy")
    CUSTOMERS = "customers", _("Finding customers")
    STAFF = "staff", _("Finding or sharing staff")
    MACHINES = "machines", _("Sharing machines or premises")
    PURCHASES = "purchases", _("Buying together")
    TRAINING = "training", _("Training")
    ISOLATION = "isolation", _("Being less alone")
    LEARNING = "learning", _("Learning from other heads of firms")
    TERRITORY = "territory", _("Keeping the territory alive")
    OTHER = "other", _("Another motive, said below")


class ObstacleKind(models.TextChoices):
    """What holds a firm back."""

    INDIVIDUALISM = "individualism", _("Going it alone")
    TIME = "time", _("Lack of time")
    COMPETITION = "competition", _("Fear of competitors")
    COST = "cost", _("Cost")
    BAD_PAST = "bad_past", _("A bad experience in the past")
    FATIGUE = "fatigue", _("Solicited too often")
    LIABILITY = "liability", _("Fear of answering for others")
    OTHER = "other", _("Something else, said below")


class AttemptResult(models.TextChoices):
    """What came of a countermeasure."""

    NONE_YET = "none_yet", _("Not known yet")
    LIFTED = "lifted", _("Lifted")
    LESSENED = "lessened", _("Lessened")
    NO_EFFECT = "no_effect", _("No effect")


# A countermeasure that worked, at least in part.
WORKED = frozenset({AttemptResult.LIFTED, AttemptResult.LESSENED})


def is_step_back(stage: Stage, to: Stage) -> bool:
    """Whether a passage goes back on the road, or takes up again a firm that was left aside."""
    if to not in ROAD:
        return False
    return stage in ASIDE or ROAD.index(to) < ROAD.index(stage)
