"""March of Gaëlle becomes what the bakery and the garage are to be billed, each line explained."""

from collections.abc import Iterator
from decimal import Decimal

import pytest
from django.utils.translation import override

from maillage.run.billing.drafting import Draft, words_of
from maillage.run.billing.models import FirmRate, PriceRule
from maillage.run.employment.models import Worker
from maillage.run.hours.closing import adjust
from maillage.run.hours.enums import ExpenseKind
from maillage.run.hours.expenses import Spent, answer_expense, declare_expense
from maillage.run.hours.models import HourEntry, MonthClosing
from maillage.run.hours.queries import signed_hours
from tests.cast import Cast, acting, inside
from tests.run.billing.bills import baker_at_twelve, billing, drafts, signed_march
from tests.run.hours.months import APRIL, MARCH
from tests.run.stories import MONDAY


@pytest.fixture(autouse=True)
def _in_the_network(cast: Cast) -> Iterator[None]:
    with inside(cast.network):
        yield


@pytest.fixture
def gaelle(cast: Cast) -> Worker:
    billing(cast)
    return baker_at_twelve(cast)


def said(draft: Draft) -> list[tuple[str, str, str]]:
    with override("en"):
        return [(words_of(line), str(line.quantity), str(line.net)) for line in draft.lines]


def test_each_firm_is_billed_its_own_hours(cast: Cast, gaelle: Worker) -> None:
    signed_march(cast, gaelle)
    bakery, garage = drafts(cast)
    assert (bakery.organisation, garage.organisation) == (cast.bakery, cast.garage)
    assert said(bakery) == [("Gaëlle, Boulangerie - viennoiserie", "35.0000", "785.40")]
    assert said(garage) == [("Gaëlle, Boulangerie - viennoiserie", "7.0000", "157.08")]


def test_an_open_month_is_not_billed(cast: Cast, gaelle: Worker) -> None:
    signed_march(cast, gaelle)
    MonthClosing.objects.all().delete()
    assert drafts(cast) == []


def test_every_signed_minute_is_in_a_draft_once(cast: Cast, gaelle: Worker) -> None:
    signed_march(cast, gaelle)
    billed = [
        key
        for draft in drafts(cast)
        for line in draft.lines
        if line.what == "hours"
        for _kind, key in line.sources
    ]
    assert sorted(billed) == sorted(row.key for row in signed_hours(cast.network, MARCH))


def test_equal_pay_is_a_line_of_the_firm_that_pays_more(cast: Cast, gaelle: Worker) -> None:
    FirmRate.objects.create(
        network=cast.network,
        organisation=cast.bakery,
        contract=gaelle.contracts.get(),
        since=MONDAY,
        rate=Decimal("12.75"),
        evidence="Pay grid of the bakery",
    )
    signed_march(cast, gaelle)
    bakery, garage = drafts(cast)
    # 0.75 euro x 1.87 = 1.4025 euros, for 35 hours.
    assert {line.what: str(line.net) for line in bakery.lines} == {
        "hours": "785.40",
        "difference": "49.09",
    }
    assert [line.what for line in garage.lines] == ["hours"]


def test_expenses_and_corrections_are_billed_with_the_hours(cast: Cast, gaelle: Worker) -> None:
    alice = acting(cast.alice, cast.network)
    spent = Spent(kind=ExpenseKind.MILEAGE, day=MONDAY, kilometres=Decimal("12.5"))
    answer_expense(
        acting=alice,
        expense=declare_expense(worker=gaelle, spent=spent, firms=[cast.bakery, cast.garage]),
    )
    signed_march(cast, gaelle)
    assert [(line.what, line.net) for draft in drafts(cast) for line in draft.lines] == [
        ("hours", Decimal("785.40")),
        ("expense", Decimal("3.98")),
        ("hours", Decimal("157.08")),
        ("expense", Decimal("3.97")),
    ]
    entry = HourEntry.objects.filter(organisation=cast.bakery).first()
    assert entry is not None
    made = adjust(acting=alice, entry=entry, presence=0, billed=-30, why="Half an hour too much")
    assert made.month == APRIL
    assert all(line.what != "adjustment" for draft in drafts(cast) for line in draft.lines)


def test_without_a_price_a_draft_says_what_is_missing(cast: Cast, gaelle: Worker) -> None:
    signed_march(cast, gaelle)
    PriceRule.objects.update(since=APRIL)
    assert [(draft.problem, draft.lines) for draft in drafts(cast)] == [
        ("No price is known for that day.", ())
    ] * 2


def test_a_minimum_is_on_the_first_invoice_of_the_month(cast: Cast, gaelle: Worker) -> None:
    PriceRule.objects.all().delete()
    billing_rule(cast, minimum_hours="10", minimum_rate="23.02")
    signed_march(cast, gaelle)
    bakery, garage = drafts(cast)
    assert [line.what for line in bakery.lines] == ["hours"]
    assert said(garage)[-1] == ("Hours missing to the monthly minimum", "3.0000", "69.06")


def billing_rule(cast: Cast, **terms: str) -> None:
    PriceRule.objects.create(
        network=cast.network,
        since=MARCH.replace(month=1),
        terms={"method": "coefficient", "coefficients": [{"value": "1.87"}], **terms},
        decision="Board",
        recorded_by_id=cast.alice.public_id,
    )
