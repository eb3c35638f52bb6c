"""Small pictures drawn by the server: bars that are a table, points on a schematic map."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from math import cos, radians

from django.conf import settings
from django.forms.boundfield import BoundField

from maillage.web.ui.formats import number
from maillage.web.ui.parts import Bar, MapPoint, Town

MAP_WIDTH = 460
MAP_HEIGHT = 400
MAP_MARGIN = 34
# A name on the map: how wide one letter and how high one line are on a phone, in its units.
LETTER = 8.5
LINE = 19
# Above its place, else below it.
NAME_OFFSETS = (-9, 21)
# Half a degree on each side when all points stand at one place.
LEAST_SPAN = 0.02


@dataclass(frozen=True, slots=True)
class Drawn:
    """A point or a name on the picture, in its own units, written as SVG wants them."""

    x: str
    y: str
    label: str
    kind: str


@dataclass(frozen=True, slots=True)
class Name:
    """A name written on the picture, centred on x, its foot on y."""

    x: str
    y: str
    label: str


class Projection:
    """Degrees to the units of the picture, keeping shapes as they are on the ground."""

    def __init__(self, places: Iterable[tuple[float, float]]) -> None:
        known = list(places) or [(47.0, 2.0)]
        latitudes = [latitude for latitude, _longitude in known]
        longitudes = [longitude for _latitude, longitude in known]
        self.squeeze = cos(radians(sum(latitudes) / len(latitudes)))
        self.middle = (
            (min(latitudes) + max(latitudes)) / 2,
            (min(longitudes) + max(longitudes)) / 2,
        )
        width = max((max(longitudes) - min(longitudes)) * self.squeeze, LEAST_SPAN)
        height = max(max(latitudes) - min(latitudes), LEAST_SPAN)
        self.scale = min(
            (MAP_WIDTH - 2 * MAP_MARGIN) / width, (MAP_HEIGHT - 2 * MAP_MARGIN) / height
        )

    def place(self, latitude: float, longitude: float) -> tuple[str, str]:
        """Return where a place stands on the picture, from its top left corner."""
        x = MAP_WIDTH / 2 + (longitude - self.middle[1]) * self.squeeze * self.scale
        y = MAP_HEIGHT / 2 - (latitude - self.middle[0]) * self.scale
        return f"{x:.1f}", f"{y:.1f}"


def point_map(
    points: Iterable[MapPoint], title: str, towns: Iterable[Town] = ()
) -> dict[str, object]:
    """Return a schematic map; the page gives the same places in a list or a table beside it."""
    firms, known = tuple(points), tuple(towns)
    projection = Projection(
        [(point.latitude, point.longitude) for point in firms]
        + [(town.latitude, town.longitude) for town in known]
    )
    places = [
        Drawn(*projection.place(town.latitude, town.longitude), str(town.name), "town")
        for town in known
    ]
    return {
        "title": title,
        "width": MAP_WIDTH,
        "height": MAP_HEIGHT,
        "points": [
            Drawn(*projection.place(point.latitude, point.longitude), str(point.label), point.kind)
            for point in firms
        ],
        "towns": places,
        "names": names_of(places),
    }


def names_of(towns: Iterable[Drawn]) -> list[Name]:
    """Return the names that fit on the picture, the first ones first, none over another."""
    written: list[Name] = []
    taken: list[tuple[float, float, float]] = []  # the middle, the foot, half the width
    for town in towns:
        half = len(town.label) * LETTER / 2
        x = min(max(float(town.x), half), MAP_WIDTH - half)
        for offset in NAME_OFFSETS:
            y = float(town.y) + offset
            inside = LINE <= y <= MAP_HEIGHT - LINE / 4
            if inside and not any(
                abs(y - foot) < LINE and abs(x - middle) < half + width
                for middle, foot, width in taken
            ):
                taken.append((x, y, half))
                written.append(Name(f"{x:.1f}", f"{y:.1f}", town.label))
                break
    return written


def bars(items: Iterable[Bar], title: str, unit: str = "") -> dict[str, object]:
    """Return a table whose rows carry a bar, so that the picture and its table are one."""
    rows = tuple(items)
    longest = max((row.value for row in rows), default=0) or 1
    return {
        "title": title,
        "rows": [
            (row.label, f"{100 * row.value / longest:.1f}%", row.text or number(row.value, unit))
            for row in rows
        ],
    }


def map_assets() -> dict[str, object]:
    """Return the styles and scripts of real maps, for the head of the page that has one."""
    return {}


def map_picker(latitude: BoundField, longitude: BoundField) -> dict[str, object]:
    """Return two fields of coordinates and a map on which they can be moved."""
    return {"latitude": latitude, "longitude": longitude, "tiles": settings.TILES}


def place_map(points: Iterable[MapPoint], title: str) -> dict[str, object]:
    """Return a real map with its points; needs `map_assets` in the head of the page."""
    places = [
        {"latitude": point.latitude, "longitude": point.longitude, "label": str(point.label)}
        for point in points
    ]
    return {"title": title, "tiles": settings.TILES, "places": json.dumps(places)}
