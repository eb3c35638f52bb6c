"""What is still to be billed of a closed month, firm by firm: worked out anew at each look.

Nothing of a draft is kept. What is signed and on no invoice is in it, once; issuing writes it down.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Final, Literal
from uuid import UUID

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from maillage.foundation.networks.models import Network
from maillage.foundation.organisations.models import Organisation
from maillage.run.billing.files.fields import plain
from maillage.run.billing.gathering import Ground, ground_of
from maillage.run.billing.models import Billed
from maillage.run.billing.pricing.lines import PricedLine, minimum_line, price_hours, put_right
from maillage.run.billing.pricing.terms import TermsError, terms_on
from maillage.run.employment.models import Worker
from maillage.run.hours.models import Adjustment, ExpenseShare
from maillage.run.hours.prefilling import bounds_of
from maillage.run.hours.queries import adjustments_in, is_closed, signed_expenses

type Source = tuple[Literal["entry", "share", "adjustment"], int]

ZERO: Final = Decimal("0.00")
MINIMUM: Final = "minimum"


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftLine:
    """A line to come, with the rows that it bills."""

    what: str
    worker: Worker | None
    quantity: Decimal
    price: Decimal
    net: Decimal
    wages: Decimal
    contributions: Decimal
    rest: Decimal
    gross_rate: Decimal | None = None
    percent: Decimal = Decimal(100)
    since: date | None = None
    label: str = ""
    occupation: str = ""
    day: date | None = None
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """What a firm is to be billed for a month; `problem` keeps it from being priced."""

    organisation: Organisation
    month: date
    lines: tuple[DraftLine, ...]
    problem: str = ""

    @property
    def net(self) -> Decimal:
        """What it comes to without tax; below zero it is owed to the firm."""
        return sum((line.net for line in self.lines), ZERO)


@dataclass
class _Bill:
    """The lines of one firm while they are put together."""

    organisation: Organisation
    lines: list[DraftLine] = field(default_factory=list)
    problem: str = ""


def drafts_of(network: Network, month: date) -> list[Draft]:
    """Return what is to be billed of a month, by firm, for whoever bills; none of an open month."""
    first, _last = bounds_of(month)
    if not is_closed(network, first):
        return []
    ground = ground_of(network, first)
    bills: dict[UUID, _Bill] = {}
    _hours(network, first, ground, bills)
    _adjustments(network, first, ground, bills)
    for expense in signed_expenses(network, first).prefetch_related("shares__billed"):
        for share in expense.shares.all():
            if not _is_billed(share.billed.all()):
                _bill(bills, share.organisation).lines.append(_of_share(share, expense.worker))
    ordered = sorted(
        bills.values(), key=lambda bill: (bill.organisation.folded_name, bill.organisation.pk)
    )
    return [
        Draft(bill.organisation, first, tuple(bill.lines), bill.problem)
        for bill in ordered
        if bill.lines or bill.problem
    ]


def _hours(network: Network, first: date, ground: Ground, bills: dict[UUID, _Bill]) -> None:
    """Add the hours that no invoice holds, then the minimum that firms committed to."""
    keys = {row.key for row in ground.signed.values()}
    held = set(
        Billed.objects.filter(entry__in=keys, taken_back=False).values_list("entry", flat=True)
    )
    due = {key for key, row in ground.signed.items() if row.key not in held}
    by_firm: dict[UUID, list[UUID]] = defaultdict(list)
    for key in due:
        by_firm[ground.signed[key].organisation.public_id].append(key)
    for firm, keys_due in sorted(by_firm.items()):
        bill = _bill(bills, ground.signed[keys_due[0]].organisation)
        chosen = set(keys_due)
        try:
            lines = price_hours(
                ground.hours,
                priced=lambda one, chosen=chosen: one.entry in chosen,  # type: ignore[misc]
                terms=ground.terms,
                pay_of=ground.pay_of,
                week_of=ground.weeks,
            )
            bill.lines += [_of_priced(line, ground) for line in lines]
            bill.lines += _minimum(network, first, ground, firm, lines)
        except TermsError as error:
            bill.lines.clear()
            bill.problem = str(error)


def _minimum(
    network: Network, first: date, ground: Ground, firm: UUID, lines: Sequence[PricedLine]
) -> Iterable[DraftLine]:
    """Return what is missing to the minimum; none when the month was billed before."""
    already = Billed.objects.filter(
        line__invoice__network=network,
        line__invoice__organisation__public_id=firm,
        line__invoice__month=first,
        line__invoice__corrected_by=None,
    ).exists()
    terms = terms_on(ground.terms, bounds_of(first)[1])
    if already or not terms.minimum_hours:
        return
    counted = {"hours", "cancelled", "holiday_pay"}
    billed = sum((line.hours for line in lines if line.what in counted), Decimal(0))
    line = minimum_line(firm, lines, terms, hours_billed=billed)
    if line is not None:
        yield _of_priced(line, ground)


def _adjustments(network: Network, first: date, ground: Ground, bills: dict[UUID, _Bill]) -> None:
    """Add what puts closed months right, at the price of the day of the work."""
    for one in adjustments_in(network, first).prefetch_related("billed"):
        if not one.billed_minutes or _is_billed(one.billed.all()):
            continue
        bill = _bill(bills, one.organisation)
        try:
            bill.lines.append(_of_adjustment(one, ground))
        except TermsError as error:
            bill.problem = str(error)


def _bill(bills: dict[UUID, _Bill], organisation: Organisation) -> _Bill:
    return bills.setdefault(organisation.public_id, _Bill(organisation))


def _is_billed(rows: Iterable[Billed]) -> bool:
    return any(not row.taken_back for row in rows)


def _of_priced(line: PricedLine, ground: Ground) -> DraftLine:
    contract = ground.contracts[line.contract] if line.contract is not None else None
    rows = [ground.signed[entry] for entry in line.entries]
    sources = () if line.what == MINIMUM else tuple(("entry", row.key) for row in rows)
    return DraftLine(
        what=line.what,
        worker=contract.worker if contract is not None else None,
        quantity=line.hours,
        price=line.price,
        net=line.net,
        wages=line.wages,
        contributions=line.contributions,
        rest=line.rest,
        gross_rate=line.gross_rate,
        percent=line.percent,
        since=line.since,
        occupation=rows[0].occupation_label if rows and line.what != MINIMUM else "",
        sources=sources,  # type: ignore[arg-type]  # "entry" is one of the three
    )


def _of_adjustment(one: Adjustment, ground: Ground) -> DraftLine:
    pay = ground.pay_on(one.contract, one.organisation.public_id, one.day)
    line = put_right(one.billed_minutes, pay=pay, terms=terms_on(ground.terms, one.day))
    return DraftLine(
        what="adjustment",
        worker=one.worker,
        quantity=line.quantity,
        price=line.price,
        net=line.net,
        wages=line.wages,
        contributions=line.contributions,
        rest=line.rest,
        gross_rate=pay.group_rate,
        since=line.since,
        label=one.why,
        day=one.day,
        sources=(("adjustment", one.pk),),
    )


def _of_share(share: ExpenseShare, worker: Worker) -> DraftLine:
    return DraftLine(
        what="expense",
        worker=worker,
        quantity=Decimal(1),
        price=share.amount,
        net=share.amount,
        wages=ZERO,
        contributions=ZERO,
        rest=share.amount,
        label=share.expense.label or str(share.expense.get_kind_display()),
        day=share.expense.day,
        sources=(("share", share.pk),),
    )


def words_of(line: DraftLine) -> str:
    """Return what a line says to the customer, in the language in use."""
    words: Mapping[str, object] = {
        "who": line.worker.name if line.worker is not None else "",
        "what": line.occupation or line.label,
        "percent": number_format(plain(line.percent)),
        "day": date_format(line.day) if line.day is not None else "",
        "label": line.label,
    }
    return _SAID[line.what]() % words


_SAID: Final = {
    "hours": lambda: _("%(who)s, %(what)s"),
    "difference": lambda: _("%(who)s: equal pay with your own people"),
    "cancelled": lambda: _("%(who)s: hours cancelled late, billed at %(percent)s%%"),
    "holiday_pay": lambda: _("%(who)s: public holiday"),
    "night": lambda: _("%(who)s: night work, %(percent)s%% more"),
    "sunday": lambda: _("%(who)s: Sunday work, %(percent)s%% more"),
    "holiday": lambda: _("%(who)s: work on a public holiday, %(percent)s%% more"),
    "may_day": lambda: _("%(who)s: work on 1 May, %(percent)s%% more"),
    "overtime_25": lambda: _("%(who)s: overtime, %(percent)s%% more"),
    "overtime_50": lambda: _("%(who)s: overtime, %(percent)s%% more"),
    "extra_10": lambda: _("%(who)s: extra hours, %(percent)s%% more"),
    "extra_25": lambda: _("%(who)s: extra hours, %(percent)s%% more"),
    "minimum": lambda: _("Hours missing to the monthly minimum"),
    "adjustment": lambda: _("%(who)s: hours of %(day)s put right (%(label)s)"),
    "expense": lambda: _("%(who)s: %(label)s of %(day)s"),
}
