"""How far surveys are, for whoever runs them."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import models
from django.db.models import Case, Count, Q, QuerySet, Value, When
from django.utils.translation import gettext_lazy as _

from maillage.bricks.questionnaires.models import Response
from maillage.launch.surveys.models import Invitee, Survey


class InviteeState(models.TextChoices):
    """Where a firm that is asked stands."""

    WAITING = "waiting", _("Not asked yet")
    WRITTEN = "written", _("Link sent")
    BEGUN = "begun", _("Has begun")
    DONE = "done", _("Has answered")
    REFUSED = "refused", _("Would rather not")


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a survey is; `asked` is None for an anonymous survey, which asks nobody by name."""

    asked: int | None
    answered: int
    begun: int
    refused: int
    by_channel: Mapping[str, int]


def progress_of(survey: Survey) -> Progress:
    """Return how far a survey is."""
    responses = Response.objects.filter(asked_in=survey.public_id)
    finished = responses.exclude(finished_at=None)
    channels = finished.values("channel").annotate(count=Count("pk")).order_by("channel")
    by_channel = {row["channel"]: row["count"] for row in channels}
    answered = sum(by_channel.values())
    begun = responses.filter(finished_at=None).count()
    if survey.anonymous:
        return Progress(None, answered, begun, 0, by_channel)
    asked = Invitee.objects.filter(survey=survey).aggregate(
        asked=Count("pk"), refused=Count("pk", filter=Q(refused_at__isnull=False))
    )
    return Progress(asked["asked"], answered, begun, asked["refused"], by_channel)


def invitees_of(survey: Survey) -> QuerySet[Invitee]:
    """Return the firms that a survey asks, each with its `state`."""
    state = Case(
        When(response__finished_at__isnull=False, then=Value(InviteeState.DONE)),
        When(refused_at__isnull=False, then=Value(InviteeState.REFUSED)),
        When(response__isnull=False, then=Value(InviteeState.BEGUN)),
        When(written_at__isnull=False, then=Value(InviteeState.WRITTEN)),
        default=Value(InviteeState.WAITING),
        output_field=models.CharField(),
    )
    return (
        Invitee.objects.filter(survey=survey)
        .select_related("organisation", "response")
        .annotate(state=state)
    )
