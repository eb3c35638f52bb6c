"""The values of indicators month by month, their thresholds, and what was done past them."""

import uuid
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from maillage.foundation.networks.models import Decision, Network, Task
from maillage.foundation.organisations.scoping import scoped_by


class Threshold(models.Model):
    """A threshold that the members voted; the last one holds."""

    network = models.ForeignKey(Network, models.CASCADE, related_name="thresholds")
    key = models.CharField(_("indicator"), max_length=40)
    value = models.DecimalField(_("threshold"), max_digits=9, decimal_places=2)
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="thresholds")
    set_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[models.Manager["Threshold"]] = scoped_by(network="network")

    class Meta:
        ordering = ["key", "set_at", "id"]

    def __str__(self) -> str:
        return f"{self.key}: {self.value}"


class MonthValue(models.Model):
    """The value of an indicator at the end of a month, or today in the present one.

    `part` of `whole` makes it; `missing` is what could not be counted.
    """

    network = models.ForeignKey(Network, models.CASCADE, related_name="month_values")
    key = models.CharField(_("indicator"), max_length=40)
    month = models.DateField(_("first day of the month"))
    value = models.DecimalField(_("value"), max_digits=9, decimal_places=2, null=True)
    part = models.PositiveIntegerField()
    whole = models.PositiveIntegerField()
    missing = models.PositiveIntegerField()
    kept_at = models.DateTimeField(auto_now=True)

    objects: ClassVar[models.Manager["MonthValue"]] = scoped_by(network="network")

    class Meta:
        ordering = ["key", "month"]
        constraints = [
            models.UniqueConstraint(
                fields=["network", "key", "month"], name="indicator_month_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key}, {self.month}: {self.value}"


class Alert(models.Model):
    """An indicator went past its threshold, until it came back; a plan answers it.

    `value` and `limit` are those of the day it opened. The plan is put to the members, whose
    `decision` is kept, yes or no; `task` recalls the plan to whoever runs the network.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    network = models.ForeignKey(Network, models.CASCADE, related_name="alerts")
    key = models.CharField(_("indicator"), max_length=40)
    opened_on = models.DateField(_("since"))
    value = models.DecimalField(max_digits=9, decimal_places=2)
    limit = models.DecimalField(max_digits=9, decimal_places=2)
    plan_due_on = models.DateField(_("plan before"))
    plan = models.TextField(_("what we do about it"), blank=True)
    plan_written_on = models.DateField(null=True)
    decision = models.ForeignKey(Decision, models.PROTECT, null=True, related_name="alerts")
    task = models.ForeignKey(Task, models.SET_NULL, null=True, related_name="alerts")
    cleared_on = models.DateField(_("ended on"), null=True)

    objects: ClassVar[models.Manager["Alert"]] = scoped_by(network="network")

    class Meta:
        ordering = ["-opened_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["network", "key"],
                condition=models.Q(cleared_on=None),
                name="one_open_alert_per_indicator",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} since {self.opened_on}"
