"""What an invoice brings to the books: the customer owes, sales and VAT were made."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext as _

from maillage.run.billing.files.fec import Account, Entry, Journal, Posting
from maillage.run.billing.files.invoice import Invoice, Kind
from maillage.run.billing.files.lines import Category
from maillage.run.billing.files.refusals import EntryError

SALES: Final = Journal(code="VE", name="Ventes")


@dataclass(frozen=True, slots=True, kw_only=True)
class Accounts:
    """The accounts that a group sells with."""

    customers: Account
    taxed: Account
    untaxed: Account
    deposits: Account
    vat: Account


# Those of the general chart of accounts; an accountant may have chosen others.
USUAL: Final = Accounts(
    customers=Account(number="411000", name="Clients"),
    taxed=Account(number="706000", name="Prestations de services"),
    untaxed=Account(number="706100", name="Prestations de services exonérées"),
    deposits=Account(number="419100", name="Clients, acomptes reçus"),
    vat=Account(number="445710", name="TVA collectée"),
)


def entry_of(
    invoice: Invoice,
    *,
    number: int,
    customer: str,
    validated_on: date,
    accounts: Accounts = USUAL,
    deposits: Sequence[Invoice] = (),
) -> Entry:
    """Return the entry of an invoice; `deposits` are those that it ends, taken back with it.

    `customer` is their account among the customers. Raises EntryError.
    """
    taken_back = sum((one.totals().gross for one in deposits), Decimal(0))
    if invoice.mode.after_deposit and taken_back != invoice.prepaid:
        raise EntryError(_("The deposits are not those that the invoice takes off."), "deposits")
    if deposits and not invoice.mode.after_deposit:
        raise EntryError(_("This invoice ends no deposit."), "deposits")
    label = f"{invoice.number} {invoice.buyer.name}"
    sums = [*_sums(invoice, accounts, 1)]
    for deposit in deposits:
        sums += _sums(deposit, accounts, -1)
    owed = sum((amount for _account, amount in sums), Decimal(0))
    sign = -1 if invoice.is_credit_note else 1
    postings = [
        _posting(accounts.customers, owed * sign, label, customer, invoice.buyer.name),
        *(_posting(account, -amount * sign, label) for account, amount in sums),
    ]
    return Entry(
        journal=SALES,
        number=number,
        on=invoice.issued_on,
        document=invoice.number,
        document_on=invoice.issued_on,
        validated_on=validated_on,
        postings=tuple(one for one in postings if one is not None),
    )


def _sums(invoice: Invoice, accounts: Accounts, sign: int) -> Iterator[tuple[Account, Decimal]]:
    for one in invoice.totals().by_rate:
        taxed = one.rate.category == Category.STANDARD
        sold = accounts.taxed if taxed else accounts.untaxed
        yield accounts.deposits if invoice.kind == Kind.DEPOSIT else sold, sign * one.basis
        yield accounts.vat, sign * one.tax


def _posting(
    account: Account, amount: Decimal, label: str, customer: str = "", name: str = ""
) -> Posting | None:
    """Return an amount on its side, above zero at the debit; nothing when there is none."""
    if not amount:
        return None
    side = {"debit": amount} if amount > 0 else {"credit": -amount}
    return Posting(account=account, label=label, customer=customer, customer_name=name, **side)
