"""Finds what a French page still says in English."""

import re
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from importlib.util import find_spec
from pathlib import Path

from babel.messages.pofile import read_po

from tests.architecture.tree import ROOT

OURS = ROOT / "src/maillage/locale/fr/LC_MESSAGES/django.po"
# Libraries whose sentences reach our pages.
LIBRARIES = (("allauth", "locale"), ("django", "conf/locale"))
SPOKEN = ("alt", "aria-label", "placeholder", "title")
UNSEEN = frozenset({"script", "style", "template"})
# Void elements have no end tag; they hold no text.
VOID = frozenset({"br", "hr", "img", "input", "link", "meta", "source", "wbr", "area", "col"})
PLACE = re.compile(r"%\(\w+\)[a-z]|\{\w*\}")
# A language is named in itself, for whoever reads no other.
LANGUAGES = frozenset({"English"})
# Words that every English sentence has and no French one does.
ENGLISH = re.compile(
    r"\b(?:the|and|your|you|this|that|with|from|have|has|not|will|was|were|are|been)\b",
    re.IGNORECASE,
)


class Reader(HTMLParser):
    """Collects what a page shows or reads aloud, but for what says it is in another language."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.language = ""
        self.open: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Read the words of an element's attributes."""
        given = dict(attrs)
        if tag == "html":
            self.language = given.get("lang") or ""
        foreign = given.get("lang", "fr") != "fr"
        hidden = self.hidden or tag in UNSEEN or foreign
        if tag not in VOID:
            self.open.append((tag, hidden))
        if not hidden:
            self.texts += [given[name] or "" for name in SPOKEN if name in given]
            if tag == "input" and given.get("type") in {"submit", "button"}:
                self.texts.append(given.get("value") or "")

    def handle_endtag(self, tag: str) -> None:
        """Leave an element, and those inside it that nobody closed."""
        if any(name == tag for name, _hidden in self.open):
            while self.open.pop()[0] != tag:
                pass

    def handle_data(self, data: str) -> None:
        """Read a text."""
        if not self.hidden:
            self.texts.append(data)

    @property
    def hidden(self) -> bool:
        """Whether what is read now is not for the reader of a French page."""
        return bool(self.open) and self.open[-1][1]


def english_left(html: str) -> list[str]:
    """Return the texts of a French page that are English, and say so when it is not French."""
    reader = Reader()
    reader.feed(html)
    faults = [] if reader.language == "fr" else [f"lang={reader.language!r}"]
    for text in reader.texts:
        fault = _fault_of(" ".join(text.split()))
        faults += [fault] if fault else []
    return faults


@cache  # the pages of a site say much the same
def _fault_of(said: str) -> str:
    """Return what is wrong with a text of a French page, nothing when it is French."""
    if not said or said in LANGUAGES:
        return ""
    sentences, patterns = _english()
    if said in sentences or any(pattern.fullmatch(said) for pattern in patterns):
        return said
    return f"{said} (an English word)" if ENGLISH.search(said) else ""


@cache
def _english() -> tuple[frozenset[str], tuple[re.Pattern[str], ...]]:
    """Return the English sentences of the catalogues: whole ones, and those with places."""
    english: set[str] = set()
    french: set[str] = set()
    for path in _catalogues():
        for source, said in _sentences(path):
            english.add(source)
            french.add(said)
    left = {sentence for sentence in english - french if sentence and re.search(r"\w", sentence)}
    patterns = [
        re.compile(".+".join(re.escape(part) for part in PLACE.split(sentence)))
        for sentence in left
        if PLACE.search(sentence) and len(re.findall(r"[a-z]{3,}", PLACE.sub("", sentence))) > 1
    ]
    return frozenset(one for one in left if not PLACE.search(one)), tuple(patterns)


def _catalogues() -> Iterator[Path]:
    yield OURS
    for package, folder in LIBRARIES:
        spec = find_spec(package)
        assert spec is not None
        assert spec.origin is not None
        yield Path(spec.origin).parent / folder / "fr/LC_MESSAGES/django.po"


def _sentences(path: Path) -> Iterator[tuple[str, str]]:
    with path.open("rb") as stream:
        catalogue = read_po(stream, locale="fr")
    for message in catalogue:
        if not message.id:
            continue
        sources = message.id if isinstance(message.id, tuple) else (message.id,)
        said = message.string if isinstance(message.string, tuple) else (message.string or "",)
        for source in sources:
            for one in said:
                yield " ".join(source.split()), " ".join(one.split())
