"""How far what a firm enters is seen."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Level(models.IntegerChoices):
    """Who sees a field: each level adds people to the one before it."""

    PRIVATE = 0, _("Private")
    MATCHED = 1, _("Matched")
    NETWORK = 2, _("Network")
    PUBLIC = 3, _("Public")


class CompetitionSource(models.TextChoices):
    """How a pair of competitors came to be known."""

    DECLARED = "declared", _("Declared by a firm")
    ANIMATOR = "animator", _("Recorded by the animator")
    SUGGESTED = "suggested", _("Suggested from trade and distance")


class ConsentPurpose(models.TextChoices):
    """What a firm agrees to."""

    PUBLIC_PAGE = "public_page", _("A page of ours in the public directory")
    INTRODUCTIONS = "introductions", _("Being proposed to other members")
    STATISTICS = "statistics", _("Our answers counted in anonymous figures")
    FEDERATION = "federation", _("Our record passed on to a partner network")
