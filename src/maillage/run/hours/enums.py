"""What an entry of hours is, where it stands, and what was spent."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class EntryKind(models.TextChoices):
    """Why hours are counted: only worked and travelled ones are presence."""

    WORKED = "worked", pgettext_lazy("hours", "Worked")
    CANCELLED = "cancelled", _("Cancelled by the firm")
    TRAVEL = "travel", _("Travel between two sites")
    HOLIDAY = "holiday", _("Public holiday")


class EntryState(models.TextChoices):
    """Where an entry stands, from the plan to what the firm says of it."""

    PLANNED = "planned", pgettext_lazy("hours", "As planned")
    DECLARED = "declared", _("Declared by the worker")
    DISPUTED = "disputed", _("Disputed by the firm")
    CONFIRMED = "confirmed", _("Confirmed by the firm")
    TACIT = "tacit", _("Approved by silence")


SIGNED = frozenset({EntryState.CONFIRMED, EntryState.TACIT})


class Voice(models.TextChoices):
    """Who says something about an entry."""

    WORKER = "worker", _("The worker")
    FIRM = "firm", _("The firm")
    GROUP = "group", _("The group")


class ExpenseKind(models.TextChoices):
    """What a worker spent."""

    MILEAGE = "mileage", _("Kilometres with one’s own car")
    MEAL = "meal", _("Meal")
    RECEIPT = "receipt", _("Receipt")
