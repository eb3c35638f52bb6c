"""The kernel that shares a change of hours out over the year."""

import numpy as np
import pytest

from maillage.engines.pooling.kernels.fitting import least_change, misfit

LIMITS = np.array([42, 88, 64 * 12, 72 * 12, 5])  # per period, then over the year
YEAR = list(range(12))
LOWER, MORE = True, False
Change = tuple[int, list[int]]


def changed(
    sums: list[int], own: list[int], *, down: bool, limits: np.ndarray = LIMITS
) -> Change | None:
    """The amount, and the periods that change by it."""
    hours = np.array(own)
    rest = np.array(sums) - hours
    chosen = np.zeros(len(sums), np.bool_)
    amount, count = least_change(rest, rest.sum(), hours, hours.sum(), hours, down, limits, chosen)
    periods = np.nonzero(chosen)[0].tolist()
    assert len(periods) == count
    return (amount, periods) if amount else None


def test_hours_that_fit_are_neither_over_nor_short() -> None:
    half = np.full(12, 34)

    assert misfit(half, 34 * 12, half, 34 * 12, LIMITS) == (0, 0)


def test_hours_over_in_two_periods_are_added_up() -> None:
    sums = np.array([90, 91, *[60] * 10])

    assert misfit(sums, sums.sum(), np.zeros(12, int), 0, LIMITS) == (5, 0)


def test_hours_can_be_over_in_one_period_and_short_over_the_year() -> None:
    sums = np.array([90, *[50] * 11])

    assert misfit(sums, sums.sum(), np.zeros(12, int), 0, LIMITS) == (2, 768 - 640)


def test_peaks_come_down_by_the_highest_of_them() -> None:
    assert changed([90, 94, *[66] * 10], [40] * 12, down=LOWER) == (6, [0, 1])


def test_excess_over_the_year_comes_down_with_the_peak() -> None:
    # 2 in January, and 4 more over the year: 6 in January alone.
    assert changed([90, *[70] * 10, 80], [40] * 12, down=LOWER) == (6, [0])


def test_excess_over_the_year_goes_where_there_is_room() -> None:
    sums = [80, *[72] * 10, 70]  # 6 too many over the year

    assert changed(sums, [2] * 12, down=LOWER) == (2, [0, 1, 2])
    assert changed(sums, [0] * 11 + [6], down=LOWER) == (6, [11])
    assert changed(sums, [0] * 11 + [5], down=LOWER) is None


def test_peak_of_the_others_cannot_come_down() -> None:
    assert changed([90, *[66] * 11], [1] * 12, down=LOWER) is None


def test_hours_never_come_down_below_the_minimum_of_the_year() -> None:
    assert changed([89, 91, *[59] * 9, 63], [40] * 12, down=LOWER) == (3, [0, 1])
    assert changed([89, 91, *[59] * 9, 62], [40] * 12, down=LOWER) is None


def test_short_periods_get_what_the_shortest_lacks() -> None:
    assert changed([40, 38, *[70] * 10], [10] * 12, down=MORE) == (4, [0, 1])


def test_short_year_gets_the_same_all_year_round() -> None:
    assert changed([61] * 12, [10] * 12, down=MORE) == (3, YEAR)


def test_short_year_gets_a_little_more_than_it_lacks_to_be_the_same_all_year_round() -> None:
    assert changed([61, 61, 62, *[61] * 9], [10] * 12, down=MORE) == (3, YEAR)


def test_periods_that_are_full_get_nothing() -> None:
    sums = [88, *[61] * 10, 60]  # 10 short over the year

    assert changed(sums, [10] * 12, down=MORE) == (1, [1, 2, 3, 4, 5, 6, 7, 8, 9, 11])


@pytest.mark.parametrize(("most", "expected"), [(768, (1, [0])), (778, (1, [0])), (779, (1, YEAR))])
def test_year_that_is_nearly_full_gets_no_more_than_it_can_take(
    most: int, expected: Change
) -> None:
    limits = np.array([42, 88, 768, most, 5])

    assert changed([63, *[64] * 11], [10] * 12, down=MORE, limits=limits) == expected


def test_year_that_is_full_leaves_a_short_period_short() -> None:
    limits = np.array([42, 88, 768, 768, 5])

    assert changed([40, 88, *[64] * 10], [10] * 12, down=MORE, limits=limits) is None


def test_fewest_hours_win_over_fewest_periods() -> None:
    # 5 over the year in months that can give 3 at most: 3 in two months is 6, 1 in five is 5.
    assert changed([*[72] * 11, 77], [3] * 12, down=LOWER) == (1, [0, 1, 2, 3, 4])
