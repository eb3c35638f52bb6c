"""Keep the translation catalogues in step with the sources.

``python -m scripts.translations update`` after changing a sentence, ``check`` to know what is
missing, ``compile`` after filling a translation in, ``fill FILE.po`` to take in the translations
of another catalogue, such as the one a translator sends back. Source sentences are English and
sit in the code; every other language has one ``django.po`` file.
"""

import argparse
import fcntl
import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, cast

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir, extract_python
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

from hatch_build import LOCALE, compile_catalogues

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ROOT / "src" / "maillage"
LANGUAGES = ("fr",)
KEYWORDS: Mapping[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
# A comment that starts so, just above a sentence, is shown to whoever translates it.
COMMENT_TAG = "Translators:"
PERCENT_PLACE = re.compile(r"%\((\w+)\)[a-z]")
BRACE_PLACE = re.compile(r"\{(\w+)[^{}]*\}")


def extract_template(
    stream: BinaryIO, keywords: Mapping[str, object], comment_tags: object, options: object
) -> Iterator[object]:
    """Yield the sentences of a Django template, in the form that Babel expects of an extractor.

    Django turns the template into lines that read like Python; only their indentation, which
    means nothing in a template, must go before the Python extractor reads them.
    """
    pseudo_code = templatize(stream.read().decode("utf-8"))
    flat = "\n".join(line.lstrip() for line in pseudo_code.splitlines())
    yield from extract_python(BytesIO(flat.encode("utf-8")), keywords, comment_tags, options)  # type: ignore[arg-type]


def catalogue_path(language: str) -> Path:
    """Return where the catalogue of a language is kept."""
    return ROOT / LOCALE / language / "LC_MESSAGES" / "django.po"


def extracted(sources: Path = SOURCES) -> Catalog:
    """Return every sentence of the sources that a person may read, with the files that hold it."""
    template = Catalog(charset="utf-8")
    found = extract_from_dir(
        sources,
        # Babel takes a callable here too, although its types name text only.
        method_map=[
            ("**.py", "python"),
            ("**.html", cast("str", extract_template)),
            ("**/templates/**.txt", cast("str", extract_template)),
        ],
        keywords=KEYWORDS,
        comment_tags=(COMMENT_TAG,),
        strip_comment_tags=True,
    )
    for file, _line, message, comments, context in sorted(found, key=lambda entry: entry[:2]):
        # Line 0, never written: real numbers would change the catalogue at every edit above.
        template.add(message, None, [(file, 0)], auto_comments=comments, context=context)
    return template


def stored(language: str) -> Catalog:
    """Return the catalogue of a language as it is kept, empty when there is none yet."""
    path = catalogue_path(language)
    if not path.exists():
        return Catalog(
            locale=language,
            header_comment=f"# Maillage: the sentences of the product, language {language!r}.",
            project="Maillage",
            version="1",
            last_translator="the members of Maillage",
            language_team=language,
            msgid_bugs_address="see CONTRIBUTING.md",
            charset="utf-8",
            fuzzy=False,
        )
    with path.open("rb") as stream:
        return read_po(stream, locale=language)


@contextmanager
def alone() -> Iterator[None]:
    """Wait until nobody else rewrites the catalogues of this checkout."""
    with (ROOT / LOCALE / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def updated(language: str) -> Catalog:
    """Return the catalogue of a language with the sentences of the sources, and no others."""
    catalogue = stored(language)
    catalogue.update(extracted(), no_fuzzy_matching=True, update_creation_date=False)
    catalogue.obsolete.clear()
    return catalogue


def rendered(catalogue: Catalog) -> bytes:
    """Return a catalogue as text, sorted by sentence, so that two people seldom collide."""
    stream = BytesIO()
    write_po(stream, catalogue, sort_output=True, include_lineno=False, width=100)
    return stream.getvalue()


def faults(language: str) -> list[str]:
    """Return what is wrong with a catalogue, one sentence per fault; empty when all is well."""
    path = catalogue_path(language)
    shown = path.relative_to(ROOT)
    if not path.exists():
        return [f"{shown} is missing: run `make translations`."]
    found = []
    if rendered(updated(language)) != path.read_bytes():
        found.append(f"{shown} is behind the sources: run `make translations`.")
    catalogue = stored(language)
    for message in catalogue:
        if message.id:
            found += [f"{shown}: {fault}: {first(message)!r}" for fault in faults_of(message)]
    return found


def faults_of(message: Message) -> Iterator[str]:
    """Yield what is wrong with the translation of one sentence."""
    sources = forms(message.id)
    translations = forms(message.string or "")
    if message.fuzzy:
        yield "unsure translation, check it and remove the fuzzy mark"
    if not translations or not all(translations):
        yield "not translated"
        return
    # The singular may leave the number out ("un employeur"); nothing may name an unknown place.
    wanted = places(sources[-1])
    if places(translations[-1]) != wanted or not all(places(one) <= wanted for one in translations):
        yield f"the translation must keep the places {sorted(wanted)}"


def forms(text: str | list[str] | tuple[str, ...]) -> tuple[str, ...]:
    """Return the singular and plural forms of a sentence, or the sentence alone."""
    return (text,) if isinstance(text, str) else tuple(text)


def first(message: Message) -> str:
    """Return the sentence by which a person recognises a message."""
    return forms(message.id)[0]


def places(sentence: str) -> set[str]:
    """Return the names of the values that a sentence takes in, in either Python notation."""
    return set(PERCENT_PLACE.findall(sentence)) | set(BRACE_PLACE.findall(sentence))


def update() -> int:
    """Rewrite each catalogue with the sentences of the sources, compile it, say what is missing."""
    with alone():
        for language in LANGUAGES:
            text = rendered(updated(language))
            path = catalogue_path(language)
            path.parent.mkdir(parents=True, exist_ok=True)
            if not path.exists() or path.read_bytes() != text:
                path.write_bytes(text)
                print(f"{path.relative_to(ROOT)} rewritten.")
        compile_catalogues(ROOT)
    check()
    return 0


def fill(path: Path) -> int:
    """Take the translations in from `path`; return 1 when some of its sentences are not ours."""
    with path.open("rb") as stream:
        given = read_po(stream)
    language = given.locale_identifier or LANGUAGES[0]
    with alone():
        catalogue = updated(language)
        unknown = []
        for message in given:
            if not message.id or not all(forms(message.string or "")):
                continue
            kept = catalogue.get(message.id, message.context)
            if kept is None:
                unknown.append(first(message))
                continue
            kept.string = message.string
        catalogue_path(language).write_bytes(rendered(catalogue))
        compile_catalogues(ROOT)
    for sentence in unknown:
        print(f"Not a sentence of the sources: {sentence!r}")
    return 1 if unknown else 0


def check() -> int:
    """Print the faults of every catalogue; return 1 when there is one."""
    found = [fault for language in LANGUAGES for fault in faults(language)]
    for fault in found:
        print(fault)
    return 1 if found else 0


def main() -> int:
    """Run what the command line asks for and return its exit code."""
    parser = argparse.ArgumentParser(description="Keep the translations in step with the sources.")
    parser.add_argument("action", choices=("update", "check", "compile", "fill"))
    parser.add_argument("file", nargs="?", type=Path, help="for fill: the catalogue to take in")
    given = parser.parse_args()
    action = given.action
    if action == "fill":
        if given.file is None:
            parser.error("fill needs the catalogue to take in")
        return fill(given.file)
    if action == "compile":
        compile_catalogues(ROOT)
        return 0
    return update() if action == "update" else check()


if __name__ == "__main__":
    sys.exit(main())
