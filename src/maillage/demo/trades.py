"""The trades of the demonstration territory, as `data/trades.toml` describes them."""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import combinations
from typing import Any

MONTHS = 12
DOMAIN = 3  # characters of a ROME code that name its professional domain

type Year = tuple[int, ...]  # twelve months, in percent


@dataclass(frozen=True, slots=True)
class Setting:
    """Where firms of a kind stand around the town hall, and how much large towns draw them."""

    nearest_metres: float
    farthest_metres: float
    draw_of_towns: float  # exponent of the population: 0 when a village counts as much as a town


SETTINGS: Mapping[str, Setting] = {
    "street": Setting(100, 700, draw_of_towns=0.85),
    "outskirts": Setting(300, 2000, draw_of_towns=0.75),
    "fields": Setting(800, 3000, draw_of_towns=0.3),
}


@dataclass(frozen=True, slots=True)
class Help:
    """An occupation wanted in the season; `hours` bound what a firm asks a week at the peak."""

    occupation: str
    hours: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Support:
    """Small steady help; `hours` bound an ordinary week, `year` tells the months apart."""

    role: str
    occupation: str
    hours: tuple[float, float]
    year: Year


@dataclass(frozen=True, slots=True)
class Trade:
    """A trade: its firms, its season and the help it may ask for."""

    name: str
    activity: str
    ape: str
    firms: int  # of this trade in the territory
    staff: tuple[int, int]
    season: Year
    closes_in_august: bool
    setting: Setting
    where: str
    help: tuple[Help, ...]
    support: tuple[Support, ...]
    names: tuple[str, ...]


@cache
def _file() -> dict[str, Any]:
    return tomllib.loads((files("maillage.demo") / "data" / "trades.toml").read_text("utf-8"))


@cache
def read_trades() -> tuple[Trade, ...]:
    """Return the trades in the order of the file; a mistake in the file raises."""
    roles = {
        entry["role"]: Support(
            entry["role"], entry["occupation"], _bounds(entry["hours"]), _year(entry["year"])
        )
        for entry in _file()["support"]
    }
    return tuple(_trade(entry, roles) for entry in _file()["trade"])


def occupation_label(code: str) -> str:
    """Return how the register of occupations calls a code used here."""
    return str(_file()["occupations"][code])


def related_pairs(occupations: Iterable[str]) -> frozenset[tuple[str, str]]:
    """Return the pairs among these ROME codes that one person can hold, each pair sorted.

    Those that ROME calls near, and those of one professional domain (same first three characters).
    """
    near = {tuple(sorted(pair)) for pair in _file()["near"]}
    return frozenset(
        (a, b)
        for a, b in combinations(sorted(set(occupations)), 2)
        if (a, b) in near or a[:DOMAIN] == b[:DOMAIN]
    )


def _trade(entry: Mapping[str, Any], roles: Mapping[str, Support]) -> Trade:
    fewest, most = entry["staff"]
    return Trade(
        name=entry["trade"],
        activity=entry["activity"],
        ape=entry["ape"],
        firms=entry["firms"],
        staff=(fewest, most),
        season=_year(entry["season"]),
        closes_in_august=entry.get("closes_in_august", False),
        setting=SETTINGS[entry["setting"]],
        where=entry.get("where", ""),
        help=tuple(Help(help_["occupation"], _bounds(help_["hours"])) for help_ in entry["help"]),
        support=tuple(roles[role] for role in entry["support"]),
        names=tuple(entry["names"]),
    )


def _bounds(hours: Sequence[float]) -> tuple[float, float]:
    low, high = hours
    return low, high


def _year(percents: Sequence[int]) -> Year:
    if len(percents) != MONTHS:
        raise ValueError(f"A year has 12 months, not {len(percents)}.")
    return tuple(percents)
