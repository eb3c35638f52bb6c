"""In what an indicator is counted, and on which side of its threshold it worries."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Unit(models.TextChoices):
    """In what a value is counted."""

    PERCENT = "percent", _("per cent")
    DAYS = "days", _("days")
    NUMBER = "number", _("number")


class Side(models.TextChoices):
    """On which side of the threshold a value worries."""

    ABOVE = "above", _("above the threshold")
    BELOW = "below", _("below the threshold")
