"""How an invoice leaves, and what became of it."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Channel(models.TextChoices):
    """By which way an invoice is handed over, as its customer and its day ask for."""

    PLATFORM = "platform", _("Approved platform")
    CHORUS = "chorus", _("Chorus Pro")
    REPORTED = "reported", _("By mail, reported to the tax office")
    OUTSIDE = "outside", _("By mail, outside the reform")
    FOREIGN = "foreign", _("By mail, abroad, reported to the tax office")


class InvoiceState(models.TextChoices):
    """The statuses that the reform makes platforms tell, after an invoice is issued."""

    ISSUED = "issued", pgettext_lazy("invoice", "Issued")
    DEPOSITED = "deposited", pgettext_lazy("invoice", "Deposited")
    REJECTED = "rejected", pgettext_lazy("invoice", "Rejected by the platform")
    REFUSED = "refused", pgettext_lazy("invoice", "Refused by the customer")
    PAID = "paid", pgettext_lazy("invoice", "Paid")


NEXT: dict[str, frozenset[str]] = {
    InvoiceState.ISSUED: frozenset({InvoiceState.DEPOSITED, InvoiceState.PAID}),
    InvoiceState.DEPOSITED: frozenset(
        {InvoiceState.REJECTED, InvoiceState.REFUSED, InvoiceState.PAID}
    ),
    InvoiceState.REJECTED: frozenset({InvoiceState.DEPOSITED}),
    InvoiceState.REFUSED: frozenset({InvoiceState.DEPOSITED, InvoiceState.PAID}),
    InvoiceState.PAID: frozenset(),
}


class DocumentKind(models.TextChoices):
    """What is issued."""

    INVOICE = "invoice", _("Invoice")
    CREDIT_NOTE = "credit_note", _("Credit note")
