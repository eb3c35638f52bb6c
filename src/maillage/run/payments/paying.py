"""A movement pays invoices, or pays none; a payment is taken off; a debit comes back.

What an invoice was paid never passes what it asks: what is too much stays on the movement until it
pays something else, or is set aside once it is given back.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.db import transaction
from django.db.models import Sum
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from maillage.foundation.audit.actions import record
from maillage.foundation.networks.acting import Acting
from maillage.foundation.networks.models import Network
from maillage.run.billing.enums import NEXT, InvoiceState
from maillage.run.billing.issuing import follow, state_of
from maillage.run.billing.models import Invoice
from maillage.run.payments.enums import DebitState
from maillage.run.payments.models import BankMovement, Debit, Payment
from maillage.run.payments.permissions import collecting_network
from maillage.run.payments.queries import ZERO, left_of, owed_for
from maillage.run.payments.refusals import PaymentsError

LONGEST_WHY: Final = 200


@dataclass(frozen=True, slots=True)
class Share:
    """What a movement pays of an invoice, by a debit or not; below zero when it gives back."""

    invoice: Invoice
    amount: Decimal
    debit: Debit | None = None


@transaction.atomic
def pay(
    *, acting: Acting, movement: BankMovement, shares: Sequence[Share], why: str
) -> list[Payment]:
    """Let a movement pay invoices, or give back what was paid too much. Raises PaymentsError."""
    network = collecting_network(acting)
    kept = _held(network, movement)
    reason = _reason(why)
    if kept.set_aside:
        raise PaymentsError(_("This movement is set aside: bring it back first."))
    left = left_of([kept])[kept.pk]
    total = sum((share.amount for share in shares), ZERO)
    sign = 1 if kept.amount > 0 else -1
    if not shares or any(share.amount * sign <= 0 for share in shares) or abs(total) > abs(left):
        words = {"left": number_format(left, 2)}
        raise PaymentsError(_("%(left)s euros are left of this movement.") % words, "amount")
    made = [_pay(acting, network, kept, share, reason) for share in shares]
    for invoice in {share.invoice.pk: share.invoice for share in shares}.values():
        _follow(acting, invoice)
    return made


@transaction.atomic
def come_back(*, acting: Acting, movement: BankMovement, debit: Debit) -> Payment:
    """Write down that the bank returned a debit that had paid an invoice: it is owed again.

    Raises PaymentsError.
    """
    network = collecting_network(acting)
    kept = _held(network, movement)
    rows = Debit.objects.select_for_update(of=("self",)).select_related("invoice")
    taken = rows.get(pk=debit.pk, invoice__network=network)
    if taken.state != DebitState.PAID:
        raise PaymentsError(_("This debit had paid nothing: say first what paid it."))
    if left_of([kept])[kept.pk] != -taken.amount:
        raise PaymentsError(_("What came back is not what was debited."), "amount")
    code = kept.returned or _("not told")
    made = Payment.objects.create(
        movement=kept,
        invoice=taken.invoice,
        debit=taken,
        amount=-taken.amount,
        on=kept.booked_on,
        why=_("Returned by the bank: %(code)s") % {"code": code},
        made_by_id=acting.person.public_id,
    )
    taken.state, taken.returned = DebitState.RETURNED, code
    taken.save(update_fields=["state", "returned"])
    _note(acting, network, "return", taken.invoice, {"amount": str(made.amount), "code": code})
    _follow(acting, taken.invoice)
    return made


@transaction.atomic
def take_off(*, acting: Acting, payment: Payment, why: str) -> Payment:
    """Take a payment off an invoice it was put on by mistake; the movement is free again.

    Raises PaymentsError.
    """
    network = collecting_network(acting)
    kept = _held(network, payment.movement)
    reason = _reason(why)
    if payment.debit is not None:
        payment.debit.refresh_from_db()
        if payment.debit.state == DebitState.RETURNED:
            raise PaymentsError(_("The bank returned this debit already."))
    held = Payment.objects.filter(
        movement=kept, invoice=payment.invoice, debit=payment.debit
    ).aggregate(sum=Sum("amount"))["sum"]
    if held is None or abs(held) < abs(payment.amount) or held * payment.amount <= 0:
        raise PaymentsError(_("This payment is taken off already."))
    made = Payment.objects.create(
        movement=kept,
        invoice=payment.invoice,
        debit=payment.debit,
        amount=-payment.amount,
        on=payment.on,
        why=reason,
        made_by_id=acting.person.public_id,
    )
    if payment.debit is not None:
        Debit.objects.filter(pk=payment.debit.pk, state=DebitState.PAID).update(
            state=DebitState.SENT
        )
    _note(acting, network, "take off", payment.invoice, {"amount": str(made.amount)})
    _follow(acting, payment.invoice)
    return made


@transaction.atomic
def set_aside(*, acting: Acting, movement: BankMovement, why: str) -> BankMovement:
    """Say why what is left of a movement pays no invoice. Raises PaymentsError."""
    network = collecting_network(acting)
    kept = _held(network, movement)
    kept.set_aside = _reason(why)
    return _put(acting, network, kept)


@transaction.atomic
def bring_back(*, acting: Acting, movement: BankMovement) -> BankMovement:
    """Look again at a movement that was set aside."""
    network = collecting_network(acting)
    kept = _held(network, movement)
    kept.set_aside = ""
    return _put(acting, network, kept)


def _put(acting: Acting, network: Network, movement: BankMovement) -> BankMovement:
    movement.save(update_fields=["set_aside"])
    record(
        actor_id=acting.person.public_id,
        act="set aside" if movement.set_aside else "bring back",
        subject_type="BankMovement",
        subject_id=movement.public_id,
        network_id=network.public_id,
        after={"why": movement.set_aside},
    )
    return movement


def _pay(
    acting: Acting, network: Network, movement: BankMovement, share: Share, why: str
) -> Payment:
    invoice = Invoice.objects.select_for_update(of=("self",)).get(
        pk=share.invoice.pk, network=network
    )
    owed = owed_for(invoice).amount
    if share.amount * owed <= 0 or abs(share.amount) > abs(owed):
        words = {"number": invoice.number, "owed": number_format(owed, 2)}
        raise PaymentsError(_("%(owed)s euros are owed for %(number)s.") % words, "amount")
    if share.debit is not None:
        sent = Debit.objects.filter(pk=share.debit.pk, invoice=invoice, amount=share.amount)
        if not sent.filter(state=DebitState.SENT).update(state=DebitState.PAID):
            raise PaymentsError(_("The bank has this debit no more, or has it not yet."))
    made = Payment.objects.create(
        movement=movement,
        invoice=invoice,
        debit=share.debit,
        amount=share.amount,
        on=movement.booked_on,
        why=why,
        made_by_id=acting.person.public_id,
    )
    _note(acting, network, "pay", invoice, {"amount": str(made.amount)})
    return made


def _follow(acting: Acting, invoice: Invoice) -> None:
    """Bring the status of an invoice in step with what is owed of it."""
    owed, state = owed_for(invoice), state_of(invoice)
    if owed.taken_back:
        return
    wanted = InvoiceState.UNPAID if owed.amount else InvoiceState.PAID
    if wanted in NEXT[state]:
        follow(acting=acting, invoice=invoice, state=wanted)


def _held(network: Network, movement: BankMovement) -> BankMovement:
    rows = BankMovement.objects.select_for_update(of=("self",))
    return rows.get(pk=movement.pk, statement__network=network)


def _reason(why: str) -> str:
    reason = " ".join(why.split())[:LONGEST_WHY]
    if not reason:
        raise PaymentsError(_("Say why, in a few words."), "why")
    return reason


def _note(
    acting: Acting, network: Network, act: str, invoice: Invoice, after: dict[str, object]
) -> None:
    record(
        actor_id=acting.person.public_id,
        act=act,
        subject_type="Invoice",
        subject_id=invoice.public_id,
        network_id=network.public_id,
        after=after,
    )
