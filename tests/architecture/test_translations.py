from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message

from hatch_build import LOCALE, compile_catalogues
from scripts import translations


@pytest.mark.parametrize("language", translations.LANGUAGES)
def test_catalogue_is_complete_sure_and_in_step_with_the_sources(language: str) -> None:
    assert translations.faults(language) == []


def write(folder: Path, name: str, text: str) -> None:
    (folder / name).write_text(text, encoding="utf-8")


def test_extraction_finds_sentences_of_code_and_pages(tmp_path: Path) -> None:
    write(
        tmp_path,
        "bakery.py",
        '# Translators: on a button\n_("Ask for help")\nngettext("one job", "%(n)s jobs", 2)\n',
    )
    write(
        tmp_path,
        "page.html",
        "{% load i18n %}\n<p>It's {% translate 'Monday' context 'day' %}</p>\n"
        "  {% blocktranslate count n=jobs|length trimmed %}\n    one firm\n"
        "  {% plural %}\n    {{ n }} firms\n  {% endblocktranslate %}\n",
    )
    found = {m.id: (m.context, m.auto_comments) for m in translations.extracted(tmp_path) if m.id}
    assert found == {
        "Ask for help": (None, ["on a button"]),
        ("one job", "%(n)s jobs"): (None, []),
        "Monday": ("day", []),
        ("one firm", "%(n)s firms"): (None, []),
    }


@pytest.mark.parametrize(
    ("message", "fault"),
    [
        (Message("Hours", "Heures"), []),
        (Message("Hours", ""), ["not translated"]),
        (Message(("one job", "%(n)s jobs"), ("un poste", "")), ["not translated"]),
        (Message(("%(n)s job", "%(n)s jobs"), ("un poste", "%(n)s postes")), []),
        (
            Message("Hours", "Heures", flags=["fuzzy"]),
            ["unsure translation, check it and remove the fuzzy mark"],
        ),
        (
            Message("{firm} is far", "{entreprise} est loin"),
            ["the translation must keep the places ['firm']"],
        ),
        (
            Message("%(km)s km", "quelques km"),
            ["the translation must keep the places ['km']"],
        ),
    ],
)
def test_fault_of_a_translation_is_named(message: Message, fault: list[str]) -> None:
    assert list(translations.faults_of(message)) == fault


def test_catalogue_written_twice_is_the_same() -> None:
    catalogue = translations.updated("fr")
    assert translations.rendered(catalogue) == translations.rendered(translations.updated("fr"))


def test_compiled_catalogue_leaves_unsure_translations_out(tmp_path: Path) -> None:
    catalogue = Catalog(locale="fr", fuzzy=False)
    catalogue.add("Hours", "Heures")
    catalogue.add("Firms", "Firmes ?", flags=["fuzzy"])
    source = tmp_path / LOCALE / "fr" / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True)
    source.write_bytes(translations.rendered(catalogue))

    assert compile_catalogues(tmp_path) == [source.with_suffix(".mo")]
    compiled = source.with_suffix(".mo").read_bytes()
    assert b"Heures" in compiled
    assert b"Firmes" not in compiled
