"""What firms need, entered once: laid out week after week, ended, cancelled, closed."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.utils.timezone import localdate

from maillage.foundation.networks.models import MembershipPeriod
from maillage.run.planning.closing import close_firm
from maillage.run.planning.models import Assignment, Closure, Slot, SlotSeries
from maillage.run.planning.slots import (
    Asked,
    SlotError,
    add_series,
    add_slot,
    cancel_slot,
    days_of,
    end_series,
    lay_out,
)
from tests.cast import Cast, acting, inside
from tests.run.stories import BAKING, HOUR, shared_baker


@pytest.fixture(autouse=True)
def _in_the_network(cast: Cast) -> Iterator[None]:
    with inside(cast.network):
        yield


def asked(cast: Cast, start: int = 6, end: int = 12, **more: object) -> Asked:
    values = {"organisation": cast.bakery, "occupation": BAKING, "occupation_label": "Baking"}
    return Asked(**values, start_minute=start * HOUR, end_minute=end * HOUR, **more)


def test_a_series_is_laid_out_over_eight_weeks_once(cast: Cast) -> None:
    alice, today = acting(cast.alice, cast.network), localdate()
    made = add_series(acting=alice, asked=asked(cast), weekdays=[0, 3], starts_on=today)
    assert [series.weekday for series in made] == [0, 3]
    days = list(Slot.objects.order_by("day").values_list("day", flat=True))
    assert {day.weekday() for day in days} == {0, 3}
    assert today <= days[0] <= days[-1] <= today + timedelta(weeks=8)
    assert lay_out(cast.network, made) == 0


def test_every_second_week_counts_from_the_first() -> None:
    series = SlotSeries(weekday=4, every=2, starts_on=date(2026, 3, 2), ends_on=date(2026, 4, 3))
    assert days_of(series, date(2026, 3, 10), date(2026, 12, 31)) == [
        date(2026, 3, 20),
        date(2026, 4, 3),
    ]


def test_ending_a_series_takes_people_out_of_what_was_to_come(cast: Cast) -> None:
    alice, today = acting(cast.alice, cast.network), localdate()
    (series,) = add_series(
        acting=alice, asked=asked(cast), weekdays=[today.weekday()], starts_on=today
    )
    gaelle = shared_baker(cast)
    first, second = Slot.objects.order_by("day")[:2]
    for slot in (first, second):
        Assignment.objects.create(slot=slot, worker=gaelle)
    assert end_series(acting=alice, series=series, last_day=today).slots == 8
    assert list(Assignment.objects.values_list("slot", flat=True)) == [first.pk]
    assert Slot.objects.filter(cancelled_at=None).count() == 1


def test_a_slot_that_is_no_longer_needed_says_why(cast: Cast) -> None:
    alice = acting(cast.alice, cast.network)
    slot = add_slot(acting=alice, asked=asked(cast), day=localdate())
    with pytest.raises(SlotError, match="Say why"):
        cancel_slot(acting=alice, slot=slot, why="  ")
    Assignment.objects.create(slot=slot, worker=shared_baker(cast))
    cancel_slot(acting=alice, slot=slot, why="The oven is broken")
    slot.refresh_from_db()
    assert (slot.cancelled_why, Assignment.objects.count()) == ("The oven is broken", 0)


def test_a_firm_that_closes_gives_its_people_back(cast: Cast) -> None:
    alice, today = acting(cast.alice, cast.network), localdate()
    slot = add_slot(acting=alice, asked=asked(cast), day=today + timedelta(days=1))
    Assignment.objects.create(slot=slot, worker=shared_baker(cast))
    made, effect = close_firm(
        acting=alice,
        organisation=cast.bakery,
        starts_on=today,
        ends_on=today + timedelta(days=2),
        reason="Inventory",
    )
    assert Closure.objects.get() == made
    assert (len(effect.gone), made.reason, Assignment.objects.count()) == (1, "Inventory", 0)


@pytest.mark.parametrize(("start", "end"), [(12, 6), (6, 20)])
def test_times_that_cannot_be_are_refused(cast: Cast, start: int, end: int) -> None:
    with pytest.raises(SlotError) as refused:
        add_slot(
            acting=acting(cast.alice, cast.network), asked=asked(cast, start, end), day=localdate()
        )
    assert refused.value.field == "ends_at"


def test_only_members_are_lent_somebody(cast: Cast) -> None:
    MembershipPeriod.objects.filter(membership__organisation=cast.bakery).delete()
    with pytest.raises(SlotError, match="L1253-1"):
        add_slot(acting=acting(cast.alice, cast.network), asked=asked(cast), day=localdate())
