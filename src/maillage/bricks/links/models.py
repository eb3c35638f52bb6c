"""Who is linked to whom, how, from when to when."""

import uuid
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from maillage.bricks.links.enums import LinkKind
from maillage.foundation.organisations.models import Organisation
from maillage.foundation.organisations.scoping import scoped_by


class Link(models.Model):
    """A dated link from one organisation to another."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("link"), max_length=20, choices=LinkKind)
    source = models.ForeignKey(Organisation, models.CASCADE, related_name="links_out")
    target = models.ForeignKey(Organisation, models.CASCADE, related_name="links_in")
    note = models.CharField(_("note"), max_length=200, blank=True)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)

    objects: ClassVar[models.Manager["Link"]] = scoped_by(register="source__register")

    class Meta:
        ordering = ["kind", "starts_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(source=models.F("target")), name="link_of_two"
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on=None) | models.Q(ends_on__gte=models.F("starts_on")),
                name="link_ends_after_it_starts",
            ),
            models.UniqueConstraint(
                fields=["kind", "source", "target"],
                condition=models.Q(ends_on=None),
                name="link_open_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source_id} {self.kind} {self.target_id}"
