"""Two texts side by side: which words are in one of them only."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words; `only_here` when the other text does not have them there."""

    words: str
    only_here: bool


def marked(old: str, new: str) -> tuple[list[Piece], list[Piece]]:
    """Return both texts in pieces, each with the words that are in it only."""
    first, second = re.split(r"(\s+)", old), re.split(r"(\s+)", new)
    here: list[Piece] = []
    there: list[Piece] = []
    blocks = SequenceMatcher(None, first, second, autojunk=False).get_opcodes()
    for how, from_old, to_old, from_new, to_new in blocks:
        same = how == "equal"
        for pieces, words in ((here, first[from_old:to_old]), (there, second[from_new:to_new])):
            if words:
                pieces.append(Piece("".join(words), not same))
    return here, there
