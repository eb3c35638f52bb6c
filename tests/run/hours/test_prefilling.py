"""March 2026 of Gaëlle and Hugo, between the bakery and the garage, becomes entries of hours."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest
from django.utils.timezone import get_current_timezone

from maillage.run.employment.models import Worker
from maillage.run.hours.enums import EntryKind, EntryState
from maillage.run.hours.models import HourEntry, MonthClosing
from maillage.run.hours.prefilling import Prefilled, bounds_of, prefill
from maillage.run.hours.queries import entries_of, explained_difference, signed_hours
from maillage.run.planning.enums import HolidayOpening, HolidayPay
from maillage.run.planning.models import (
    Assignment,
    HolidayRule,
    Publication,
    PublishedShift,
    Slot,
    SlotSeries,
)
from tests.cast import Cast, inside
from tests.run.stories import BAKING, HOUR, MONDAY, shared_baker, slot_of
from tests.web.calls.weeks import works

MARCH = date(2026, 3, 1)


@pytest.fixture(autouse=True)
def _in_the_network(cast: Cast) -> Iterator[None]:
    with inside(cast.network):
        yield


@pytest.fixture
def gaelle(cast: Cast) -> Worker:
    worker: Worker = shared_baker(cast)
    return worker


def entries(kind: EntryKind = EntryKind.WORKED) -> list[tuple[str, int, int, int]]:
    """Return firm, day of March, from and to of the entries of a kind."""
    rows = HourEntry.objects.filter(kind=kind).select_related("organisation")
    return [(row.organisation.name, row.day.day, row.start_minute, row.end_minute) for row in rows]


def at(day: int, hour: int) -> datetime:
    return datetime(2026, 3, day, hour, tzinfo=get_current_timezone())


def told(cast: Cast, worker: Worker, slot: Slot, *, number: int, on: datetime) -> None:
    """Publish a week in which a worker holds a slot."""
    week, _made = Publication.objects.get_or_create(
        network=cast.network, monday=MONDAY, number=number
    )
    Publication.objects.filter(pk=week.pk).update(published_at=on)
    PublishedShift.objects.create(
        publication=week,
        worker=worker,
        slot=slot,
        organisation_id=slot.organisation_id,
        day=slot.day,
        start_minute=slot.start_minute,
        end_minute=slot.end_minute,
    )


def test_a_month_is_prefilled_from_the_plan_once(cast: Cast, gaelle: Worker) -> None:
    works(gaelle, slot_of(cast, cast.bakery, 0, 6, 12, break_minutes=20))
    works(gaelle, slot_of(cast, cast.garage, 1, 8, 12))
    works(gaelle, slot_of(cast, cast.garage, 30, 8, 12))  # 1 April
    assert prefill(cast.network, MARCH) == Prefilled(made=2)
    assert entries() == [("Boulangerie Martin", 2, 360, 720), ("Garage Lemoine", 3, 480, 720)]
    first = HourEntry.objects.first()
    assert first is not None
    assert (first.presence_minutes, first.billed_minutes, first.state) == (340, 340, "planned")
    assert prefill(cast.network, MARCH) == Prefilled()


def test_what_is_as_planned_follows_the_plan_and_what_was_said_stays(
    cast: Cast, gaelle: Worker
) -> None:
    moved, said, gone = (slot_of(cast, cast.bakery, day, 6, 12) for day in range(3))
    works(gaelle, moved, said, gone)
    prefill(cast.network, MARCH)
    HourEntry.objects.filter(slot=said).update(state=EntryState.DECLARED, end_minute=750)
    Slot.objects.filter(pk__in=[moved.pk, said.pk]).update(start_minute=7 * HOUR)
    Assignment.objects.filter(slot=gone).delete()
    assert prefill(cast.network, MARCH) == Prefilled(changed=1, gone=1)
    assert entries() == [("Boulangerie Martin", 2, 420, 720), ("Boulangerie Martin", 3, 360, 750)]


def test_a_closed_month_is_left_alone(cast: Cast, gaelle: Worker) -> None:
    works(gaelle, slot_of(cast, cast.bakery, 0, 6, 12))
    MonthClosing.objects.create(
        network=cast.network, month=MARCH, closed_by_id=cast.alice.public_id
    )
    assert prefill(cast.network, MARCH) == Prefilled()


def test_a_slot_cancelled_after_it_was_told_is_an_entry_with_its_notice(
    cast: Cast, gaelle: Worker
) -> None:
    slot = slot_of(cast, cast.bakery, 4, 7, 14, cancelled_at=at(5, 18))  # Friday the 6th
    told(cast, gaelle, slot, number=1, on=at(1, 9))
    assert prefill(cast.network, MARCH) == Prefilled(made=1)
    entry = HourEntry.objects.get()
    assert (entry.kind, entry.presence_minutes, entry.billed_minutes) == ("cancelled", 0, 420)
    HourEntry.objects.update(state=EntryState.TACIT)
    (signed,) = signed_hours(cast.network, MARCH)
    assert signed.notice == timedelta(hours=13)


def test_who_was_moved_before_it_was_cancelled_is_not_counted(cast: Cast, gaelle: Worker) -> None:
    hugo = shared_baker(cast, "Hugo")
    slot = slot_of(cast, cast.bakery, 4, 7, 14, cancelled_at=at(5, 18))
    told(cast, gaelle, slot, number=1, on=at(1, 9))
    told(cast, hugo, slot, number=2, on=at(3, 9))
    prefill(cast.network, MARCH)
    assert [entry.worker for entry in HourEntry.objects.all()] == [hugo]


def test_a_slot_cancelled_before_anybody_was_told_costs_nothing(cast: Cast, gaelle: Worker) -> None:
    slot = slot_of(cast, cast.bakery, 4, 7, 14, cancelled_at=at(1, 8))
    told(cast, gaelle, slot, number=1, on=at(1, 9))
    assert prefill(cast.network, MARCH) == Prefilled()


def test_travel_between_two_firms_of_a_day_is_time_that_each_bears_half(
    cast: Cast, gaelle: Worker
) -> None:
    works(gaelle, slot_of(cast, cast.bakery, 0, 6, 10), slot_of(cast, cast.garage, 0, 11, 14))
    prefill(cast.network, MARCH)
    travels = list(HourEntry.objects.filter(kind=EntryKind.TRAVEL).order_by("start_minute"))
    assert [each.organisation for each in travels] == [cast.bakery, cast.garage]
    one, other = (each.presence_minutes for each in travels)
    assert one - other in {0, 1}
    assert travels[0].start_minute == 600
    assert travels[1].end_minute == 600 + one + other
    assert {each.slot for each in travels} == {travels[1].slot}


@pytest.mark.parametrize(
    ("pay", "expected"),
    [(HolidayPay.FIRM, [("Boulangerie Martin", 6, 420, 660)]), (HolidayPay.GROUP, [])],
)
def test_a_public_holiday_borne_by_the_firm_is_that_of_who_comes_the_other_weeks(
    cast: Cast, gaelle: Worker, pay: HolidayPay, expected: list[tuple[str, int, int, int]]
) -> None:
    # Easter Monday is 6 April 2026.
    series = SlotSeries.objects.create(
        network=cast.network,
        organisation=cast.bakery,
        occupation=BAKING,
        occupation_label="Boulangerie - viennoiserie",
        weekday=0,
        start_minute=7 * HOUR,
        end_minute=11 * HOUR,
        starts_on=MONDAY,
    )
    before, _off = (slot_of(cast, cast.bakery, day, 7, 11, series=series) for day in (28, 35))
    works(gaelle, before)
    HolidayRule.objects.create(
        network=cast.network,
        organisation=cast.bakery,
        opening=HolidayOpening.CLOSED,
        pay=pay,
    )
    prefill(cast.network, date(2026, 4, 1))
    assert entries(EntryKind.HOLIDAY) == expected


def test_planned_and_every_difference_add_up_to_what_was_signed(cast: Cast, gaelle: Worker) -> None:
    longer, shorter, unsigned = (slot_of(cast, cast.bakery, day, 6, 12) for day in range(3))
    works(gaelle, longer, shorter, unsigned)
    prefill(cast.network, MARCH)
    signed = HourEntry.objects.filter(state=EntryState.PLANNED)
    signed.filter(slot=longer).update(state=EntryState.CONFIRMED, end_minute=750, why="An order")
    signed.filter(slot=shorter).update(state=EntryState.TACIT, start_minute=390, why="Snow")
    rows = list(entries_of(cast.network, MARCH))
    differences = explained_difference(rows)
    assert [(one.why, one.minutes) for one in differences] == [
        ("An order", 30),
        ("Snow", -30),
        ("As planned", -360),
    ]
    planned = sum(row.planned_minutes for row in rows)
    total = sum(one.presence_minutes for one in signed_hours(cast.network, MARCH))
    assert planned + sum(one.minutes for one in differences) == total


def test_the_bounds_of_a_month_are_its_first_and_last_day() -> None:
    assert bounds_of(date(2028, 2, 29)) == (date(2028, 2, 1), date(2028, 2, 29))
    assert bounds_of(date(2026, 12, 5)) == (date(2026, 12, 1), date(2026, 12, 31))
