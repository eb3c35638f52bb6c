"""What is billed: lines, their rate of VAT, and what is taken off the whole."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final

from django.utils.translation import gettext as _

from maillage.run.billing.files.fields import (
    optional_text,
    plain,
    require_amount,
    require_period,
    require_text,
    rounded,
)
from maillage.run.billing.files.refusals import InvoiceError

HUNDRED: Final = Decimal(100)
PLACES: Final = 4  # of quantities (rule BR-FR-DEC-02) and of unit prices
REASON_CODE: Final = re.compile(r"VATEX-[A-Z0-9-]+")


class Unit(StrEnum):
    """What a quantity counts, by its code of the United Nations."""

    HOUR = "HUR"
    DAY = "DAY"
    KILOMETRE = "KMT"
    ONE = "C62"


class Category(StrEnum):
    """How VAT looks at a line (list UNTDID 5305)."""

    STANDARD = "S"  # taxed, at whatever rate
    EXEMPT = "E"
    REVERSE_CHARGE = "AE"  # the customer declares it
    OUT_OF_SCOPE = "O"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """A rate of VAT; without any tax, the reason in words and its code."""

    category: Category
    percent: Decimal = Decimal(0)
    reason: str = ""
    reason_code: str = ""

    def __post_init__(self) -> None:
        require_amount(InvoiceError, "rate.percent", self.percent)
        taxed = self.category == Category.STANDARD
        if taxed != (0 < self.percent < HUNDRED):
            raise InvoiceError(
                _("A rate is above zero when VAT is charged, and zero otherwise."), "rate.percent"
            )
        if taxed and (self.reason or self.reason_code):
            raise InvoiceError(_("What is taxed has no reason not to be."), "rate.reason")
        if not taxed:
            require_text(InvoiceError, "rate.reason", self.reason)
            if not REASON_CODE.fullmatch(self.reason_code):
                raise InvoiceError(
                    _("Give the code of the reason for which no VAT is charged."),
                    "rate.reason_code",
                )

    def tax_on(self, basis: Decimal) -> Decimal:
        """Return the tax on an amount, to the cent."""
        return rounded(basis * self.percent / HUNDRED)


def line_net(quantity: Decimal, unit_price: Decimal) -> Decimal:
    """Return what a line is worth without tax, to the cent."""
    return rounded(quantity * unit_price)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line. A quantity below zero takes back; `note` may tell what the price is made of."""

    description: str
    quantity: Decimal
    unit: Unit
    unit_price: Decimal
    net: Decimal
    rate: Rate
    period: tuple[date, date] | None = None
    order_line: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        require_text(InvoiceError, "description", self.description)
        require_amount(InvoiceError, "quantity", self.quantity, places=PLACES, negative=True)
        require_amount(InvoiceError, "unit_price", self.unit_price, places=PLACES)
        require_amount(InvoiceError, "net", self.net, negative=True)
        expected = line_net(self.quantity, self.unit_price)
        if self.net != expected:
            raise InvoiceError(
                _("%(quantity)s × %(price)s is %(expected)s, not %(net)s.")
                % {
                    "quantity": plain(self.quantity),
                    "price": plain(self.unit_price),
                    "expected": expected,
                    "net": self.net,
                },
                "net",
            )
        require_period(InvoiceError, "period", self.period)
        optional_text(InvoiceError, "order_line", self.order_line)
        optional_text(InvoiceError, "note", self.note, lines=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowance:
    """Something taken off the whole invoice, without tax, and why."""

    amount: Decimal
    rate: Rate
    reason: str

    def __post_init__(self) -> None:
        require_amount(InvoiceError, "amount", self.amount)
        if not self.amount:
            raise InvoiceError(_("Nothing is taken off."), "amount")
        require_text(InvoiceError, "reason", self.reason)
