"""Prices as a board decided them: read from plain data, refused with the field that is wrong."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any, Final

from django.utils.translation import gettext as _

HUNDRED: Final = Decimal(100)
ONE: Final = Decimal(1)
HIGHEST_COEFFICIENT: Final = Decimal(5)
DAY_MINUTES: Final = 24 * 60


class TermsError(Exception):
    """A price that cannot be: a sentence says why, `field` says where."""

    def __init__(self, text: str, field: str) -> None:
        super().__init__(text)
        self.field = field


class Method(StrEnum):
    """How an hour is priced."""

    COEFFICIENT = "coefficient"  # gross pay, leave and the rest in one number
    MARGIN = "margin"  # what an hour costs, and so many euros
    COST = "cost"  # what an hour costs: the year is shared exactly (CGI 261 B)


class Leave(StrEnum):
    """How paid leave is billed."""

    IN_RATE = "in_rate"  # a part of each hour is put aside
    WHEN_TAKEN = "when_taken"


@dataclass(frozen=True, slots=True, kw_only=True)
class Coefficient:
    """A coefficient, and for what it holds: "" and 0 are for any.

    `kind` is a kind of contract, `qualification` the words of the contract, `months` the length
    of the lending from which it holds.
    """

    value: Decimal
    kind: str = ""
    qualification: str = ""
    months: int = 0

    def weight(self, kind: str, qualification: str, months: int) -> int | None:
        """Return how closely it fits, None when it does not; the closest one holds."""
        fits = (
            self.kind in {"", kind}
            and self.qualification.casefold() in {"", qualification.casefold()}
            and months >= self.months
        )
        if not fits:
            return None
        return 10_000 * bool(self.qualification) + 1_000 * bool(self.kind) + self.months


@dataclass(frozen=True, slots=True, kw_only=True)
class Cancelled:
    """What is billed of a slot cancelled less than so many hours before it began, in percent."""

    under_hours: int
    percent: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """A price from a day on. Percentages are of the gross pay unless said otherwise.

    `charges` are the employer's contributions. `supplements` are for hours at night, on a Sunday,
    on a public holiday. `minimum_hours` a month that a firm commits to, at `minimum_rate` euros
    for each one missing.
    """

    since: date
    method: Method
    coefficients: tuple[Coefficient, ...] = ()
    margin: Decimal = Decimal(0)
    charges: Decimal = Decimal(0)
    leave: Leave = Leave.IN_RATE
    leave_percent: Decimal = Decimal(10)
    supplements: Mapping[str, Decimal] = field(default_factory=dict)
    night: tuple[int, int] = (21 * 60, 6 * 60)
    cancelled: tuple[Cancelled, ...] = ()
    minimum_hours: Decimal = Decimal(0)
    minimum_rate: Decimal = Decimal(0)

    def coefficient(self, kind: str, qualification: str, months: int) -> Decimal:
        """Return the coefficient that fits a contract most closely. Raises TermsError."""
        weighed = [
            (weight, one.value)
            for one in self.coefficients
            if (weight := one.weight(kind, qualification, months)) is not None
        ]
        if not weighed:
            raise TermsError(
                _("No coefficient fits this contract: add one for every contract."), "coefficients"
            )
        return max(weighed)[1]

    def cancelled_percent(self, notice: timedelta) -> Decimal:
        """Return what is billed of a slot cancelled with so much notice; nothing when early."""
        for one in sorted(self.cancelled, key=lambda each: each.under_hours):
            if notice < timedelta(hours=one.under_hours):
                return one.percent
        return Decimal(0)


SUPPLEMENTS: Final = ("night", "sunday", "holiday", "may_day")


def read_terms(since: date, data: Mapping[str, Any]) -> Terms:
    """Return the terms that plain data (JSON) says. Raises TermsError with the field at fault."""
    known = {
        "method",
        "coefficients",
        "margin",
        "charges",
        "leave",
        "leave_percent",
        "supplements",
        "night",
        "cancelled",
        "minimum_hours",
        "minimum_rate",
    }
    for name in data:
        if name not in known:
            raise TermsError(_("%(field)s is unknown.") % {"field": name}, name)
    method = _one_of(Method, data.get("method", ""), "method")
    terms = Terms(
        since=since,
        method=method,
        coefficients=tuple(_coefficient(one) for one in data.get("coefficients", ())),
        margin=_number(data, "margin", HUNDRED),
        charges=_number(data, "charges", HUNDRED),
        leave=_one_of(Leave, data.get("leave", Leave.IN_RATE), "leave"),
        leave_percent=_number(data, "leave_percent", HUNDRED, Decimal(10)),
        supplements=_supplements(data.get("supplements", {})),
        night=_night(data.get("night", (21 * 60, 6 * 60))),
        cancelled=tuple(_cancelled(one) for one in data.get("cancelled", ())),
        minimum_hours=_number(data, "minimum_hours", Decimal(1000)),
        minimum_rate=_number(data, "minimum_rate", Decimal(1000)),
    )
    if method == Method.COEFFICIENT:
        if not any(one.weight("", "", 0) is not None for one in terms.coefficients):
            raise TermsError(_("Give a coefficient that holds for every contract."), "coefficients")
    elif terms.coefficients:
        raise TermsError(_("Coefficients are for the method of coefficients."), "coefficients")
    if method == Method.COST and (terms.margin or terms.minimum_hours):
        raise TermsError(
            _("At exact cost there is no margin and no minimum (CGI 261 B)."),
            "margin" if terms.margin else "minimum_hours",
        )
    if terms.minimum_hours and not terms.minimum_rate:
        raise TermsError(_("Give the price of a missing hour."), "minimum_rate")
    return terms


def terms_on(known: Sequence[Terms], day: date) -> Terms:
    """Return the terms in force on a day. Raises TermsError before the first."""
    held = [one for one in known if one.since <= day]
    if not held:
        raise TermsError(_("No price is known for that day."), "since")
    return max(held, key=lambda one: one.since)


def _one_of[Choice: StrEnum](choices: type[Choice], value: object, name: str) -> Choice:
    try:
        return choices(str(value))
    except ValueError as error:
        offered = ", ".join(choices)
        raise TermsError(_("Choose one of: %(offered)s.") % {"offered": offered}, name) from error


def _number(
    data: Mapping[str, Any], name: str, most: Decimal, default: Decimal = Decimal(0)
) -> Decimal:
    """Return a number of at most four decimals, between nothing and the most it may be."""
    value = data.get(name, default)
    try:
        number = Decimal(str(value))
    except InvalidOperation as error:
        raise TermsError(_("This is no number."), name) from error
    if not number.is_finite() or not 0 <= number <= most or number != round(number, 4):
        raise TermsError(
            _("Write a number from 0 to %(most)s, with four decimals at most.") % {"most": most},
            name,
        )
    return number


def _coefficient(row: Mapping[str, Any]) -> Coefficient:
    value = _number(row, "value", HIGHEST_COEFFICIENT)
    if value < ONE:
        raise TermsError(_("A coefficient below 1 would not even pay the wages."), "coefficients")
    return Coefficient(
        value=value,
        kind=str(row.get("kind", "")),
        qualification=str(row.get("qualification", "")),
        months=int(row.get("months", 0)),
    )


def _cancelled(row: Mapping[str, Any]) -> Cancelled:
    return Cancelled(
        under_hours=int(_number(row, "under_hours", Decimal(1000))),
        percent=_number(row, "percent", HUNDRED),
    )


def _supplements(rows: Mapping[str, Any]) -> Mapping[str, Decimal]:
    for name in rows:
        if name not in SUPPLEMENTS:
            raise TermsError(_("%(field)s is unknown.") % {"field": name}, "supplements")
    return {name: _number(rows, name, Decimal(300)) for name in rows}


def _night(span: Sequence[Any]) -> tuple[int, int]:
    start, end = (int(minute) for minute in span)
    if not 0 <= end < start < DAY_MINUTES:
        raise TermsError(_("A night begins in the evening and ends in the morning."), "night")
    return start, end
