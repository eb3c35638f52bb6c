"""March is closed once everything is signed; afterwards it is put right in an open month."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.timezone import localdate
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from maillage.run.employment.models import Worker
from maillage.run.hours.closing import adjust, close_month, held_of, in_the_way, open_month
from maillage.run.hours.confirming import dispute
from maillage.run.hours.models import Adjustment, MonthClosing
from maillage.run.hours.refusals import HoursError
from tests.cast import Cast, acting, cast_of, inside
from tests.run.hours.months import APRIL, MARCH, confirmed, sent, worked
from tests.run.stories import shared_baker


@pytest.fixture(autouse=True)
def _in_the_network(request: pytest.FixtureRequest) -> Iterator[None]:
    if "cast" not in request.fixturenames:
        yield
        return
    with inside(request.getfixturevalue("cast").network):
        yield


@pytest.fixture
def gaelle(cast: Cast) -> Worker:
    worker: Worker = shared_baker(cast)
    return worker


def closed(cast: Cast, month: date = MARCH) -> MonthClosing:
    return close_month(acting=acting(cast.alice, cast.network), month=month)


def test_what_is_disputed_or_unsigned_stands_in_the_way(cast: Cast, gaelle: Worker) -> None:
    first, *_more = worked(cast, gaelle, 0, 1, 2)
    dispute(sent=sent(cast), entry=first, words="She left at 11", by="Bob")
    found = [(one.cause, one.count, one.organisation) for one in in_the_way(cast.network, MARCH)]
    assert found == [("disputed", 1, cast.bakery), ("unsigned", 2, cast.bakery)]
    with pytest.raises(HoursError, match="cannot be closed yet"):
        closed(cast)


def test_a_month_that_is_not_over_is_not_closed(cast: Cast) -> None:
    (one,) = in_the_way(cast.network, localdate())
    assert one.cause == "to_come"


def test_a_signed_month_is_closed_once(cast: Cast, gaelle: Worker) -> None:
    worked(cast, gaelle, 0)
    confirmed(cast)
    assert closed(cast).month == MARCH
    assert open_month(cast.network) == APRIL
    with pytest.raises(HoursError, match="closed already"):
        closed(cast)


def test_the_month_after_december_is_january(cast: Cast) -> None:
    MonthClosing.objects.create(
        network=cast.network, month=date(2025, 12, 1), closed_by_id=cast.alice.public_id
    )
    assert open_month(cast.network) == date(2026, 1, 1)


def test_a_closed_month_is_put_right_in_the_next(cast: Cast, gaelle: Worker) -> None:
    (entry,) = worked(cast, gaelle, 0)
    alice = acting(cast.alice, cast.network)
    with pytest.raises(HoursError, match="is open"):
        adjust(acting=alice, entry=entry, presence=30, billed=30, why="Forgotten")
    confirmed(cast)
    closed(cast)
    made = adjust(acting=alice, entry=entry, presence=30, billed=0, why="Forgotten")
    assert (made.month, made.day) == (APRIL, entry.day)
    assert (held_of(entry).presence, held_of(entry).billed) == (390, 360)


@pytest.mark.parametrize(
    ("presence", "billed", "why", "says"),
    [
        (0, 0, "Nothing", "Nothing changes"),
        (30, 30, " ", "Say why"),
        (-361, 0, "Gone", "less than no time"),
        (0, -361, "Gone", "less than no time"),
        (1081, 0, "Too long", "more than a day"),
    ],
)
def test_an_impossible_adjustment_is_refused(
    cast: Cast, gaelle: Worker, presence: int, billed: int, why: str, says: str
) -> None:
    (entry,) = worked(cast, gaelle, 0)
    confirmed(cast)
    closed(cast)
    alice = acting(cast.alice, cast.network)
    with pytest.raises(HoursError, match=says):
        adjust(acting=alice, entry=entry, presence=presence, billed=billed, why=why)


def test_only_who_keeps_hours_closes_and_adjusts(cast: Cast, gaelle: Worker) -> None:
    (entry,) = worked(cast, gaelle, 0)
    bob = acting(cast.bob, cast.network)
    with pytest.raises(PermissionDenied):
        close_month(acting=bob, month=MARCH)
    with pytest.raises(PermissionDenied):
        adjust(acting=bob, entry=entry, presence=1, billed=1, why="Mine")


class TestAnyOrder(TestCase):
    """Corrections add up, whatever the order they are made in."""

    @settings(max_examples=15, deadline=None)
    @given(
        minutes=st.lists(
            st.tuples(st.integers(-60, 90), st.integers(-60, 90)).filter(any),
            min_size=2,
            max_size=5,
        ),
        data=st.data(),
    )
    def test_any_order_of_corrections_gives_the_same_balance(
        self, minutes: list[tuple[int, int]], data: st.DataObject
    ) -> None:
        cast = cast_of("corrections")
        with inside(cast.network):
            (entry,) = worked(cast, shared_baker(cast), 0)
            confirmed(cast)
            closed(cast)
            alice = acting(cast.alice, cast.network)
            balances = []
            for order in (minutes, data.draw(st.permutations(minutes))):
                Adjustment.objects.all().delete()
                for presence, billed in order:
                    adjust(acting=alice, entry=entry, presence=presence, billed=billed, why="Why")
                balances.append(held_of(entry))
            assert balances[0] == balances[1]
            assert balances[0].presence == 360 + sum(one for one, _other in minutes)


def test_a_month_may_be_closed_from_its_last_evening_on(cast: Cast, gaelle: Worker) -> None:
    worked(cast, gaelle, 0)
    confirmed(cast)
    last = date(2026, 3, 31)
    assert [one.cause for one in in_the_way(cast.network, MARCH, today=last)] == ["to_come"]
    assert in_the_way(cast.network, MARCH, today=last + timedelta(days=1)) == []
