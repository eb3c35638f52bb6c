"""The year of a group whose services are exempt: everybody's exact share, to the cent."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maillage.run.billing.pricing.costs import true_up

AMOUNTS = st.integers(0, 10_000_000).map(lambda cents: Decimal(cents) / 100)
MEMBERS = st.text("abcdefghi", min_size=1, max_size=2)
HOURS = st.integers(0, 99_999).map(Decimal)
WEIGHTS = st.dictionaries(MEMBERS, HOURS, min_size=1).filter(lambda each: sum(each.values()) > 0)


def test_a_year_is_put_right_for_each_member() -> None:
    billed = {"a": Decimal("600.00"), "b": Decimal("300.00"), "gone": Decimal("50.00")}
    hours = {"a": Decimal(300), "b": Decimal(200)}
    assert true_up(Decimal("1000.00"), hours, billed) == {
        "a": Decimal("0.00"),
        "b": Decimal("100.00"),
        "gone": Decimal("-50.00"),
    }


def test_costs_that_nobody_bears_are_refused() -> None:
    with pytest.raises(ValueError, match="Nobody weighs"):
        true_up(Decimal("1.00"), {"a": Decimal(0)}, {})


@given(costs=AMOUNTS, weights=WEIGHTS, billed=st.dictionaries(MEMBERS, AMOUNTS))
def test_putting_a_year_right_closes_it_to_zero(
    costs: Decimal, weights: dict[str, Decimal], billed: dict[str, Decimal]
) -> None:
    owed = true_up(costs, weights, billed)
    assert sum(billed.values()) + sum(owed.values()) == costs
    after = {member: billed.get(member, Decimal(0)) + owed[member] for member in owed}
    assert set(true_up(costs, weights, after).values()) == {Decimal("0.00")}
