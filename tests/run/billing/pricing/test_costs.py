"""The year of a group whose services are exempt: everybody's exact share, to the cent."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maillage.run.billing.pricing.costs import shares_of, true_up

AMOUNTS = st.integers(-10_000_000, 10_000_000).map(lambda cents: Decimal(cents) / 100)
MEMBERS = st.text("abcdefghi", min_size=1, max_size=2)
WEIGHTS = st.dictionaries(MEMBERS, st.integers(0, 99_999), min_size=1)


def test_the_cents_that_are_left_go_to_the_largest_remainders() -> None:
    assert shares_of(Decimal("100.00"), {"a": 1, "b": 1, "c": 1}) == {
        "a": Decimal("33.34"),
        "b": Decimal("33.33"),
        "c": Decimal("33.33"),
    }
    assert shares_of(Decimal("-0.05"), {"a": 2, "b": 1}) == {
        "a": Decimal("-0.03"),
        "b": Decimal("-0.02"),
    }


def test_a_year_is_put_right_for_each_member() -> None:
    billed = {"a": Decimal("600.00"), "b": Decimal("300.00"), "gone": Decimal("50.00")}
    assert true_up(Decimal("1000.00"), {"a": 300, "b": 200}, billed) == {
        "a": Decimal("0.00"),
        "b": Decimal("100.00"),
        "gone": Decimal("-50.00"),
    }


def test_an_amount_that_nobody_bears_or_in_parts_of_a_cent_is_refused() -> None:
    with pytest.raises(ValueError, match="nobody bears"):
        shares_of(Decimal("1.00"), {"a": 0})
    with pytest.raises(ValueError, match="not in cents"):
        shares_of(Decimal("1.001"), {"a": 1})
    assert shares_of(Decimal("0.00"), {"a": 0}) == {"a": Decimal("0.00")}


@given(total=AMOUNTS, weights=WEIGHTS.filter(lambda each: sum(each.values()) > 0))
def test_shares_add_up_and_none_is_a_cent_away_from_exact(
    total: Decimal, weights: dict[str, int]
) -> None:
    shares = shares_of(total, weights)
    assert sum(shares.values()) == total
    whole = sum(weights.values())
    for member, share in shares.items():
        assert abs(share - total * weights[member] / whole) < Decimal("0.01")


@given(
    costs=AMOUNTS,
    weights=WEIGHTS.filter(lambda each: sum(each.values()) > 0),
    billed=st.dictionaries(MEMBERS, AMOUNTS),
)
def test_putting_a_year_right_closes_it_to_zero(
    costs: Decimal, weights: dict[str, int], billed: dict[str, Decimal]
) -> None:
    owed = true_up(costs, weights, billed)
    assert sum(billed.values()) + sum(owed.values()) == costs
    after = {member: billed.get(member, Decimal(0)) + amount for member, amount in owed.items()}
    assert set(true_up(costs, weights, after).values()) <= {Decimal("0.00")}
