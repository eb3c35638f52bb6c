"""March and what was taken back of it, as the accountant reads it in the sales journal."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.timezone import localdate

from maillage.run.billing.books import sales_journal, year_of
from maillage.run.billing.files.fec import read_fec
from maillage.run.billing.issuing import issue_month, take_back
from maillage.run.billing.models import BillingProfile, Invoice
from maillage.run.billing.refusals import BillingError
from maillage.run.group.models import EmployerGroup
from tests.cast import Cast, acting, inside
from tests.run.billing.bills import ISSUED, baker_at_twelve, billing, signed_march
from tests.run.hours.months import MARCH

BACK = date(2026, 7, 2)


@pytest.fixture(autouse=True)
def _in_the_network(cast: Cast) -> Iterator[None]:
    with inside(cast.network):
        yield


def march(cast: Cast, *, exempt: bool = False) -> None:
    """Issue March, then take the invoice of the garage back in July."""
    billing(cast, exempt=exempt)
    signed_march(cast, baker_at_twelve(cast))
    alice = acting(cast.alice, cast.network)
    _bakery, garage = issue_month(acting=alice, month=MARCH, day=ISSUED).issued
    take_back(acting=alice, invoice=garage, why="Wrong firm", day=BACK)


def test_the_journal_holds_all_that_was_issued_and_reads_back(cast: Cast) -> None:
    march(cast)
    journal = sales_journal(acting=acting(cast.alice, cast.network), year=2026)
    assert journal.name == "732829320FEC20261231.txt"
    assert read_fec(journal.content) == journal.entries
    assert [(one.number, one.document, one.on) for one in journal.entries] == [
        (1, "F2026-00001", ISSUED),
        (2, "F2026-00002", ISSUED),
        (3, "F2026-00003", BACK),
    ]
    assert {one.validated_on for one in journal.entries} == {localdate()}
    customer, sales, vat = journal.entries[0].postings
    assert (customer.debit, customer.customer) == (Decimal("942.48"), "C552100554")
    assert (sales.account.number, sales.credit) == ("706000", Decimal("785.40"))
    assert (vat.account.number, vat.credit) == ("445710", Decimal("157.08"))
    taken_back = journal.entries[2].postings[0]
    assert (taken_back.debit, taken_back.credit) == (Decimal(0), Decimal("188.50"))
    assert journal.owed == Invoice.objects.get(position=1).gross


def test_a_year_that_ends_in_june_leaves_what_came_after_to_the_next(cast: Cast) -> None:
    march(cast)
    EmployerGroup.objects.update(year_end_month=6)
    alice = acting(cast.alice, cast.network)
    before, after = (sales_journal(acting=alice, year=year) for year in (2026, 2027))
    assert (before.first, before.last) == (date(2025, 7, 1), date(2026, 6, 30))
    assert [one.document for one in before.entries] == ["F2026-00001", "F2026-00002"]
    assert [(one.number, one.document) for one in after.entries] == [(1, "F2026-00003")]
    assert after.name == "732829320FEC20270630.txt"


def test_sales_of_an_exempt_group_go_to_their_own_account(cast: Cast) -> None:
    march(cast, exempt=True)
    journal = sales_journal(acting=acting(cast.alice, cast.network), year=2026)
    accounts = [one.account.number for one in journal.entries[0].postings]
    assert accounts == ["411000", "706100"]


def test_a_year_without_sales_is_a_file_without_entries(cast: Cast) -> None:
    billing(cast)
    journal = sales_journal(acting=acting(cast.alice, cast.network), year=2024)
    assert (journal.entries, journal.owed) == ((), Decimal(0))
    assert read_fec(journal.content) == ()


def test_february_may_end_the_year(cast: Cast) -> None:
    billing(cast)
    EmployerGroup.objects.update(year_end_month=2)
    days = year_of(EmployerGroup.objects.get(), 2028)
    assert days == (date(2027, 3, 1), date(2028, 2, 29))


def test_who_does_not_bill_has_no_journal(cast: Cast) -> None:
    billing(cast)
    with pytest.raises(PermissionDenied):
        sales_journal(acting=acting(cast.bob, cast.network), year=2026)


def test_the_journal_needs_who_bills(cast: Cast) -> None:
    alice = acting(cast.alice, cast.network)
    with pytest.raises(BillingError, match="who bills"):
        sales_journal(acting=alice, year=2026)
    billing(cast)
    BillingProfile.objects.update(siren="000000001")
    with pytest.raises(BillingError, match="not a SIREN"):
        sales_journal(acting=alice, year=2026)
