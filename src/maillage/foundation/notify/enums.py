"""How people and firms are reached."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ContactChannel(models.TextChoices):
    """How a firm was contacted."""

    MAIL = "mail", _("E-mail")
    SMS = "sms", _("Text message")
    LETTER = "letter", _("Letter")
    CALL = "call", _("Telephone call")
    VISIT = "visit", _("Visit")


class DigestFrequency(models.TextChoices):
    """How often a person gets what is new by mail."""

    NEVER = "never", _("Never")
    DAILY = "daily", _("Every morning")
    WEEKLY = "weekly", _("On Monday morning")


class MailState(models.TextChoices):
    """Where an outgoing mail stands."""

    WAITING = "waiting", _("About to leave")
    LEAVING = "leaving", _("Leaving")
    SENT = "sent", _("Sent")
    REFUSED = "refused", _("Not delivered")
    UNSURE = "unsure", _("Perhaps not delivered")
