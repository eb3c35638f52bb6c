"""Names of firms: French, varied, each given once."""

import re
from collections import Counter
from dataclasses import replace
from random import Random

import pytest

from maillage.demo.names import FirmNamer, with_de
from maillage.demo.trades import Trade, read_trades

BAKERY = next(trade for trade in read_trades() if trade.name == "bakery")


def names_of(trade: Trade, count: int, seed: int = 1) -> list[str]:
    namer = FirmNamer(Random(seed))
    return [namer.name(trade) for _ in range(count)]


def test_no_name_is_given_twice() -> None:
    names = names_of(replace(BAKERY, names=("Le Fournil {de_prenom}",)), 30)
    assert len(set(names)) == 30


def test_surnames_take_turns() -> None:
    families = Counter(names_of(replace(BAKERY, names=("{nom}",)), 100))
    assert max(families.values()) == 1


def test_all_patterns_of_a_trade_are_used() -> None:
    names = names_of(BAKERY, 60)
    for beginning in ("Boulangerie ", "Le Fournil du ", "Le Fournil de ", "Le Pain "):
        assert any(name.startswith(beginning) for name in names), beginning


def test_names_are_readable_french() -> None:
    for trade in read_trades():
        for name in names_of(trade, 12, seed=3):
            assert not re.search(r"[{}\d']|  ", name), name
            assert name[0].isupper(), name
            assert len(name) <= 45, name


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Léonie", "de Léonie"),
        ("Octave", "d\u2019Octave"),
        ("Élise", "d\u2019Élise"),
        ("Honoré", "d\u2019Honoré"),
        ("Zoé", "de Zoé"),
    ],
)
def test_de_is_contracted_before_a_vowel(name: str, expected: str) -> None:
    assert with_de(name) == expected


def test_unknown_slot_in_a_pattern_is_an_error() -> None:
    with pytest.raises(KeyError, match="ville"):
        names_of(replace(BAKERY, names=("Boulangerie {ville}",)), 1)
