"""Prices that a board decided, and what was billed: issued once, never changed.

Everything that an invoice says is kept with it: a change of a price, of a name or of an address
afterwards changes nothing of it. What was wrong is taken back by a credit note.
"""

import uuid
from decimal import Decimal
from functools import reduce
from operator import add
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from maillage.foundation.audit.models import AppendOnlyQuerySet, WrittenOnce
from maillage.foundation.networks.models import Network
from maillage.foundation.organisations.models import Organisation
from maillage.foundation.organisations.scoping import scoped_by
from maillage.run.billing.enums import Channel, DocumentKind, InvoiceState
from maillage.run.employment.models import EmploymentContract, Worker
from maillage.run.hours.models import Adjustment, ExpenseShare, HourEntry

DIGITS, CENTS = 12, 2


def _is(whole: str, *parts: str) -> models.Q:
    """Return that a column is the sum of others, to the cent.

    SQLite keeps decimals as floating-point numbers: their sums are compared within half a cent.
    """
    total = reduce(add, (models.F(part) for part in parts))
    half = Decimal("0.005")
    return models.Q(**{f"{whole}__gt": total - half, f"{whole}__lt": total + half})


class BillingProfile(models.Model):
    """Who the group is on its invoices, how it is paid, and how they are numbered."""

    network = models.OneToOneField(Network, models.CASCADE, related_name="billing_profile")
    siren = models.CharField(_("SIREN number"), max_length=9)
    siret = models.CharField(_("SIRET number"), max_length=14, blank=True)
    vat_number = models.CharField(_("VAT number"), max_length=20, blank=True)
    iban = models.CharField(_("account number (IBAN)"), max_length=34)
    creditor = models.CharField(_("SEPA creditor identifier (ICS)"), max_length=35, blank=True)
    prefix = models.CharField(_("beginning of the numbers"), max_length=6, default="F")
    payment_days = models.PositiveSmallIntegerField(_("days to pay"), default=30)
    vat_on_debits = models.BooleanField(_("VAT on debits, by option"), default=False)

    objects: ClassVar[models.Manager["BillingProfile"]] = scoped_by(network="network")

    class Meta:
        ordering = ["network_id"]

    def __str__(self) -> str:
        return self.siren


class CustomerProfile(models.Model):
    """What an invoice to a member needs beyond its record.

    `service` is the code of the service of a public body, `order` the number of its commitment or
    of the customer's order, repeated on each invoice while it stands.
    """

    network = models.ForeignKey(Network, models.CASCADE, related_name="customers")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    vat_number = models.CharField(_("VAT number"), max_length=20, blank=True)
    electronic_address = models.CharField(_("electronic address"), max_length=125, blank=True)
    country = models.CharField(_("country"), max_length=2, default="FR")
    order = models.CharField(_("order reference"), max_length=60, blank=True)
    service = models.CharField(_("code of the service"), max_length=60, blank=True)
    language = models.CharField(_("language"), max_length=5, default="fr")

    objects: ClassVar[models.Manager["CustomerProfile"]] = scoped_by(network="network")

    class Meta:
        ordering = ["organisation_id"]
        constraints = [
            models.UniqueConstraint(fields=["network", "organisation"], name="customer_once"),
        ]

    def __str__(self) -> str:
        return str(self.organisation_id)


class PriceRule(models.Model):
    """A price from a day on, as the board decided it; `terms` are read by `pricing.terms`."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    network = models.ForeignKey(Network, models.CASCADE, related_name="price_rules")
    since = models.DateField(_("from"))
    terms = models.JSONField()
    decision = models.CharField(_("decision of the board"), max_length=200)
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by_id = models.UUIDField()

    objects: ClassVar[models.Manager["PriceRule"]] = scoped_by(network="network")

    class Meta:
        ordering = ["since"]
        constraints = [
            models.UniqueConstraint(fields=["network", "since"], name="price_rule_once_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.since}"


class FirmRate(models.Model):
    """What a firm pays its own people for the work of a contract (equal treatment, L1253-9)."""

    network = models.ForeignKey(Network, models.CASCADE, related_name="firm_rates")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    contract = models.ForeignKey(EmploymentContract, models.CASCADE, related_name="firm_rates")
    since = models.DateField(_("from"))
    rate = models.DecimalField(_("gross pay an hour"), max_digits=7, decimal_places=2)
    evidence = models.CharField(_("what shows it"), max_length=200)

    objects: ClassVar[models.Manager["FirmRate"]] = scoped_by(network="network")

    class Meta:
        ordering = ["contract_id", "organisation_id", "since"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "contract", "since"], name="firm_rate_once_a_day"
            ),
            models.CheckConstraint(condition=models.Q(rate__gt=0), name="firm_rate_is_a_rate"),
        ]

    def __str__(self) -> str:
        return f"{self.rate} from {self.since}"


class NumberSequence(models.Model):
    """The last number given in a year: the next one is one more, and no other."""

    network = models.ForeignKey(Network, models.CASCADE, related_name="invoice_numbers")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    objects: ClassVar[models.Manager["NumberSequence"]] = scoped_by(network="network")

    class Meta:
        ordering = ["network_id", "year"]
        constraints = [
            models.UniqueConstraint(fields=["network", "year"], name="number_sequence_once"),
        ]

    def __str__(self) -> str:
        return f"{self.year}: {self.last}"


class Invoice(WrittenOnce):
    """An invoice or a credit note as it was issued: its sums, its files, what it says as data.

    `position` counts the documents of a year, without a gap. Amounts of a credit note are above
    zero. `corrects` is what a credit note takes back, in whole.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    network = models.ForeignKey(Network, models.PROTECT, related_name="invoices")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="invoices")
    kind = models.CharField(max_length=11, choices=DocumentKind, default=DocumentKind.INVOICE)
    year = models.PositiveSmallIntegerField()
    position = models.PositiveIntegerField()
    number = models.CharField(_("number"), max_length=35)
    month = models.DateField(_("month"))
    issued_on = models.DateField(_("issued on"))
    due_on = models.DateField(_("due on"))
    corrects = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="corrected_by"
    )
    net = models.DecimalField(_("net of tax"), max_digits=DIGITS, decimal_places=CENTS)
    tax = models.DecimalField(_("VAT"), max_digits=DIGITS, decimal_places=CENTS)
    gross = models.DecimalField(_("total"), max_digits=DIGITS, decimal_places=CENTS)
    wages = models.DecimalField(_("wages"), max_digits=DIGITS, decimal_places=CENTS)
    contributions = models.DecimalField(_("contributions"), max_digits=DIGITS, decimal_places=CENTS)
    channel = models.CharField(_("how it leaves"), max_length=9, choices=Channel)
    channel_why = models.CharField(max_length=200)
    content = models.JSONField()
    xml = models.BinaryField()
    pdf = models.BinaryField()
    fingerprint = models.CharField(max_length=64)
    issued_by_id = models.UUIDField()
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[models.Manager["Invoice"]] = scoped_by(AppendOnlyQuerySet, network="network")

    class Meta:
        ordering = ["-year", "-position"]
        constraints = [
            models.UniqueConstraint(
                fields=["network", "year", "position"], name="invoice_position_once"
            ),
            models.UniqueConstraint(fields=["network", "number"], name="invoice_number_once"),
            models.CheckConstraint(condition=_is("gross", "net", "tax"), name="invoice_adds_up"),
            models.CheckConstraint(
                condition=models.Q(kind=DocumentKind.INVOICE, corrects=None)
                | models.Q(kind=DocumentKind.CREDIT_NOTE, corrects__isnull=False),
                name="credit_note_corrects",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class InvoiceLine(WrittenOnce):
    """A line of an invoice: wages, contributions and the rest, and where it comes from.

    `what` names the price (see `pricing.lines`), "expense" or "adjustment"; `since` is the first
    day of the terms that priced it.
    """

    invoice = models.ForeignKey(Invoice, models.PROTECT, related_name="lines")
    rank = models.PositiveSmallIntegerField()
    what = models.CharField(max_length=12)
    worker = models.ForeignKey(Worker, models.PROTECT, null=True, related_name="+")
    description = models.CharField(max_length=300)
    quantity = models.DecimalField(max_digits=10, decimal_places=4)
    price = models.DecimalField(max_digits=10, decimal_places=4)
    net = models.DecimalField(max_digits=DIGITS, decimal_places=CENTS)
    wages = models.DecimalField(max_digits=DIGITS, decimal_places=CENTS)
    contributions = models.DecimalField(max_digits=DIGITS, decimal_places=CENTS)
    rest = models.DecimalField(max_digits=DIGITS, decimal_places=CENTS)
    gross_rate = models.DecimalField(max_digits=7, decimal_places=2, null=True)
    since = models.DateField(null=True)

    objects: ClassVar[models.Manager["InvoiceLine"]] = scoped_by(
        AppendOnlyQuerySet, network="invoice__network"
    )

    class Meta:
        ordering = ["invoice_id", "rank"]
        constraints = [
            models.UniqueConstraint(fields=["invoice", "rank"], name="invoice_line_rank_once"),
            models.CheckConstraint(
                condition=_is("net", "wages", "contributions", "rest"),
                name="invoice_line_adds_up",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.invoice_id}, {self.rank}"


class Billed(models.Model):
    """Something signed is on an invoice: once, until a credit note takes that invoice back."""

    line = models.ForeignKey(InvoiceLine, models.PROTECT, related_name="sources")
    entry = models.ForeignKey(
        HourEntry, models.PROTECT, null=True, blank=True, related_name="billed"
    )
    share = models.ForeignKey(
        ExpenseShare, models.PROTECT, null=True, blank=True, related_name="billed"
    )
    adjustment = models.ForeignKey(
        Adjustment, models.PROTECT, null=True, blank=True, related_name="billed"
    )
    what = models.CharField(max_length=12)
    taken_back = models.BooleanField(default=False)

    objects: ClassVar[models.Manager["Billed"]] = scoped_by(network="line__invoice__network")

    class Meta:
        ordering = ["line_id", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=[name, "what"],
                condition=models.Q(taken_back=False, **{f"{name}__isnull": False}),
                name=f"{name}_billed_once",
            )
            for name in ("entry", "share", "adjustment")
        ]

    def __str__(self) -> str:
        return f"{self.line_id}: {self.what}"


class InvoiceStep(WrittenOnce):
    """What became of an invoice: a status, when, by whom or by which platform."""

    invoice = models.ForeignKey(Invoice, models.PROTECT, related_name="steps")
    state = models.CharField(max_length=9, choices=InvoiceState)
    at = models.DateTimeField(auto_now_add=True)
    by_id = models.UUIDField(null=True)
    note = models.CharField(_("why"), max_length=200, blank=True)

    objects: ClassVar[models.Manager["InvoiceStep"]] = scoped_by(
        AppendOnlyQuerySet, network="invoice__network"
    )

    class Meta:
        ordering = ["invoice_id", "id"]

    def __str__(self) -> str:
        return f"{self.invoice_id}: {self.state}"


class PayHandover(WrittenOnce):
    """What the payroll of a month was told: never changed, the next month puts it right.

    `lines` holds public ids of a contract and of a firm ("" for the group), what is counted, the
    days of what has some, and how much (see `pay_variables.Key`).
    """

    network = models.ForeignKey(Network, models.PROTECT, related_name="pay_handovers")
    month = models.DateField(_("month"))
    lines = models.JSONField()
    made_at = models.DateTimeField(auto_now_add=True)
    made_by_id = models.UUIDField()

    objects: ClassVar[models.Manager["PayHandover"]] = scoped_by(
        AppendOnlyQuerySet, network="network"
    )

    class Meta:
        ordering = ["month"]
        constraints = [
            models.UniqueConstraint(fields=["network", "month"], name="pay_handed_over_once"),
            models.CheckConstraint(
                condition=models.Q(month__day=1), name="pay_handover_is_a_month"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"
