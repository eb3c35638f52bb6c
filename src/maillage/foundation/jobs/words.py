"""Sentences that are kept in every language of the site.

A run is started in one language and may be read in another, by somebody else or in a mail. What it
says is therefore put into words once per language when it is written, plurals and numbers included.
"""

from collections.abc import Callable, Mapping

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import get_language, override

type Words = str | Promise | Callable[[], str]
"""A plain text, a lazy translation, or a function that returns the sentence in today's language."""

type Kept = dict[str, str]
"""The same sentence by language code."""


def kept(words: Words) -> Kept:
    """Return `words` in each language of the site; a plain text is kept in the language in use."""
    if isinstance(words, str):
        return {get_language() or settings.LANGUAGE_CODE: words} if words else {}
    found = {}
    for code, _name in settings.LANGUAGES:
        with override(code):
            found[code] = words() if callable(words) else str(words)
    return found


def said(words: Mapping[str, str]) -> str:
    """Return the sentence in the language in use, else in whichever it was kept."""
    language = get_language() or settings.LANGUAGE_CODE
    return words.get(language) or next(iter(words.values()), "")
