"""How many needs go on, and after how long."""

from datetime import date, timedelta

from django.utils.timezone import localdate
from hypothesis import given
from hypothesis import strategies as st

from maillage.launch.needs.actions import move_need
from maillage.launch.needs.delays import steps_among, steps_of
from maillage.launch.needs.enums import ROAD, NeedState
from maillage.launch.needs.models import NeedPassage
from tests.cast import Cast, acting, inside
from tests.launch.needs.stories import stated

DAY = date(2026, 1, 1)


def test_rates_and_waits_are_counted_from_the_first_time_in_a_state() -> None:
    passages = [
        (1, "felt", DAY),
        (1, "characterised", DAY + timedelta(10)),
        (1, "felt", DAY + timedelta(20)),
        (2, "felt", DAY),
        (2, "dropped", DAY + timedelta(5)),
        (3, "characterised", DAY),
        (3, "expressed", DAY + timedelta(200)),
    ]
    felt, characterised, expressed, committed = steps_among(passages)
    assert (felt.reached, felt.went_on, felt.median_days) == (2, 1, 10)
    assert (characterised.reached, characterised.went_on) == (2, 1)
    assert characterised.median_days == 200
    assert (expressed.reached, expressed.went_on, expressed.median_days) == (1, 0, None)
    assert (committed.reached, committed.went_on, committed.median_days) == (0, 0, None)


def test_a_need_that_waits_for_two_hundred_days_stays_open(cast: Cast) -> None:
    with inside(cast.network):
        alice = acting(cast.alice, cast.network)
        waiting = stated(cast, cast.bakery, topic="training", state=NeedState.CHARACTERISED)
        other = stated(cast, cast.garage, topic="training", state=NeedState.CHARACTERISED)
        long_ago = localdate() - timedelta(200)
        NeedPassage.objects.update(on=long_ago)
        move_need(acting=alice, need=other, to=NeedState.EXPRESSED)
        step = steps_of(cast.network, topic="training")[1]
        assert (step.reached, step.went_on, step.median_days) == (2, 1, 200)
        waiting.refresh_from_db()
        assert waiting.state == "characterised"
        assert steps_of(cast.network, topic="export")[1].reached == 0


STEPS = st.tuples(st.integers(1, 5), st.sampled_from(NeedState.values), st.integers(0, 300))


@given(st.lists(STEPS))
def test_no_more_go_on_than_came(passages: list[tuple[int, str, int]]) -> None:
    in_order = sorted(passages, key=lambda one: (one[0], one[2]))
    steps = steps_among((need, state, DAY + timedelta(day)) for need, state, day in in_order)
    assert [step.state for step in steps] == list(ROAD[:-1])
    for step in steps:
        assert 0 <= step.went_on <= step.reached <= 5
        assert (step.median_days is None) == (step.went_on == 0)
