"""One key for all the ways people write the name of a French commune."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from maillage.foundation.vocabularies.folding import plain

SPELT_OUT: Final = {
    "st": "saint",
    "ste": "sainte",
    "sts": "saints",
    "stes": "saintes",
    "lez": "les",
}
ARTICLES: Final = frozenset({"l", "la", "le", "les"})

_WORD = re.compile(r"[a-z0-9]+")
_ON = re.compile(r"(\bs)?/")
_UNDER = re.compile(r"\bss/")
_CEDEX = re.compile(r"\bcedex\b.*", re.DOTALL)
_BRACKETS = re.compile(r"\(([^)]*)\)")
_DISTRICT = re.compile(r"0*(\d{1,2})(?:er|ere|e|eme|ieme|nd|nde)?")
_DISTRICT_WORDS = frozenset({"arrondissement", "arr", "ardt"})
# What an official name may hold that needs more care than its letters.
_UNUSUAL = re.compile(r"lez\b|Lez\b|\)$|\d|rrondissement")


@lru_cache(maxsize=4096)
def _words_of(name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the words of a name, then those it has in brackets.

    An article in brackets goes first instead; CEDEX and what follows are left out; the number of a
    district ends the name ("Paris 12e arrondissement" gives paris, 12).
    """
    text = _ON.sub(" sur ", _UNDER.sub(" sous ", _CEDEX.sub("", plain(name))))
    bracketed = _WORD.findall(" ".join(_BRACKETS.findall(text)))
    words = [word for word in bracketed if word in ARTICLES]
    words += _WORD.findall(_BRACKETS.sub(" ", text))
    while words and words[-1] in _DISTRICT_WORDS:
        words.pop()
    if words and (number := _DISTRICT.fullmatch(words[-1])):
        words[-1] = number[1]
    return (
        tuple(SPELT_OUT.get(word, word) for word in words),
        tuple(word for word in bracketed if word not in ARTICLES),
    )


def full_key(name: str) -> str:
    """Return the key of a name with its article and what it says in brackets."""
    words, bracketed = _words_of(name)
    return "".join(words + bracketed)


def loose_key(name: str) -> str:
    """Return the key of a name without its article or brackets, which people often leave out."""
    return "".join(_without_article(_words_of(name)[0]))


def loose_keys(names: Sequence[str]) -> list[str]:
    """Return the loose keys of many official names, which seldom abbreviate: ten times faster."""
    return [
        loose_key(name) if _UNUSUAL.search(name) else "".join(_without_article(_WORD.findall(line)))
        for name, line in zip(names, plain("\n".join(names)).split("\n"), strict=True)
    ]


def _without_article(words: Sequence[str]) -> Sequence[str]:
    return words[1:] if len(words) > 1 and words[0] in ARTICLES else words


def says_cedex(name: str) -> bool:
    """Tell whether an address names a CEDEX, whose postcode is not the one of the commune."""
    return _CEDEX.search(plain(name)) is not None
