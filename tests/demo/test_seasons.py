"""The year of a firm, and the hours it states from it."""

from dataclasses import replace
from random import Random

import pytest

from maillage.demo.seasons import (
    Season,
    _as_people_say,
    season_of,
    seasonal_half_hours,
    steady_half_hours,
)
from maillage.demo.trades import Help, Support, read_trades

TRADES = {trade.name: trade for trade in read_trades()}
EVEN = Season((100.0,) * 12, august_open=1)
HELP = Help("D1106", (8, 28))
SECRETARY = Support("secretary", "M1607", (4, 14), (100,) * 12)


@pytest.mark.parametrize(
    ("trade", "months"),
    [
        ("wine", {9, 10}),
        ("chocolate", {11, 12}),
        ("nursery", {3, 4, 5}),
        ("campsite", {7, 8}),
        ("heating", {9, 10, 11, 12, 1}),
        ("market_garden", {4, 5, 6}),
        ("farm_machines", {6, 7, 8}),
    ],
)
def test_trade_is_busiest_in_its_season(trade: str, months: set[int]) -> None:
    for seed in range(30):
        season = season_of(TRADES[trade], Random(seed))
        assert season.months.index(max(season.months)) + 1 in months


def test_firms_of_one_trade_do_not_live_the_same_year() -> None:
    years = {season_of(TRADES["bakery"], Random(seed)).months for seed in range(10)}
    assert len(years) == 10


def test_no_year_is_quite_even() -> None:
    even = replace(TRADES["bakery"], season=(100,) * 12)
    months = season_of(even, Random(1)).months
    assert len(set(months)) == 12
    assert min(months) > 80


def test_late_firm_follows_its_trade_and_an_early_one_goes_before() -> None:
    needle = replace(TRADES["bakery"], season=(0,) * 5 + (100,) + (0,) * 6)
    seen = set()
    for seed in range(40):
        months = season_of(needle, Random(seed)).months
        busy = tuple(month for month, percent in enumerate(months, start=1) if percent)
        assert max(months) == pytest.approx(100)
        seen.add(busy)
    assert seen == {(5, 6), (6, 7)}


def test_even_year_has_no_contrast_and_a_single_busy_month_has_much() -> None:
    assert EVEN.contrast == 0
    assert Season((100.0,) + (0.0,) * 11, august_open=1).contrast == pytest.approx(11 / 12)


def test_peak_months_are_those_near_the_busiest() -> None:
    months = (10.0, 20, 79, 80, 100, 81, 30, 30, 30, 30, 30, 95)
    assert Season(months, august_open=1).peak_months == (4, 5, 6, 12)


def test_peak_months_are_five_at_most_the_busiest_ones() -> None:
    months = (90.0, 91, 92, 93, 94, 95, 96, 97, 98, 99, 100, 89)
    assert Season(months, august_open=1).peak_months == (7, 8, 9, 10, 11)


def test_firm_that_closes_in_august_has_no_peak_then() -> None:
    months = (10.0,) * 6 + (100.0, 100.0) + (10.0,) * 4
    assert Season(months, august_open=1).peak_months == (7, 8)
    assert Season(months, august_open=0.5).peak_months == (7,)


def test_peak_months_are_never_none_even_when_the_busiest_is_closed() -> None:
    months = (50.0,) * 7 + (100.0,) + (10.0,) * 4
    assert Season(months, august_open=0.3).peak_months == (3, 4, 5, 6, 7)


def test_some_garages_close_in_august_and_bakeries_do_not() -> None:
    garages = {season_of(TRADES["garage"], Random(seed)).august_open for seed in range(100)}
    bakeries = {season_of(TRADES["bakery"], Random(seed)).august_open for seed in range(100)}
    assert sorted(garages) == pytest.approx([1 - 21 / 31, 1 - 14 / 31, 1 - 7 / 31, 1])
    assert bakeries == {1}


def test_large_firm_asks_for_more_than_a_small_one() -> None:
    small = seasonal_half_hours(HELP, EVEN, 0.0, Random(1))
    large = seasonal_half_hours(HELP, EVEN, 1.0, Random(1))
    assert len(set(small)) == len(set(large)) == 1
    assert large[0] - small[0] == pytest.approx(20, abs=2)


@pytest.mark.parametrize("size", [0.0, 0.5, 1.0])
def test_hours_at_the_peak_stay_between_the_bounds_of_the_trade(size: float) -> None:
    for seed in range(50):
        assert 2 * 8 <= max(seasonal_half_hours(HELP, EVEN, size, Random(seed))) <= 2 * 28


def test_seasonal_help_follows_the_season() -> None:
    season = Season((0.0, 5, 50, 100, *(0.0,) * 8), august_open=1)
    half_hours = seasonal_half_hours(Help("A1414", (20, 20)), season, 0.5, Random(1))
    assert half_hours == (0, 0, 20, 40, *(0,) * 8)


def test_steady_help_does_not_follow_the_season_but_august_counts() -> None:
    season = Season((0.0,) * 11 + (100.0,), august_open=0.5)
    half_hours = steady_half_hours(replace(SECRETARY, hours=(7, 7)), season, 0.5, Random(1))
    assert half_hours == (14,) * 7 + (7,) + (14,) * 4


@pytest.mark.parametrize(
    ("exact", "said"),
    [(0, 0), (2.9, 0), (3, 3), (7.4, 7), (7.6, 8), (19.4, 19), (20.9, 20), (21.1, 22), (70, 70)],
)
def test_hours_are_rounded_as_people_say_them(exact: float, said: int) -> None:
    assert _as_people_say(exact) == said
