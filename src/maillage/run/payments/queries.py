"""What is paid and what is still owed, for whoever bills; a firm reads its own."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from django.db.models import Exists, OuterRef, Q, QuerySet, Sum
from django.utils.timezone import localdate

from maillage.foundation.networks.models import Network
from maillage.foundation.organisations.models import Organisation
from maillage.run.billing.enums import DocumentKind
from maillage.run.billing.models import Invoice
from maillage.run.payments.enums import UNDER_WAY
from maillage.run.payments.models import BankMovement, Debit, Payment

ZERO: Final = Decimal("0.00")
# What an invoice is as a file: nothing that a payment reads.
FILES: Final = ("content", "xml", "pdf")


@dataclass(frozen=True, slots=True)
class Owed:
    """An invoice and what was paid of it; `taken_back` when a credit note takes it back."""

    invoice: Invoice
    paid: Decimal
    taken_back: bool
    debit: Debit | None

    @property
    def amount(self) -> Decimal:
        """What the firm still owes; below zero what the group owes the firm."""
        return (ZERO if self.taken_back else self.invoice.gross) - self.paid

    def is_late(self, day: date) -> bool:
        """Whether it should have been paid before a day."""
        return self.amount > 0 and self.invoice.due_on < day


def owed_in(network: Network, organisation: Organisation | None = None) -> list[Owed]:
    """Return every invoice of a network, or of one member, that is not settled, oldest first.

    For whoever bills, or for that member. Three queries.
    """
    rows = Invoice.objects.filter(network=network, kind=DocumentKind.INVOICE)
    if organisation is not None:
        rows = rows.filter(organisation=organisation)
    return [one for one in owed_of(rows) if one.amount]


def owed_of(invoices: QuerySet[Invoice]) -> list[Owed]:
    """Return what is owed of some invoices, oldest first, settled ones too. Three queries."""
    backs = Invoice.objects.filter(corrects=OuterRef("pk"))
    rows = list(
        invoices.select_related("organisation", "network")
        .defer(*FILES)
        .annotate(taken_back=Exists(backs))
        .order_by("due_on", "year", "position")
    )
    keys = [row.pk for row in rows]
    sums = Payment.objects.filter(invoice__in=keys).order_by().values_list("invoice")
    paid = dict(sums.annotate(sum=Sum("amount")))
    debits = Debit.objects.filter(invoice__in=keys, state__in=UNDER_WAY).select_related("mandate")
    under_way = {debit.invoice_id: debit for debit in debits}
    return [
        Owed(row, paid.get(row.pk, ZERO), bool(row.taken_back), under_way.get(row.pk))
        for row in rows
    ]


def owed_for(invoice: Invoice) -> Owed:
    """Return what is owed of one invoice, for whoever bills or for its customer."""
    return owed_of(Invoice.objects.filter(pk=invoice.pk))[0]


def late_in(network: Network, day: date | None = None) -> list[Owed]:
    """Return the invoices that should have been paid, oldest first, for whoever bills."""
    today = day or localdate()
    return [one for one in owed_in(network) if one.is_late(today)]


def left_of(movements: Iterable[BankMovement]) -> dict[int, Decimal]:
    """Return what is left of each movement once what it pays is taken off, by row number."""
    rows = {movement.pk: movement.amount for movement in movements}
    used = Payment.objects.filter(movement__in=rows).order_by().values_list("movement")
    for key, total in used.annotate(sum=Sum("amount")):
        rows[key] -= total
    return rows


def open_movements(network: Network) -> list[tuple[BankMovement, Decimal]]:
    """Return the movements of which something is left and not set aside, for whoever bills."""
    rows = list(
        BankMovement.objects.filter(statement__network=network, set_aside="").filter(~Q(amount=0))
    )
    left = left_of(rows)
    return [(row, left[row.pk]) for row in rows if left[row.pk]]
