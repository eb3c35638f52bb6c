"""Words that mean one thing are one word; those that say nothing are left out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maillage.launch.needs.matching_words import as_written, stem, words_of


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Boulanger", "boulangères"),
        ("vendeur", "Vendeuses"),
        ("Conducteur", "conductrice"),
        ("électricien", "ÉLECTRICIENNES"),
        ("Cuisinier", "cuisinière"),
        ("four", "fours"),
        ("comptable", "Comptables"),
    ],
)
def test_feminine_and_plural_are_one_word(one: str, other: str) -> None:
    assert stem(one) == stem(other)


def test_only_what_tells_something_is_kept() -> None:
    said = words_of("Nous recherchons une formation d’anglais", "35 heures, de nuit ; l’anglais")
    assert list(said.values()) == ["anglais", "nuit"]
    assert dict(words_of("Du personnel à temps partiel")) == {}


def test_words_are_shown_as_whoever_reads_wrote_them() -> None:
    mine = ("Boulangère de nuit", "Pains spéciaux")
    assert as_written(mine, [stem("pain"), stem("boulanger")]) == ["boulangère", "pains"]


@given(st.text())
def test_any_text_is_read(text: str) -> None:
    assert all(len(word) >= 3 for word in words_of(text))
