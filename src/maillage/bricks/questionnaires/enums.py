"""Kinds of questions, and how an answer came."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What is asked, hence what an answer is (see `answering`)."""

    CHOICE = "choice", _("One answer among several")
    SEVERAL = "several", _("Several answers")
    NUMBER = "number", _("A number")
    TEXT = "text", _("A few words")
    SCALE = "scale", _("A mark on a scale")
    RANKING = "ranking", _("An order of preference")
    MONTHS = "months", _("Hours a week, month by month")


class AnswerChannel(models.TextChoices):
    """How the answers of a firm came."""

    WEB = "web", _("On the web")
    PHONE = "phone", _("By telephone")
    VISIT = "visit", _("During a visit")
    PAPER = "paper", _("On paper")
    IMPORT = "import", _("From a spreadsheet")
