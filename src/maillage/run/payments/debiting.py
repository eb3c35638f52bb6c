"""Debits of issued invoices: announced to the firm, then given to the bank in one file.

A debit is announced for what is owed that day. Whatever happens afterwards, a payment, a credit
note, a mandate that ends, holds it back: a firm is never debited of something else than it read.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.conf import settings
from django.db import transaction
from django.utils.formats import date_format, number_format
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _
from django.utils.translation import override

from maillage.foundation.audit.actions import record
from maillage.foundation.networks.acting import Acting
from maillage.foundation.networks.models import Network
from maillage.foundation.networks.queries import usual_ceiling
from maillage.foundation.notify.pressure import PressureError
from maillage.foundation.notify.sending import SendingError, send_to_firm
from maillage.foundation.organisations.addressing import firm_address
from maillage.run.billing.files.debits import (
    Collection,
    Creditor,
    Scheme,
    banking_day,
    pain008_of,
    sort_out,
)
from maillage.run.billing.files.refusals import DebitError
from maillage.run.billing.models import BillingProfile, Invoice
from maillage.run.group.queries import group_of
from maillage.run.payments.enums import DebitScheme, DebitState
from maillage.run.payments.mandates import last_uses, mandate_of
from maillage.run.payments.models import Debit, DebitMandate, DebitOrder
from maillage.run.payments.permissions import collecting_network
from maillage.run.payments.queries import owed_in, owed_of
from maillage.run.payments.refusals import PaymentsError


@dataclass(frozen=True, slots=True)
class NotAnnounced:
    """A firm that was not written to, and why: its debits wait until it is told otherwise."""

    debits: tuple[Debit, ...]
    why: str


@dataclass(frozen=True, slots=True)
class HeldBack:
    """A debit that does not leave, and why."""

    debit: Debit
    why: str


@transaction.atomic
def announce(
    *, acting: Acting, day: date | None = None
) -> tuple[tuple[Debit, ...], tuple[NotAnnounced, ...]]:
    """Plan the debits of all that is owed under a mandate, and tell each firm by one mail.

    Each is taken when it is due, at the earliest after the days of notice, on a day on which banks
    are open. Return the debits, and the firms that could not be written to. Done twice, the second
    time plans what came since.
    """
    network = collecting_network(acting)
    today = day or localdate()
    mandates = {
        row.organisation_id: row
        for row in DebitMandate.objects.filter(network=network, ended_on=None)
    }
    made: dict[int, list[Debit]] = defaultdict(list)
    for owed in owed_in(network):
        mandate = mandates.get(owed.invoice.organisation_id)
        if mandate is None or owed.debit is not None or owed.amount <= 0:
            continue
        earliest = today + timedelta(days=mandate.notice_days)
        made[mandate.organisation_id].append(
            Debit.objects.create(
                invoice=owed.invoice,
                mandate=mandate,
                reference=_reference(owed.invoice),
                amount=owed.amount,
                on=banking_day(max(owed.invoice.due_on, earliest)),
            )
        )
    untold = []
    for debits in made.values():
        for debit in debits:
            _note(acting, "plan", debit, {"amount": str(debit.amount), "on": str(debit.on)})
        why = _mail(acting, network, debits)
        if why:
            untold.append(NotAnnounced(tuple(debits), why))
        else:
            for debit in debits:
                debit.announced_on = today
                debit.save(update_fields=["announced_on"])
    return tuple(debit for debits in made.values() for debit in debits), tuple(untold)


@transaction.atomic
def announced_otherwise(*, acting: Acting, debit: Debit, on: date, how: str) -> Debit:
    """Write down that a firm was told of a debit by a letter, a call or on its invoice.

    It is taken after the days of notice from then. Raises PaymentsError.
    """
    kept = _held(acting, debit)
    words = " ".join(how.split())[:200]
    if not words:
        raise PaymentsError(_("Say how the firm was told."), "how")
    if on > localdate():
        raise PaymentsError(_("Say it once the firm is told."), "on")
    kept.announced_on = on
    kept.on = max(kept.on, banking_day(on + timedelta(days=kept.mandate.notice_days)))
    kept.save(update_fields=["announced_on", "on"])
    _note(acting, "announce", kept, {"announced_on": str(on), "how": words, "on": str(kept.on)})
    return kept


@transaction.atomic
def call_off(*, acting: Acting, debit: Debit) -> Debit:
    """Call a debit off before the bank is given it. Raises PaymentsError."""
    kept = _held(acting, debit)
    kept.state = DebitState.OFF
    kept.save(update_fields=["state"])
    _note(acting, "call off", kept, {})
    return kept


@transaction.atomic
def refused_by_bank(*, acting: Acting, debit: Debit, code: str) -> Debit:
    """Write down that the bank refused a debit before any money moved. Raises PaymentsError."""
    network = collecting_network(acting)
    rows = Debit.objects.select_for_update(of=("self",))
    kept = rows.get(pk=debit.pk, invoice__network=network)
    if kept.state != DebitState.SENT:
        raise PaymentsError(_("The bank has this debit no more, or has it not yet."))
    reason = " ".join(code.split())[:35]
    if not reason:
        raise PaymentsError(_("Say which reason was given."), "code")
    kept.state, kept.returned = DebitState.RETURNED, reason
    kept.save(update_fields=["state", "returned"])
    _note(acting, "return", kept, {"code": reason})
    return kept


def sorted_out(
    network: Network, scheme: DebitScheme, day: date
) -> tuple[list[tuple[Debit, Collection]], list[HeldBack]]:
    """Return the debits that may leave on a day, and those held back with the reason."""
    planned = list(
        Debit.objects.filter(
            invoice__network=network, state=DebitState.PLANNED, mandate__scheme=scheme
        ).select_related("mandate")
    )
    owed = {
        one.invoice.pk: one
        for one in owed_of(Invoice.objects.filter(pk__in=[one.invoice_id for one in planned]))
    }
    uses = last_uses(debit.mandate_id for debit in planned)
    ready, held = [], []
    for debit in planned:
        one = owed[debit.invoice_id]
        if one.amount != debit.amount:
            words = {"owed": number_format(one.amount, 2), "told": number_format(debit.amount, 2)}
            why = _("%(owed)s euros are owed now and %(told)s were announced.") % words
            held.append(HeldBack(debit, why))
            continue
        collection = Collection(
            mandate=mandate_of(debit.mandate, uses.get(debit.mandate_id)),
            amount=debit.amount,
            on=debit.on,
            reference=debit.reference,
            text=one.invoice.number,
            announced_on=debit.announced_on,
        )
        _ready, kept = sort_out([collection], scheme=Scheme(scheme), today=day)
        if kept:
            held.append(HeldBack(debit, kept[0].why))
        else:
            ready.append((debit, collection))
    return ready, held


@transaction.atomic
def write_order(
    *, acting: Acting, scheme: DebitScheme, at: datetime | None = None
) -> tuple[DebitOrder, tuple[HeldBack, ...]]:
    """Write the file of the debits that may leave, and say which are held back and why.

    Raises PaymentsError when none may.
    """
    network = collecting_network(acting)
    moment = localtime(at)
    creditor = _creditor(network)
    # Two people who write the file at once: the second waits here, and finds nothing left.
    BillingProfile.objects.select_for_update(of=("self",)).get(network=network)
    ready, held = sorted_out(network, scheme, moment.date())
    if not ready:
        raise PaymentsError(_not_one(held))
    number = DebitOrder.objects.filter(network=network).count() + 1
    reference = f"DEB-{moment:%Y%m%d}-{number}"
    try:
        content = pain008_of(
            [collection for _debit, collection in ready],
            creditor=creditor,
            scheme=Scheme(scheme),
            reference=reference,
            made_at=moment,
        )
    except DebitError as error:
        raise PaymentsError(str(error), error.field) from error
    order = DebitOrder.objects.create(
        network=network,
        reference=reference,
        scheme=scheme,
        total=sum((debit.amount for debit, _collection in ready), Decimal(0)),
        content=content,
        made_by_id=acting.person.public_id,
    )
    for debit, _collection in ready:
        debit.state, debit.order = DebitState.SENT, order
        debit.save(update_fields=["state", "order"])
        _note(acting, "send", debit, {"order": reference})
    return order, tuple(held)


def _not_one(held: Sequence[HeldBack]) -> str:
    if not held:
        return _("There is nothing to debit.")
    return _("Not one debit may leave. %(reference)s: %(why)s") % {
        "reference": held[0].debit.reference,
        "why": held[0].why,
    }


def _creditor(network: Network) -> Creditor:
    """Return the group as the bank knows it. Raises PaymentsError for what is missing."""
    group = group_of(network)
    profile = BillingProfile.objects.filter(network=network).first()
    if group is None or profile is None:
        raise PaymentsError(_("Say first who bills: SIREN, account number, days to pay."))
    if not profile.creditor:
        raise PaymentsError(
            _("Ask your bank for a SEPA creditor identifier (ICS), and write it down."), "creditor"
        )
    try:
        return Creditor(name=group.name, iban=profile.iban, identifier=profile.creditor)
    except DebitError as error:
        raise PaymentsError(str(error), error.field) from error


def _reference(invoice: Invoice) -> str:
    """Return the reference of the next debit of an invoice, which no other has in the network."""
    rank = invoice.debits.count() + 1
    return f"D{invoice.year}-{invoice.position:05}-{rank}"


def _mail(acting: Acting, network: Network, debits: Iterable[Debit]) -> str:
    """Tell a firm of its debits; return why it was not written to, "" when it was."""
    debits = sorted(debits, key=lambda debit: (debit.on, debit.pk))
    mandate = debits[0].mandate
    with override(settings.LANGUAGE_CODE):
        lines = [
            _("%(day)s: %(amount)s euros, invoice %(number)s")
            % {
                "day": date_format(debit.on, "DATE_FORMAT"),
                "amount": number_format(debit.amount, 2),
                "number": debit.invoice.number,
            }
            for debit in debits
        ]
        words = {
            "network": network.name,
            "mandate": mandate.reference,
            "creditor": BillingProfile.objects.get(network=network).creditor,
            "account": mandate.iban[-4:],
            "debits": "\n".join(lines),
        }
        subject = _("What %(network)s will debit from your account") % words
        text = (
            _(
                "As you allowed by the mandate %(mandate)s (creditor %(creditor)s), these"
                " amounts will be debited from your account that ends in %(account)s:"
                "\n\n%(debits)s\n\nIf something is wrong, answer before the day."
            )
            % words
        )
    try:
        with transaction.atomic():
            send_to_firm(
                firm=firm_address(mandate.organisation_id),
                sender=acting.person,
                body_name=acting.body_name,
                network_id=network.public_id,
                subject=subject,
                text=text,
                usual=usual_ceiling(network),
            )
    except (PressureError, SendingError) as error:
        return str(error)
    return ""


def _held(acting: Acting, debit: Debit) -> Debit:
    network = collecting_network(acting)
    rows = Debit.objects.select_for_update(of=("self",)).select_related("mandate", "invoice")
    kept = rows.get(pk=debit.pk, invoice__network=network)
    if kept.state != DebitState.PLANNED:
        raise PaymentsError(_("The bank was given this debit already, or it is called off."))
    return kept


def _note(acting: Acting, act: str, debit: Debit, after: dict[str, object]) -> None:
    record(
        actor_id=acting.person.public_id,
        act=act,
        subject_type="Debit",
        subject_id=debit.public_id,
        network_id=acting.network.public_id if acting.network is not None else None,
        after=after,
    )
