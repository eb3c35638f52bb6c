"""What each column of a file of answers holds: what names the firm, the day, or a question."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from babel import dates
from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from maillage.bricks.questionnaires.definition import Definition, Question, said
from maillage.bricks.questionnaires.enums import Kind
from maillage.foundation.organisations.imports.columns import meaning
from maillage.foundation.vocabularies.folding import letters_and_digits

MONTHS: Final = 12
DAY: Final = "answered-on"  # no question has such a key
OF_FIRM: Final[Mapping[str, Promise]] = {
    "siret": _("SIRET number"),
    "siren": _("SIREN number"),
    "name": _("Name of the firm"),
    "commune": _("Commune"),
    "postcode": _("Postcode"),
}
DAY_TITLES: Final = frozenset(
    {"date", "jour", "repondule", "datedereponse", "answeredon", "dateofanswer", "day"}
)


def month_field(question: Question, month: int) -> str:
    """Return the field of one month, counted from 1, of a question of hours by month."""
    return f"{question.key}:{month}"


def fields_of(definition: Definition) -> dict[str, str]:
    """Return every field that a column may hold, with what people call it."""
    found = {key: str(label) for key, label in OF_FIRM.items()}
    found[DAY] = gettext("Day of the answer")
    names = dates.get_month_names("wide", context="stand-alone", locale=said_locale())
    for question in definition.questions:
        text = said(question.text)
        found[question.key] = text
        if question.kind == Kind.MONTHS:
            for month in range(1, MONTHS + 1):
                found[month_field(question, month)] = f"{text} – {names[month]}"
    return found


def said_locale() -> str:
    """Return the language of the reader, as the names of months are asked for."""
    return said({code: code for code, _label in settings.LANGUAGES})


def recognise(titles: Sequence[str], definition: Definition) -> list[str]:
    """Return the field that each column seems to hold, "" where none is known; each once."""
    known = _titles(definition)
    taken: set[str] = set()
    fields = []
    for title in titles:
        folded = letters_and_digits(title)
        found = [*known.get(folded, ()), _of_firm(title)]
        field = next((one for one in found if one and one not in taken), "")
        taken.add(field)
        fields.append(field)
    return fields


def is_known(title: str, definition: Definition) -> bool:
    """Whether a text is the heading of a column that is looked for."""
    return bool(_titles(definition).get(letters_and_digits(title)) or _of_firm(title))


def _of_firm(title: str) -> str:
    field = meaning(title)
    return field if field in OF_FIRM else ""


def _titles(definition: Definition) -> Mapping[str, list[str]]:
    """Return the fields by folded title: a key, a text in either language, a month."""
    found: dict[str, list[str]] = {title: [DAY] for title in DAY_TITLES}
    for question in definition.questions:
        for title in (question.key, *question.text.values()):
            _add(found, title, question.key)
        if question.kind == Kind.MONTHS:
            for title, month in _months(question):
                _add(found, title, month_field(question, month))
    return found


def _add(found: dict[str, list[str]], title: str, field: str) -> None:
    fields = found.setdefault(letters_and_digits(title), [])
    if field not in fields:
        fields.append(field)


def _months(question: Question) -> Iterator[tuple[str, int]]:
    """Yield the titles of the months of a question: alone, or after its key or its text."""
    for month in range(1, MONTHS + 1):
        names = [f"m{month:02}", f"m{month}"]
        for code, _label in settings.LANGUAGES:
            names.append(dates.get_month_names("wide", context="stand-alone", locale=code)[month])
        for name in names:
            yield name, month
            for before in (question.key, *question.text.values()):
                yield f"{before} {name}", month
        yield f"{question.key} {month}", month
