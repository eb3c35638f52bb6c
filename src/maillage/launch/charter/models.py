"""What two competitors decided otherwise than the charter, both in writing."""

import uuid
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from maillage.foundation.networks.models import Network
from maillage.foundation.organisations.models import Organisation
from maillage.foundation.organisations.scoping import scoped_by
from maillage.foundation.visibility.models import Competition
from maillage.launch.charter.rules import Rule


class Override(models.Model):
    """Two competitors set a rule of the charter aside between them; it holds once both said yes.

    `first` and `second` are the two of `competition`, in its order. Whoever asks has said yes. It
    ends when either side says so, or when the two are no longer recorded as competitors.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    network = models.ForeignKey(Network, models.CASCADE, related_name="charter_overrides")
    competition = models.ForeignKey(Competition, models.CASCADE, related_name="overrides")
    rule = models.CharField(_("rule"), max_length=40, choices=Rule)
    asked_by = models.ForeignKey(Organisation, models.CASCADE, related_name="overrides_asked")
    asked_at = models.DateTimeField(_("asked"), auto_now_add=True)
    reason = models.CharField(_("why"), max_length=500)
    first_agreed_at = models.DateTimeField(null=True, blank=True)
    first_agreed_by_id = models.UUIDField(null=True)
    second_agreed_at = models.DateTimeField(null=True, blank=True)
    second_agreed_by_id = models.UUIDField(null=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by_id = models.UUIDField(null=True)

    objects: ClassVar[models.Manager["Override"]] = scoped_by(network="network")

    class Meta:
        ordering = ["-asked_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["network", "competition", "rule"],
                condition=models.Q(ended_at=None),
                name="override_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.competition_id}: {self.rule}"
