"""Hours priced: each line is wages, contributions and the rest, to the cent.

An amount is rounded once, for a whole line, half a cent away from zero. Wages and contributions
are rounded too, and the rest is what is left: the three always make the line.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Final
from uuid import UUID

from maillage.run.billing.files.fields import rounded
from maillage.run.billing.pricing.hours import LEGAL, Cut, Hours, Week, cuts_of
from maillage.run.billing.pricing.terms import HUNDRED, Leave, Method, Terms, terms_on

FOUR_PLACES: Final = Decimal("0.0001")
HOUR: Final = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Pay:
    """What a contract is paid an hour on a day in a firm, gross, in euros.

    `firm_rate` is what the firm pays its own people for the same work, when that is more: equal
    treatment asks for it (L1253-9), and that firm alone bears the difference.
    """

    group_rate: Decimal
    firm_rate: Decimal | None = None
    kind: str = ""
    qualification: str = ""
    months: int = 0

    @property
    def difference(self) -> Decimal:
        """What equal treatment adds to an hour."""
        if self.firm_rate is None:
            return Decimal(0)
        return max(Decimal(0), self.firm_rate - self.group_rate)


@dataclass(frozen=True, slots=True, kw_only=True)
class PricedLine:
    """A line: what for, how many hours at what price, what it is made of, where it comes from.

    `what` is "hours", a `Cut`, "difference", "cancelled", "holiday_pay" or "minimum".
    `entries` are the signed hours it prices; `since` the first day of the terms.
    """

    firm: UUID
    contract: UUID | None
    what: str
    hours: Decimal
    price: Decimal
    net: Decimal
    wages: Decimal
    contributions: Decimal
    rest: Decimal
    since: date
    gross_rate: Decimal
    entries: tuple[UUID, ...]
    percent: Decimal = HUNDRED


@dataclass(frozen=True, slots=True)
class _Kind:
    """What makes one line of several entries: they are alike in all of this."""

    firm: UUID
    contract: UUID
    what: str
    since: date
    gross: Decimal
    percent: Decimal
    price: Decimal


def price_hours(
    hours: Sequence[Hours],
    *,
    priced: Callable[[Hours], bool],
    terms: Sequence[Terms],
    pay_of: Callable[[Hours], Pay],
    week_of: Mapping[UUID, Week],
) -> list[PricedLine]:
    """Return the lines of some hours, those for which `priced` says so.

    The others are only there to know where a week goes beyond its contract. Hours under different
    terms or pay make different lines. Raises TermsError.
    """
    minutes: dict[_Kind, int] = defaultdict(int)
    entries: dict[_Kind, list[UUID]] = defaultdict(list)
    nights = {one.night for one in terms}
    cuts = {night: cuts_of(hours, week_of, night) for night in nights}
    held: dict[_Kind, Terms] = {}
    for one in filter(priced, hours):
        rule = terms_on(terms, one.day)
        for kind, part in _parts(one, rule, pay_of(one), cuts[rule.night].get(one.entry, {})):
            minutes[kind] += part
            entries[kind].append(one.entry)
            held[kind] = rule
    return [
        _line(kind, minutes[kind], entries[kind], held[kind])
        for kind in sorted(
            minutes, key=lambda each: (each.firm, each.contract, each.since, each.what)
        )
    ]


def minimum_line(
    firm: UUID, lines: Iterable[PricedLine], terms: Terms, *, hours_billed: Decimal
) -> PricedLine | None:
    """Return what a firm owes for the hours it committed to and did not take, None for none."""
    missing = terms.minimum_hours - hours_billed
    if missing <= 0:
        return None
    net = rounded(missing * terms.minimum_rate)
    return PricedLine(
        firm=firm,
        contract=None,
        what="minimum",
        hours=missing,
        price=terms.minimum_rate,
        net=net,
        wages=Decimal("0.00"),
        contributions=Decimal("0.00"),
        rest=net,
        since=terms.since,
        gross_rate=Decimal(0),
        entries=tuple(entry for line in lines for entry in line.entries),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """Hours put right, more or fewer (below zero), at the price of their day."""

    quantity: Decimal
    price: Decimal
    net: Decimal
    wages: Decimal
    contributions: Decimal
    rest: Decimal
    since: date


def put_right(minutes: int, *, pay: Pay, terms: Terms) -> Correction:
    """Return what some minutes more or fewer come to, equal pay included."""
    gross = pay.group_rate + pay.difference
    hours = (Decimal(minutes) / HOUR).quantize(FOUR_PLACES, ROUND_HALF_UP)
    price = _price(gross, terms, pay, plain=True)
    net = rounded(hours * price)
    wages = rounded(_wages(gross, terms) * minutes / HOUR)
    contributions = rounded(_wages(gross, terms) * terms.charges / HUNDRED * minutes / HOUR)
    if terms.method == Method.COST:
        contributions = net - wages
    return Correction(
        quantity=hours,
        price=price,
        net=net,
        wages=wages,
        contributions=contributions,
        rest=net - wages - contributions,
        since=terms.since,
    )


def _parts(
    one: Hours, rule: Terms, pay: Pay, cuts: Mapping[Cut, int]
) -> Iterable[tuple[_Kind, int]]:
    """Return what one entry adds to which lines, in minutes."""
    gross = pay.group_rate

    def kind(what: str, rate: Decimal, percent: Decimal) -> _Kind:
        paid = rate * percent / HUNDRED
        price = _price(paid, rule, pay, plain=what == "hours")
        return _Kind(one.firm, one.contract, what, rule.since, rate, percent, price)

    if one.notice is not None:
        percent = rule.cancelled_percent(one.notice)
        if percent and one.billed:
            full = _price(gross, rule, pay, plain=True)
            price = (full * percent / HUNDRED).quantize(FOUR_PLACES, ROUND_HALF_UP)
            yield (
                _Kind(one.firm, one.contract, "cancelled", rule.since, gross, percent, price),
                one.billed,
            )
        return
    if not one.billed:
        return
    what = "hours" if one.counts else "holiday_pay"
    yield kind(what, gross, HUNDRED), one.billed
    if pay.difference:
        yield kind("difference", pay.difference, HUNDRED), one.billed
    for cut, part in cuts.items():
        percent = rule.supplements.get(str(cut), LEGAL.get(cut, Decimal(0)))
        # What the firm does not bear of the hours it does not bear of their supplements either.
        borne = min(part, one.billed)
        if percent and borne:
            yield kind(str(cut), gross + pay.difference, percent), borne


def _price(paid: Decimal, rule: Terms, pay: Pay, *, plain: bool) -> Decimal:
    """Return what an hour is billed for so much gross pay, to four decimals."""
    if rule.method == Method.COEFFICIENT:
        price = paid * rule.coefficient(pay.kind, pay.qualification, pay.months)
    else:
        price = _wages(paid, rule) * (1 + rule.charges / HUNDRED)
        if rule.method == Method.MARGIN and plain:
            price += rule.margin
    return price.quantize(FOUR_PLACES, ROUND_HALF_UP)


def _wages(paid: Decimal, rule: Terms) -> Decimal:
    """Return gross pay with the leave that it earns, when leave is in the rate."""
    if rule.leave == Leave.IN_RATE:
        return paid * (1 + rule.leave_percent / HUNDRED)
    return paid


def _line(kind: _Kind, minutes: int, entries: Sequence[UUID], rule: Terms) -> PricedLine:
    hours = (Decimal(minutes) / HOUR).quantize(FOUR_PLACES, ROUND_HALF_UP)
    net = rounded(hours * kind.price)
    paid = kind.gross * kind.percent / HUNDRED
    wages = rounded(_wages(paid, rule) * minutes / HOUR)
    contributions = rounded(_wages(paid, rule) * rule.charges / HUNDRED * minutes / HOUR)
    if rule.method == Method.COST:
        contributions = net - wages  # nothing is left: a cent of rounding stays with the cost
    return PricedLine(
        firm=kind.firm,
        contract=kind.contract,
        what=kind.what,
        hours=hours,
        price=kind.price,
        net=net,
        wages=wages,
        contributions=contributions,
        rest=net - wages - contributions,
        since=kind.since,
        gross_rate=kind.gross,
        percent=kind.percent,
        entries=tuple(entries),
    )
