"""The treasurer shows the meeting what each of ten firms would owe if the largest failed."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from maillage.foundation.networks.enums import Tier
from maillage.foundation.networks.models import MembershipPeriod
from maillage.foundation.organisations.models import Organisation
from maillage.run.billing.enums import InvoiceState
from maillage.run.billing.exposure import (
    exposure_of,
    exposures_of,
    failure_of,
    shares_of_hours,
    unpaid_invoices,
)
from maillage.run.billing.issuing import follow, issue_month, take_back
from maillage.run.billing.models import Invoice, InvoiceLine, InvoiceStep
from maillage.run.billing.refusals import BillingError
from maillage.run.group.models import EmployerGroup, KeyWeight, SolidarityKey
from tests.cast import START, Cast, acting, cast_of, inside, more_firms
from tests.run.billing.bills import ISSUED, baker_at_twelve, billing, signed_march
from tests.run.group.stories import grouped
from tests.run.hours.months import MARCH

TODAY = date(2026, 5, 20)
FEBRUARY = date(2026, 2, 1)


@pytest.fixture
def here(cast: Cast) -> Iterator[Cast]:
    """The cast, inside their network."""
    with inside(cast.network):
        yield cast


def billed(
    cast: Cast, firm: Organisation, month: date, hours: Decimal, *, paid: bool = False
) -> Invoice:
    """Keep an invoice of some hours at 23.02 euros: 13.54 of wages, 5.69 of contributions."""
    position = Invoice.objects.count() + 1
    cent = Decimal("0.01")
    net = (hours * Decimal("23.02")).quantize(cent)
    wages, contributions = ((hours * Decimal(rate)).quantize(cent) for rate in ("13.54", "5.69"))
    tax = (net / 5).quantize(cent)
    invoice: Invoice = Invoice.objects.create(
        network=cast.network,
        organisation=firm,
        year=2026,
        position=position,
        number=f"F2026-{position:05}",
        month=month,
        issued_on=month + timedelta(days=33),
        due_on=month + timedelta(days=93),
        net=net,
        tax=tax,
        gross=net + tax,
        wages=wages,
        contributions=contributions,
        channel="outside",
        channel_why="before",
        content={},
        xml=b"",
        pdf=b"",
        fingerprint="",
        issued_by_id=cast.alice.public_id,
    )
    InvoiceLine.objects.create(
        invoice=invoice,
        rank=1,
        what="hours",
        description="Gaëlle",
        quantity=hours,
        price=Decimal("23.02"),
        net=net,
        wages=wages,
        contributions=contributions,
        rest=net - wages - contributions,
    )
    for state in (InvoiceState.ISSUED, *([InvoiceState.PAID] if paid else [])):
        InvoiceStep.objects.create(invoice=invoice, state=state)
    return invoice


def key(cast: Cast, basis: str, *, cap: Decimal | None = None, **weights: int) -> None:
    """Write in the statutes how debts are shared."""
    held = SolidarityKey.objects.create(
        group=EmployerGroup.objects.get(network=cast.network),
        number=1,
        basis=basis,
        cap=cap,
        effective_from=START,
        statutes_ref="Article 9",
    )
    for name, weight in weights.items():
        KeyWeight.objects.create(key=held, organisation=getattr(cast, name), weight=Decimal(weight))


def ten_firms(cast: Cast) -> list[Organisation]:
    """Let seven firms more join the three of the cast: ten, the bakery first."""
    more = more_firms(cast, 14)[::2]
    for firm in more:
        period = MembershipPeriod.objects.get(membership__organisation=firm)
        MembershipPeriod.objects.filter(pk=period.pk).update(tier=Tier.CORE)
    return [cast.bakery, cast.rival, cast.garage, *more]


def test_the_largest_of_ten_firms_fails_with_two_months_unpaid(here: Cast) -> None:
    grouped(here)
    bakery, *others = ten_firms(here)
    for month in (FEBRUARY, MARCH):
        billed(here, bakery, month, Decimal("203.28"))  # 28 % of 726 hours
        for firm in others:
            billed(here, firm, month, Decimal("58.08"), paid=True)
    key(here, "equal")
    failed = failure_of(here.network, bakery, 2, TODAY)
    assert failed.months == (MARCH, FEBRUARY)
    assert failed.hours_share == Decimal("28.0")
    assert failed.claim.net == Decimal("9359.02")  # about 9 400 euros
    # Wages and contributions alone are asked of the nine others, to the cent.
    assert failed.claim.debts == Decimal("7818.14")
    assert [part for _firm, part in failed.asked].count(Decimal("868.68")) == 7
    assert sum(part for _firm, part in failed.asked) == failed.claim.debts
    assert bakery not in {firm for firm, _part in failed.asked}
    assert (failed.nobody, failed.whole) == (Decimal(0), False)


def test_a_failure_is_told_with_the_months_that_were_billed(here: Cast) -> None:
    grouped(here)
    billed(here, here.bakery, MARCH, Decimal(10), paid=True)
    failed = failure_of(here.network, here.bakery, 6, TODAY)
    assert (failed.months, failed.claim.wages) == ((MARCH,), Decimal("135.40"))
    assert failure_of(here.network, here.garage, 2, TODAY).months == ()
    with pytest.raises(BillingError, match="one at least"):
        failure_of(here.network, here.bakery, 0, TODAY)


def test_by_law_each_member_may_be_asked_for_all_that_is_unpaid(here: Cast) -> None:
    grouped(here)
    billed(here, here.bakery, FEBRUARY, Decimal(10))
    billed(here, here.garage, MARCH, Decimal(10))
    billed(here, here.garage, FEBRUARY, Decimal(10), paid=True)
    seen = exposures_of(here.network, TODAY)
    assert seen.whole
    assert {one.asked for one in seen.members} == {Decimal("384.60")}
    bakery, rival, garage = seen.members
    assert (bakery.late.net, garage.late.net) == (Decimal("230.20"), Decimal(0))
    assert (garage.unpaid.rest, rival.unpaid.net) == (Decimal("37.90"), Decimal(0))


def test_the_key_of_the_statutes_shares_what_is_unpaid_up_to_its_ceiling(here: Cast) -> None:
    grouped(here)
    billed(here, here.bakery, MARCH, Decimal(100))
    key(here, "hours", cap=Decimal(1000), bakery=3, garage=1)
    seen = exposures_of(here.network, TODAY)
    assert [one.asked for one in seen.members] == [
        Decimal("1000.00"),
        Decimal(0),
        Decimal("480.75"),
    ]
    assert seen.nobody == Decimal("442.25")
    assert exposure_of(here.network, here.garage, TODAY) == seen.members[2]


def test_when_those_left_weigh_nothing_nobody_is_asked(here: Cast) -> None:
    grouped(here)
    billed(here, here.bakery, MARCH, Decimal(10))
    key(here, "hours", bakery=1)
    failed = failure_of(here.network, here.bakery, 1, TODAY)
    assert failed.nobody == failed.claim.debts == Decimal("192.30")
    assert {part for _firm, part in failed.asked} == {Decimal(0)}


def test_what_is_paid_or_taken_back_is_owed_by_nobody(here: Cast) -> None:
    billing(here)
    signed_march(here, baker_at_twelve(here))
    alice = acting(here.alice, here.network)
    bakery, garage = issue_month(acting=alice, month=MARCH, day=ISSUED).issued
    assert list(unpaid_invoices(here.network)) == [bakery, garage]
    assert exposures_of(here.network, TODAY).unpaid.debts == sum(
        one.wages + one.contributions for one in (bakery, garage)
    )
    assert shares_of_hours(here.network, TODAY) == {
        here.bakery.pk: Decimal("83.3"),
        here.garage.pk: Decimal("16.7"),
    }
    take_back(acting=alice, invoice=bakery, why="Wrong firm", day=ISSUED)
    follow(acting=alice, invoice=garage, state=InvoiceState.PAID)
    assert not unpaid_invoices(here.network).exists()
    assert {one.asked for one in exposures_of(here.network, TODAY).members} == {Decimal(0)}
    assert shares_of_hours(here.network, TODAY) == {here.garage.pk: Decimal("100.0")}


def test_a_firm_that_is_no_member_has_no_exposure(here: Cast) -> None:
    with pytest.raises(BillingError, match="employer group up first"):
        exposures_of(here.network, TODAY)
    grouped(here)
    MembershipPeriod.objects.filter(membership__organisation=here.rival).update(
        ends_on=date(2026, 1, 31)
    )
    assert exposure_of(here.network, here.rival, TODAY) is None
    with pytest.raises(BillingError, match="Only members"):
        failure_of(here.network, here.rival, 1, TODAY)


class TestNothingIsLost(TestCase):
    """Whoever fails, what is asked of the others and of nobody is the debt, to the cent."""

    @settings(max_examples=15, deadline=None)
    @given(
        hours=st.lists(st.integers(1, 40000), min_size=1, max_size=4),
        weights=st.tuples(st.integers(0, 9), st.integers(0, 9), st.integers(1, 9)),
        cap=st.none() | st.integers(1, 9000),
    )
    def test_parts_make_the_debt(
        self, hours: list[int], weights: tuple[int, int, int], cap: int | None
    ) -> None:
        cast = cast_of("failing")
        with inside(cast.network):
            grouped(cast)
            for quarter in hours:
                billed(cast, cast.bakery, MARCH, Decimal(quarter) / 4)
            bakery, rival, garage = weights
            ceiling = Decimal(cap) if cap is not None else None
            key(cast, "wage_cost", cap=ceiling, bakery=bakery, rival=rival, garage=garage)
            failed = failure_of(cast.network, cast.bakery, 1, TODAY)
            parts = sum(part for _firm, part in failed.asked)
            assert parts + failed.nobody == failed.claim.debts
            seen = exposures_of(cast.network, TODAY)
            assert sum(one.asked for one in seen.members) + seen.nobody == seen.unpaid.debts
