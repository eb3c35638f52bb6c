"""Gaëlle's March is told to the payroll, firm by firm; April puts right what came out otherwise."""

import csv
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from maillage.foundation.audit.models import AppendOnlyError
from maillage.foundation.organisations.models import Site
from maillage.run.billing.files.payroll.variables import PayrollLine, Variable
from maillage.run.billing.handing_over import PayrollFile, hand_over_pay, payroll_file
from maillage.run.billing.models import BillingProfile, FirmRate, PayHandover
from maillage.run.billing.refusals import BillingError
from maillage.run.employment.enums import AbsenceKind, LeaveKind, LeaveState
from maillage.run.employment.models import Absence, EmploymentContract, Leave, Worker
from maillage.run.hours.declaring import Told, declare
from maillage.run.hours.enums import EntryState
from maillage.run.hours.models import Expense, ExpenseShare, HourEntry, PayCut
from maillage.run.hours.paying import paid_time
from maillage.run.hours.prefilling import prefill
from tests.cast import Cast, acting, cast_of, inside
from tests.run.billing.bills import baker_at_twelve, billing
from tests.run.hours.months import APRIL, MARCH
from tests.run.stories import HOUR, slot_of
from tests.web.calls.weeks import works

TIME = {
    Variable.NORMAL,
    Variable.EXTRA,
    Variable.EXTRA_BEYOND,
    Variable.OVERTIME,
    Variable.OVERTIME_BEYOND,
    Variable.TRAVEL,
}
BAKERY, GARAGE, GROUP = "55210055400013", "44306184100013", "73282932000074"


@pytest.fixture(autouse=True)
def _in_the_network(request: pytest.FixtureRequest) -> Iterator[None]:
    if "cast" not in request.fixturenames:
        yield
        return
    with inside(request.getfixturevalue("cast").network):
        yield


@pytest.fixture
def gaelle(cast: Cast) -> Worker:
    billing(cast, supplements={"night": "25"})
    worker: Worker = baker_at_twelve(cast, "Gaëlle Petit")
    return worker


def stays(cast: Cast, worker: Worker, *times: tuple[int, float, float], at: str = "bakery") -> None:
    """Let a worker be in a firm on some days after 2 March, between two hours."""
    slots = [slot_of(cast, getattr(cast, at), day, start, end) for day, start, end in times]
    works(worker, *slots)
    for month in {slot.day.replace(day=1) for slot in slots}:
        prefill(cast.network, month)


def told(cast: Cast, month: date = MARCH) -> PayrollFile:
    return payroll_file(acting=acting(cast.alice, cast.network), month=month)


def hand_over(cast: Cast, month: date = MARCH) -> PayHandover:
    return hand_over_pay(acting=acting(cast.alice, cast.network), month=month)


def said(lines: tuple[PayrollLine, ...]) -> dict[tuple[str, str], Decimal]:
    return {(one.place.siret, one.variable.value): one.quantity for one in lines}


def test_hours_are_told_by_site_as_those_of_a_lent_worker(cast: Cast, gaelle: Worker) -> None:
    stays(cast, gaelle, (0, 8, 15), (1, 8, 15))
    stays(cast, gaelle, (2, 8, 12.5), at="garage")
    made = told(cast)
    rows = list(csv.DictReader(made.content.decode().splitlines()))
    assert [
        (row["place_siret"], row["variable"], row["quantity"], row["S21.G00.40.074"])
        for row in rows
    ] == [
        (GARAGE, "normal_hours", "4.50", "02"),
        (BAKERY, "normal_hours", "14.00", "02"),
    ]
    assert {row["S21.G00.40.046"] for row in rows} == {BAKERY, GARAGE}
    assert {(row["first_name"], row["last_name"]) for row in rows} == {("Gaëlle", "Petit")}
    assert (made.name, made.handed_over) == ("neutral-2026-03.csv", False)


def test_the_site_of_the_lending_is_told_when_it_is_another(cast: Cast, gaelle: Worker) -> None:
    main = Site.objects.get(organisation=cast.bakery)
    shop = Site.objects.create(
        organisation=cast.bakery,
        siret="55210055400021",
        commune=main.commune,
        insee=main.insee,
        latitude=main.latitude,
        longitude=main.longitude,
        is_main=False,
    )
    gaelle.contracts.get().lendings.filter(organisation=cast.bakery).update(site=shop)
    stays(cast, gaelle, (0, 8, 15))
    (line,) = told(cast).lines
    assert (line.user_site, line.work_place) == (shop.siret, shop.siret)


def test_what_is_paid_more_is_told_apart(cast: Cast, gaelle: Worker) -> None:
    # Six days of seven hours and one of four by night: 46 hours in the week, Sunday counted.
    stays(cast, gaelle, *((day, 8, 15) for day in range(6)))
    stays(cast, gaelle, (6, 20, 24))
    assert said(told(cast).lines) == {
        (BAKERY, "normal_hours"): Decimal("35.00"),
        (BAKERY, "overtime_hours"): Decimal("8.00"),
        (BAKERY, "overtime_hours_beyond"): Decimal("3.00"),
        (BAKERY, "night_hours"): Decimal("3.00"),
        (BAKERY, "sunday_hours"): Decimal("4.00"),
    }


def test_a_public_holiday_is_told_with_its_day(cast: Cast, gaelle: Worker) -> None:
    stays(cast, gaelle, (35, 8, 15), (60, 8, 12))  # Easter Monday, 1 May
    (easter,) = [one for one in told(cast, APRIL).lines if one.variable == Variable.HOLIDAY]
    assert (easter.quantity, easter.period) == (Decimal(7), (date(2026, 4, 6), date(2026, 4, 6)))
    lines = told(cast, date(2026, 5, 1)).lines
    (may_day,) = [one for one in lines if one.variable == Variable.HOLIDAY]
    assert (may_day.quantity, may_day.period) == (Decimal(4), (date(2026, 5, 1), date(2026, 5, 1)))


def test_equal_pay_is_a_bonus_told_for_that_firm_alone(cast: Cast, gaelle: Worker) -> None:
    FirmRate.objects.create(
        network=cast.network,
        organisation=cast.bakery,
        contract=gaelle.contracts.get(),
        since=MARCH,
        rate=Decimal("12.75"),
        evidence="Their grid",
    )
    stays(cast, gaelle, (0, 8, 15), (1, 20, 24))  # 11 hours, 3 of them by night at 25 %
    stays(cast, gaelle, (2, 8, 15), at="garage")
    bonuses = [one for one in told(cast).lines if one.variable == Variable.DIFFERENTIAL]
    # 0.75 euros for 11 hours, and a quarter of it more for 3.
    assert [(one.place.siret, one.quantity) for one in bonuses] == [(BAKERY, Decimal("8.81"))]


def test_expenses_are_told_to_the_cent_that_firms_bear(cast: Cast, gaelle: Worker) -> None:
    spent = Expense.objects.create(
        network=cast.network,
        worker=gaelle,
        day=date(2026, 3, 4),
        kind="receipt",
        amount=Decimal("10.01"),
        approved_at=datetime(2026, 3, 9, tzinfo=ZoneInfo("Europe/Paris")),
    )
    for firm, amount in ((cast.bakery, "5.01"), (cast.garage, "5.00")):
        ExpenseShare.objects.create(expense=spent, organisation=firm, amount=Decimal(amount))
    assert said(told(cast).lines) == {
        (BAKERY, "expenses_euros"): Decimal("5.01"),
        (GARAGE, "expenses_euros"): Decimal("5.00"),
    }
    EmploymentContract.objects.update(starts_on=date(2026, 3, 5))
    with pytest.raises(BillingError, match="without a contract"):
        told(cast)


def test_days_away_are_told_at_the_groups_own_place(cast: Cast, gaelle: Worker) -> None:
    Leave.objects.create(
        worker=gaelle,
        kind=LeaveKind.PAID,
        state=LeaveState.GRANTED,
        starts_on=date(2026, 3, 26),
        ends_on=date(2026, 4, 3),
        from_noon=True,
    )
    away = Absence.objects.create(
        worker=gaelle,
        kind=AbsenceKind.SICKNESS,
        starts_at=datetime(2026, 3, 12, 7, tzinfo=ZoneInfo("Europe/Paris")),
        expected_on=date(2026, 3, 16),
        said_by="Gaëlle",
    )
    seen = [(one.variable.value, one.quantity, one.period) for one in told(cast).lines]
    assert seen == [
        ("paid_leave_days", Decimal("4.50"), (date(2026, 3, 26), date(2026, 3, 31))),
        ("sickness_days", Decimal(4), (date(2026, 3, 12), date(2026, 3, 15))),
    ]
    assert {(one.place.siret, one.lending) for one in told(cast).lines} == {(GROUP, "")}
    hand_over(cast)
    Absence.objects.filter(pk=away.pk).update(back_on=date(2026, 3, 14))
    seen = [(one.variable.value, one.quantity, one.period) for one in told(cast, APRIL).lines]
    # The Saturday that leave until a Friday takes, and the sick note that was shorter.
    assert seen == [
        ("paid_leave_days", Decimal(4), (date(2026, 4, 1), date(2026, 4, 4))),
        ("sickness_days", Decimal(2), (date(2026, 3, 12), date(2026, 3, 13))),
        ("sickness_days", Decimal(-4), (date(2026, 3, 12), date(2026, 3, 15))),
    ]


def test_what_was_estimated_is_put_right_in_the_next_month(cast: Cast, gaelle: Worker) -> None:
    stays(cast, gaelle, (28, 20, 24), (29, 8, 15))
    made = hand_over(cast)
    assert (made.month, PayCut.objects.get().month) == (MARCH, MARCH)
    night = HourEntry.objects.get(day=date(2026, 3, 30))
    declare(entry=night, told=Told(20 * HOUR, 22 * HOUR), why="Closed early")
    assert said(told(cast).lines) == {
        (BAKERY, "normal_hours"): Decimal(11),
        (BAKERY, "night_hours"): Decimal(3),
    }
    assert told(cast).handed_over
    assert said(told(cast, APRIL).lines) == {
        (BAKERY, "normal_hours"): Decimal(-2),
        (BAKERY, "night_hours"): Decimal(-2),
    }


def test_a_month_is_handed_over_once_and_in_order(cast: Cast, gaelle: Worker) -> None:
    stays(cast, gaelle, (0, 8, 15))
    hand_over(cast, APRIL)
    with pytest.raises(BillingError, match="handed over already: the next"):
        hand_over(cast, APRIL)
    with pytest.raises(BillingError, match="later month"):
        hand_over(cast)
    with pytest.raises(BillingError, match="pay of May 2026 first"):
        hand_over(cast, date(2026, 6, 1))
    kept = PayHandover.objects.get()
    for act in (kept.save, kept.delete, PayHandover.objects.all().delete):
        with pytest.raises(AppendOnlyError):
            act()


def test_what_the_payroll_would_refuse_is_not_handed_over(cast: Cast, gaelle: Worker) -> None:
    stays(cast, gaelle, (0, 8, 15))
    Worker.objects.update(name="Gaëlle")
    with pytest.raises(BillingError, match="first name and a last name"):
        hand_over(cast)
    Worker.objects.update(name="Gaëlle Petit")
    Site.objects.filter(organisation=cast.bakery).update(siret="")
    with pytest.raises(BillingError, match="no SIRET"):
        hand_over(cast)
    assert not PayCut.objects.exists()
    Leave.objects.create(
        worker=gaelle,
        kind=LeaveKind.UNPAID,
        state=LeaveState.GRANTED,
        starts_on=date(2026, 3, 26),
        ends_on=date(2026, 3, 26),
    )
    HourEntry.objects.all().delete()
    BillingProfile.objects.update(siret="")
    with pytest.raises(BillingError, match="SIRET number of the group"):
        told(cast)
    BillingProfile.objects.update(siret=GROUP)
    with pytest.raises(BillingError, match="no profile"):
        payroll_file(acting=acting(cast.alice, cast.network), month=MARCH, profile="abacus")


def test_only_who_bills_prepares_pay(cast: Cast, gaelle: Worker) -> None:
    bob = acting(cast.bob, cast.network)
    with pytest.raises(PermissionDenied):
        hand_over_pay(acting=bob, month=MARCH)
    with pytest.raises(PermissionDenied):
        payroll_file(acting=bob, month=MARCH)


class TestNothingPaidTwice(TestCase):
    """Whatever is said between two pays, three of them tell all that stands, once."""

    @settings(max_examples=8, deadline=None)
    @given(
        planned=st.lists(st.integers(0, 55), unique=True, min_size=2, max_size=7),
        ends=st.lists(st.integers(9 * 60, 24 * 60), min_size=7, max_size=7),
    )
    def test_three_pays_tell_all_that_was_given(self, planned: list[int], ends: list[int]) -> None:
        cast = cast_of("told")
        with inside(cast.network):
            billing(cast)
            gaelle = baker_at_twelve(cast, "Gaëlle Petit")
            stays(cast, gaelle, *((day, 8, 15) for day in sorted(planned)))
            may = date(2026, 5, 1)
            found: dict[Variable, Decimal] = {}
            for month in (MARCH, APRIL, may):
                for line in self._handed(cast, month):
                    found[line.variable] = found.get(line.variable, Decimal(0)) + line.quantity
                entries = HourEntry.objects.exclude(state=EntryState.CONFIRMED).order_by("day")
                for entry, end in zip(entries, ends, strict=False):
                    declare(entry=entry, told=Told(8 * HOUR, end), why="An order")
                ends.reverse()
            # What was put right after May was told is told with June.
            june = date(2026, 6, 1)
            for line in self._handed(cast, june):
                found[line.variable] = found.get(line.variable, Decimal(0)) + line.quantity
            given_minutes = sum(one.presence_minutes for one in HourEntry.objects.all())
            total = sum((found.get(one, Decimal(0)) for one in TIME), Decimal(0))
            # A hundredth a month at most is rounded.
            assert abs(total - Decimal(given_minutes) / HOUR) <= Decimal("0.04")
            nights = sum(max(0, one.end_minute - 21 * 60) for one in HourEntry.objects.all())
            told_nights = found.get(Variable.NIGHT, Decimal(0))
            assert abs(told_nights - Decimal(nights) / HOUR) <= Decimal("0.005")

    def _handed(self, cast: Cast, month: date) -> tuple[PayrollLine, ...]:
        hand_over(cast, month)
        lines = told(cast, month).lines
        time = sum((one.quantity for one in lines if one.variable in TIME), Decimal(0))
        paid = sum(one.minutes + one.regularised for one in paid_time(cast.network, month))
        assert abs(time - Decimal(paid) / HOUR) <= Decimal("0.005")
        return lines
