"""How many go on along a road, and after how long."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from maillage.foundation.networks.roads import steps_along

DAY = date(2026, 1, 1)
ROAD = ("felt", "characterised", "expressed", "committed", "served")


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
    felt, characterised, expressed, committed = steps_along(ROAD, passages)
    assert (felt.reached, felt.went_on, felt.rate, felt.median_days) == (2, 1, 0.5, 10)
    assert (characterised.reached, characterised.went_on) == (2, 1)
    assert characterised.median_days == 200
    assert (expressed.reached, expressed.went_on, expressed.rate) == (1, 0, 0)
    assert expressed.median_days is None
    assert (committed.reached, committed.went_on, committed.rate) == (0, 0, None)


def test_what_skips_states_went_on_from_the_last_it_was_in() -> None:
    passages = [(1, "felt", DAY), (1, "committed", DAY + timedelta(30))]
    felt, characterised, _expressed, committed = steps_along(ROAD, passages)
    assert (felt.went_on, felt.median_days) == (1, 30)
    assert characterised.reached == 0
    assert (committed.reached, committed.went_on) == (1, 0)


STEPS = st.tuples(st.integers(1, 5), st.sampled_from((*ROAD, "dropped")), st.integers(0, 300))


@given(st.lists(STEPS))
def test_no_more_go_on_than_came(passages: list[tuple[int, str, int]]) -> None:
    in_order = sorted(passages, key=lambda one: (one[0], one[2]))
    steps = steps_along(ROAD, ((one, state, DAY + timedelta(day)) for one, state, day in in_order))
    assert [step.state for step in steps] == list(ROAD[:-1])
    for step in steps:
        assert 0 <= step.went_on <= step.reached <= 5
        assert (step.median_days is None) == (step.went_on == 0)
