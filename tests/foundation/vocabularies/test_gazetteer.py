import gzip
from importlib.resources import files

import pytest

from maillage.foundation.vocabularies.gazetteer import (
    Commune,
    _gazetteer,
    communes_at,
    communes_named,
    find_commune,
    in_or_near_france,
    nearest_commune,
    suggest,
)
from maillage.foundation.vocabularies.place_names import loose_key, loose_keys


def code(**address: str) -> str | None:
    commune = find_commune(**address)
    return commune.insee if commune else None


def labels(communes: tuple[Commune, ...]) -> list[str]:
    return [f"{commune.name} {commune.postcodes[0]}" for commune in communes]


def test_commune_is_known_with_its_place_and_its_people() -> None:
    blois = find_commune(name="Blois", postcode="41000")
    assert blois == Commune("41018", "Blois", ("41000",), 47.5884, 1.3353, 47219, "")
    assert blois.department == "41"


@pytest.mark.parametrize(
    ("address", "insee"),
    [
        ({"name": "BLOIS"}, "41018"),
        ({"name": "chaussee st victor", "postcode": "41260"}, "41047"),
        ({"name": "Chaussée-Saint-Victor (La)"}, "41047"),
        ({"name": "Blois Cedex 9", "postcode": "41018"}, "41018"),
        ({"name": "Blois", "postcode": "41913"}, "41018"),  # a postcode of its own
        ({"name": "L\N{RIGHT SINGLE QUOTATION MARK}Isle-Adam"}, "95313"),
        ({"name": "Ajaccio", "postcode": "20090"}, "2A004"),
        ({"name": "Ajaccio Cedex", "postcode": "20176"}, "2A004"),
        ({"name": "Saint-Denis", "postcode": "97400"}, "97411"),
        ({"insee": "2a004"}, "2A004"),
        ({"postcode": "41700", "name": "Cour-Cheverny"}, "41067"),
        ({"postcode": "95310"}, "95572"),  # one commune has it
        # A former commune, and one that gave its code to the present one.
        ({"name": "Mâcot-la-Plagne", "postcode": "73210"}, "73150"),
        ({"insee": "73150"}, "73150"),
    ],
)
def test_address_is_found_however_written(address: dict[str, str], insee: str) -> None:
    assert code(**address) == insee


@pytest.mark.parametrize(
    "address",
    [
        {"name": "Saint-Aubin"},  # several
        {"postcode": "41100"},  # several
        {"name": "Blois", "postcode": "41100"},  # the postcode of others
        {"name": "Blosi"},
        {"insee": "99999"},
        {"name": "Château-Chinon", "postcode": "58120"},  # the town or the country around it
        {},
    ],
)
def test_address_of_none_or_of_several_is_not_guessed(address: dict[str, str]) -> None:
    assert find_commune(**address) is None


def test_present_code_means_the_present_commune() -> None:
    commune = find_commune(insee="73150")
    assert commune is not None
    assert (commune.name, commune.part_of) == ("La Plagne Tarentaise", "")


@pytest.mark.parametrize(
    ("address", "insee"),
    [
        ({"name": "Paris", "postcode": "75012"}, "75112"),
        ({"name": "Paris", "postcode": "75116"}, "75116"),
        ({"name": "Paris 12ème"}, "75112"),
        ({"name": "Lyon 3e arrondissement", "postcode": "69003"}, "69383"),
        ({"postcode": "13001"}, "13201"),
        ({"name": "Paris"}, "75056"),
        ({"name": "Paris Cedex 12", "postcode": "75571"}, "75056"),
    ],
)
def test_large_town_is_found_by_district(address: dict[str, str], insee: str) -> None:
    assert code(**address) == insee


def test_homonyms_are_all_named_unless_spelling_tells_them_apart() -> None:
    assert {commune.name for commune in communes_named("Château-Chinon")} == {
        "Château-Chinon (Ville)",
        "Château-Chinon (Campagne)",
    }
    assert {commune.name for commune in communes_named("Les Angles")} == {"Les Angles"}
    assert {commune.name for commune in communes_named("Angles")} == {"Angles"}
    assert {commune.name for commune in communes_named("ANGLES")} == {"Angles", "Anglès"}
    assert {commune.name for commune in communes_named("St-Aubin")} == {"Saint-Aubin"}


def test_communes_of_a_postcode_come_largest_first() -> None:
    assert labels(communes_at("41350")) == [
        "Vineuil 41350",
        "Saint-Gervais-la-Forêt 41350",
        "Huisseau-sur-Cosson 41350",
        "Saint-Claude-de-Diray 41350",
        "Montlivault 41350",
    ]


@pytest.mark.parametrize(
    ("name", "postcode", "first"),
    [
        ("Vandome", "41100", "Vendôme 41100"),
        ("Vandome", "", "Vendôme 41100"),
        ("Romorantin", "41200", "Romorantin-Lanthenay 41200"),
        ("Blois", "41100", "Blois 41000"),
        ("Tour", "", "La Tour 06420"),
        ("?", "41100", "Vendôme 41100"),
    ],
)
def test_mistake_suggests_what_was_meant(name: str, postcode: str, first: str) -> None:
    assert labels(suggest(name, postcode))[0] == first


def test_nothing_is_suggested_for_nothing() -> None:
    assert suggest("Xqzw") == ()
    assert suggest("", "99999") == ()


@pytest.mark.parametrize(
    ("latitude", "longitude", "name"),
    [
        (47.5884, 1.3353, "Blois"),
        (47.60, 1.37, "La Chaussée-Saint-Victor"),
        (46.2044, 6.1432, "Gaillard"),  # Geneva
        (47.5, -4.6, "Penmarch"),  # at sea
        (-21.1, 55.5, "Cilaos"),
    ],
)
def test_nearest_commune_is_found(latitude: float, longitude: float, name: str) -> None:
    commune = nearest_commune(latitude, longitude)
    assert commune is not None
    assert commune.name == name


@pytest.mark.parametrize(
    ("latitude", "longitude", "near"),
    [
        (48.8566, 2.3522, True),  # Paris
        (46.2044, 6.1432, True),  # Geneva, across the border
        (50.8466, 4.3528, False),  # Brussels
        (51.5074, -0.1278, False),  # London
        (40.4168, -3.7038, False),  # Madrid
        (3.6, -53.2, True),  # Saül, deep in French Guiana
        (-22.2735, 166.4481, True),  # Nouméa
        (18.0708, -63.0501, True),  # Saint-Martin
        (2.3522, 48.8566, False),  # Paris, exchanged
        (0, 0, False),
        (90, 0, False),
        (-90, 180, False),
    ],
)
def test_france_goes_fifty_kilometres_beyond_itself(
    latitude: float, longitude: float, near: bool
) -> None:
    assert in_or_near_france(latitude, longitude) is near


def test_each_present_commune_is_found_by_each_of_its_postcodes() -> None:
    lost = [
        (commune.name, postcode)
        for commune in _gazetteer().communes
        if not commune.part_of
        for postcode in commune.postcodes
        if (found := find_commune(name=commune.name, postcode=postcode)) is None
        or commune.insee not in {found.insee, found.part_of}
    ]
    assert lost == []


def test_quick_keys_of_official_names_are_the_careful_ones() -> None:
    names = [commune.name for commune in _gazetteer().communes]
    assert loose_keys(names) == [loose_key(name) for name in names]


def test_gazetteer_is_small_and_says_where_it_comes_from() -> None:
    data = files("maillage.foundation.vocabularies") / "data"
    packed = (data / "communes.tsv.gz").read_bytes()
    assert len(packed) < 1_500_000
    assert gzip.decompress(packed).count(b"\n") == 37_421
    sources = (data / "communes.md").read_text("utf-8")
    for owner in ("INSEE", "La Poste", "IGN", "Licence Ouverte"):
        assert owner in sources


def test_former_commune_is_found_by_its_postcode_though_a_namesake_stands_elsewhere() -> None:
    found = find_commune(name="Contres", postcode="41700")
    assert found is not None
    assert (found.name, found.department) == ("Contres", "41")
