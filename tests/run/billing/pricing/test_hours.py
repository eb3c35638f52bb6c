"""Nights, Sundays and overtime of Gaëlle, whichever firm they are for. March 2026."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maillage.run.billing.pricing.hours import Cut, Hours, Week, cuts_of, night_minutes

HOUR = 60
MONDAY = date(2026, 3, 2)
GAELLE, BAKERY, GARAGE = uuid4(), uuid4(), uuid4()
NIGHT = (21 * HOUR, 6 * HOUR)


def hours(day: int, start: float, end: float, **more: object) -> Hours:
    values: dict[str, object] = {
        "entry": uuid4(),
        "contract": GAELLE,
        "firm": BAKERY,
        "day": MONDAY + timedelta(days=day),
        "start": round(start * HOUR),
        "end": round(end * HOUR),
        "pause": 0,
        "billed": round((end - start) * HOUR),
        **more,
    }
    return Hours(**values)  # type: ignore[arg-type]  # a story says only what differs


FULL = Week(35 * HOUR)


def cuts(*worked: Hours, week: Week = FULL) -> list[dict[Cut, int]]:
    found = cuts_of(worked, {GAELLE: week}, NIGHT)
    return [dict(found.get(one.entry, {})) for one in worked]


@pytest.mark.parametrize(
    ("start", "end", "minutes"),
    [
        (6, 12, 0),
        (5, 12, 60),
        (20, 22, 60),
        (21, 30, 9 * 60),
        (20, 31, 9 * 60),
        (0, 24, 9 * 60),
        (4, 5.5, 90),
    ],
)
def test_a_night_goes_from_nine_in_the_evening_to_six(
    start: float, end: float, minutes: int
) -> None:
    assert night_minutes(round(start * HOUR), round(end * HOUR), NIGHT) == minutes


def test_a_sunday_begins_at_midnight() -> None:
    saturday, sunday = hours(5, 20, 26), hours(6, 8, 12)
    assert cuts(saturday, sunday) == [
        {Cut.NIGHT: 300, Cut.SUNDAY: 120},
        {Cut.SUNDAY: 240},
    ]


def test_overtime_is_that_of_the_last_hours_of_a_week_whoever_they_are_for() -> None:
    week = [hours(day, 8, 15) for day in range(4)]  # 28 h at the bakery
    friday = hours(4, 8, 16, firm=GARAGE)  # the 35th hour ends at 15:00
    saturday = hours(5, 8, 16)
    found = cuts(*week, friday, saturday)
    assert found == [
        {},
        {},
        {},
        {},
        {Cut.OVERTIME_25: 60},
        {Cut.OVERTIME_25: 420, Cut.OVERTIME_50: 60},
    ]


def test_thirty_five_hours_to_the_minute_are_no_overtime() -> None:
    week = [hours(day, 8, 15) for day in range(5)]
    assert cuts(*week) == [{}] * 5
    longer = [*week[:4], hours(4, 8, 15 + 1 / 60)]
    assert cuts(*longer)[-1] == {Cut.OVERTIME_25: 1}


def test_a_part_time_contract_has_its_own_steps() -> None:
    # 20 h promised: ten percent more up to 22 h, a quarter up to 35 h.
    week = [hours(day, 8, 15) for day in range(4)]
    assert cuts(*week, week=Week(20 * HOUR)) == [
        {},
        {},
        {Cut.EXTRA_10: 60},
        {Cut.EXTRA_10: 60, Cut.EXTRA_25: 360},
    ]


def test_a_year_of_hours_has_no_weekly_overtime() -> None:
    week = [hours(day, 7, 19) for day in range(5)]
    assert cuts(*week, week=Week(35 * HOUR, by_year=True)) == [{}] * 5


def test_a_new_week_begins_on_monday() -> None:
    week = [hours(day, 8, 15) for day in range(5)]
    assert cuts(*week, hours(7, 8, 12))[-1] == {}


def test_a_cancelled_slot_makes_nobody_work_longer() -> None:
    week = [hours(day, 8, 15) for day in range(5)]
    cancelled = hours(4, 16, 20, counts=False)
    assert cuts(*week, cancelled) == [{}] * 6


def test_the_first_of_may_is_paid_twice() -> None:
    worked = hours(60, 6, 12, holiday="may_day")
    assert worked.day == date(2026, 5, 1)
    assert cuts(worked) == [{Cut.MAY_DAY: 360}]


@given(
    lengths=st.lists(st.integers(30, 600), min_size=1, max_size=12),
    contract=st.integers(5 * HOUR, 40 * HOUR),
    data=st.data(),
)
def test_what_goes_beyond_a_week_is_counted_once_in_any_order(
    lengths: list[int], contract: int, data: st.DataObject
) -> None:
    worked = [
        hours(rank % 6, 6 + 11 * (rank // 6), 6 + 11 * (rank // 6) + length / HOUR)
        for rank, length in enumerate(lengths)
    ]
    shuffled = data.draw(st.permutations(worked))
    week = {GAELLE: Week(contract)}
    found = cuts_of(shuffled, week, NIGHT)
    beyond = {Cut.OVERTIME_25, Cut.OVERTIME_50, Cut.EXTRA_10, Cut.EXTRA_25}
    total = sum(
        minutes for each in found.values() for cut, minutes in each.items() if cut in beyond
    )
    presence = sum(one.presence for one in worked)
    assert total == max(0, presence - min(contract, 35 * HOUR))
    assert found == cuts_of(worked, week, NIGHT)
    for one in worked:
        cut_off = found.get(one.entry, {})
        assert sum(cut_off[cut] for cut in beyond & cut_off.keys()) <= one.presence
