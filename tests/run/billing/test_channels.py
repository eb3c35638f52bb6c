"""By which way an invoice leaves, for every customer and every day that changes it."""

from datetime import date

import pytest

from maillage.run.billing.channels import WHYS, Customer, way_of

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("customer", "exempt", "day", "expected"),
    [
        (Customer("FR", public=False, liable=True), False, TODAY, ("platform", "liable_may")),
        (
            Customer("FR", public=False, liable=True),
            False,
            date(2027, 8, 31),
            ("platform", "liable_may"),
        ),
        (
            Customer("FR", public=False, liable=True),
            False,
            date(2027, 9, 1),
            ("platform", "liable_must"),
        ),
        (
            Customer("FR", public=False, liable=True),
            False,
            date(2026, 8, 31),
            ("outside", "before"),
        ),
        (Customer("FR", public=False, liable=False), False, TODAY, ("reported", "not_liable")),
        (Customer("FR", public=False, liable=True), True, TODAY, ("outside", "exempt_group")),
        (Customer("FR", public=True, liable=False), True, TODAY, ("chorus", "public")),
        (Customer("DE", public=False, liable=True), False, TODAY, ("foreign", "abroad")),
    ],
)
def test_the_way_is_that_of_the_customer_and_of_the_day(
    customer: Customer, exempt: bool, day: date, expected: tuple[str, str]
) -> None:
    way = way_of(customer, group_exempt=exempt, day=day)
    assert (way.channel, way.why) == expected
    assert way.why in WHYS
