"""The communes of France: where each one is, by name, postcode or official (INSEE) code.

Mainland France, Corsica and the five overseas departments; the collectivities further overseas are
only known as areas. Sources and licences: ``data/communes.md``; built by
``scripts/build_gazetteer.py``. Loaded once, at the first question.
"""

import gzip
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from functools import cache, cached_property, lru_cache
from importlib.resources import files
from math import cos, radians
from typing import Final, NamedTuple

from maillage.foundation.vocabularies.place_names import (
    full_key,
    loose_key,
    loose_keys,
    says_cedex,
)

METRES_PER_DEGREE: Final = 111_195  # of latitude
CELLS_PER_DEGREE: Final = 20  # of the grid that finds the nearest commune
SHORTEST_NAME: Final = 3  # letters without which no name is guessed
RESEMBLANCE: Final = 0.75
MOST_RESEMBLING: Final = 12
FARTHEST_LATITUDE: Final = 55  # no commune is within reach beyond
# A frontier worker lives within this distance of the nearest French commune.
MARGIN_METRES: Final = 50_000
TOWNS_WITH_DISTRICTS: Final = frozenset({"13055", "69123", "75056"})  # Marseille, Lyon, Paris
# Land where a commune may be far away, or has no coordinates here: south, west, north, east.
OVERSEAS: Final = (
    (2.0, -54.7, 5.9, -51.5),  # French Guiana
    (17.8, -63.2, 18.2, -62.7),  # Saint-Barthélemy, Saint-Martin
    (46.7, -56.5, 47.2, -56.0),  # Saint-Pierre-et-Miquelon
    (-14.4, -178.3, -13.1, -176.1),  # Wallis-et-Futuna
    (-28.0, -154.8, -7.8, -134.4),  # French Polynesia
    (-22.9, 163.5, -19.5, 168.2),  # New Caledonia
)


class Commune(NamedTuple):
    """A commune, a district of Paris, Lyon or Marseille, or a former commune within a present one.

    Coordinates are those of the town hall, in degrees; `part_of` is the code of the commune that a
    district or a former commune belongs to, empty for the others.
    """

    insee: str
    name: str
    postcodes: tuple[str, ...]
    latitude: float
    longitude: float
    population: int
    part_of: str

    @property
    def department(self) -> str:
        """Code of the department: two characters, three overseas."""
        return self.insee[:3] if self.insee.startswith("97") else self.insee[:2]


class _Gazetteer:
    """The communes, with the indexes that find them, each built at its first use."""

    def __init__(self, communes: Sequence[Commune]) -> None:
        # Present communes first: a former name never hides one.
        self.communes = sorted(communes, key=lambda commune: commune.part_of != "")

    @cached_property
    def by_code(self) -> dict[str, Commune]:
        # A former commune may have left its code to the present one, which then counts.
        return {commune.insee: commune for commune in reversed(self.communes)}

    @cached_property
    def by_name(self) -> dict[str, list[Commune]]:
        keys = loose_keys([commune.name for commune in self.communes])
        return _grouped(zip(keys, self.communes, strict=True))

    @cached_property
    def by_postcode(self) -> dict[str, list[Commune]]:
        return _grouped(
            (postcode, commune) for commune in self.communes for postcode in commune.postcodes
        )

    @cached_property
    def by_cell(self) -> dict[tuple[int, int], list[Commune]]:
        return _grouped(
            (_cell(commune.latitude, commune.longitude), commune)
            for commune in self.communes
            if not commune.part_of
        )

    @cached_property
    def by_department(self) -> dict[str, tuple[Commune, ...]]:
        present = (commune for commune in self.communes if not commune.part_of)
        groups = _grouped((commune.department, commune) for commune in present)
        return {
            department: tuple(sorted(found, key=lambda one: (-one.population, one.insee)))
            for department, found in groups.items()
        }

    @cached_property
    def names_by_area(self) -> dict[str, list[str]]:
        return _grouped(
            (area, key)
            for key, communes in self.by_name.items()
            for area in {_area(commune) for commune in communes}
        )


def _grouped[Key, Value](pairs: Iterable[tuple[Key, Value]]) -> dict[Key, list[Value]]:
    groups: dict[Key, list[Value]] = {}
    for key, value in pairs:
        groups.setdefault(key, []).append(value)
    return groups


def _cell(latitude: float, longitude: float) -> tuple[int, int]:
    return int(latitude * CELLS_PER_DEGREE // 1), int(longitude * CELLS_PER_DEGREE // 1)


@cache
def _gazetteer() -> _Gazetteer:
    packed = files("maillage.foundation.vocabularies") / "data" / "communes.tsv.gz"
    lines = gzip.decompress(packed.read_bytes()).decode("utf-8").splitlines()
    return _Gazetteer([_commune(*line.split("\t")) for line in lines])


def _commune(
    insee: str,
    name: str,
    postcodes: str,
    latitude: str,
    longitude: str,
    population: str,
    part_of: str,
) -> Commune:
    return Commune(
        insee,
        name,
        tuple(postcodes.split()),
        float(latitude),
        float(longitude),
        int(population),
        part_of,
    )


def find_commune(*, name: str = "", postcode: str = "", insee: str = "") -> Commune | None:
    """Return the one commune that an address means, or None when there is none or several.

    Accents, capitals, hyphens, "St" for "Saint", a missing article and CEDEX do not matter. Of a
    town with districts, the postcode gives the district. Names of former communes are known.
    """
    if insee:
        return _gazetteer().by_code.get(insee.upper())
    candidates = communes_at(postcode) if postcode and not name else communes_named(name)
    if name and postcode:
        there = [commune for commune in candidates if postcode in commune.postcodes]
        if not there:
            # A former commune that a namesake elsewhere hides: its postcode tells them apart.
            namesakes = _gazetteer().by_name.get(loose_key(name), [])
            there = [commune for commune in namesakes if postcode in commune.postcodes]
        if not there and (says_cedex(name) or not communes_at(postcode)):
            # A postcode of its own, for a firm or a CEDEX: it still tells the department.
            there = [commune for commune in candidates if _area(commune) == area_of(postcode)]
        candidates = tuple(there)
    chosen = _only(candidates)
    return _district(chosen, postcode) if chosen else None


def communes_named(name: str) -> tuple[Commune, ...]:
    """Return the communes of that name: present ones, or the former ones when there is none.

    Those that are spelt just so come alone when there are some, else those with the same article.
    """
    known = _gazetteer().by_name.get(loose_key(name), [])
    candidates = [commune for commune in known if not commune.part_of] or known
    key = full_key(name)
    just_so = [commune for commune in candidates if commune.name == name]
    same_article = [commune for commune in candidates if full_key(commune.name) == key]
    return tuple(just_so or same_article or candidates)


def communes_at(postcode: str) -> tuple[Commune, ...]:
    """Return the present communes that have a postcode, the most populous first."""
    there = _gazetteer().by_postcode.get(postcode, [])
    return tuple(
        sorted(
            (commune for commune in there if not commune.part_of),
            key=lambda commune: (-commune.population, commune.insee),
        )
    )


def communes_of(department: str) -> tuple[Commune, ...]:
    """Return the present communes of a department, the most populous first."""
    return _gazetteer().by_department.get(department, ())


def _only(candidates: Iterable[Commune]) -> Commune | None:
    """Return the commune that all candidates stand for, if they agree on one."""
    found = tuple(candidates)
    return found[0] if len({commune.insee for commune in found}) == 1 else None


def _district(commune: Commune, postcode: str) -> Commune:
    """Return the district of a large town that a postcode means, else the commune itself."""
    if commune.insee not in TOWNS_WITH_DISTRICTS:
        return commune
    there = _gazetteer().by_postcode.get(postcode, [])
    districts = [part for part in there if part.part_of == commune.insee]
    return districts[0] if len(districts) == 1 else commune


def area_of(postcode: str) -> str:
    """Return the department of a postcode, as its first characters tell it."""
    return postcode[:3] if postcode.startswith("97") else postcode[:2]


def _area(commune: Commune) -> str:
    # Corsica is 2A and 2B in official codes but 20 in postcodes.
    return "20" if commune.department in {"2A", "2B"} else commune.department


@lru_cache(maxsize=4096)
def suggest(name: str, postcode: str = "", limit: int = 3) -> tuple[Commune, ...]:
    """Return up to `limit` communes that a mistaken address may mean, the likeliest first.

    First those of the same name elsewhere, then the names that resemble it in the department of the
    postcode (in all France without one); the communes of the postcode when there is neither.
    """
    found = [*communes_named(name), *_resembling(name, postcode)] or communes_at(postcode)
    first_of_each_name: dict[str, Commune] = {}
    for commune in found:
        first_of_each_name.setdefault(commune.name, commune)
    return tuple(first_of_each_name.values())[:limit]


def _resembling(name: str, postcode: str) -> list[Commune]:
    """Return present communes whose name begins with a name, or nearly is it; large ones first."""
    key = loose_key(name)
    if len(key) < SHORTEST_NAME:
        return []
    gazetteer, area = _gazetteer(), area_of(postcode)
    names = gazetteer.names_by_area.get(area, []) if area else gazetteer.by_name
    alike = [known for known in names if known.startswith(key)]
    # Typing mistakes seldom touch the first letter: looking among the others would take too long.
    near = names if area else [known for known in names if known[0] == key[0]]
    alike += get_close_matches(key, near, n=MOST_RESEMBLING, cutoff=RESEMBLANCE)
    communes = {
        commune
        for known in alike
        for commune in gazetteer.by_name[known]
        if not commune.part_of and area in {"", _area(commune)}
    }
    return sorted(communes, key=lambda commune: (-commune.population, commune.insee))


def nearest_commune(
    latitude: float, longitude: float, within_metres: float = MARGIN_METRES
) -> Commune | None:
    """Return the present commune whose town hall is nearest, or None when all are too far."""
    if abs(latitude) > FARTHEST_LATITUDE:
        return None
    by_cell = _gazetteer().by_cell
    row, column = _cell(latitude, longitude)
    shrink = cos(radians(latitude))  # of a degree of longitude
    limit = within_metres / METRES_PER_DEGREE
    best, nearest = None, limit * limit  # squares, in degrees of latitude
    reach = 0
    # Rings of cells around the place, until the next one cannot hold a nearer town hall.
    while reach < 1 or ((reach - 1) * shrink / CELLS_PER_DEGREE) ** 2 < nearest:
        for cell in _ring(row, column, reach):
            for commune in by_cell.get(cell, ()):
                north = commune.latitude - latitude
                east = (commune.longitude - longitude) * shrink
                distance = north * north + east * east
                if distance <= nearest:
                    best, nearest = commune, distance
        reach += 1
    return best


def _ring(row: int, column: int, reach: int) -> Iterable[tuple[int, int]]:
    """Yield the cells at exactly `reach` steps from one."""
    for up in range(-reach, reach + 1):
        step = 1 if abs(up) == reach else 2 * reach
        for right in range(-reach, reach + 1, step or 1):
            yield row + up, column + right


def in_or_near_france(latitude: float, longitude: float) -> bool:
    """Tell whether a place is in France, overseas included, or within 50 km of its communes."""
    return nearest_commune(latitude, longitude) is not None or any(
        south <= latitude <= north and west <= longitude <= east
        for south, west, north, east in OVERSEAS
    )
