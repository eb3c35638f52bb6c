"""Names for firms that do not exist."""

import tomllib
import unicodedata
from collections.abc import Sequence
from importlib.resources import files
from random import Random

from maillage.demo.trades import Trade

ELIDED_DE = "d\N{RIGHT SINGLE QUOTATION MARK}"
VOWELS = frozenset("AEIOUYH")  # an H is silent in all the first names of the file


class FirmNamer:
    """Gives each firm a name of its own, and every part of the lists its turn."""

    def __init__(self, random: Random) -> None:
        parts = tomllib.loads((files("maillage.demo") / "data" / "names.toml").read_text("utf-8"))
        self._random = random
        self._surnames = _Deck(parts["surnames"], random)
        self._first_names = _Deck(parts["first_names"], random)
        self._places = _Deck(parts["places"], random)
        self._given: set[str] = set()

    def name(self, trade: Trade) -> str:
        """Return a name for a firm of a trade, never given before."""
        while True:
            name = self._random.choice(trade.names).format_map(_Parts(self))
            if name not in self._given:
                self._given.add(name)
                return name

    def draw(self, slot: str) -> str:
        """Return what fills a slot of a pattern: `nom`, `de_prenom` or `lieu`."""
        match slot:
            case "nom":
                return self._surnames.draw()
            case "de_prenom":
                return with_de(self._first_names.draw())
            case "lieu":
                return self._places.draw()
            case _:
                raise KeyError(slot)


class _Parts(dict[str, str]):
    """Draws from the decks only the slots that a pattern has."""

    def __init__(self, namer: FirmNamer) -> None:
        super().__init__()
        self._namer = namer

    def __missing__(self, slot: str) -> str:
        return self._namer.draw(slot)


class _Deck:
    """Cards drawn one after the other, shuffled again when none is left."""

    def __init__(self, cards: Sequence[str], random: Random) -> None:
        self._cards = cards
        self._random = random
        self._left: list[str] = []

    def draw(self) -> str:
        if not self._left:
            self._left = self._random.sample(self._cards, len(self._cards))
        return self._left.pop()


def with_de(name: str) -> str:
    """Put "de" before a first name, as French contracts it before a vowel."""
    initial = unicodedata.normalize("NFD", name)[0]
    return ELIDED_DE + name if initial in VOWELS else f"de {name}"
