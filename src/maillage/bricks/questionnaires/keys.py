"""Keys of questions and answers, made from their text: people never type them.

A key is never used again for something else, so that answers to two versions can be read together.
"""

import re
from collections.abc import Collection, Mapping
from typing import Final

from maillage.bricks.questionnaires.definition import KEY, RESERVED, Texts, languages
from maillage.foundation.vocabularies.folding import plain

WORDS: Final = re.compile("[a-z0-9]+")
LONGEST_STEM: Final = 24  # room is left for what stands before and a number after it


def new_key(texts: Texts, taken: Collection[str], *, otherwise: str) -> str:
    """Return a key that nothing has yet; `otherwise` begins it when the text gives no letters."""
    stem = _stem(texts)
    if not KEY.fullmatch(stem):
        stem = f"{otherwise}_{stem}".rstrip("_")
    key, count = stem, 1
    while key in taken or key in RESERVED:
        count += 1
        key = f"{stem}_{count}"
    return key


def known_key(texts: Texts, retired: Mapping[str, Texts]) -> str:
    """Return the key that the same words had in an earlier version, "" when they are new."""
    return next(
        (
            key
            for key, before in retired.items()
            if any(_same(texts.get(one, ""), before.get(one, "")) for one in languages())
        ),
        "",
    )


def _same(text: str, other: str) -> bool:
    return bool(text) and plain(text) == plain(other)


def _stem(texts: Texts) -> str:
    """Return the first words of a text, as they stand in a key."""
    text = next((texts[one] for one in languages() if texts.get(one)), "")
    stem = ""
    for word in WORDS.findall(plain(text)):
        longer = f"{stem}_{word}" if stem else word[:LONGEST_STEM]
        if len(longer) > LONGEST_STEM:
            break
        stem = longer
    return stem
