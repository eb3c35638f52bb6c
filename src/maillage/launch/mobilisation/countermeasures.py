"""What may be tried against each obstacle: proposals, among which one is free."""

from collections.abc import Mapping

from django.db import models
from django.utils.translation import gettext_lazy as _

from maillage.launch.mobilisation.enums import ObstacleKind


class Countermeasure(models.TextChoices):
    """Something that is tried to lift an obstacle."""

    VISIT_A_PEER = "visit_a_peer", _("Visit a firm that takes part")
    SMALL_ACT = "small_act", _("One small action together, without commitment")
    KEEPS_CONTROL = "keeps_control", _("Show what each firm goes on deciding alone")
    SHORT_MEETINGS = "short_meetings", _("Short meetings close by, at an hour it chooses")
    PAPERWORK_DONE = "paperwork_done", _("The animator does the paperwork")
    REPLACEMENT = "replacement", _("Somebody stands in at the firm meanwhile")
    SHIELD_SHOWN = "shield_shown", _("Show what competitors never see")
    ONE_TOPIC = "one_topic", _("Meet competitors on one topic that both accept")
    WITHOUT_RIVALS = "without_rivals", _("Begin with firms that do not compete")
    FIGURES = "figures", _("Put what it costs beside what it brings")
    AID_FOUND = "aid_found", _("Find an aid for the beginning")
    CAPPED_TRIAL = "capped_trial", _("A trial whose cost and risk are capped")
    HEARD_OUT = "heard_out", _("Hear what went wrong, and say what differs")
    SLOW_PATH = "slow_path", _("Three visits and one small result first")
    WITNESS = "witness", _("A head of firm tells what it brought")
    ONE_CONTACT = "one_contact", _("One lead contact, and fewer solicitations")
    LEFT_ALONE = "left_alone", _("A quiet period, then one visit")
    LAW_EXPLAINED = "law_explained", _("An expert explains who answers for what")
    EASY_EXIT = "easy_exit", _("Say beforehand how one leaves")
    OTHER = "other", _("Something else, said below")


PROPOSED: Mapping[str, tuple[Countermeasure, ...]] = {
    ObstacleKind.INDIVIDUALISM: (
        Countermeasure.KEEPS_CONTROL,
        Countermeasure.VISIT_A_PEER,
        Countermeasure.SMALL_ACT,
    ),
    ObstacleKind.TIME: (
        Countermeasure.SHORT_MEETINGS,
        Countermeasure.PAPERWORK_DONE,
        Countermeasure.REPLACEMENT,
    ),
    ObstacleKind.COMPETITION: (
        Countermeasure.SHIELD_SHOWN,
        Countermeasure.ONE_TOPIC,
        Countermeasure.WITHOUT_RIVALS,
    ),
    ObstacleKind.COST: (
        Countermeasure.FIGURES,
        Countermeasure.CAPPED_TRIAL,
        Countermeasure.AID_FOUND,
    ),
    ObstacleKind.BAD_PAST: (
        Countermeasure.HEARD_OUT,
        Countermeasure.SLOW_PATH,
        Countermeasure.WITNESS,
    ),
    ObstacleKind.FATIGUE: (Countermeasure.ONE_CONTACT, Countermeasure.LEFT_ALONE),
    ObstacleKind.LIABILITY: (
        Countermeasure.LAW_EXPLAINED,
        Countermeasure.CAPPED_TRIAL,
        Countermeasure.EASY_EXIT,
    ),
    ObstacleKind.OTHER: (Countermeasure.VISIT_A_PEER, Countermeasure.SMALL_ACT),
}


def proposed_against(kind: str) -> tuple[Countermeasure, ...]:
    """Return what may be tried against an obstacle, the free one last."""
    return (*PROPOSED[kind], Countermeasure.OTHER)
