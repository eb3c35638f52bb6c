"""What firms allow to be debited: signed, registered at their own bank, ended.

A mandate is ended rather than changed: another account is another mandate, signed anew.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from maillage.foundation.audit.actions import record
from maillage.foundation.networks.acting import Acting
from maillage.foundation.organisations.models import Organisation
from maillage.run.billing.files.debits import NOTICE_DAYS, Mandate, Scheme
from maillage.run.billing.files.refusals import DebitError
from maillage.run.group.queries import is_member
from maillage.run.payments.enums import DebitScheme, DebitState
from maillage.run.payments.models import Debit, DebitMandate
from maillage.run.payments.permissions import collecting_network
from maillage.run.payments.refusals import PaymentsError

# A debit that the bank returned keeps its mandate awake too.
USED: Final = (DebitState.SENT, DebitState.PAID, DebitState.RETURNED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """What stands on a signed mandate; `registered_on` is the word of the firm's bank (B2B)."""

    holder: str
    iban: str
    scheme: DebitScheme
    signed_on: date
    registered_on: date | None = None
    notice_days: int = NOTICE_DAYS
    reference: str = ""


@transaction.atomic
def record_mandate(*, acting: Acting, organisation: Organisation, signed: Signed) -> DebitMandate:
    """Write down the mandate that a member signed; without a reference, it gets the next one.

    Raises PaymentsError.
    """
    network = collecting_network(acting)
    if not is_member(network, organisation):
        raise PaymentsError(_("Only a member of the network is debited."), "organisation")
    held = DebitMandate.objects.filter(network=network)
    if held.filter(organisation=organisation, ended_on=None).exists():
        raise PaymentsError(_("This firm has a mandate already: end it first."), "organisation")
    if signed.signed_on > localdate():
        raise PaymentsError(_("A mandate is recorded once it is signed."), "signed_on")
    reference = signed.reference.strip() or f"RUM-{network.pk}-{held.count() + 1:05}"
    if held.filter(reference=reference).exists():
        raise PaymentsError(_("Another mandate has this reference."), "reference")
    made = DebitMandate(
        network=network,
        organisation=organisation,
        reference=reference,
        holder=" ".join(signed.holder.split())[:140],
        iban="".join(signed.iban.split()).upper(),
        scheme=signed.scheme,
        signed_on=signed.signed_on,
        registered_on=_registered(signed.scheme, signed.signed_on, signed.registered_on),
        notice_days=signed.notice_days,
    )
    try:
        mandate_of(made, None)
    except DebitError as error:
        raise PaymentsError(str(error), error.field.removeprefix("mandate.")) from error
    made.save()
    _note(acting, "record", made, {"scheme": str(made.scheme), "reference": made.reference})
    return made


@transaction.atomic
def register_mandate(*, acting: Acting, mandate: DebitMandate, on: date) -> DebitMandate:
    """Write down that the firm's bank registered a B2B mandate: it counts from then on.

    Raises PaymentsError.
    """
    kept = _held(acting, mandate)
    if kept.scheme != DebitScheme.B2B:
        raise PaymentsError(_("Only a B2B mandate is registered at a bank."))
    kept.registered_on = _registered(kept.scheme, kept.signed_on, on)
    kept.save(update_fields=["registered_on"])
    _note(acting, "register", kept, {"registered_on": str(on)})
    return kept


@transaction.atomic
def end_mandate(*, acting: Acting, mandate: DebitMandate, on: date | None = None) -> DebitMandate:
    """End a mandate; debits that the bank was not given yet are called off. Raises PaymentsError.

    What the bank was given already is still to be taken, or returned.
    """
    kept = _held(acting, mandate)
    kept.ended_on = on or localdate()
    kept.save(update_fields=["ended_on"])
    kept.debits.filter(state=DebitState.PLANNED).update(state=DebitState.OFF)
    _note(acting, "end", kept, {"ended_on": str(kept.ended_on)})
    return kept


def mandate_of(row: DebitMandate, last_used_on: date | None) -> Mandate:
    """Return a mandate as the file of debits reads it. Raises DebitError."""
    return Mandate(
        reference=row.reference,
        holder=row.holder,
        iban=row.iban,
        signed_on=row.signed_on,
        scheme=Scheme(row.scheme),
        registered=row.registered_on is not None,
        notice_days=row.notice_days,
        last_used_on=last_used_on,
    )


def last_uses(mandates: Iterable[int]) -> dict[int, date]:
    """Return the last day on which each mandate, by row number, was or is to be used."""
    uses = Debit.objects.filter(mandate__in=list(mandates), state__in=USED).order_by("on")
    return dict(uses.values_list("mandate_id", "on"))


def _registered(scheme: str, signed_on: date, on: date | None) -> date | None:
    if scheme != DebitScheme.B2B or on is None:
        return None
    if not signed_on <= on <= localdate():
        raise PaymentsError(
            _("A bank registers a mandate between its signature and today."), "registered_on"
        )
    return on


def _held(acting: Acting, mandate: DebitMandate) -> DebitMandate:
    network = collecting_network(acting)
    rows = DebitMandate.objects.select_for_update(of=("self",))
    kept = rows.get(pk=mandate.pk, network=network)
    if kept.ended_on is not None:
        raise PaymentsError(_("This mandate is ended."))
    return kept


def _note(acting: Acting, act: str, mandate: DebitMandate, after: dict[str, object]) -> None:
    record(
        actor_id=acting.person.public_id,
        act=act,
        subject_type="DebitMandate",
        subject_id=mandate.public_id,
        network_id=mandate.network.public_id,
        after=after,
    )
