"""What workers spend for firms: kilometres, meals, receipts, shared to the cent."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from importlib.resources import files
from typing import Final
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _

from maillage.foundation.audit.actions import record
from maillage.foundation.networks.acting import Acting
from maillage.foundation.organisations.models import Organisation
from maillage.run.employment.models import Worker
from maillage.run.employment.queries import lendings_on
from maillage.run.group.solidarity import shared_out
from maillage.run.hours.enums import ExpenseKind
from maillage.run.hours.models import Expense, ExpenseShare
from maillage.run.hours.permissions import can_keep_hours
from maillage.run.hours.queries import is_closed
from maillage.run.hours.refusals import HoursError

CENT: Final = Decimal("0.01")
MOST: Final = Decimal(5000)
RECEIPTS: Final = {
    b"\xff\xd8\xff": "image/jpeg",
    b"\x89PNG": "image/png",
    b"%PDF": "application/pdf",
}
LARGEST: Final = 5_000_000  # bytes


@dataclass(frozen=True, slots=True)
class Rate:
    """Euros a kilometre, since a day, by a text."""

    since: date
    amount: Decimal
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Spent:
    """What a worker says they spent: an amount, or kilometres that the rate of the day prices."""

    kind: ExpenseKind
    day: date
    label: str = ""
    amount: Decimal | None = None
    kilometres: Decimal | None = None
    receipt: bytes = b""


@cache
def mileage_rates() -> tuple[Rate, ...]:
    """Return the rates of a kilometre, the latest first."""
    text = files("maillage.run.hours").joinpath("law.toml").read_text(encoding="utf-8")
    rows = tomllib.loads(text)["mileage"]
    rates = [Rate(row["from"], Decimal(row["rate"]), row["source"]) for row in rows]
    return tuple(sorted(rates, key=lambda rate: rate.since, reverse=True))


def mileage_rate(day: date) -> Rate:
    """Return the rate of a kilometre on a day. Raises HoursError before the first that is known."""
    for rate in mileage_rates():
        if rate.since <= day:
            return rate
    raise HoursError(_("No rate of a kilometre is known for that day."), "day")


@transaction.atomic
def declare_expense(
    *,
    worker: Worker,
    spent: Spent,
    firms: Sequence[Organisation],
    key: UUID | None = None,
    acting: Acting | None = None,
) -> Expense:
    """Say what was spent for one firm or several, which share it evenly, to the cent.

    `key` comes with the form: sent twice it is done once. Raises HoursError.
    """
    if acting is not None and not can_keep_hours(acting):
        raise PermissionDenied
    if key is not None:
        done = Expense.objects.filter(worker=worker, told_key=key).first()
        if done is not None:
            return done
    _refuse_impossible(worker, spent, firms)
    rate = mileage_rate(spent.day) if spent.kind == ExpenseKind.MILEAGE else None
    amount = _amount(spent, rate)
    made = Expense.objects.create(
        network=worker.network,
        worker=worker,
        day=spent.day,
        kind=spent.kind,
        label=" ".join(spent.label.split())[:120],
        kilometres=spent.kilometres if rate is not None else None,
        rate=rate.amount if rate is not None else None,
        rate_source=rate.source if rate is not None else "",
        amount=amount,
        receipt=spent.receipt or None,
        receipt_type=_type_of(spent.receipt) if spent.receipt else "",
        told_key=key,
    )
    ExpenseShare.objects.bulk_create(
        ExpenseShare(expense=made, organisation=firm, amount=share)
        for firm, share in shared_out(amount, dict.fromkeys(firms, Decimal(1))).items()
    )
    _note("declare", made, acting, {"amount": str(amount), "kind": str(spent.kind)})
    return made


@transaction.atomic
def answer_expense(*, acting: Acting, expense: Expense, refused_why: str | None = None) -> Expense:
    """Approve an expense, or refuse it and say why. Raises HoursError."""
    if acting.network is None or not can_keep_hours(acting):
        raise PermissionDenied
    kept = Expense.objects.select_for_update(of=("self",)).get(
        pk=expense.pk, network=acting.network
    )
    if kept.approved_at is not None or kept.refused_why:
        raise HoursError(_("This expense has its answer already."))
    if is_closed(kept.network, kept.day):
        raise HoursError(_("This month is closed."))
    if refused_why is None:
        kept.approved_at = now()
    else:
        kept.refused_why = " ".join(refused_why.split())[:200]
        if not kept.refused_why:
            raise HoursError(_("Say why: the worker reads it."), "why")
    kept.save(update_fields=["approved_at", "refused_why"])
    _note("refuse" if kept.refused_why else "approve", kept, acting, {"why": kept.refused_why})
    return kept


def _amount(spent: Spent, rate: Rate | None) -> Decimal:
    if rate is not None and spent.kilometres is not None:
        exact = spent.kilometres * rate.amount
    else:
        exact = spent.amount or Decimal(0)
    return exact.quantize(CENT, ROUND_HALF_UP)


def _refuse_impossible(worker: Worker, spent: Spent, firms: Sequence[Organisation]) -> None:
    if spent.day > localdate():
        raise HoursError(_("This day is to come."), "day")
    if is_closed(worker.network, spent.day):
        raise HoursError(
            _("This month is closed. Tell whoever runs the group: it is put right in the next."),
            "day",
        )
    lent = {each.organisation_id for each in lendings_on(worker, spent.day)}
    if not firms or any(firm.pk not in lent for firm in firms):
        raise HoursError(_("Choose firms where you work."), "firms")
    if spent.kind == ExpenseKind.MILEAGE:
        if not spent.kilometres or not 0 < spent.kilometres <= MOST:
            raise HoursError(_("Give the kilometres."), "kilometres")
    elif not spent.amount or not 0 < spent.amount <= MOST:
        raise HoursError(_("Give the amount, in euros."), "amount")
    if spent.receipt and (len(spent.receipt) > LARGEST or not _type_of(spent.receipt)):
        raise HoursError(
            _("Send the receipt as a picture (JPEG, PNG) or a PDF of 5 MB at most."), "receipt"
        )
    if spent.kind == ExpenseKind.RECEIPT and not spent.receipt:
        raise HoursError(_("Add a picture of the receipt."), "receipt")


def _type_of(receipt: bytes) -> str:
    found = (kind for start, kind in RECEIPTS.items() if receipt.startswith(start))
    return next(found, "")


def _note(act: str, expense: Expense, acting: Acting | None, after: dict[str, object]) -> None:
    record(
        actor_id=acting.person.public_id if acting is not None else None,
        act=act,
        subject_type="Expense",
        subject_id=expense.public_id,
        network_id=expense.network.public_id,
        after=after,
    )
