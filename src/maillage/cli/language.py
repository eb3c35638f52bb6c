"""Which language to speak, and speaking it everywhere, click's own sentences included."""

import gettext as python_gettext
import locale
import os
from collections.abc import Mapping, Sequence
from typing import Final

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_lazy, ngettext_lazy

OPTION: Final = "--lang"
FRENCH: Final = "fr"
LANGUAGES: Final = (FRENCH, "en")
# From the strongest: the first that is set tells the language of the system.
VARIABLES: Final = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")

# What click says by itself; listed here so that our catalogue has it.
CLICK_SENTENCES: Final = (
    gettext_lazy("Aborted!"),
    gettext_lazy("Commands"),
    gettext_lazy("Error: {message}"),
    gettext_lazy("Invalid value for {param_hint}: {message}"),
    gettext_lazy("Invalid value: {message}"),
    gettext_lazy("Missing argument"),
    gettext_lazy("Missing command."),
    gettext_lazy("Missing option"),
    gettext_lazy("No such command {name!r}."),
    gettext_lazy("No such option {name!r}."),
    gettext_lazy("Option {name!r} does not take a value."),
    gettext_lazy("Options"),
    gettext_lazy("Positional arguments"),
    gettext_lazy("Show this message and exit."),
    gettext_lazy("Try '{command} {option}' for help."),
    gettext_lazy("Usage:"),
    gettext_lazy("default: {default}"),
)
CLICK_PLURALS: Final = (
    ngettext_lazy("Did you mean {possibility}?", "(Did you mean one of: {possibilities}?)", 1),
    ngettext_lazy(
        "Got unexpected extra argument ({args})", "Got unexpected extra arguments ({args})", 1
    ),
    ngettext_lazy(
        "Option {name!r} requires an argument.", "Option {name!r} requires {nargs} arguments.", 1
    ),
    ngettext_lazy("{value!r} is not {choice}.", "{value!r} is not one of {choices}.", 1),
)


def language_of(arguments: Sequence[str], environment: Mapping[str, str]) -> str:
    """Return the language asked for, else that of the system, else French."""
    for at, argument in enumerate(arguments):
        name, equals, value = argument.partition("=")
        if name == OPTION:
            asked = value if equals else "".join(arguments[at + 1 : at + 2])
            if asked in LANGUAGES:
                return asked
    system = next((environment[name] for name in VARIABLES if environment.get(name)), None)
    if system is None:
        system = locale.getlocale()[0] or ""
    return "en" if system.lower().startswith("en") else FRENCH


def speak(language: str) -> None:
    """Speak a language from now on, in this process."""
    translation.activate(language)
    # Click asks Python's gettext, which looks for its language in the environment.
    os.environ["LANGUAGE"] = language
    for folder in settings.LOCALE_PATHS:
        python_gettext.bindtextdomain("django", str(folder))
    python_gettext.textdomain("django")
