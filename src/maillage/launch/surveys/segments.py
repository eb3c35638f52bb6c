"""Groups of firms that a survey is read by: activity, size, place, wave, how they answered."""

from collections.abc import Mapping
from typing import Any, Final

from django.db import models
from django.db.models import F, OuterRef, QuerySet, Subquery
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from maillage.bricks.questionnaires.enums import AnswerChannel
from maillage.bricks.questionnaires.models import Response
from maillage.foundation.organisations.enums import SizeBand
from maillage.foundation.organisations.models import Site
from maillage.launch.surveys.models import Invitee, Survey


class Segment(models.TextChoices):
    """What firms are grouped by."""

    ACTIVITY = "activity", _("Activity")
    SIZE = "size", _("Size")
    COMMUNE = "commune", _("Commune")
    WAVE = "wave", _("Wave")
    CHANNEL = "channel", _("How they answered")


PATHS: Final[Mapping[str, str]] = {
    Segment.ACTIVITY: "organisation__activity",
    Segment.SIZE: "organisation__size_band",
}


def groups_of_responses(survey: Survey, segment: Segment) -> dict[int, str]:
    """Return the group of each finished response, by its row number; one query."""
    finished: QuerySet[Any] = Response.objects.filter(
        asked_in=survey.public_id, finished_at__isnull=False
    )
    if segment == Segment.CHANNEL:
        grouped = finished.annotate(group=F("channel"))
    elif segment == Segment.WAVE:
        grouped = finished.annotate(group=F("invitee__wave"))
    else:
        grouped = _with_group(finished, segment)
    return {pk: str(group or "") for pk, group in grouped.values_list("pk", "group")}


def groups_of_invitees(survey: Survey, segment: Segment) -> list[tuple[str, bool, bool]]:
    """Return the group of each firm asked, whether it answered, whether it refused; one query."""
    found: QuerySet[Any] = Invitee.objects.filter(survey=survey)
    if segment == Segment.WAVE:
        grouped = found.annotate(group=F("wave"))
    elif segment == Segment.CHANNEL:
        grouped = found.annotate(group=F("response__channel"))
    else:
        grouped = _with_group(found, segment)
    rows = grouped.values_list("group", "response__finished_at", "refused_at")
    return [
        (str(group or ""), finished is not None, finished is None and refused is not None)
        for group, finished, refused in rows
    ]


def named(segment: Segment, group: str) -> str:
    """Return what people call a group."""
    if not group:
        return gettext("Not known")
    if segment == Segment.SIZE:
        return str(SizeBand(group).label)
    if segment == Segment.CHANNEL:
        return str(AnswerChannel(group).label)
    return gettext("Wave %(rank)s") % {"rank": group} if segment == Segment.WAVE else group


def _with_group(found: QuerySet[Any], segment: Segment) -> QuerySet[Any]:
    if segment == Segment.COMMUNE:
        main = Site.objects.filter(organisation=OuterRef("organisation"), is_main=True)
        placed: QuerySet[Any] = found.annotate(group=Subquery(main.values("commune")[:1]))
        return placed
    grouped: QuerySet[Any] = found.annotate(group=F(PATHS[segment]))
    return grouped
