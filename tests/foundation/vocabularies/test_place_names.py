import pytest

from maillage.foundation.vocabularies.place_names import (
    full_key,
    loose_key,
    loose_keys,
    says_cedex,
)


@pytest.mark.parametrize(
    "written",
    [
        "La Chaussée-Saint-Victor",
        "LA CHAUSSEE ST VICTOR",
        "Chaussée-Saint-Victor (La)",
        "chaussee saint-victor",
        "La Chaussée-Saint-Victor CEDEX 3",
        " la  chaussée\N{NO-BREAK SPACE}saint victor ",
    ],
)
def test_one_commune_has_one_loose_key_however_written(written: str) -> None:
    assert loose_key(written) == "chausseesaintvictor"


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("Ste-Anne", "sainteanne"),
        ("St-Georges s/ Cher", "saintgeorgessurcher"),
        ("Montlouis/Loire", "montlouissurloire"),
        ("Mareuil ss/ Bois", "mareuilsousbois"),
        ("Poilly-lez-Gien", "poillylesgien"),
        ("L\N{RIGHT SINGLE QUOTATION MARK}Isle-Adam", "lisleadam"),
        ("Paris 12e Arrondissement", "paris12"),
        ("PARIS 12EME", "paris12"),
        ("Lyon 03", "lyon3"),
        ("Marseille 1er arr", "marseille1"),
        ("Le", "le"),
        ("", ""),
    ],
)
def test_abbreviations_are_spelt_out(written: str, key: str) -> None:
    assert full_key(written) == key


def test_words_in_brackets_count_only_in_the_full_key() -> None:
    assert loose_key("Château-Chinon (Ville)") == "chateauchinon"
    assert full_key("Château-Chinon (Ville)") == "chateauchinonville"
    assert full_key("Chaussée (La)") == "lachaussee"


def test_keys_of_many_names_are_those_of_each() -> None:
    names = ["Le Mans", "Œuilly", "Paris 1er Arrondissement", "Poilly-lez-Gien", "Bors (Canton)"]
    assert loose_keys(names) == [loose_key(name) for name in names]


@pytest.mark.parametrize(
    ("address", "cedex"), [("Blois Cedex", True), ("BLOIS CÉDEX 9", True), ("Cedexville", False)]
)
def test_cedex_is_recognised(address: str, cedex: bool) -> None:
    assert says_cedex(address) is cedex
