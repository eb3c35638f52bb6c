"""Where the firms of the demonstration territory stand: real communes of the Loir-et-Cher."""

import csv
import math
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from random import Random
from typing import Protocol

from maillage.demo.trades import Setting, Trade
from maillage.foundation.vocabularies.gazetteer import find_commune

METRES_PER_DEGREE = 111_195  # of latitude


@dataclass(frozen=True, slots=True)
class Town:
    """A commune; `suits` names what grows or comes there: vines, gardens, visitors."""

    insee: str
    name: str
    postcode: str
    latitude: float
    longitude: float
    population: int
    suits: frozenset[str]


@dataclass(frozen=True, slots=True)
class Site:
    """The place of a firm."""

    town: Town
    latitude: float
    longitude: float


@cache
def read_towns() -> tuple[Town, ...]:
    """Return the communes of `data/communes.csv`, placed by the gazetteer."""
    text = (files("maillage.demo") / "data" / "communes.csv").read_text("utf-8")
    return tuple(
        _town(row["insee"], row["postcode"], row["suits"])
        for row in csv.DictReader(text.splitlines())
    )


def _town(insee: str, postcode: str, suits: str) -> Town:
    commune = find_commune(insee=insee)
    if commune is None:
        raise LookupError(f"The gazetteer knows no commune {insee}.")
    return Town(
        insee=insee,
        name=commune.name,
        postcode=postcode,
        latitude=commune.latitude,
        longitude=commune.longitude,
        population=commune.population,
        suits=frozenset(suits.split()),
    )


def draw_site(trade: Trade, random: Random) -> Site:
    """Draw a place for a firm of a trade, where the trade is found and not in a heap."""
    towns = [town for town in read_towns() if not trade.where or trade.where in town.suits]
    pull = [town.population**trade.setting.draw_of_towns for town in towns]
    town = random.choices(towns, weights=pull)[0]
    return _around(town, trade.setting, random)


def _around(town: Town, setting: Setting, random: Random) -> Site:
    metres = random.uniform(setting.nearest_metres, setting.farthest_metres)
    angle = random.uniform(0, 2 * math.pi)
    north = metres * math.sin(angle) / METRES_PER_DEGREE
    east = metres * math.cos(angle) / METRES_PER_DEGREE / math.cos(math.radians(town.latitude))
    return Site(town, round(town.latitude + north, 5), round(town.longitude + east, 5))


class Located(Protocol):
    """Anything that has coordinates, in degrees."""

    @property
    def latitude(self) -> float:
        """Degrees north."""

    @property
    def longitude(self) -> float:
        """Degrees east."""


def metres_apart(first: Located, second: Located) -> float:
    """Return the distance between two places of the territory, in metres."""
    # On one département the Earth is flat to a few metres.
    north = second.latitude - first.latitude
    east = (second.longitude - first.longitude) * math.cos(math.radians(first.latitude))
    return METRES_PER_DEGREE * math.hypot(north, east)
