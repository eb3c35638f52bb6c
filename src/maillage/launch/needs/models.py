"""Needs and offers, how they move on, which fit each other, and what several have in common."""

import uuid
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from maillage.foundation.networks.models import Network, Task
from maillage.foundation.organisations.models import Organisation, Territory
from maillage.foundation.organisations.scoping import scoped_by
from maillage.foundation.visibility.enums import Level
from maillage.launch.needs.enums import (
    MatchState,
    NeedKind,
    NeedState,
    ProposalKind,
    ProposalState,
    Strength,
    Topic,
)


def no_hours() -> list[int]:
    """Return the hours of a need that asks for no staff."""
    return []


class Need(models.Model):
    """What a firm needs, or offers.

    `half_hours` holds, when staff is meant, half-hours a week in each month, January first;
    otherwise nothing. `came_from` is the answer to a survey that stated it.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    network = models.ForeignKey(Network, models.CASCADE, related_name="needs")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="needs")
    kind = models.CharField(_("need or offer"), max_length=5, choices=NeedKind)
    topic = models.CharField(_("about"), max_length=12, choices=Topic)
    title = models.CharField(_("what"), max_length=120)
    detail = models.TextField(_("in more words"), max_length=2000, blank=True)
    occupation = models.CharField(_("occupation (ROME code)"), max_length=5, blank=True)
    occupation_label = models.CharField(_("occupation"), max_length=120, blank=True)
    half_hours = models.JSONField(_("half-hours a week, by month"), default=no_hours, blank=True)
    strength = models.PositiveSmallIntegerField(
        _("how strong"), choices=Strength, default=Strength.USEFUL
    )
    territory = models.ForeignKey(
        Territory, models.SET_NULL, null=True, blank=True, related_name="needs"
    )
    sector = models.CharField(_("sector"), max_length=80, blank=True)
    job_category = models.CharField(_("job category"), max_length=80, blank=True)
    public = models.CharField(_("for whom"), max_length=80, blank=True)
    state = models.CharField(_("state"), max_length=14, choices=NeedState, default=NeedState.FELT)
    level = models.PositiveSmallIntegerField(_("who sees it"), choices=Level, default=Level.PRIVATE)
    came_from = models.UUIDField(null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    stated_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[models.Manager["Need"]] = scoped_by(network="network")

    class Meta:
        ordering = ["-stated_at", "-id"]
        indexes = [models.Index(fields=["network", "state"], name="need_by_state")]
        constraints = [
            # A firm that sends its answers twice states each need once.
            models.UniqueConstraint(
                fields=["came_from", "kind", "topic", "title"],
                condition=models.Q(came_from__isnull=False),
                name="need_once_per_answer",
            ),
            models.CheckConstraint(
                condition=models.Q(strength__gte=1, strength__lte=5), name="need_strength_is_known"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class NeedPassage(models.Model):
    """A need came to a state: when, who said so, and why when it did not simply go on.

    The first one has no state before.
    """

    need = models.ForeignKey(Need, models.CASCADE, related_name="passages")
    from_state = models.CharField(max_length=14, choices=NeedState, blank=True)
    to_state = models.CharField(max_length=14, choices=NeedState)
    on = models.DateField(_("on"))
    by_id = models.UUIDField(null=True)
    reason = models.CharField(_("reason"), max_length=200, blank=True)

    objects: ClassVar[models.Manager["NeedPassage"]] = scoped_by(network="need__network")

    class Meta:
        ordering = ["need_id", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(from_state=models.F("to_state")), name="need_passage_moves"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_state} → {self.to_state}"


class Match(models.Model):
    """An offer of a firm could answer a need of another: why, and what each of the two said.

    `reasons` holds what `bridge` wrote: kind, thousandths and what it rests on. `metres` is None
    when one of the two places is unknown. What one side said is kept from the other.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    network = models.ForeignKey(Network, models.CASCADE, related_name="matches")
    need = models.ForeignKey(Need, models.CASCADE, related_name="matches_as_need")
    offer = models.ForeignKey(Need, models.CASCADE, related_name="matches_as_offer")
    reasons = models.JSONField()
    points = models.PositiveIntegerField()
    metres = models.PositiveIntegerField(null=True)
    state = models.CharField(max_length=10, choices=MatchState, default=MatchState.PROPOSED)
    need_said = models.BooleanField(null=True)
    need_said_at = models.DateTimeField(null=True)
    offer_said = models.BooleanField(null=True)
    offer_said_at = models.DateTimeField(null=True)
    found_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[models.Manager["Match"]] = scoped_by(network="network")

    class Meta:
        ordering = ["-points", "id"]
        verbose_name_plural = "matches"
        constraints = [
            models.UniqueConstraint(fields=["need", "offer"], name="match_once"),
            # Names are told by the state: it never says more than the two did. A check that comes
            # to nothing known passes, so that silence is refused by itself.
            models.CheckConstraint(
                condition=~models.Q(state=MatchState.BOTH)
                | models.Q(
                    need_said=True,
                    offer_said=True,
                    need_said__isnull=False,
                    offer_said__isnull=False,
                ),
                name="match_of_two_who_said_yes",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.need_id} ↔ {self.offer_id}"


class CommonNeed(models.Model):
    """A proposal that the animator took up, as a task, or set aside, with a reason.

    `key` is its name in an address; `core` is what the needs have in common, `firms` how many firms
    they are of, on the day it was decided; a common stake has a topic and no core.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    network = models.ForeignKey(Network, models.CASCADE, related_name="common_needs")
    key = models.SlugField(max_length=40, editable=False)
    kind = models.CharField(max_length=6, choices=ProposalKind)
    topic = models.CharField(_("about"), max_length=12, choices=Topic)
    core = models.CharField(_("in common"), max_length=200, blank=True)
    firms = models.PositiveIntegerField(_("firms"))
    needs = models.ManyToManyField(Need, related_name="common_needs")
    task = models.ForeignKey(
        Task, models.SET_NULL, null=True, blank=True, related_name="common_needs"
    )
    state = models.CharField(max_length=9, choices=ProposalState)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    by_id = models.UUIDField()
    on = models.DateField(_("on"))

    objects: ClassVar[models.Manager["CommonNeed"]] = scoped_by(network="network")

    class Meta:
        ordering = ["-on", "-id"]
        constraints = [
            # Two taps, or two animators at once, make one meeting.
            models.UniqueConstraint(fields=["network", "key"], name="proposal_decided_once"),
        ]

    def __str__(self) -> str:
        return self.core or self.topic
