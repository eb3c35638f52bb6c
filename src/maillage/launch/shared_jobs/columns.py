"""Recognising the columns of a survey file by their titles, in English and in French."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import chain
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from maillage.foundation.files.tables import Table
from maillage.foundation.vocabularies.folding import letters_and_digits
from maillage.launch.shared_jobs.rejected import NeedsFileError

# Titles reduced to letters and digits, the preferred one first: when a file has several of a list,
# the first is used and the others are kept with the extra columns.
WORDS: Final[Mapping[str, tuple[str, ...]]] = {
    "need_id": ("needid", "idbesoin", "besoinid", "identifiantbesoin", "identifiantdubesoin",
        "referencebesoin", "refbesoin", "numerobesoin", "nbesoin", "need", "besoin"),
    "firm_id": ("firmid", "identreprise", "entrepriseid", "identifiantentreprise",
        "identifiantdelentreprise", "siret", "numerosiret", "nsiret", "nosiret", "siren"),
    "firm": ("firm", "firmname", "nomentreprise", "nomdelentreprise", "entreprise",
        "raisonsociale", "denomination", "enseigne", "etablissement", "societe"),
    "occupation": ("coderome", "rome", "occupation", "metier", "emploi", "poste", "profession",
        "job"),
    "lat": ("lat", "latitude"),
    "lon": ("lon", "lng", "long", "longitude"),
    "postcode": ("postcode", "postalcode", "codepostal", "cp", "zipcode", "zip"),
    "commune": ("commune", "nomcommune", "nomdelacommune", "ville", "localite", "town", "city"),
    "insee": ("codeinsee", "codecommune", "inseecode", "insee"),
}  # fmt: skip
PAIR_WORDS: Final[Mapping[str, tuple[str, ...]]] = {
    f"{name}_{side}": tuple(f"{word}{end}" for word in words for end in (side, digit))
    for name, words in (
        ("firm", ("firm", "firmid", "entreprise", "identreprise", "siret", "concurrent")),
        ("occupation", ("occupation", "metier", "coderome", "rome")),
    )
    for side, digit in (("a", "1"), ("b", "2"))
}
REQUIRED: Final = ("need_id", "firm_id", "firm", "occupation")

_MONTHS: Final = (
    ("janvier", "janv", "jan", "january"),
    ("fevrier", "fevr", "fev", "february", "feb"),
    ("mars", "mar", "march"),
    ("avril", "avr", "april", "apr"),
    ("mai", "may"),
    ("juin", "june", "jun"),
    ("juillet", "juil", "jul", "july"),
    ("aout", "august", "aug"),
    ("septembre", "sept", "sep", "september"),
    ("octobre", "oct", "october"),
    ("novembre", "nov", "november"),
    ("decembre", "dec", "december"),
)
_MONTH_NUMBERS: Final = {name: at for at, names in enumerate(_MONTHS, start=1) for name in names}
_MONTH: Final = re.compile(r"(?:m|mois|month)0?(\d{1,2})")
_WEEK: Final = re.compile(r"(?:w|s|sem|semaine|week)0?(\d{1,2})")
_FIRST_OF_MONTH: Final = re.compile(r"(?:19|20)\d\d-(\d\d)-01")  # a title read as a date
_YEAR: Final = re.compile(r"(?:19|20)?\d\d$")
_IN_BRACKETS: Final = re.compile(r"\([^)]*\)|\[[^]]*\]")

MONTHS: Final = tuple(f"m{month:02}" for month in range(1, 13))
WEEKS: Final = tuple(f"w{week:02}" for week in range(1, 53))
WEEK_53: Final = "w53"
SHOWN: Final = 8  # names that a sentence lists


@dataclass(frozen=True, slots=True)
class NeedColumns:
    """The columns of a needs file.

    `titles` gives, under our names, the titles they have in the file; `periods` those of the 12
    months or 52 weeks, in order; `extra` those that are kept as they are.
    """

    titles: Mapping[str, str]
    periods: tuple[str, ...]
    extra: tuple[str, ...]
    week_53: str
    notes: tuple[str, ...]


def is_need_title(title: str) -> bool:
    """Tell whether a text may be the title of a column of a needs file."""
    return _key(title) in _NEED_KEYS or period_of(title) != ""


def is_pair_title(title: str) -> bool:
    """Tell whether a text may be the title of a column of a file of pairs."""
    return _key(title) in _PAIR_KEYS


def period_of(title: str) -> str:
    """Return the period a title names, "m01" to "m12" or "w01" to "w53", "" when it names none."""
    dated = _FIRST_OF_MONTH.fullmatch(title)
    key = _key(title)
    month = _MONTH_NUMBERS.get(key) or _MONTH_NUMBERS.get(_YEAR.sub("", key))
    if dated or month:
        return _numbered("m", month or int(dated[1] if dated else 0), 12)
    if found := _MONTH.fullmatch(key):
        return _numbered("m", int(found[1]), 12)
    if found := _WEEK.fullmatch(key):
        return _numbered("w", int(found[1]), 53)
    return ""


def _numbered(letter: str, number: int, last: int) -> str:
    return f"{letter}{number:02}" if 1 <= number <= last else ""


def _key(title: str) -> str:
    """Return a title without accents, capitals, spaces, or units in brackets."""
    return letters_and_digits(_IN_BRACKETS.sub(" ", title))


_NEED_KEYS: Final = frozenset(chain.from_iterable(WORDS.values()))
_PAIR_KEYS: Final = frozenset(chain.from_iterable(PAIR_WORDS.values()))


def need_columns(table: Table) -> NeedColumns:
    """Return the columns of a needs file; raise `NeedsFileError` when some are missing."""
    found = _assigned(table, WORDS)
    periods, notes, missing_periods = _periods(table)
    missing = [name for name in REQUIRED if name not in found]
    if not ({"lat", "lon"} <= found.keys() or {"commune", "postcode", "insee"} & found.keys()):
        missing.append(_("lat and lon (or postcode and commune)"))
    missing += missing_periods
    if missing:
        raise _missing(table, missing, found.values())
    used = {found[name] for name in (*REQUIRED, "lat", "lon") if name in found}
    used.update(periods.values())
    return NeedColumns(
        titles=found,
        periods=tuple(periods[name] for name in sorted(periods) if name != WEEK_53),
        extra=tuple(title for title in table.columns if title not in used),
        week_53=periods.get(WEEK_53, ""),
        notes=tuple(notes),
    )


def pair_columns(table: Table, name: str) -> tuple[str, str]:
    """Return the two columns of a file of pairs, of firms or of occupations by `name`."""
    wanted = {key: PAIR_WORDS[key] for key in (f"{name}_a", f"{name}_b")}
    found = _assigned(table, wanted)
    missing = [key for key in wanted if key not in found]
    if missing:
        raise _missing(table, missing, found.values())
    return found[f"{name}_a"], found[f"{name}_b"]


def _assigned(table: Table, wanted: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Return, for each wanted column, the title in the file of the word preferred for it."""
    by_key: dict[str, list[str]] = {}
    for title in table.columns:
        by_key.setdefault(_key(title), []).append(title)
    found = {}
    for name, words in wanted.items():
        chosen = next((word for word in words if word in by_key), None)
        if chosen is not None:
            _refuse_twice(table, by_key[chosen])
            found[name] = by_key[chosen][0]
    return found


def _refuse_twice(table: Table, titles: Sequence[str]) -> None:
    if titles[0] in table.repeated:
        raise NeedsFileError(
            _("%(file)s: the column “%(title)s” is there twice: keep one of them.")
            % {"file": table.file, "title": titles[0]}
        )
    if len(titles) > 1:
        raise NeedsFileError(
            _("%(file)s: the columns %(titles)s mean the same: keep one of them.")
            % {"file": table.file, "titles": listed(titles)}
        )


def _periods(table: Table) -> tuple[dict[str, str], list[str], list[str]]:
    """Return the columns of the months or weeks, notes about them, and those that are missing."""
    named: dict[str, list[str]] = {}
    for title in table.columns:
        if period := period_of(title):
            named.setdefault(period, []).append(title)
    months = [period for period in MONTHS if period in named]
    weeks = [period for period in WEEKS if period in named]
    notes = []
    if len(months) == len(MONTHS) and len(weeks) == len(WEEKS):
        notes.append(
            _("%(file)s gives hours by month and by week: the months were used.")
            % {"file": table.file}
        )
    chosen, there = (MONTHS, months)
    if len(months) < len(MONTHS) and len(weeks) > len(months):
        chosen, there = (WEEKS, weeks)
    if not there:
        return {}, notes, [_("m01 to m12 (or w01 to w52)")]
    if chosen is WEEKS and WEEK_53 in named:
        there.append(WEEK_53)
    for period in there:
        _refuse_twice(table, named[period])
    return (
        {period: named[period][0] for period in there},
        notes,
        [period for period in chosen if period not in named],
    )


def _missing(table: Table, missing: Sequence[str], used: Iterable[str]) -> NeedsFileError:
    """Return the error that names the missing columns, and those that may be misspelt."""
    taken = set(used)
    free = {
        _key(title): title for title in table.columns if title not in taken and not period_of(title)
    }
    hints = []
    for name in missing:
        words = (*WORDS.get(name, ()), *PAIR_WORDS.get(name, ()), *_month_words(name))
        alike = (get_close_matches(word, free, n=1, cutoff=0.75) for word in words)
        if near := next((match[0] for match in alike if match), None):
            hints.append(
                _("rename “%(title)s” to “%(name)s”") % {"title": free[near], "name": _shown(name)}
            )
    names = [_shown(name) for name in missing]
    message = ngettext(
        "%(file)s lacks the column %(missing)s", "%(file)s lacks the columns %(missing)s",
        len(missing),
    ) % {"file": table.file, "missing": listed(names)}  # fmt: skip
    if hints:
        return NeedsFileError(
            _("%(problem)s: %(advice)s.") % {"problem": message, "advice": listed(hints)}
        )
    return NeedsFileError(
        _("%(problem)s; it has %(columns)s.")
        % {"problem": message, "columns": listed(table.columns)}
    )


def _shown(name: str) -> str:
    """Return our name of a column in the reader's language; such titles are recognised too."""
    return {
        "need_id": pgettext("column title", "need_id"),
        "firm_id": pgettext("column title", "firm_id"),
        "firm": pgettext("column title", "firm"),
        "occupation": pgettext("column title", "occupation"),
        "firm_a": pgettext("column title", "firm_a"),
        "firm_b": pgettext("column title", "firm_b"),
        "occupation_a": pgettext("column title", "occupation_a"),
        "occupation_b": pgettext("column title", "occupation_b"),
    }.get(name, name)


def _month_words(name: str) -> Sequence[str]:
    return _MONTHS[MONTHS.index(name)] if name in MONTHS else ()


def listed(names: Sequence[str]) -> str:
    """Return names one after the other, the first ones only when they are many."""
    shown = ", ".join(names[:SHOWN])
    if len(names) <= SHOWN:
        return shown
    return _("%(names)s and %(count)d more") % {"names": shown, "count": len(names) - SHOWN}
