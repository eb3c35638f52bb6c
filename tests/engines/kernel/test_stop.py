"""When a solve must end, and which limits are refused."""

import math

import pytest

from maillage.engines.kernel.stop import MaxIterations, MaxRuntime


@pytest.mark.parametrize(("seconds", "reached"), [(29.9, False), (30, True), (31, True)])
def test_time_limit_is_reached_by_the_clock_alone(seconds: float, *, reached: bool) -> None:
    stop = MaxRuntime(30)

    assert stop.seconds == 30
    assert stop.reached(seconds=seconds, iterations=1_000_000) is reached


@pytest.mark.parametrize(("iterations", "reached"), [(2, False), (3, True), (4, True)])
def test_iteration_limit_is_reached_whatever_the_clock(iterations: int, *, reached: bool) -> None:
    stop = MaxIterations(3)

    assert stop.seconds is None
    assert stop.reached(seconds=1e9, iterations=iterations) is reached


def test_no_iteration_at_all_may_be_asked() -> None:
    assert MaxIterations(0).reached(seconds=0, iterations=0)


@pytest.mark.parametrize("seconds", [0, -1, math.nan])
def test_time_limit_that_is_not_positive_is_refused(seconds: float) -> None:
    with pytest.raises(ValueError, match=f"^a time limit must be positive, not {seconds}$"):
        MaxRuntime(seconds)


def test_negative_number_of_iterations_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^a number of iterations cannot be negative, not -1$"):
        MaxIterations(-1)
