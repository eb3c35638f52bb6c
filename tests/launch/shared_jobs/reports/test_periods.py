import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from maillage.launch.shared_jobs.reports.periods import (
    MONTHS,
    WEEKS,
    monthly,
    period_name,
    runs,
    season,
    when,
)

WEEK_HOURS = st.lists(st.integers(0, 160), min_size=WEEKS, max_size=WEEKS)


@pytest.mark.parametrize(
    ("months", "english", "french"),
    [
        ([7], "in August", "en août"),
        ([6, 7], "in July and in August", "en juillet et en août"),
        ([5, 6, 7], "from June to August", "entre juin et août"),
        ([0, 11, 10], "from November to January", "entre novembre et janvier"),
        ([3, 7], "in April and in August", "en avril et en août"),
        (
            [0, 1, 7],
            "in January, in February, and in August",
            "en janvier, en février et en août",
        ),
        (
            [0, 1, 2, 3, 8, 9, 10],
            "from January to April and from September to November",
            "entre janvier et avril et entre septembre et novembre",
        ),
        (list(range(12)), "all year round", "toute l’année"),
    ],
)
def test_months_answer_the_question_when(months: list[int], english: str, french: str) -> None:
    assert when(MONTHS, months) == english
    with translation.override("fr"):
        assert when(MONTHS, months) == french


def test_week_is_said_with_its_month() -> None:
    assert period_name(0, WEEKS) == "week 1 (January)"
    assert period_name(51, WEEKS) == "week 52 (December)"
    with translation.override("fr"):
        assert when(WEEKS, [31]) == "en semaine 32 (août)"


@given(st.sets(st.integers(0, 11), min_size=1))
def test_runs_hold_each_period_once(wanted: set[int]) -> None:
    found = runs(sorted(wanted), MONTHS)
    assert sorted(period for run in found for period in run) == sorted(wanted)


@pytest.mark.parametrize(
    ("half_hours", "said"),
    [
        ([20] * 12, "all year round"),
        ([20] * 7 + [0] + [20] * 4, "all year round, except in August"),
        ([0] * 5 + [10, 20, 20, 10] + [0] * 3, "June to September"),
        ([20, 0, 0, 20, 20, 0, 0, 0, 0, 0, 0, 20], "December to January, April to May"),
        ([0] * 11 + [70], "December"),
        ([9, 0, 9, 0, 9, 0, 9, 0, 9, 0, 9, 0], "6 months of the year"),
    ],
)
def test_season_names_the_months_that_matter(half_hours: list[int], said: str) -> None:
    assert season(half_hours) == said


def test_steady_weeks_are_steady_months() -> None:
    assert monthly([14] * WEEKS) == [14.0] * MONTHS


def test_one_busy_week_counts_for_its_days_in_each_month() -> None:
    # The fifth week goes from 29 January to 4 February.
    found = monthly([31 * 28 if week == 4 else 0 for week in range(WEEKS)])
    assert found == [3 * 28, 4 * 31, *[0] * 10]


@given(WEEK_HOURS)
def test_months_keep_the_hours_of_the_weeks(half_hours: list[int]) -> None:
    days = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
    by_month = sum(value * length for value, length in zip(monthly(half_hours), days, strict=True))
    # The last week has the eighth day that makes 365.
    assert by_month == pytest.approx(7 * sum(half_hours) + half_hours[-1])


@given(WEEK_HOURS)
def test_month_stays_within_its_weeks(half_hours: list[int]) -> None:
    for value in monthly(half_hours):
        assert min(half_hours) - 1e-9 <= value <= max(half_hours) + 1e-9
