"""Which movement pays which invoice: proposed with the reason; a person accepts.

Sure is what names what it pays, or comes from a known account, to the cent. All the rest is a
proposal to look at. In one list no invoice is paid twice.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from maillage.foundation.networks.acting import Acting
from maillage.foundation.networks.models import Network
from maillage.foundation.vocabularies.folding import plain
from maillage.run.payments.enums import DebitState
from maillage.run.payments.models import BankMovement, Debit, DebitMandate, Payment
from maillage.run.payments.paying import Share, come_back, pay
from maillage.run.payments.permissions import collecting_network
from maillage.run.payments.queries import ZERO, Owed, open_movements, owed_in

APART = r"[\W_]*"


@dataclass(frozen=True, slots=True)
class Match:
    """What a movement seems to be: invoices that it pays, or a debit that came back."""

    movement: BankMovement
    shares: tuple[Share, ...]
    why: str
    sure: bool
    returned: Debit | None = None


@dataclass
class _Books:
    """What is owed and debited, while movements are looked at one after the other."""

    owed: dict[int, Owed]
    left: dict[int, Decimal]
    sent: dict[str, Debit]
    paid: dict[str, Debit]
    firms: dict[str, set[int]] = field(default_factory=dict)

    def take(self, shares: Iterable[Share]) -> tuple[Share, ...]:
        """Take what is proposed off what is owed."""
        taken = tuple(shares)
        for share in taken:
            self.left[share.invoice.pk] -= share.amount
            if share.debit is not None:
                self.paid[share.debit.reference] = self.sent.pop(share.debit.reference)
        return taken

    def due(self, organisation: int | None = None) -> list[Owed]:
        """Return what is still owed, oldest first, of everybody or of one firm."""
        return [
            one
            for key, one in self.owed.items()
            if self.left[key] > 0 and organisation in {None, one.invoice.organisation_id}
        ]


def matches_of(
    network: Network, movements: Sequence[tuple[BankMovement, Decimal]] | None = None
) -> list[Match]:
    """Return what the movements that are left seem to pay, for whoever bills.

    `movements` are those of `open_movements`, when they are known already.
    """
    books = _books(network)
    found = []
    for movement, left in open_movements(network) if movements is None else movements:
        if left > 0:
            match = (
                _by_debit(books, movement, left)
                or _by_order(books, movement, left)
                or _by_number(books, movement, left)
                or _by_account(books, movement, left)
                or _by_name(books, movement, left)
            )
        else:
            match = _come_back(books, movement, left)
        if match is not None:
            found.append(match)
    return found


@transaction.atomic
def accept(*, acting: Acting, match: Match) -> list[Payment]:
    """Do what was proposed. Raises PaymentsError when it cannot be any more."""
    if match.returned is not None:
        return [come_back(acting=acting, movement=match.movement, debit=match.returned)]
    return pay(acting=acting, movement=match.movement, shares=match.shares, why=match.why)


@transaction.atomic
def accept_sure(*, acting: Acting) -> int:
    """Accept everything that is sure, all or nothing; return how many movements that is."""
    sure = [one for one in matches_of(collecting_network(acting)) if one.sure]
    for match in sure:
        accept(acting=acting, match=match)
    return len(sure)


def _books(network: Network) -> _Books:
    owed = {one.invoice.pk: one for one in owed_in(network)}
    debits = Debit.objects.filter(
        invoice__network=network, state__in=[DebitState.SENT, DebitState.PAID]
    ).select_related("invoice", "order")
    firms: dict[str, set[int]] = defaultdict(set)
    held = DebitMandate.objects.filter(network=network).values_list("iban", "organisation")
    seen = Payment.objects.filter(movement__statement__network=network, amount__gt=0)
    known = seen.exclude(movement__iban="").values_list("movement__iban", "invoice__organisation")
    for iban, organisation in [*held, *known.distinct().order_by()]:
        firms[iban].add(organisation)
    return _Books(
        owed=owed,
        left={key: one.amount for key, one in owed.items()},
        sent={one.reference: one for one in debits if one.state == DebitState.SENT},
        paid={one.reference: one for one in debits if one.state == DebitState.PAID},
        firms=firms,
    )


def _by_debit(books: _Books, movement: BankMovement, left: Decimal) -> Match | None:
    for debit in books.sent.values():
        if debit.amount == left and _names(movement, debit.reference):
            if books.left.get(debit.invoice_id, ZERO) < left:
                return None
            why = _("Debit %(reference)s") % {"reference": debit.reference}
            return Match(movement, books.take([_share(debit)]), why, sure=True)
    return None


def _by_order(books: _Books, movement: BankMovement, left: Decimal) -> Match | None:
    """Return the debits of a file that the bank credits in one sum, of one day or of all."""
    groups: dict[tuple[str, str], list[Debit]] = defaultdict(list)
    for debit in books.sent.values():
        if debit.order is not None:
            groups[debit.order.reference, str(debit.on)].append(debit)
            groups[debit.order.reference, ""].append(debit)
    for (reference, _day), debits in groups.items():
        whole = sum((debit.amount for debit in debits), ZERO) == left
        owed = all(books.left.get(one.invoice_id, ZERO) >= one.amount for one in debits)
        if whole and owed and _names(movement, reference):
            why = _("Debits of %(reference)s") % {"reference": reference}
            return Match(movement, books.take(map(_share, debits)), why, sure=True)
    return None


def _by_number(books: _Books, movement: BankMovement, left: Decimal) -> Match | None:
    named = [one for one in books.due() if _names(movement, one.invoice.number)]
    if not named:
        return None
    numbers = ", ".join(one.invoice.number for one in named)
    why = _("It names %(numbers)s") % {"numbers": numbers}
    sure = sum((books.left[one.invoice.pk] for one in named), ZERO) == left
    return Match(movement, books.take(_oldest_first(books, named, left)), why, sure=sure)


def _by_account(books: _Books, movement: BankMovement, left: Decimal) -> Match | None:
    firms = books.firms.get(movement.iban, set()) if movement.iban else set()
    if len(firms) != 1:
        return None
    (firm,) = firms
    due = books.due(firm)
    exact = [one for one in due if books.left[one.invoice.pk] == left]
    whole = sum((books.left[one.invoice.pk] for one in due), ZERO) == left
    why = _("It comes from the account of this firm")
    if len(exact) == 1 and not whole:
        return Match(movement, books.take(_oldest_first(books, exact, left)), why, sure=True)
    shares = books.take(_oldest_first(books, due, left))
    return Match(movement, shares, why, sure=whole) if shares else None


def _by_name(books: _Books, movement: BankMovement, left: Decimal) -> Match | None:
    """Return what is owed to the cent by a firm of that name, or by only one firm: to look at."""
    said = plain(f"{movement.counterparty} {movement.text}")
    exact = [one for one in books.due() if books.left[one.invoice.pk] == left]
    named = [one for one in exact if one.invoice.organisation.folded_name in said]
    chosen = named[:1] or (exact if len(exact) == 1 else [])
    if not chosen:
        return None
    why = _("The name and the amount are the same") if named else _("The amount is the same")
    return Match(movement, books.take(_oldest_first(books, chosen, left)), why, sure=False)


def _come_back(books: _Books, movement: BankMovement, left: Decimal) -> Match | None:
    for debit in books.paid.values():
        if debit.amount == -left and _names(movement, debit.reference):
            books.paid.pop(debit.reference)
            words = {"reference": debit.reference, "code": movement.returned or _("not told")}
            why = _("Debit %(reference)s came back: %(code)s") % words
            return Match(movement, (), why, sure=True, returned=debit)
    return None


def _oldest_first(books: _Books, owed: Sequence[Owed], left: Decimal) -> list[Share]:
    """Share a sum among invoices, what is due for the longest time first (C. civ. 1342-10)."""
    shares = []
    for one in owed:
        amount = min(left, books.left[one.invoice.pk])
        if amount > 0:
            shares.append(Share(one.invoice, amount))
            left -= amount
    return shares


def _share(debit: Debit) -> Share:
    return Share(debit.invoice, debit.amount, debit)


def _names(movement: BankMovement, reference: str) -> bool:
    """Whether a movement holds a reference, however the bank cut it with blanks and hyphens."""
    said = plain(f"{movement.reference} | {movement.text}")
    signs = APART.join(re.escape(sign) for sign in plain(reference) if sign.isalnum())
    return re.search(rf"(?<![a-z0-9]){signs}(?![0-9])", said) is not None
