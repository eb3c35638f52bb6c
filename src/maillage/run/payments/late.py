"""What a late payment costs: interest and a fixed fee, due by law without a reminder.

Interest runs from the day after the due date to the day of payment, on what is owed with tax, in
years of 365 days. Between firms the rate is that of each half-year; for a public body, that of the
half-year in which interest begins. It bears no VAT: it makes good a loss.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from maillage.foundation.audit.actions import record
from maillage.foundation.networks.acting import Acting
from maillage.foundation.networks.models import Network
from maillage.foundation.notify.days import said_day
from maillage.run.billing.files.fields import rounded
from maillage.run.group.queries import is_public
from maillage.run.payments.models import ReferenceRate
from maillage.run.payments.permissions import collecting_network
from maillage.run.payments.queries import ZERO, Owed
from maillage.run.payments.refusals import PaymentsError

YEAR: Final = Decimal(365)
HUNDRED: Final = Decimal(100)
DAY: Final = timedelta(days=1)
SECOND_HALF: Final = 7
MOST: Final = Decimal(50)


@dataclass(frozen=True, slots=True)
class Terms:
    """Points above the rate of the ECB, whether it is read once, the fee, and the article."""

    since: date
    points: Decimal
    once: bool
    fee: Decimal
    article: str


@dataclass(frozen=True, slots=True)
class Late:
    """What a late payment adds to an invoice, until a day."""

    days: int
    interest: Decimal
    fee: Decimal
    article: str

    @property
    def total(self) -> Decimal:
        """Interest and fee."""
        return self.interest + self.fee


@transaction.atomic
def record_rate(*, acting: Acting, since: date, percent: Decimal, source: str) -> ReferenceRate:
    """Write down the rate of the ECB on the first day of a half-year. Raises PaymentsError."""
    network = collecting_network(acting)
    if since != half_year_of(since):
        raise PaymentsError(_("A half-year begins on 1 January or on 1 July."), "since")
    if not -MOST < percent < MOST:
        raise PaymentsError(_("This is no rate of a central bank."), "percent")
    read = " ".join(source.split())[:200]
    if not read:
        raise PaymentsError(_("Say where you read it."), "source")
    row, _new = ReferenceRate.objects.update_or_create(
        network=network, since=since, defaults={"percent": percent, "source": read}
    )
    record(
        actor_id=acting.person.public_id,
        act="record rate",
        subject_type="Network",
        subject_id=network.public_id,
        network_id=network.public_id,
        after={"since": str(since), "percent": str(percent), "source": read},
    )
    return row


def late_of(owed: Owed, day: date, rates: Mapping[date, Decimal]) -> Late:
    """Return what the law adds to an invoice until a day, paid late or not yet. One query.

    Raises PaymentsError when a rate is not known.
    """
    invoice = owed.invoice
    terms = terms_on(invoice.due_on, public=is_public(invoice.organisation))
    if owed.taken_back:
        return Late(0, ZERO, ZERO, terms.article)
    paid = [(one.on, one.amount) for one in invoice.payments.all()]
    days = _late_days(invoice.gross, paid, invoice.due_on, day)
    if not days:
        return Late(0, ZERO, ZERO, terms.article)
    interest = interest_on(
        invoice.gross, paid, due_on=invoice.due_on, until=day, terms=terms, rates=rates
    )
    return Late(days, interest, terms.fee, terms.article)


def interest_on(
    principal: Decimal,
    paid: Sequence[tuple[date, Decimal]],
    *,
    due_on: date,
    until: date,
    terms: Terms,
    rates: Mapping[date, Decimal],
) -> Decimal:
    """Return the interest on a principal until a day, that day included, to the cent.

    `paid` are payments with their days; one that is below zero went back. A day of payment still
    bears interest. Raises PaymentsError when a rate is not known.
    """
    total = Decimal(0)
    for begin, end in _spans(due_on, until, [on for on, _amount in paid]):
        left = principal - sum((amount for on, amount in paid if on <= begin), ZERO)
        if left <= 0:
            continue
        first = half_year_of((due_on if terms.once else begin) + DAY)
        percent = _known(rates, first) + terms.points
        total += left * (end - begin).days * percent / (HUNDRED * YEAR)
    return rounded(total)


def rates_of(network: Network) -> dict[date, Decimal]:
    """Return the known rates of the ECB by half-year: the program's, then the treasurer's."""
    rates = {row["since"]: Decimal(row["percent"]) for row in _law()["rates"]}
    own = ReferenceRate.objects.filter(network=network).values_list("since", "percent")
    return {**rates, **dict(own)}


def terms_on(day: date, *, public: bool) -> Terms:
    """Return what the law gives for a payment due on a day, by a firm or by a public body."""
    buyer = "public" if public else "private"
    rows = [row for row in _law()["terms"] if row["buyer"] == buyer and row["since"] <= day]
    if not rows:
        raise LookupError(f"Nothing is known of late payments on {day}.")
    row = max(rows, key=lambda row: row["since"])
    return Terms(
        since=row["since"],
        points=Decimal(row["points"]),
        once=row["read"] == "once",
        fee=Decimal(row["fee"]).quantize(ZERO),
        article=row["article"],
    )


def half_year_of(day: date) -> date:
    """Return the first day of the half-year of a day."""
    return date(day.year, SECOND_HALF if day.month >= SECOND_HALF else 1, 1)


def _spans(due_on: date, until: date, cuts: Sequence[date]) -> list[tuple[date, date]]:
    """Cut the days after `due_on`, up to `until`, where the principal or the rate may change."""
    edges = {due_on, until, *(cut for cut in cuts if due_on < cut < until)}
    for year in range(due_on.year, until.year + 1):
        for last in (date(year, 6, 30), date(year, 12, 31)):
            if due_on < last < until:
                edges.add(last)
    ordered = sorted(edges)
    return list(pairwise(ordered)) if until > due_on else []


def _late_days(
    principal: Decimal, paid: Sequence[tuple[date, Decimal]], due_on: date, until: date
) -> int:
    """Return on how many days something was owed after the due date."""
    return sum(
        (end - begin).days
        for begin, end in _spans(due_on, until, [on for on, _amount in paid])
        if principal > sum((amount for on, amount in paid if on <= begin), ZERO)
    )


def _known(rates: Mapping[date, Decimal], first: date) -> Decimal:
    if first not in rates:
        raise PaymentsError(
            _("Write down the rate of the European Central Bank on %(day)s: it is not known here.")
            % {"day": said_day(first)},
            "since",
        )
    return rates[first]


@cache
def _law() -> Mapping[str, Sequence[Mapping[str, Any]]]:
    text = files("maillage.run.payments").joinpath("late.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
