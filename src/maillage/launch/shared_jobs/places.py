"""Where a need is: from its coordinates, or from its commune."""

from dataclasses import dataclass
from typing import Final

from django.utils.formats import localize
from django.utils.translation import gettext as _

from maillage.foundation.files.tables import Row
from maillage.foundation.vocabularies.gazetteer import (
    Commune,
    communes_at,
    communes_named,
    find_commune,
    in_or_near_france,
    nearest_commune,
    suggest,
)
from maillage.launch.shared_jobs.cells import Value, number_of, postcode_of, text_of
from maillage.launch.shared_jobs.columns import NeedColumns

# Looking for resembling names takes some milliseconds: a file that is wrong everywhere must not
# take minutes to be refused.
MOST_SUGGESTIONS: Final = 200
HOMONYMS_SHOWN: Final = 5
CODE_LENGTH: Final = 5  # of official codes, whose leading zero spreadsheets drop
MAX_LATITUDE: Final = 90
MAX_LONGITUDE: Final = 180
# Collectivities whose communes the gazetteer does not place.
FAR_OVERSEAS: Final = ("97133", "97150", "975", "986", "987", "988")


@dataclass(frozen=True, slots=True)
class Place:
    """A point, in degrees, and the name people know it by ("" when none is near)."""

    latitude: float
    longitude: float
    name: str


class PlaceError(ValueError):
    """A place that cannot be used: the column and value to blame, and why in words."""

    def __init__(self, column: str, value: Value, reason: str) -> None:
        super().__init__(reason)
        self.column = column
        self.value = value


class PlaceReader:
    """Finds the places of the rows of a file, each commune once."""

    def __init__(self, columns: NeedColumns) -> None:
        self._latitude = columns.titles.get("lat", "")
        self._longitude = columns.titles.get("lon", "")
        self._commune = columns.titles.get("commune", "")
        self._postcode = columns.titles.get("postcode", "")
        self._insee = columns.titles.get("insee", "")
        self._known: dict[tuple[str, str, str], Place] = {}
        self._suggestions_left = MOST_SUGGESTIONS

    def read(self, row: Row) -> Place:
        """Return the place of a row: its coordinates, else its commune. Raises `PlaceError`."""
        self._refuse_faults(row, self._latitude, self._longitude)
        latitude = row.cells.get(self._latitude, "")
        longitude = row.cells.get(self._longitude, "")
        name = text_of(row.cells.get(self._commune, ""))
        postcode = postcode_of(row.cells.get(self._postcode, ""))
        insee = text_of(row.cells.get(self._insee, ""))
        if latitude != "" and longitude != "":
            return self._point(latitude, longitude, name)
        self._refuse_faults(row, self._commune, self._postcode, self._insee)
        if not (name or postcode or insee):
            blank = self._longitude if latitude != "" else self._latitude
            title = blank or self._commune or self._postcode or self._insee
            raise PlaceError(title, "", _("this cell is empty"))
        return self._commune_place(name, postcode, insee)

    @staticmethod
    def _refuse_faults(row: Row, *titles: str) -> None:
        for title in titles:
            if title and title in row.faults:
                raise PlaceError(title, row.cells[title], row.faults[title])

    def _point(self, latitude: Value, longitude: Value, name: str) -> Place:
        north = self._degrees(self._latitude, latitude, MAX_LATITUDE)
        east = self._degrees(self._longitude, longitude, MAX_LONGITUDE)
        commune = nearest_commune(north, east)
        if commune is None and not in_or_near_france(north, east):
            if abs(east) <= MAX_LATITUDE and in_or_near_france(east, north):
                raise PlaceError(
                    self._latitude,
                    latitude,
                    _(
                        "latitude and longitude are exchanged: %(north)s is the latitude and "
                        "%(east)s the longitude"
                    )
                    % {"north": text_of(longitude), "east": text_of(latitude)},
                )
            raise PlaceError(
                self._latitude,
                f"{text_of(latitude)} {text_of(longitude)}",
                _(
                    "this place is neither in France nor within 50 km of it, where networks are "
                    "for now"
                ),
            )
        return Place(north, east, name or (commune.name if commune else ""))

    @staticmethod
    def _degrees(title: str, value: Value, limit: int) -> float:
        text = value.removesuffix("°") if isinstance(value, str) else value
        degrees = number_of(text)
        if degrees is None or abs(degrees) > limit:
            raise PlaceError(
                title,
                value,
                _("this is not a number of degrees: write for example %(example)s")
                % {"example": localize(47.5884 if limit == MAX_LATITUDE else 1.3353)},
            )
        return degrees

    def _commune_place(self, name: str, postcode: str, insee: str) -> Place:
        key = (name, postcode, insee)
        if key not in self._known:
            code = insee.zfill(CODE_LENGTH) if insee else ""
            commune = find_commune(name=name, postcode=postcode, insee=code)
            if commune is None:
                raise self._unknown(name, postcode, insee)
            self._known[key] = Place(commune.latitude, commune.longitude, commune.name)
        return self._known[key]

    def _unknown(self, name: str, postcode: str, insee: str) -> PlaceError:
        """Return why a commune was not found, with those that may be meant."""
        if insee:
            return PlaceError(self._insee, insee, _("no commune has this official code"))
        if postcode.startswith(FAR_OVERSEAS):
            return PlaceError(
                self._postcode,
                postcode,
                _("the communes of this collectivity are not placed here: add columns lat and lon"),
            )
        column, value = (self._commune, name) if name else (self._postcode, postcode)
        homonyms = communes_named(name) if not postcode else ()
        sharing = communes_at(postcode) if not name else ()
        if len(homonyms) > 1 or len(sharing) > 1:
            reason = (
                _("several communes have this name: add the postcode (%(communes)s)")
                if homonyms
                else _("several communes have this postcode: add the commune (%(communes)s)")
            )
            return PlaceError(column, value, reason % {"communes": _shown(homonyms or sharing)})
        return PlaceError(column, value, self._no_such_commune(name, postcode))

    def _no_such_commune(self, name: str, postcode: str) -> str:
        likely: tuple[Commune, ...] = ()
        if self._suggestions_left:
            self._suggestions_left -= 1
            likely = suggest(name, postcode)
        values = {"postcode": postcode, "communes": _shown(likely)}
        if likely and name and postcode:
            return _("no commune has this name at %(postcode)s: is it %(communes)s?") % values
        if likely:
            return _("no commune has this name: is it %(communes)s?") % values
        if name:
            return _("no commune has this name: check its spelling, or add lat and lon")
        return _("no commune has this postcode: check it, or add the commune")


def _shown(communes: tuple[Commune, ...]) -> str:
    shown = [
        f"{commune.name} ({commune.postcodes[0]})" if commune.postcodes else commune.name
        for commune in communes[:HOMONYMS_SHOWN]
    ]
    return ", ".join(shown) + (", …" if len(communes) > HOMONYMS_SHOWN else "")
