"""Kinds of links."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class LinkKind(models.TextChoices):
    """What the source is to the target."""

    CUSTOMER = "customer", _("is a customer of")
    SUPPLIER = "supplier", _("is a supplier of")
    SUBCONTRACTOR = "subcontractor", _("is a subcontractor of")
    MEMBER = "member", _("is a member of")
    TUTOR = "tutor", _("is a tutor of")
    SPONSOR = "sponsor", _("sponsors")
    NEIGHBOUR = "neighbour", _("is a neighbour of")
    EXCHANGED = "exchanged", _("exchanged with")
    ADVISES = "advises", _("advises")


# The other side of a symmetrical link is the same link.
SYMMETRICAL = frozenset({LinkKind.NEIGHBOUR, LinkKind.EXCHANGED})
