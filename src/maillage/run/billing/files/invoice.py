"""An invoice as plain data: complete and right to the cent, or not made at all."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final

from django.utils.translation import gettext as _

from maillage.run.billing.files.fields import (
    optional_text,
    require_amount,
    require_day,
    require_period,
    require_text,
)
from maillage.run.billing.files.lines import Allowance, Category, Line, Rate
from maillage.run.billing.files.parties import Address, Party
from maillage.run.billing.files.paying import Debit, Transfer
from maillage.run.billing.files.refusals import InvoiceError

ZERO: Final = Decimal("0.00")
NUMBER: Final = re.compile(r"[A-Za-z0-9+\-_/]{1,35}")  # rules BR-FR-01 and -02
SUBJECT: Final = re.compile(r"[A-Z]{3}")
LANGUAGES: Final = ("fr", "en")


class Kind(StrEnum):
    """What the document is (list UNTDID 1001)."""

    INVOICE = "380"
    CREDIT_NOTE = "381"
    CORRECTED = "384"
    DEPOSIT = "386"


class Mode(StrEnum):
    """How it is billed (BT-23); the first letter is the nature of what is sold."""

    GOODS = "B1"
    SERVICES = "S1"
    BOTH = "M1"
    GOODS_PAID = "B2"
    SERVICES_PAID = "S2"
    BOTH_PAID = "M2"
    GOODS_AFTER_DEPOSIT = "B4"
    SERVICES_AFTER_DEPOSIT = "S4"
    BOTH_AFTER_DEPOSIT = "M4"

    @property
    def paid(self) -> bool:
        """Whether it is paid already."""
        return self.value.endswith("2")

    @property
    def after_deposit(self) -> bool:
        """Whether it ends what a deposit began."""
        return self.value.endswith("4")


class Treatment(StrEnum):
    """How the tax office hears of it, as the note BAR tells platforms."""

    E_INVOICE = "B2B"
    ABROAD = "B2BINT"
    REPORTED = "B2C"  # a customer who is not liable to VAT, an association for instance
    OUT_OF_SCOPE = "OUTOFSCOPE"


@dataclass(frozen=True, slots=True)
class Mentions:
    """The three sentences that the French commercial code wants on every invoice."""

    late_interest: str
    recovery_fee: str
    discount: str

    def __post_init__(self) -> None:
        for field in ("late_interest", "recovery_fee", "discount"):
            require_text(InvoiceError, f"mentions.{field}", getattr(self, field))


@dataclass(frozen=True, slots=True)
class Note:
    """A free sentence, and what it is about (list UNTDID 4451): AAI is general."""

    text: str
    subject: str = "AAI"

    def __post_init__(self) -> None:
        require_text(InvoiceError, "notes.text", self.text, lines=True)
        if not SUBJECT.fullmatch(self.subject):
            raise InvoiceError(_("The subject of a note is three capital letters."), "notes")
        if self.subject in {"PMT", "PMD", "AAB", "BAR"}:
            raise InvoiceError(
                _("%(subject)s has a field of its own.") % {"subject": self.subject}, "notes"
            )


@dataclass(frozen=True, slots=True)
class Preceding:
    """The invoice that this one corrects, takes back or ends."""

    number: str
    issued_on: date

    def __post_init__(self) -> None:
        if not NUMBER.fullmatch(self.number):
            raise InvoiceError(_("This is no number of an invoice."), "preceding.number")
        require_day(InvoiceError, "preceding.issued_on", self.issued_on)


@dataclass(frozen=True, slots=True)
class RateTotal:
    """What is billed at one rate."""

    rate: Rate
    basis: Decimal
    tax: Decimal


@dataclass(frozen=True, slots=True)
class Totals:
    """The sums of an invoice.

    Lines less allowances are net, net and tax are gross, gross less prepaid is due.
    """

    by_rate: tuple[RateTotal, ...]
    lines: Decimal
    allowances: Decimal
    net: Decimal
    tax: Decimal
    gross: Decimal
    prepaid: Decimal
    due: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Invoice:
    """An invoice or a credit note, in euros. Amounts of a credit note are above zero."""

    number: str
    issued_on: date
    due_on: date
    seller: Party
    buyer: Party
    lines: tuple[Line, ...]
    payment: Transfer | Debit
    mentions: Mentions
    kind: Kind = Kind.INVOICE
    mode: Mode = Mode.SERVICES
    treatment: Treatment | None = None
    allowances: tuple[Allowance, ...] = ()
    prepaid: Decimal = ZERO
    period: tuple[date, date] | None = None
    order_reference: str = ""  # of the customer; for the public sector the commitment number
    buyer_reference: str = ""  # for the public sector the code of the service
    contract_reference: str = ""
    delivered_to: Address | None = None
    preceding: tuple[Preceding, ...] = ()
    notes: tuple[Note, ...] = ()
    vat_on_debits: bool = False
    language: str = "fr"

    def __post_init__(self) -> None:
        _check_head(self)
        _check_parties(self)
        _check_rates(self)
        _check_paying(self)

    @property
    def rates(self) -> tuple[Rate, ...]:
        """The rates in use, in the order of the lines."""
        rates = [line.rate for line in self.lines] + [one.rate for one in self.allowances]
        return tuple(dict.fromkeys(rates))

    @property
    def is_credit_note(self) -> bool:
        """Whether it takes back what another billed."""
        return self.kind == Kind.CREDIT_NOTE

    def totals(self) -> Totals:
        """Return its sums. Tax is counted on the sum of a rate, not line by line."""
        by_rate = tuple(self._at(rate) for rate in self.rates)
        lines = _sum(line.net for line in self.lines)
        allowances = _sum(one.amount for one in self.allowances)
        tax = _sum(one.tax for one in by_rate)
        net = lines - allowances
        gross = net + tax
        return Totals(
            by_rate=by_rate,
            lines=lines,
            allowances=allowances,
            net=net,
            tax=tax,
            gross=gross,
            prepaid=self.prepaid,
            due=gross - self.prepaid,
        )

    def _at(self, rate: Rate) -> RateTotal:
        basis = _sum(line.net for line in self.lines if line.rate == rate)
        basis -= _sum(one.amount for one in self.allowances if one.rate == rate)
        return RateTotal(rate, basis, rate.tax_on(basis))


def _sum(amounts: Iterable[Decimal]) -> Decimal:
    return sum(amounts, ZERO)


def _check_head(invoice: Invoice) -> None:
    if not NUMBER.fullmatch(invoice.number):
        raise InvoiceError(
            _("A number has at most 35 letters, digits and + - _ /, without blanks."), "number"
        )
    require_day(InvoiceError, "issued_on", invoice.issued_on)
    require_day(InvoiceError, "due_on", invoice.due_on)
    require_period(InvoiceError, "period", invoice.period)
    before = invoice.kind == Kind.DEPOSIT or invoice.mode.paid
    if invoice.due_on < invoice.issued_on and not before:
        raise InvoiceError(_("It would be due before it is issued."), "due_on")
    for field in ("order_reference", "buyer_reference", "contract_reference"):
        optional_text(InvoiceError, field, getattr(invoice, field))
    if invoice.language not in LANGUAGES:
        raise InvoiceError(_("Invoices are written in French or in English."), "language")
    if invoice.is_credit_note and not invoice.preceding:
        raise InvoiceError(_("A credit note names the invoice that it takes back."), "preceding")
    if invoice.kind == Kind.CORRECTED and len(invoice.preceding) != 1:
        raise InvoiceError(_("A corrected invoice names the one that it replaces."), "preceding")
    if invoice.kind == Kind.DEPOSIT and invoice.mode.after_deposit:
        raise InvoiceError(_("A deposit cannot end what a deposit began."), "mode")


def _check_parties(invoice: Invoice) -> None:
    if not invoice.seller.siren:
        raise InvoiceError(_("The seller has a SIREN."), "seller.siren")
    if invoice.treatment == Treatment.E_INVOICE:
        if not invoice.buyer.siren:
            raise InvoiceError(_("A firm liable to VAT in France has a SIREN."), "buyer.siren")
        if not invoice.buyer.endpoint.value.startswith(invoice.buyer.siren):
            raise InvoiceError(
                _("The electronic address begins with the SIREN."), "buyer.electronic_address"
            )
    categories = {rate.category for rate in invoice.rates}
    if Category.STANDARD in categories and not invoice.seller.vat_number:
        raise InvoiceError(_("Who charges VAT has a VAT number."), "seller.vat_number")
    if Category.REVERSE_CHARGE in categories:
        for side in ("seller", "buyer"):
            if not getattr(invoice, side).vat_number:
                raise InvoiceError(
                    _("When the customer declares the VAT, both have a VAT number."),
                    f"{side}.vat_number",
                )


def _check_rates(invoice: Invoice) -> None:
    if not invoice.lines:
        raise InvoiceError(_("An invoice has at least one line."), "lines")
    seen: dict[tuple[Category, Decimal], Rate] = {}
    for rate in invoice.rates:
        if seen.setdefault((rate.category, rate.percent), rate) != rate:
            raise InvoiceError(
                _("Lines that are not taxed for different reasons go on different invoices."),
                "lines",
            )
    categories = {rate.category for rate in invoice.rates}
    if Category.OUT_OF_SCOPE in categories and len(categories) > 1:
        raise InvoiceError(_("What VAT does not know goes on an invoice of its own."), "lines")
    if invoice.vat_on_debits and Category.STANDARD not in categories:
        raise InvoiceError(_("Without VAT there is no option on it."), "vat_on_debits")


def _check_paying(invoice: Invoice) -> None:
    require_amount(InvoiceError, "prepaid", invoice.prepaid)
    totals = invoice.totals()
    if totals.gross < 0:
        raise InvoiceError(_("Below zero, it is a credit note."), "lines")
    if totals.due < 0:
        raise InvoiceError(_("More would be paid already than is billed."), "prepaid")
    if invoice.mode.paid and totals.due:
        raise InvoiceError(_("It is said to be paid, and something is still due."), "prepaid")
