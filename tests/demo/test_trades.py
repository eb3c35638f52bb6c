"""The description of the trades: complete, and true to the registers it quotes."""

import re
from string import Formatter

import pytest

from maillage.demo.places import read_towns
from maillage.demo.trades import (
    SETTINGS,
    Support,
    Trade,
    _file,
    _year,
    occupation_label,
    read_trades,
)

TRADES = read_trades()


@pytest.fixture(params=TRADES, ids=lambda trade: trade.name)
def trade(request: pytest.FixtureRequest) -> Trade:
    drawn = request.param
    assert isinstance(drawn, Trade)
    return drawn


def test_trades_count_460_firms() -> None:
    assert sum(trade.firms for trade in TRADES) == 460
    assert len({trade.name for trade in TRADES}) == len(TRADES)


def test_season_reaches_its_peak_and_no_more(trade: Trade) -> None:
    assert len(trade.season) == 12
    assert max(trade.season) == 100
    assert min(trade.season) >= 0


def test_help_and_support_are_possible_hours(trade: Trade) -> None:
    bounds = [help_.hours for help_ in trade.help] + [role.hours for role in trade.support]
    for low, high in bounds:
        assert 2 <= low < high <= 35


def test_occupations_of_one_trade_suffice_for_three_needs(trade: Trade) -> None:
    calm = {role.occupation for role in trade.support}
    assert len(calm) == len(trade.support) >= 3
    for wanted in trade.help:
        assert len(calm - {wanted.occupation}) >= 2


def test_staff_goes_from_few_to_more(trade: Trade) -> None:
    fewest, most = trade.staff
    assert 1 <= fewest < most <= 20


def test_activity_has_its_official_code(trade: Trade) -> None:
    assert re.fullmatch(r"\d\d\.\d\d[A-Z]", trade.ape)
    assert trade.activity


def test_trade_is_found_in_several_communes(trade: Trade) -> None:
    towns = [town for town in read_towns() if not trade.where or trade.where in town.suits]
    assert len(towns) >= 10


def test_names_of_firms_have_one_slot_each(trade: Trade) -> None:
    assert len(trade.names) >= 3
    for pattern in trade.names:
        slots = [slot for _, slot, _, _ in Formatter().parse(pattern) if slot is not None]
        assert len(slots) == 1
        assert slots[0] in {"nom", "de_prenom", "lieu"}


def test_every_occupation_is_named_and_every_name_is_used() -> None:
    wanted = {help_.occupation for trade in TRADES for help_ in trade.help}
    used = wanted | {role.occupation for trade in TRADES for role in trade.support}
    assert used == set(_file()["occupations"])
    assert all(re.fullmatch(r"[A-N]\d{4}", code) for code in used)
    assert occupation_label("D1102") == "Boulangerie - viennoiserie"


def test_every_support_and_every_setting_is_used() -> None:
    assert {role.role for trade in TRADES for role in trade.support} == {
        entry["role"] for entry in _file()["support"]
    }
    assert {trade.setting for trade in TRADES} == set(SETTINGS.values())


def role_called(name: str) -> Support:
    return next(role for trade in TRADES for role in trade.support if role.role == name)


def test_bookkeeping_swells_when_accounts_are_closed() -> None:
    year = role_called("bookkeeping").year
    assert min(year[:4]) > max(year[5:])


def test_year_of_eleven_months_is_refused() -> None:
    with pytest.raises(ValueError, match="12 months, not 11"):
        _year([100] * 11)
