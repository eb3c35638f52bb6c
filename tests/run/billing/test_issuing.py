"""March is issued: judged by every rule, numbered without a gap, kept, taken back, followed."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from unittest.mock import patch

import pytest
from django.core.exceptions import PermissionDenied

from maillage.foundation.audit.models import AppendOnlyError
from maillage.foundation.organisations.models import Site
from maillage.run.billing.enums import InvoiceState
from maillage.run.billing.files.checking import faults_of
from maillage.run.billing.files.faults import Fault, fatal
from maillage.run.billing.issuing import (
    Batch,
    Refused,
    follow,
    issue,
    issue_month,
    state_of,
    take_back,
)
from maillage.run.billing.models import Billed, Invoice, InvoiceLine, NumberSequence
from maillage.run.billing.refusals import BillingError
from maillage.run.billing.writing import from_data, seller_of
from maillage.run.employment.models import Worker
from maillage.run.group.models import VatStatus
from tests.cast import Cast, acting, inside
from tests.run.billing.bills import ISSUED, baker_at_twelve, billing, drafts, signed_march
from tests.run.hours.months import MARCH


@pytest.fixture(autouse=True)
def _in_the_network(cast: Cast) -> Iterator[None]:
    with inside(cast.network):
        yield


@pytest.fixture
def gaelle(cast: Cast) -> Worker:
    billing(cast)
    return baker_at_twelve(cast)


def issued(cast: Cast, day: date = ISSUED) -> Batch:
    return issue_month(acting=acting(cast.alice, cast.network), month=MARCH, day=day)


def numbers() -> list[str]:
    return list(Invoice.objects.order_by("position").values_list("number", flat=True))


def test_a_month_is_issued_with_files_that_pass_every_rule(cast: Cast, gaelle: Worker) -> None:
    signed_march(cast, gaelle)
    batch = issued(cast)
    assert batch.refused == ()
    assert numbers() == ["F2026-00001", "F2026-00002"]
    bakery, _garage = batch.issued
    assert (bakery.net, bakery.tax, bakery.gross) == (
        Decimal("785.40"),
        Decimal("157.08"),
        Decimal("942.48"),
    )
    assert (bakery.wages, bakery.contributions) == (Decimal("462.00"), Decimal("194.04"))
    assert fatal(faults_of(bytes(bakery.xml))) == ()
    assert bytes(bakery.pdf).startswith(b"%PDF")
    assert from_data(bakery.content).totals().gross == bakery.gross
    assert (bakery.channel, bakery.channel_why) == ("outside", "before")
    assert drafts(cast) == []


def test_what_is_issued_twice_is_billed_once(cast: Cast, gaelle: Worker) -> None:
    signed_march(cast, gaelle)
    waiting = drafts(cast)
    issued(cast)
    assert issued(cast) == Batch((), ())
    # Somebody who looked before the others issued: refused, and no number is lost.
    seller = seller_of(cast.network, {cast.bakery.pk, cast.garage.pk}, ISSUED)
    answer = issue(
        acting=acting(cast.alice, cast.network), draft=waiting[0], seller=seller, day=ISSUED
    )
    assert isinstance(answer, Refused)
    assert "at the same time" in answer.why
    assert (numbers(), NumberSequence.objects.get().last) == (["F2026-00001", "F2026-00002"], 2)


def test_a_faulty_invoice_is_refused_with_its_rule_and_leaves_no_hole(
    cast: Cast, gaelle: Worker
) -> None:
    signed_march(cast, gaelle)

    def spoilt(xml: bytes) -> tuple[Fault, ...]:
        bakery = b"Boulangerie Martin" in xml
        return (Fault("BR-FR-12", "/", "no address"),) if bakery else faults_of(xml)

    with patch("maillage.run.billing.issuing.faults_of", spoilt):
        batch = issued(cast)
    (refused,) = batch.refused
    assert (refused.organisation, refused.rule) == (cast.bakery, "BR-FR-12")
    assert numbers() == ["F2026-00001"]
    assert [invoice.number for invoice in issued(cast).issued] == ["F2026-00002"]


def test_what_is_missing_is_said_for_each_firm(cast: Cast, gaelle: Worker) -> None:
    signed_march(cast, gaelle)
    Site.objects.filter(organisation=cast.garage).update(address="")
    VatStatus.objects.filter(organisation=cast.bakery).delete()
    batch = issued(cast)
    assert batch.issued == ()
    assert [(one.organisation, one.rule) for one in batch.refused] == [
        (cast.bakery, "vat"),
        (cast.garage, "address.street"),
    ]
    assert not NumberSequence.objects.filter(last__gt=0).exists()


def test_an_exempt_group_charges_no_vat_and_says_why(cast: Cast) -> None:
    billing(cast, exempt=True, method="cost", coefficients=[])
    signed_march(cast, baker_at_twelve(cast))
    bakery, _garage = issued(cast).issued
    assert (bakery.tax, bakery.channel_why) == (Decimal("0.00"), "exempt_group")
    assert bakery.net == bakery.wages + bakery.contributions
    (rate,) = from_data(bakery.content).rates
    assert "261 B" in rate.reason


def test_an_invoice_that_is_taken_back_can_be_billed_again(cast: Cast, gaelle: Worker) -> None:
    signed_march(cast, gaelle)
    bakery, garage = issued(cast).issued
    alice = acting(cast.alice, cast.network)
    note = take_back(acting=alice, invoice=bakery, why="Wrong firm", day=ISSUED)
    assert (note.number, note.kind, note.gross) == ("F2026-00003", "credit_note", bakery.gross)
    assert [line.net for line in note.lines.all()] == [Decimal("785.40")]
    assert fatal(faults_of(bytes(note.xml))) == ()
    assert [draft.organisation for draft in drafts(cast)] == [cast.bakery]
    assert [one.number for one in issued(cast).issued] == ["F2026-00004"]
    for wrong in (bakery, note):
        with pytest.raises(BillingError, match="taken back already"):
            take_back(acting=alice, invoice=wrong, why="Again", day=ISSUED)
    with pytest.raises(BillingError, match="Say why"):
        take_back(acting=alice, invoice=garage, why=" ", day=ISSUED)
    assert Billed.objects.filter(taken_back=True).count() == 5


def test_what_is_issued_never_changes(cast: Cast, gaelle: Worker) -> None:
    signed_march(cast, gaelle)
    bakery, _garage = issued(cast).issued
    bakery.gross = Decimal(1)
    line = bakery.lines.get()
    for act in (
        bakery.save,
        bakery.delete,
        line.save,
        line.delete,
        Invoice.objects.all().delete,
        InvoiceLine.objects.all().delete,
        lambda: Invoice.objects.update(gross=1),
        lambda: bakery.lines.update(net=1),
    ):
        with pytest.raises(AppendOnlyError):
            act()
    bakery.refresh_from_db()
    assert bakery.gross == Decimal("942.48")


def test_an_invoice_is_followed_from_step_to_step(cast: Cast, gaelle: Worker) -> None:
    signed_march(cast, gaelle)
    bakery, _garage = issued(cast).issued
    alice = acting(cast.alice, cast.network)
    assert state_of(bakery) == InvoiceState.ISSUED
    with pytest.raises(BillingError, match="cannot be"):
        follow(acting=alice, invoice=bakery, state=InvoiceState.REFUSED, note="Why")
    follow(acting=alice, invoice=bakery, state=InvoiceState.DEPOSITED)
    with pytest.raises(BillingError, match="which reason"):
        follow(acting=alice, invoice=bakery, state=InvoiceState.REJECTED)
    follow(acting=alice, invoice=bakery, state=InvoiceState.REJECTED, note="BR-FR-12")
    follow(acting=alice, invoice=bakery, state=InvoiceState.DEPOSITED)
    follow(acting=alice, invoice=bakery, state=InvoiceState.PAID)
    with pytest.raises(BillingError, match="cannot be"):
        follow(acting=alice, invoice=bakery, state=InvoiceState.DEPOSITED)
    assert [step.state for step in bakery.steps.all()] == [
        "issued",
        "deposited",
        "rejected",
        "deposited",
        "paid",
    ]


def test_only_who_bills_issues_takes_back_and_follows(cast: Cast, gaelle: Worker) -> None:
    signed_march(cast, gaelle)
    bob = acting(cast.bob, cast.network)
    with pytest.raises(PermissionDenied):
        issue_month(acting=bob, month=MARCH, day=ISSUED)
    bakery, _garage = issued(cast).issued
    with pytest.raises(PermissionDenied):
        take_back(acting=bob, invoice=bakery, why="Mine")
    with pytest.raises(PermissionDenied):
        follow(acting=bob, invoice=bakery, state=InvoiceState.PAID)


def test_without_who_bills_nothing_is_issued(cast: Cast) -> None:
    with pytest.raises(BillingError, match="employer group up first"):
        issued(cast)
