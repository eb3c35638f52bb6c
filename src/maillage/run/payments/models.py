"""Mandates, debits, statements of the bank, what each movement pays, reminders, reference rates.

What the bank said is kept as it was read. A payment that was put on the wrong invoice is taken off
by a second row, so that what an invoice was paid is always the sum of its rows.
"""

import uuid
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from maillage.foundation.audit.models import AppendOnlyQuerySet, WrittenOnce
from maillage.foundation.networks.models import Network
from maillage.foundation.organisations.models import Organisation
from maillage.foundation.organisations.scoping import scoped_by
from maillage.run.billing.models import CENTS, DIGITS, Invoice
from maillage.run.payments.enums import UNDER_WAY, DebitScheme, DebitState, StatementKind


class DebitMandate(models.Model):
    """What a firm signed so that its account may be debited; one at a time for a firm.

    A B2B mandate counts from the day on which the firm's own bank registered it.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    network = models.ForeignKey(Network, models.CASCADE, related_name="debit_mandates")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="debit_mandates")
    reference = models.CharField(_("reference of the mandate (RUM)"), max_length=35)
    holder = models.CharField(_("holder of the account"), max_length=140)
    iban = models.CharField(_("account number (IBAN)"), max_length=34)
    scheme = models.CharField(_("scheme"), max_length=4, choices=DebitScheme)
    signed_on = models.DateField(_("signed on"))
    registered_on = models.DateField(_("registered at their bank on"), null=True, blank=True)
    notice_days = models.PositiveSmallIntegerField(_("days of notice"), default=14)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)

    objects: ClassVar[models.Manager["DebitMandate"]] = scoped_by(network="network")

    class Meta:
        ordering = ["organisation_id", "signed_on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["network", "reference"], name="mandate_reference_once"),
            models.UniqueConstraint(
                fields=["network", "organisation"],
                condition=models.Q(ended_on=None),
                name="one_mandate_at_a_time",
            ),
            models.CheckConstraint(
                condition=models.Q(notice_days__gte=1), name="mandate_gives_notice"
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class DebitOrder(WrittenOnce):
    """A file of debits as it was given to the bank."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    network = models.ForeignKey(Network, models.PROTECT, related_name="debit_orders")
    reference = models.CharField(max_length=35)
    scheme = models.CharField(max_length=4, choices=DebitScheme)
    total = models.DecimalField(max_digits=DIGITS, decimal_places=CENTS)
    content = models.BinaryField()
    made_at = models.DateTimeField(auto_now_add=True)
    made_by_id = models.UUIDField()

    objects: ClassVar[models.Manager["DebitOrder"]] = scoped_by(
        AppendOnlyQuerySet, network="network"
    )

    class Meta:
        ordering = ["-made_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["network", "reference"], name="debit_order_reference_once"
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class Debit(models.Model):
    """What is to be taken from an account for an invoice: how much, when, announced when.

    `announced_on` is None while the firm was not told: the bank is then not given it.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    invoice = models.ForeignKey(Invoice, models.PROTECT, related_name="debits")
    mandate = models.ForeignKey(DebitMandate, models.PROTECT, related_name="debits")
    reference = models.CharField(max_length=35)
    amount = models.DecimalField(_("amount"), max_digits=DIGITS, decimal_places=CENTS)
    on = models.DateField(_("taken on"))
    announced_on = models.DateField(_("announced on"), null=True, blank=True)
    state = models.CharField(max_length=8, choices=DebitState, default=DebitState.PLANNED)
    order = models.ForeignKey(
        DebitOrder, models.PROTECT, null=True, blank=True, related_name="debits"
    )
    returned = models.CharField(_("why the bank returned it"), max_length=35, blank=True)

    objects: ClassVar[models.Manager["Debit"]] = scoped_by(network="invoice__network")

    class Meta:
        ordering = ["on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["mandate", "reference"], name="debit_reference_once"),
            models.UniqueConstraint(
                fields=["invoice"],
                condition=models.Q(state__in=UNDER_WAY),
                name="one_debit_under_way",
            ),
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="debit_is_an_amount"),
            models.CheckConstraint(
                condition=models.Q(state__in=[DebitState.PLANNED, DebitState.OFF])
                | models.Q(order__isnull=False),
                name="sent_debit_has_its_order",
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class BankStatement(WrittenOnce):
    """A statement of the account of the group, as its bank gave it."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    network = models.ForeignKey(Network, models.PROTECT, related_name="bank_statements")
    kind = models.CharField(max_length=5, choices=StatementKind)
    number = models.CharField(max_length=35, blank=True)
    fingerprint = models.CharField(max_length=64)
    read_at = models.DateTimeField(auto_now_add=True)
    read_by_id = models.UUIDField()

    objects: ClassVar[models.Manager["BankStatement"]] = scoped_by(
        AppendOnlyQuerySet, network="network"
    )

    class Meta:
        ordering = ["-read_at", "-id"]

    def __str__(self) -> str:
        return self.number or self.fingerprint[:8]


class BankMovement(models.Model):
    """Money that came (above zero) or went, as the bank told it.

    `set_aside` says why a movement pays no invoice (a bank charge, a grant), "" when it may.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    statement = models.ForeignKey(BankStatement, models.PROTECT, related_name="movements")
    line = models.PositiveIntegerField()
    booked_on = models.DateField(_("day"))
    amount = models.DecimalField(_("amount"), max_digits=DIGITS, decimal_places=CENTS)
    reference = models.CharField(max_length=140, blank=True)
    bank_reference = models.CharField(max_length=140, blank=True)
    text = models.CharField(max_length=500, blank=True)
    counterparty = models.CharField(max_length=140, blank=True)
    iban = models.CharField(max_length=34, blank=True)
    returned = models.CharField(max_length=35, blank=True)
    set_aside = models.CharField(_("why it pays no invoice"), max_length=200, blank=True)

    objects: ClassVar[models.Manager["BankMovement"]] = scoped_by(network="statement__network")

    class Meta:
        ordering = ["booked_on", "id"]

    def __str__(self) -> str:
        return f"{self.booked_on}: {self.amount}"


class Payment(WrittenOnce):
    """What a movement pays of an invoice: below zero when it was taken off or came back."""

    movement = models.ForeignKey(BankMovement, models.PROTECT, related_name="payments")
    invoice = models.ForeignKey(Invoice, models.PROTECT, related_name="payments")
    debit = models.ForeignKey(Debit, models.PROTECT, null=True, blank=True, related_name="payments")
    amount = models.DecimalField(_("amount"), max_digits=DIGITS, decimal_places=CENTS)
    on = models.DateField(_("day"))
    why = models.CharField(_("why"), max_length=200)
    made_at = models.DateTimeField(auto_now_add=True)
    made_by_id = models.UUIDField()

    objects: ClassVar[models.Manager["Payment"]] = scoped_by(
        AppendOnlyQuerySet, network="invoice__network"
    )

    class Meta:
        ordering = ["on", "id"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(amount=0), name="payment_is_an_amount"),
        ]

    def __str__(self) -> str:
        return f"{self.invoice_id}: {self.amount}"


class Reminder(WrittenOnce):
    """A firm was written to about what is late: what it owed that day, by invoice.

    `claims` holds numbers of invoices and amounts, as the letter said them.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    network = models.ForeignKey(Network, models.PROTECT, related_name="reminders")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="reminders")
    on = models.DateField(_("day"))
    claims = models.JSONField()
    sent_by_id = models.UUIDField()

    objects: ClassVar[models.Manager["Reminder"]] = scoped_by(AppendOnlyQuerySet, network="network")

    class Meta:
        ordering = ["-on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["network", "organisation", "on"], name="reminder_once_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id}, {self.on}"


class ReferenceRate(models.Model):
    """The rate of the European Central Bank on the first day of a half-year, and who published it.

    Those known when this program was written are in `late.toml`; the treasurer adds the later ones.
    """

    network = models.ForeignKey(Network, models.CASCADE, related_name="reference_rates")
    since = models.DateField(_("first day of the half-year"))
    percent = models.DecimalField(_("rate (%)"), max_digits=5, decimal_places=2)
    source = models.CharField(_("where it was read"), max_length=200)

    objects: ClassVar[models.Manager["ReferenceRate"]] = scoped_by(network="network")

    class Meta:
        ordering = ["since"]
        constraints = [
            models.UniqueConstraint(fields=["network", "since"], name="reference_rate_once"),
            models.CheckConstraint(
                condition=models.Q(since__day=1, since__month__in=[1, 7]),
                name="reference_rate_of_a_half_year",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.since}: {self.percent}"
