import inspect
from collections.abc import Mapping, Sequence

import click
import pytest
from click import core, decorators, exceptions, formatting, parser, types
from django.utils import translation

from maillage.cli import language
from maillage.cli.language import CLICK_PLURALS, CLICK_SENTENCES, language_of
from maillage.cli.program import build_program
from tests.cli.conftest import Maillage


@pytest.mark.parametrize(
    ("arguments", "environment", "spoken"),
    [
        (["pool", "--lang", "en"], {"LANG": "fr_FR.UTF-8"}, "en"),
        (["--lang=fr", "pool"], {"LANG": "en_US.UTF-8"}, "fr"),
        (["pool", "--lang", "de"], {"LANG": "en_GB.UTF-8"}, "en"),
        (["pool", "--lang"], {"LANG": "en_GB.UTF-8"}, "en"),
        ([], {"LANG": "en_US.UTF-8"}, "en"),
        ([], {"LC_ALL": "fr_FR.UTF-8", "LANG": "en_US.UTF-8"}, "fr"),
        ([], {"LANGUAGE": "en:fr", "LC_ALL": "fr_FR.UTF-8"}, "en"),
        ([], {"LC_ALL": "", "LANG": "en_US.UTF-8"}, "en"),
        ([], {"LANG": "de_DE.UTF-8"}, "fr"),
        ([], {"LANG": "C.UTF-8"}, "fr"),
    ],
)
def test_language_is_the_one_asked_for_else_that_of_the_system_else_french(
    arguments: Sequence[str], environment: Mapping[str, str], spoken: str
) -> None:
    assert language_of(arguments, environment) == spoken


@pytest.mark.parametrize(
    ("known", "spoken"), [("English_United Kingdom", "en"), (None, "fr"), ("French_France", "fr")]
)
def test_system_without_variables_tells_its_language_otherwise(
    monkeypatch: pytest.MonkeyPatch, known: str | None, spoken: str
) -> None:
    monkeypatch.setattr(language.locale, "getlocale", lambda: (known, "cp1252"))
    assert language_of([], {}) == spoken


def test_sentences_of_click_are_those_that_click_says() -> None:
    modules = (core, decorators, exceptions, formatting, parser, types)
    said = "\n".join(inspect.getsource(module) for module in modules)
    with translation.override(None):
        assert [text for text in map(str, CLICK_SENTENCES) if f'_("{text}")' not in said] == []
        assert [text for text in map(str, CLICK_PLURALS) if f'"{text}"' not in said] == []


@pytest.mark.parametrize(
    ("arguments", "english", "french"),
    [
        (["pool"], "Error: Missing argument 'NEEDS'.", "Erreur : Il manque l’argument 'BESOINS'."),
        (
            ["pool", "x", "--contract"],
            "Error: Option '--contract' requires an argument.",
            "Erreur : L’option '--contract' demande une valeur.",
        ),
        (
            ["pool", "x", "y"],
            "Error: Got unexpected extra argument (y)",
            "Erreur : Argument de trop : y",
        ),
        (
            ["pool", "x", "--lang", "de"],
            "Error: Invalid value for '--lang': 'de' is not one of 'fr', 'en'.",
            "Erreur : '--lang' : 'de' ne fait pas partie de 'fr', 'en'.",
        ),
        (["plan"], "Error: No such command 'plan'.", "Erreur : La commande 'plan' n’existe pas."),
        (
            ["pool", "--wat"],
            "Error: No such option '--wat'.",
            "Erreur : L’option '--wat' n’existe pas.",
        ),
        (
            ["pool", "x", "--strict=1"],
            "Error: Option '--strict' does not take a value.",
            "Erreur : L’option '--strict' ne prend pas de valeur.",
        ),
    ],
)
def test_wrong_use_is_told_in_the_language_in_use(
    maillage: Maillage, arguments: Sequence[str], english: str, french: str
) -> None:
    for spoken, sentence in (("en", english), ("fr", french)):
        result = maillage(*arguments, language=spoken)
        assert result.exit_code == 2
        assert result.stdout == ""
        assert result.stderr.replace("\N{NO-BREAK SPACE}", " ").splitlines()[-1] == sentence


def test_misspelt_option_is_answered_with_the_nearest_one(maillage: Maillage) -> None:
    english = maillage("pool", "--workrs", "3", "x").stderr
    assert "Did you mean '--workers'?" in english
    french = maillage("pool", "--workrs", "3", "x", language="fr").stderr
    assert "Vouliez-vous dire '--workers' ?" in french.replace("\N{NO-BREAK SPACE}", " ")


def test_help_is_in_the_language_in_use(maillage: Maillage) -> None:
    english, french = maillage("pool", "--help"), maillage("pool", "--help", language="fr")
    assert english.exit_code == french.exit_code == 0
    assert "Usage: maillage pool [OPTIONS] NEEDS" in english.stdout
    assert "[default: annual]" in english.stdout.replace("\n", " ").replace("  ", "")
    assert "BESOINS" in french.stdout
    assert "Afficher cette aide." in french.stdout
    for word in ("Show", "Pairs", "default", "FILE", "Write"):
        assert word not in french.stdout


def test_every_option_has_its_help() -> None:
    for command in build_program().commands.values():
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                assert parameter.help, f"{command.name} {parameter.name}"
