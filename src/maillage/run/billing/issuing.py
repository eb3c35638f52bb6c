"""Invoices are issued: judged, numbered without a gap, kept for good; taken back; followed.

A number is taken only by an invoice that passed every rule, in the transaction that keeps it: one
that is refused leaves no hole, and two people who issue at once get two numbers.
"""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from maillage.foundation.audit.actions import record
from maillage.foundation.networks.acting import Acting
from maillage.foundation.networks.models import Network
from maillage.foundation.organisations.models import Organisation
from maillage.run.billing.drafting import Draft, drafts_of
from maillage.run.billing.enums import NEXT, DocumentKind, InvoiceState
from maillage.run.billing.files.checking import faults_of
from maillage.run.billing.files.cii import cii_of
from maillage.run.billing.files.faults import fatal
from maillage.run.billing.files.invoice import Invoice as Content
from maillage.run.billing.files.invoice import Kind, Preceding
from maillage.run.billing.files.pdf import pdf_of
from maillage.run.billing.files.refusals import FileError
from maillage.run.billing.models import (
    Billed,
    Invoice,
    InvoiceLine,
    InvoiceStep,
)
from maillage.run.billing.numbering import next_number, prefix_of, take_number
from maillage.run.billing.permissions import can_bill
from maillage.run.billing.refusals import BillingError
from maillage.run.billing.writing import (
    Seller,
    from_data,
    seller_of,
    to_data,
    way_for,
    write,
)

MODELS: Final = {"entry": "entry_id", "share": "share_id", "adjustment": "adjustment_id"}

type Judge = Callable[[bytes], Iterable[Any]]


@dataclass(frozen=True, slots=True)
class Refused:
    """A draft that was not issued: the rule that it breaks, "" for none of a set, and why."""

    organisation: Organisation
    rule: str
    why: str


@dataclass(frozen=True, slots=True)
class Batch:
    """What became of a month: invoices, and drafts that were refused."""

    issued: tuple[Invoice, ...]
    refused: tuple[Refused, ...]


def issue_month(
    *,
    acting: Acting,
    month: date,
    day: date | None = None,
    report: Callable[[int, int], None] = lambda _done, _all: None,
) -> Batch:
    """Issue every draft of a month that may leave; the others say why, and wait.

    `report` is told how many of how many are done. Raises BillingError for what keeps all of them.
    """
    network = _billed_network(acting)
    drafts = drafts_of(network, month)
    seller = seller_of(network, {draft.organisation.pk for draft in drafts}, day or localdate())
    issued, refused = [], []
    for rank, draft in enumerate(drafts):
        report(rank, len(drafts))
        answer = issue(acting=acting, draft=draft, seller=seller, day=day)
        if isinstance(answer, Refused):
            refused.append(answer)
        else:
            issued.append(answer)
    report(len(drafts), len(drafts))
    return Batch(tuple(issued), tuple(refused))


def issue(
    *, acting: Acting, draft: Draft, seller: Seller, day: date | None = None
) -> Invoice | Refused:
    """Issue a draft, or say why not: nothing is then written and no number is taken."""
    network = _billed_network(acting)
    on = day or localdate()
    if draft.problem:
        return Refused(draft.organisation, "", draft.problem)
    if draft.net <= 0:
        why = _("It comes to %(net)s: it is taken off the next invoice.") % {"net": draft.net}
        return Refused(draft.organisation, "", why)
    try:
        number = next_number(network, seller.profile.prefix, on.year)
        content = write(seller, draft, number=number, day=on)
        xml = _judged(content)
    except (BillingError, FileError) as error:
        return Refused(draft.organisation, getattr(error, "field", ""), str(error))
    except _FaultyError as error:
        return Refused(draft.organisation, error.rule, str(error))
    try:
        with transaction.atomic():
            return _keep(acting, draft, seller, content, xml)
    except IntegrityError:
        why = _("Somebody else billed these hours at the same time: look again.")
        return Refused(draft.organisation, "", why)


@transaction.atomic
def take_back(*, acting: Acting, invoice: Invoice, why: str, day: date | None = None) -> Invoice:
    """Take a whole invoice back by a credit note; what it billed can be billed again.

    Raises BillingError.
    """
    network = _billed_network(acting)
    kept = Invoice.objects.select_for_update(of=("self",)).get(pk=invoice.pk, network=network)
    reason = " ".join(why.split())[:200]
    if not reason:
        raise BillingError(_("Say why: the customer reads it."), "why")
    if kept.kind != DocumentKind.INVOICE or Invoice.objects.filter(corrects=kept).exists():
        raise BillingError(_("This is taken back already."))
    on = day or localdate()
    number, position = take_number(network, prefix_of(kept), on.year)
    old = from_data(kept.content)
    content = replace(
        old,
        number=number,
        issued_on=on,
        due_on=on,
        kind=Kind.CREDIT_NOTE,
        preceding=(Preceding(kept.number, kept.issued_on),),
    )
    head = _Head(
        organisation=kept.organisation,
        month=kept.month,
        channel=kept.channel,
        why=kept.channel_why,
        wages=kept.wages,
        contributions=kept.contributions,
        corrects=kept,
    )
    try:
        made = _saved(acting, head, content, _judged(content), position=position)
    except _FaultyError as error:
        raise BillingError(str(error)) from error
    for line in kept.lines.all():
        line.pk, line.invoice = None, made
        line._state.adding = True  # noqa: SLF001 -- Django's own way to copy a row
        line.save()
    Billed.objects.filter(line__invoice=kept).update(taken_back=True)
    InvoiceStep.objects.create(
        invoice=made, state=InvoiceState.ISSUED, by_id=acting.person.public_id, note=reason
    )
    _note(acting, "take back", kept, {"credit_note": made.number, "why": reason})
    return made


@transaction.atomic
def follow(*, acting: Acting, invoice: Invoice, state: InvoiceState, note: str = "") -> InvoiceStep:
    """Write down what became of an invoice, as a platform or a bank says; or BillingError."""
    network = _billed_network(acting)
    kept = Invoice.objects.select_for_update(of=("self",)).get(pk=invoice.pk, network=network)
    before = state_of(kept)
    if state not in NEXT[before]:
        raise BillingError(_("From where this invoice stands, that cannot be."), "state")
    reason = " ".join(note.split())[:200]
    if state in {InvoiceState.REJECTED, InvoiceState.REFUSED} and not reason:
        raise BillingError(_("Say which reason was given."), "note")
    step = InvoiceStep.objects.create(
        invoice=kept, state=state, by_id=acting.person.public_id, note=reason
    )
    _note(acting, "follow", kept, {"state": str(state)})
    return step


def state_of(invoice: Invoice) -> InvoiceState:
    """Return where an invoice stands: its last step."""
    last = invoice.steps.order_by("-pk").first()
    return InvoiceState(last.state) if last is not None else InvoiceState.ISSUED


class _FaultyError(Exception):
    """The file of an invoice breaks a rule."""

    def __init__(self, rule: str, message: str) -> None:
        super().__init__(message)
        self.rule = rule


def _judged(content: Content) -> bytes:
    """Return the XML of an invoice that keeps every rule. Raises _FaultyError."""
    xml = cii_of(content)
    for fault in fatal(faults_of(xml)):
        raise _FaultyError(fault.rule, f"{fault.rule}: {fault.message}")
    return xml


def _keep(acting: Acting, draft: Draft, seller: Seller, content: Content, xml: bytes) -> Invoice:
    """Give an invoice its number and write it down, with every row that it bills."""
    network = seller.group.network
    number, position = take_number(network, seller.profile.prefix, content.issued_on.year)
    if number != content.number:  # somebody was quicker: the same, under the next number
        content = replace(content, number=number)
        xml = cii_of(content)
    way = way_for(seller, draft.organisation, content.issued_on)
    head = _Head(
        organisation=draft.organisation,
        month=draft.month,
        channel=str(way.channel),
        why=way.why,
        wages=sum((line.wages for line in draft.lines), Decimal(0)),
        contributions=sum((line.contributions for line in draft.lines), Decimal(0)),
    )
    made = _saved(acting, head, content, xml, position=position)
    for rank, (line, written) in enumerate(zip(draft.lines, content.lines, strict=True), 1):
        row = InvoiceLine.objects.create(
            invoice=made,
            rank=rank,
            what=line.what,
            worker=line.worker,
            description=written.description[:300],
            quantity=line.quantity,
            price=line.price,
            net=line.net,
            wages=line.wages,
            contributions=line.contributions,
            rest=line.rest,
            gross_rate=line.gross_rate,
            since=line.since,
        )
        Billed.objects.bulk_create(
            Billed(line=row, what=line.what, **{MODELS[kind]: key}) for kind, key in line.sources
        )
    InvoiceStep.objects.create(
        invoice=made, state=InvoiceState.ISSUED, by_id=acting.person.public_id
    )
    _note(acting, "issue", made, {"number": number, "gross": str(made.gross)})
    return made


@dataclass(frozen=True, slots=True, kw_only=True)
class _Head:
    """What an invoice is beside what it says."""

    organisation: Organisation
    month: date
    channel: str
    why: str
    wages: Decimal
    contributions: Decimal
    corrects: Invoice | None = None


def _saved(acting: Acting, head: _Head, content: Content, xml: bytes, *, position: int) -> Invoice:
    """Write an invoice down, or a credit note, with its files."""
    totals = content.totals()
    pdf = pdf_of(content, xml)
    kind = DocumentKind.INVOICE if head.corrects is None else DocumentKind.CREDIT_NOTE
    return Invoice.objects.create(
        network=_billed_network(acting),
        organisation=head.organisation,
        kind=kind,
        year=content.issued_on.year,
        position=position,
        number=content.number,
        month=head.month,
        issued_on=content.issued_on,
        due_on=content.due_on,
        corrects=head.corrects,
        net=totals.net,
        tax=totals.tax,
        gross=totals.gross,
        wages=head.wages,
        contributions=head.contributions,
        channel=head.channel,
        channel_why=head.why,
        content=to_data(content),
        xml=xml,
        pdf=pdf,
        fingerprint=hashlib.sha256(pdf).hexdigest(),
        issued_by_id=acting.person.public_id,
    )


def _note(acting: Acting, act: str, invoice: Invoice, after: dict[str, object]) -> None:
    record(
        actor_id=acting.person.public_id,
        act=act,
        subject_type="Invoice",
        subject_id=invoice.public_id,
        network_id=invoice.network.public_id,
        after=after,
    )


def _billed_network(acting: Acting) -> Network:
    if acting.network is None or not can_bill(acting):
        raise PermissionDenied
    return acting.network
