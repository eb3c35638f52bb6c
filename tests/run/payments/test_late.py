"""What is paid late bears interest and a fee; firms are reminded, not more than they accept."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from hypothesis import given
from hypothesis import strategies as st

from maillage.foundation.audit.models import AppendOnlyError
from maillage.foundation.notify.models import Contact, ContactPolicy, OutgoingMail
from maillage.foundation.organisations.addressing import firm_address
from maillage.foundation.organisations.enums import OrganisationKind
from maillage.foundation.organisations.models import Organisation
from maillage.run.billing.issuing import take_back
from maillage.run.billing.models import Invoice
from maillage.run.payments.late import (
    Late,
    half_year_of,
    interest_on,
    late_of,
    rates_of,
    record_rate,
    terms_on,
)
from maillage.run.payments.matching import accept_sure
from maillage.run.payments.models import Reminder
from maillage.run.payments.queries import late_in, owed_for
from maillage.run.payments.refusals import PaymentsError
from maillage.run.payments.reminding import remind, to_remind
from tests.cast import Cast, acting, inside
from tests.run.payments.owed import BAKERY, DUE, booked, given_to_the_bank, mandate, owing

FIRM, TOWN = terms_on(DUE, public=False), terms_on(DUE, public=True)
RATES = {
    date(2025, 1, 1): Decimal("3.15"),
    date(2025, 7, 1): Decimal("2.15"),
    date(2026, 1, 1): Decimal("2.00"),
}


@pytest.fixture(autouse=True)
def _in_the_network(cast: Cast) -> Iterator[None]:
    with inside(cast.network):
        yield


def interest(
    principal: str, due_on: date, until: date, *paid: tuple[date, str], public: bool = False
) -> Decimal:
    return interest_on(
        Decimal(principal),
        [(on, Decimal(amount)) for on, amount in paid],
        due_on=due_on,
        until=until,
        terms=TOWN if public else FIRM,
        rates=RATES,
    )


def test_interest_is_counted_in_years_of_365_days() -> None:
    # 36,500 euros bear ten euros a day at 10 %: here 2.15 + 10.
    assert interest("36500", date(2025, 7, 31), date(2025, 8, 1)) == Decimal("12.15")
    assert interest("36500", date(2025, 7, 31), date(2025, 7, 31)) == 0
    assert interest("36500", date(2025, 7, 31), date(2025, 8, 10), public=True) == Decimal("101.50")


def test_a_firm_pays_the_rate_of_each_half_year_and_a_public_body_the_first() -> None:
    due, until = date(2025, 6, 28), date(2025, 7, 3)  # two days of June, three of July
    assert interest("36500", due, until) == 2 * Decimal("13.15") + 3 * Decimal("12.15")
    assert interest("36500", due, until, public=True) == 5 * Decimal("11.15")
    # Due on the last day of June, late from July on.
    assert interest("36500", date(2025, 6, 30), date(2025, 7, 1), public=True) == Decimal("10.15")


def test_a_day_of_payment_still_bears_interest_and_the_next_only_on_what_is_left() -> None:
    due, until = date(2025, 7, 31), date(2025, 8, 10)
    paid = (date(2025, 8, 4), "18250")
    assert interest("36500", due, until, paid) == 4 * Decimal("12.15") + 6 * Decimal("6.075")
    assert interest("36500", due, until, (date(2025, 8, 4), "36500")) == 4 * Decimal("12.15")
    back = (date(2025, 8, 8), "-18250")
    assert interest("36500", due, until, paid, back) == (
        4 * Decimal("12.15") + 4 * Decimal("6.075") + 2 * Decimal("12.15")
    )
    assert interest("36500", due, until, (date(2025, 7, 1), "36500")) == 0


@given(
    due=st.dates(date(2025, 1, 1), date(2025, 12, 1)),
    days=st.integers(0, 200),
    cut=st.integers(0, 200),
    euros=st.integers(1, 10**6),
)
def test_interest_of_some_days_is_the_sum_of_each_day(
    due: date, days: int, cut: int, euros: int
) -> None:
    until = min(due + timedelta(days=days), date(2026, 6, 30))
    paid = (due + timedelta(days=cut), str(euros))
    left, total = Decimal(2 * euros), Decimal(0)
    for rank in range((until - due).days):
        day = due + timedelta(days=rank + 1)
        if day > paid[0]:
            left = Decimal(euros)
        total += left * (RATES[half_year_of(day)] + 10) / 36500
    assert abs(interest(str(2 * euros), due, until, paid) - total) <= Decimal("0.005000001")


def test_an_unknown_rate_is_asked_for_and_written_down_with_its_source(cast: Cast) -> None:
    bakery, _garage = owing(cast)
    rates = rates_of(cast.network)
    day = date(2026, 7, 2)
    with pytest.raises(PaymentsError, match="European Central Bank on Wednesday 1 July 2026"):
        late_of(owed_for(bakery), day, rates)
    alice = acting(cast.alice, cast.network)
    for since, percent, source in (
        (date(2026, 7, 2), Decimal(2), "ECB"),
        (date(2026, 7, 1), Decimal(60), "ECB"),
        (date(2026, 7, 1), Decimal(2), " "),
    ):
        with pytest.raises(PaymentsError):
            record_rate(acting=alice, since=since, percent=percent, source=source)
    record_rate(acting=alice, since=date(2026, 7, 1), percent=Decimal(2), source="ECB")
    late = late_of(owed_for(bakery), day, rates_of(cast.network))
    # 58 days at 12.15 and 2 at 12.00 on 942.48 euros: 18.1963… and 0.6197…
    assert late == Late(60, Decimal("18.82"), Decimal("40.00"), "C. com. L441-10 II, D441-5")


def test_a_public_body_owes_its_own_interest(cast: Cast) -> None:
    bakery, _garage = owing(cast)
    Organisation.objects.filter(pk=cast.bakery.pk).update(kind=OrganisationKind.AUTHORITY)
    late = late_of(owed_for(bakery), date(2026, 7, 2), rates_of(cast.network))
    assert (late.interest, late.fee) == (Decimal("15.73"), Decimal("40.00"))
    assert "R2192-31" in late.article


def test_what_is_paid_in_time_or_taken_back_bears_nothing(cast: Cast) -> None:
    bakery, garage = owing(cast)
    booked(cast, "30/04/2026;942,48;F2026-00001")
    alice = acting(cast.alice, cast.network)
    accept_sure(acting=alice)
    take_back(acting=alice, invoice=garage, why="Wrong", day=date(2026, 5, 20))
    for invoice in (bakery, garage):
        late = late_of(owed_for(invoice), date(2026, 6, 20), rates_of(cast.network))
        assert (late.days, late.total) == (0, Decimal(0))
    assert late_in(cast.network, date(2026, 6, 20)) == []


def late_bakery(cast: Cast) -> Invoice:
    """Let the garage pay in time and the bakery not."""
    bakery, _garage = owing(cast)
    booked(cast, "30/04/2026;188,50;F2026-00002")
    accept_sure(acting=acting(cast.alice, cast.network))
    return bakery


def test_a_late_firm_is_reminded_once_a_week_of_all_that_it_owes(cast: Cast) -> None:
    late_bakery(cast)
    alice = acting(cast.alice, cast.network)
    with pytest.raises(PaymentsError, match="Nothing of this firm is late"):
        remind(acting=alice, organisation=cast.bakery, day=DUE)
    day = date(2026, 5, 13)
    (one,) = to_remind(cast.network, day)
    assert (one.organisation, one.total, one.reminded_on) == (cast.bakery, BAKERY, None)
    made = remind(acting=alice, organisation=cast.bakery, day=day)
    assert made.claims == [
        {
            "number": "F2026-00001",
            "owed": "942.48",
            "days": 10,
            "interest": "3.14",
            "fee": "40.00",
        }
    ]
    mail = OutgoingMail.objects.get(to="bob@bakery.example")
    assert "985,62" in mail.text
    with pytest.raises(PaymentsError, match="wait seven days"):
        remind(acting=alice, organisation=cast.bakery, day=date(2026, 5, 19))
    remind(acting=alice, organisation=cast.bakery, day=date(2026, 5, 20))
    assert Reminder.objects.count() == 2
    for act in (made.save, made.delete, Reminder.objects.all().delete):
        with pytest.raises(AppendOnlyError):
            act()


def test_a_firm_that_accepts_no_more_letters_is_not_reminded(cast: Cast) -> None:
    late_bakery(cast)
    address = firm_address(cast.bakery.pk)
    ContactPolicy.objects.create(firm_key=address.firm_key, ceiling=0, days=30)
    with pytest.raises(PaymentsError, match="asks not to be solicited"):
        remind(
            acting=acting(cast.alice, cast.network),
            organisation=cast.bakery,
            day=date(2026, 5, 13),
        )
    assert not Reminder.objects.exists()
    assert not Contact.objects.filter(organisation_id=cast.bakery.public_id).exists()


def test_what_is_being_debited_is_not_reminded_of(cast: Cast) -> None:
    late_bakery(cast)
    mandate(cast, cast.bakery)
    given_to_the_bank(cast)
    assert to_remind(cast.network, date(2026, 5, 13)) == []


def test_only_who_bills_reminds_and_writes_rates_down(cast: Cast) -> None:
    late_bakery(cast)
    for person in (cast.bob, cast.emma, cast.farid):
        stranger = acting(person, cast.network)
        with pytest.raises(PermissionDenied):
            remind(acting=stranger, organisation=cast.bakery)
        with pytest.raises(PermissionDenied):
            record_rate(acting=stranger, since=DUE, percent=Decimal(2), source="ECB")
