"""Writing a text as plainly as can be, to compare what people wrote differently."""

import re
import unicodedata

_ACCENT = re.compile(r"[\u0300-\u036f]")
_NOT_ALPHANUMERIC = re.compile(r"[^a-z0-9]+")


def plain(text: str) -> str:
    """Return a text in small letters, without accents, ligatures or special spaces."""
    if text.isascii():
        return text.lower()
    unfolded = unicodedata.normalize("NFKD", text.casefold())
    return _ACCENT.sub("", unfolded).replace("œ", "oe").replace("æ", "ae")


def letters_and_digits(text: str) -> str:
    """Return the plain letters and digits of a text alone: "Id. Métier" gives "idmetier"."""
    return _NOT_ALPHANUMERIC.sub("", plain(text))
