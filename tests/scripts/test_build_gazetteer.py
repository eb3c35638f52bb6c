import struct

import pytest

from scripts.build_gazetteer import Place, best_point, gather, main

SQUARE = [(1.0, 47.0), (1.2, 47.0), (1.2, 47.2), (1.0, 47.2), (1.0, 47.0)]


def point(longitude: float, latitude: float) -> str:
    return struct.pack("<BIdd", 1, 1, longitude, latitude).hex()


def multipolygon(*rings: list[tuple[float, float]]) -> str:
    polygons = b"".join(
        struct.pack("<BIII", 1, 3, 1, len(ring))
        + b"".join(struct.pack("<dd", *corner) for corner in ring)
        for ring in rings
    )
    return (struct.pack("<BII", 1, 6, len(rings)) + polygons).hex()


def test_town_hall_inside_its_commune_is_believed() -> None:
    assert best_point(point(1.15, 47.01), multipolygon(SQUARE)) == (1.15, 47.01)


@pytest.mark.parametrize("town_hall", [point(-1.15, 47.01), point(1.3, 47.1), "", "\\N"])
def test_misplaced_or_unknown_town_hall_gives_way_to_the_middle(town_hall: str) -> None:
    island = [(3.0, 47.0), (3.01, 47.0), (3.01, 47.01), (3.0, 47.0)]
    assert best_point(town_hall, multipolygon(island, SQUARE)) == pytest.approx((1.1, 47.1))


def test_town_hall_is_believed_when_the_boundary_is_unknown() -> None:
    assert best_point(point(1.15, 47.01), "") == (1.15, 47.01)
    assert best_point("", "\\N") is None


def commune(
    code: str, name: str, kind: str = "commune-actuelle", **more: object
) -> dict[str, object]:
    return {"code": code, "nom": name, "type": kind, **more}


def test_communes_districts_and_former_names_are_gathered() -> None:
    communes = [
        commune("75056", "Paris", codesPostaux=["75001", "75002"], population=2_000_000),
        commune(
            "75101", "Paris 1er", "arrondissement-municipal", commune="75056", population=15_000,
            codesPostaux=["75001"],
        ),
        commune("73150", "La Plagne", codesPostaux=["73210"], population=3_800),
        commune("73150", "Mâcot", "commune-deleguee", chefLieu="73150"),
        commune("73150", "La Plagne", "commune-deleguee", chefLieu="73150"),
        commune("73038", "Bellentre", "commune-deleguee", chefLieu="73150"),
        commune("15031", "Celles", codesPostaux=["73210"], population=217),
        commune("98818", "Nouméa", codesPostaux=["98800"], population=94_000),
    ]  # fmt: skip
    points = {
        ("COM", "75056"): (2.35, 48.85),
        ("ARM", "75101"): (2.34, 48.86),
        ("COMD", "73150"): (6.69, 45.52),
        ("COM", "73150"): (6.67, 45.55),
    }
    assert list(gather(communes, points)) == [
        Place("75056", "Paris", ["75001", "75002"], (2.35, 48.85), 2_000_000, ""),
        Place("75101", "Paris 1er", ["75001"], (2.34, 48.86), 15_000, "75056"),
        Place("73150", "La Plagne", ["73210"], (6.67, 45.55), 3_800, ""),
        Place("73150", "Mâcot", ["73210"], (6.69, 45.52), 0, "73150"),
        # Where the commune it is now a part of is; then, just restored, by its postcode.
        Place("73038", "Bellentre", ["73210"], (6.67, 45.55), 0, "73150"),
        Place("15031", "Celles", ["73210"], (6.67, 45.55), 217, ""),
    ]


def test_line_of_a_commune_is_rounded_to_ten_metres() -> None:
    blois = Place("41018", "Blois", ["41000"], (1.33526, 47.58841), 47_219, "")
    assert blois.line() == "41018\tBlois\t41000\t47.5884\t1.3353\t47219\t"


def test_other_archives_are_not_read_by_surprise(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("archives")
    archives = [folder / "codes.tgz", folder / "places.whl"]
    for archive in archives:
        archive.write_bytes(b"something else")
    with pytest.raises(SystemExit, match="These are not the archives"):
        main([str(archive) for archive in archives])
