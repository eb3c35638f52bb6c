"""Where a debit stands, and where a movement was read."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class DebitScheme(models.TextChoices):
    """Which rules of SEPA a mandate follows."""

    CORE = "CORE", _("CORE: may be taken back for eight weeks")
    B2B = "B2B", _("B2B between firms: registered at their bank, not taken back")


class DebitState(models.TextChoices):
    """Where a debit stands."""

    PLANNED = "planned", pgettext_lazy("debit", "Announced")
    SENT = "sent", pgettext_lazy("debit", "Given to the bank")
    PAID = "paid", pgettext_lazy("debit", "Paid")
    RETURNED = "returned", pgettext_lazy("debit", "Returned by the bank")
    OFF = "off", pgettext_lazy("debit", "Called off")


# A debit that may still bring money: an invoice has at most one.
UNDER_WAY = (DebitState.PLANNED, DebitState.SENT)


class StatementKind(models.TextChoices):
    """What a statement was read from."""

    CAMT = "camt", _("Statement camt.053")
    TABLE = "table", _("Table (CSV)")
