"""How a text was signed, and what became of a clause."""

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class SignatureMethod(models.TextChoices):
    """How an organisation signed."""

    LINK = "link", _("By a personal link")
    ACCOUNT = "account", _("Signed in")
    SCAN = "scan", _("On paper, scanned")


class Change(models.TextChoices):
    """What became of a clause from one version to another."""

    SAME = "same", _("Unchanged")
    CHANGED = "changed", _("Changed")
    ADDED = "added", _("Added")
    REMOVED = "removed", _("Removed")


class LinkState(StrEnum):
    """What has become of a link to sign: waiting, past its day, used, replaced, passed around."""

    OPEN = "open"
    EXPIRED = "expired"
    USED = "used"
    VOID = "void"
    ELSEWHERE = "elsewhere"
