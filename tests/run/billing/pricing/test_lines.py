"""Gaëlle's hours priced: by coefficient, by margin, at cost; cancelled; under two prices."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maillage.run.billing.pricing.hours import Hours, Week
from maillage.run.billing.pricing.lines import Pay, PricedLine, minimum_line, price_hours
from maillage.run.billing.pricing.terms import Terms, TermsError, read_terms
from tests.run.billing.pricing.test_hours import BAKERY, GAELLE, GARAGE, HOUR, MONDAY, hours

YEAR = date(2026, 1, 1)
COEFFICIENT: dict[str, Any] = {
    "method": "coefficient",
    "coefficients": [{"value": "1.87"}],
    "charges": "42",
    "cancelled": [{"under_hours": 24, "percent": 100}, {"under_hours": 72, "percent": 50}],
    "supplements": {"night": 25, "sunday": 50, "holiday": 100},
}
MARGIN: dict[str, Any] = {"method": "margin", "charges": "42", "margin": "2.50"}
COST: dict[str, Any] = {"method": "cost", "charges": "42"}


TWELVE = Pay(group_rate=Decimal(12))


def priced(
    *worked: Hours,
    terms: dict[str, Any] | list[Terms] = COEFFICIENT,
    pay: Pay | Callable[[Hours], Pay] = TWELVE,
    week: int = 35,
    only: Callable[[Hours], bool] = lambda _one: True,
) -> list[PricedLine]:
    known = terms if isinstance(terms, list) else [read_terms(YEAR, terms)]
    return price_hours(
        worked,
        priced=only,
        terms=known,
        pay_of=pay if callable(pay) else lambda _one: pay,
        week_of={GAELLE: Week(week * HOUR)},
    )


def said(lines: list[PricedLine]) -> list[tuple[str, str, str, str]]:
    return [(one.what, str(one.hours), str(one.price), str(one.net)) for one in lines]


def test_thirty_five_hours_at_twelve_euros_and_a_coefficient() -> None:
    # 12 euros x 1.87 = 22.44 euros an hour: the example of a group's own page.
    (line,) = priced(*(hours(day, 8, 15) for day in range(5)))
    assert (line.hours, line.price, line.net) == (Decimal(35), Decimal("22.44"), Decimal("785.40"))
    # 420 of pay and 42 of leave; 42 % of both; the rest is what the group lives on.
    assert (line.wages, line.contributions, line.rest) == (
        Decimal("462.00"),
        Decimal("194.04"),
        Decimal("129.36"),
    )
    assert len(line.entries) == 5


def test_a_margin_is_added_to_what_an_hour_costs() -> None:
    # 12 + 10 % of leave, + 42 %: 18.744, and 2.50 of margin.
    (line,) = priced(hours(0, 8, 12), terms=MARGIN)
    assert (line.price, line.net, line.rest) == (
        Decimal("21.2440"),
        Decimal("84.98"),
        Decimal("84.98") - Decimal("52.80") - Decimal("22.18"),
    )


def test_at_cost_nothing_is_left_for_the_group() -> None:
    (line,) = priced(hours(0, 8, 12), terms=COST)
    assert (line.price, line.net, line.rest) == (Decimal("18.7440"), Decimal("74.98"), Decimal(0))


def test_leave_billed_when_taken_is_not_in_the_rate() -> None:
    (line,) = priced(hours(0, 8, 12), terms={**MARGIN, "leave": "when_taken"})
    assert line.price == Decimal("19.5400")  # 12 + 42 % + 2.50


@pytest.mark.parametrize(
    ("notice", "expected"),
    [
        (13, [("cancelled", "7.0000", "22.4400", "157.08")]),  # story 5: Thursday 18:00
        (24, [("cancelled", "7.0000", "11.2200", "78.54")]),
        (23.99, [("cancelled", "7.0000", "22.4400", "157.08")]),
        (72, []),
        (-1, [("cancelled", "7.0000", "22.4400", "157.08")]),
    ],
)
def test_what_is_cancelled_late_is_billed_by_how_late(
    notice: float, expected: list[tuple[str, str, str, str]]
) -> None:
    friday = hours(4, 7, 14, counts=False, notice=timedelta(hours=notice))
    assert said(priced(friday)) == expected


def test_a_price_that_changes_inside_a_month_makes_two_lines() -> None:
    terms = [
        read_terms(YEAR, COEFFICIENT),
        read_terms(MONDAY + timedelta(days=2), {**COEFFICIENT, "coefficients": [{"value": "2"}]}),
    ]
    assert said(priced(*(hours(day, 8, 12) for day in range(4)), terms=terms)) == [
        ("hours", "8.0000", "22.4400", "179.52"),
        ("hours", "8.0000", "24.0000", "192.00"),
    ]


def test_a_day_before_the_first_price_is_refused() -> None:
    with pytest.raises(TermsError, match="No price is known"):
        priced(hours(0, 8, 12), terms=[read_terms(MONDAY + timedelta(days=1), COEFFICIENT)])


def test_the_coefficient_that_fits_most_closely_holds() -> None:
    terms = {
        **COEFFICIENT,
        "coefficients": [
            {"value": "1.9"},
            {"value": "1.85", "kind": "permanent"},
            {"value": "1.8", "kind": "permanent", "months": 6},
            {"value": "1.7", "qualification": "CAP boulanger"},
        ],
    }
    found = [
        priced(hours(0, 8, 9), terms=terms, pay=Pay(group_rate=Decimal(10), **more))[0].price
        for more in (
            {},
            {"kind": "permanent"},
            {"kind": "permanent", "months": 5},
            {"kind": "permanent", "months": 6},
            {"kind": "permanent", "months": 12, "qualification": "cap BOULANGER"},
        )
    ]
    assert found == [Decimal(19), Decimal("18.5"), Decimal("18.5"), Decimal(18), Decimal(17)]


def test_equal_pay_is_borne_by_the_firm_that_pays_more() -> None:
    # Story 14: 14.10 euros at the garage, 14.85 at the bakery, where people earn more.
    def pay_of(one: Hours) -> Pay:
        firm_rate = Decimal("14.85") if one.firm == BAKERY else Decimal("13.90")
        return Pay(group_rate=Decimal("14.10"), firm_rate=firm_rate)

    lines = priced(hours(0, 8, 12), hours(1, 8, 12, firm=GARAGE), pay=pay_of)
    assert {(one.firm, one.what, one.wages) for one in lines} == {
        (BAKERY, "hours", Decimal("62.04")),
        (BAKERY, "difference", Decimal("3.30")),
        (GARAGE, "hours", Decimal("62.04")),
    }


def test_sundays_and_nights_are_lines_of_their_own() -> None:
    assert said(priced(hours(6, 5, 9))) == [
        ("hours", "4.0000", "22.4400", "89.76"),
        ("night", "1.0000", "5.6100", "5.61"),
        ("sunday", "4.0000", "11.2200", "44.88"),
    ]


def test_overtime_is_known_from_days_of_the_month_before() -> None:
    week = [hours(day, 8, 15) for day in range(5)]
    saturday = hours(5, 8, 12)
    lines = priced(*week, saturday, only=lambda one: one.day.day == 7)
    assert said(lines) == [
        ("hours", "4.0000", "22.4400", "89.76"),
        ("overtime_25", "4.0000", "5.6100", "22.44"),
    ]


def test_what_a_firm_does_not_bear_costs_it_no_supplement_either() -> None:
    assert said(priced(hours(6, 8, 12, billed=60))) == [
        ("hours", "1.0000", "22.4400", "22.44"),
        ("sunday", "1.0000", "11.2200", "11.22"),
    ]
    assert priced(hours(6, 8, 12, billed=0)) == []


def test_a_minimum_is_billed_for_what_is_missing() -> None:
    terms = read_terms(YEAR, {**COEFFICIENT, "minimum_hours": "20", "minimum_rate": "23.02"})
    lines = priced(hours(0, 8, 12), terms=[terms])
    line = minimum_line(BAKERY, lines, terms, hours_billed=Decimal("4.5"))
    assert line is not None
    assert (line.hours, line.net, line.rest) == (Decimal("15.5"), Decimal("356.81"), line.net)
    assert minimum_line(BAKERY, lines, terms, hours_billed=Decimal(20)) is None


@pytest.mark.parametrize(
    ("change", "field", "says"),
    [
        ({"method": "guess"}, "method", "Choose one of: coefficient, margin, cost"),
        ({"margins": 2}, "margins", "margins is unknown"),
        ({"coefficients": []}, "coefficients", "holds for every contract"),
        (
            {"coefficients": [{"value": "1.8", "kind": "permanent"}]},
            "coefficients",
            "every contract",
        ),
        ({"coefficients": [{"value": "0.99"}]}, "coefficients", "not even pay the wages"),
        ({"coefficients": [{"value": "5.01"}]}, "value", "from 0 to 5"),
        ({"charges": "many"}, "charges", "no number"),
        ({"charges": "-1"}, "charges", "from 0 to 100"),
        ({"charges": "1.00001"}, "charges", "four decimals"),
        ({"charges": "NaN"}, "charges", "from 0 to 100"),
        ({"supplements": {"noon": 10}}, "supplements", "noon is unknown"),
        ({"night": [360, 1260]}, "night", "begins in the evening"),
        ({"minimum_hours": 10}, "minimum_rate", "missing hour"),
        ({"method": "margin"}, "coefficients", "for the method of coefficients"),
        ({"method": "cost", "coefficients": [], "margin": 2}, "margin", "CGI 261 B"),
    ],
)
def test_a_price_that_cannot_be_says_where(change: dict[str, Any], field: str, says: str) -> None:
    with pytest.raises(TermsError, match=says) as caught:
        read_terms(YEAR, {**COEFFICIENT, **change})
    assert caught.value.field == field


@given(
    lengths=st.lists(st.integers(1, 300), min_size=1, max_size=10),
    rate=st.decimals("11.88", "40", places=2),
    method=st.sampled_from([COEFFICIENT, MARGIN, COST]),
    data=st.data(),
)
def test_lines_hold_every_billed_minute_once_and_are_the_sum_of_their_parts(
    lengths: list[int], rate: Decimal, method: dict[str, Any], data: st.DataObject
) -> None:
    worked = [
        hours(rank % 7, 8, 8 + length / HOUR, firm=data.draw(st.sampled_from([BAKERY, GARAGE])))
        for rank, length in enumerate(lengths)
    ]
    lines = priced(*worked, terms=method, pay=Pay(group_rate=rate))
    for line in lines:
        assert line.wages + line.contributions + line.rest == line.net
    plain = [one for one in lines if one.what == "hours"]
    assert sorted(entry for one in plain for entry in one.entries) == sorted(
        one.entry for one in worked
    )
    minutes = sum((one.hours for one in plain), Decimal(0)) * HOUR
    assert abs(minutes - sum(one.billed for one in worked)) <= Decimal("0.006") * len(plain)
    again = priced(*data.draw(st.permutations(worked)), terms=method, pay=Pay(group_rate=rate))
    assert [(one.firm, one.what, one.net) for one in again] == [
        (one.firm, one.what, one.net) for one in lines
    ]


def test_nobody_is_priced_without_an_entry() -> None:
    assert priced() == []
    assert minimum_line(uuid4(), [], read_terms(YEAR, COEFFICIENT), hours_billed=Decimal(1)) is None
