"""The communes of the territory, and where firms stand around them."""

import csv
from importlib.resources import files
from random import Random

import pytest

from maillage.demo.places import Town, _around, _town, draw_site, metres_apart, read_towns
from maillage.demo.trades import SETTINGS, Trade, read_trades
from maillage.foundation.vocabularies.gazetteer import find_commune

BLOIS = next(town for town in read_towns() if town.name == "Blois")


def trade_called(name: str) -> Trade:
    return next(trade for trade in read_trades() if trade.name == name)


def test_communes_are_those_of_the_gazetteer() -> None:
    lines = (files("maillage.demo") / "data" / "communes.csv").read_text("utf-8").splitlines()
    rows = list(csv.DictReader(lines))
    assert len(rows) == 90
    for row in rows:
        commune = find_commune(insee=row["insee"])
        assert commune is not None, row
        assert commune.department == "41"
        assert commune.name == row["commune"]
        assert row["postcode"] in commune.postcodes
        assert commune.population > 0


def test_unknown_commune_is_refused() -> None:
    with pytest.raises(LookupError, match="no commune 41999"):
        _town("41999", "41000", "")


def test_suits_are_the_three_words_that_trades_use() -> None:
    said = {suit for town in read_towns() for suit in town.suits}
    assert said == {trade.where for trade in read_trades() if trade.where}
    assert said == {"vines", "gardens", "visitors"}


@pytest.mark.parametrize("name", SETTINGS)
def test_firm_stands_some_way_from_the_town_hall(name: str) -> None:
    setting = SETTINGS[name]
    random = Random(1)
    for _ in range(200):
        metres = metres_apart(_around(BLOIS, setting, random), BLOIS)
        # Coordinates are rounded to a metre or so.
        assert setting.nearest_metres - 2 <= metres <= setting.farthest_metres + 2


def test_wine_growers_live_where_vines_do() -> None:
    random = Random(1)
    towns = {draw_site(trade_called("wine"), random).town for _ in range(300)}
    assert all("vines" in town.suits for town in towns)
    assert len(towns) > 20


def test_shops_gather_in_towns_and_farms_do_not() -> None:
    def share_in_blois(name: str) -> float:
        random = Random(1)
        drawn = [draw_site(trade_called(name), random).town for _ in range(2000)]
        return drawn.count(BLOIS) / len(drawn)

    assert share_in_blois("bakery") > 0.10
    assert share_in_blois("landscaper") < 0.06


def test_distance_between_blois_and_vendome_is_thirty_kilometres() -> None:
    vendome = next(town for town in read_towns() if town.name == "Vendôme")
    assert metres_apart(BLOIS, vendome) == pytest.approx(30_500, rel=0.01)
    assert metres_apart(BLOIS, BLOIS) == 0


def test_town_knows_its_postcode_among_several() -> None:
    towns: dict[str, Town] = {town.name: town for town in read_towns()}
    assert towns["Le Controis-en-Sologne"].postcode == "41700"
