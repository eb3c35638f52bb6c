"""March's pay is prepared on the 25th, before the month ends; April's puts right what differed."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from maillage.run.hours.declaring import Told, declare, did_not_work
from maillage.run.hours.models import HourEntry
from maillage.run.hours.paying import cut_pay, paid_time
from maillage.run.hours.prefilling import prefill
from maillage.run.hours.refusals import HoursError
from maillage.run.planning.models import Assignment
from tests.cast import Cast, acting, cast_of, inside
from tests.run.hours.months import APRIL, MARCH, worked
from tests.run.stories import HOUR, shared_baker

if TYPE_CHECKING:
    from maillage.run.employment.models import Worker


@pytest.fixture(autouse=True)
def _in_the_network(request: pytest.FixtureRequest) -> Iterator[None]:
    if "cast" not in request.fixturenames:
        yield
        return
    with inside(request.getfixturevalue("cast").network):
        yield


def pay(cast: Cast, month: date) -> list[tuple[str, str, int, int]]:
    return [
        (one.worker.name, one.organisation.name, one.minutes, one.regularised)
        for one in paid_time(cast.network, month)
    ]


def cut(cast: Cast, month: date = MARCH) -> None:
    cut_pay(acting=acting(cast.alice, cast.network), month=month)


def test_what_came_out_otherwise_than_estimated_is_in_the_next_pay(cast: Cast) -> None:
    gaelle: Worker = shared_baker(cast)
    _first, late, gone = worked(cast, gaelle, 0, 28, 29)  # 2, 30 and 31 March
    worked(cast, gaelle, 31)  # 2 April
    cut(cast)
    assert pay(cast, MARCH) == [("Gaëlle", "Boulangerie Martin", 1080, 0)]
    declare(entry=late, told=Told(6 * HOUR, 13 * HOUR), why="An order")
    Assignment.objects.filter(slot=gone.slot).delete()
    prefill(cast.network, MARCH)
    assert pay(cast, MARCH) == [("Gaëlle", "Boulangerie Martin", 1080, 0)]
    assert pay(cast, APRIL) == [("Gaëlle", "Boulangerie Martin", 360, 60 - 360)]


def test_a_pay_is_cut_once(cast: Cast) -> None:
    cut(cast)
    with pytest.raises(HoursError, match="prepared already"):
        cut(cast)


def test_without_a_cut_off_pay_is_what_stands(cast: Cast) -> None:
    worked(cast, shared_baker(cast), 0, 1)
    assert pay(cast, MARCH) == [("Gaëlle", "Boulangerie Martin", 720, 0)]


class TestPaidOnce(TestCase):
    """Whatever happens between the cut-offs, all that was given is paid, once."""

    @settings(max_examples=10, deadline=None)
    @given(
        planned=st.lists(st.integers(0, 55), unique=True, min_size=2, max_size=6),
        changes=st.lists(st.integers(-5, 5), min_size=6, max_size=6),
    )
    def test_three_pays_hold_all_that_was_given(
        self, planned: list[int], changes: list[int]
    ) -> None:
        cast = cast_of("payes")
        with inside(cast.network):
            entries = worked(cast, shared_baker(cast), *sorted(planned))
            total = 0
            for month in (MARCH, APRIL):
                cut(cast, month)
                total += _sum(cast, month)
                for entry, hours in zip(entries, changes, strict=False):
                    if hours == -5:
                        did_not_work(entry=entry, why="Snow")
                    else:
                        told = Told(6 * HOUR, (12 + hours) * HOUR)
                        declare(entry=entry, told=told, why="An order")
                changes.reverse()
            total += _sum(cast, date(2026, 5, 1))
            assert total == sum(one.presence_minutes for one in HourEntry.objects.all())


def _sum(cast: Cast, month: date) -> int:
    return sum(one.minutes + one.regularised for one in paid_time(cast.network, month))
