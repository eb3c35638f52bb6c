"""What the law asks of a group, as dated data: kinds, limits, the clock. Read once."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any, Final

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from maillage.run.group.enums import FilingKind, GroupKind

LANGUAGES: Final = ("fr", "en")
EVERY: Final = {
    "once": ("months",),
    "event": ("months",),
    "month": ("day",),
    "year": ("month", "day"),
    "financial_year": ("months",),
}
LIMITS: Final = (
    "public_members",
    "public_hours",
    "replacement_hours",
    "one_agreement",
    "vat_watch",
    "vat_limit",
)
MEMBERS: Final = "members"  # what is sent depends on the agreements of the members

type Words = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of group: what it sends, what it means, where the law says it."""

    filing: str
    article: str
    valid_from: date
    meaning: Words
    formality: Words


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit that the law sets, from a day on."""

    key: str
    value: Decimal
    article: str
    valid_from: date
    text: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockRule:
    """Something that a group must do, and when: see `clock.toml` for the meaning of each field."""

    key: str
    every: str
    lead_days: int
    kinds: tuple[str, ...]
    fixed_by: str
    article: str
    valid_from: date
    title: Words
    why: Words
    months: int = 0
    month: int = 0
    day: int = 0
    needs_workers: bool = False


def in_words(words: Words) -> str:
    """Return the text in the language in use, else in that of the site."""
    for language in (get_language() or "", settings.LANGUAGE_CODE):
        if language[:2] in words:
            return words[language[:2]]
    return words[LANGUAGES[0]]


def articles_in_words(article: str) -> str:
    """Return articles as a reader's language joins them: "R1253-14 à R1253-34"."""
    first, between, last = article.partition(" to ")
    return _("%(first)s to %(last)s") % {"first": first, "last": last} if between else article


def kind_of(value: str) -> Kind:
    """Return what the law says of a kind of group."""
    return _kinds()[value]


def filing_of(kind: str, *, several: bool) -> FilingKind:
    """Return what a group sends when it is created; `several`: its private members' agreements."""
    filing = kind_of(kind).filing
    if filing == MEMBERS:
        return FilingKind.DECLARATION if several else FilingKind.LETTER
    return FilingKind(filing)


def limit_on(key: str, day: date) -> Limit:
    """Return a limit as it holds on a day; raises LookupError before the first one."""
    for limit in reversed(_limits()):
        if limit.key == key and limit.valid_from <= day:
            return limit
    raise LookupError(f"No limit {key} is known on {day}.")


def rules_on(day: date) -> Mapping[str, ClockRule]:
    """Return the rules of the clock that hold on a day, by key."""
    return {rule.key: rule for rule in _rules() if rule.valid_from <= day}


def rule_called(key: str) -> ClockRule:
    """Return the newest rule of the clock with a key."""
    return {rule.key: rule for rule in _rules()}[key]


@cache
def _kinds() -> Mapping[str, Kind]:
    return {key: Kind(**row) for key, row in _read("kinds.toml").items()}


@cache
def _limits() -> tuple[Limit, ...]:
    rows = _read("limits.toml")["limits"]
    limits = [Limit(**row | {"value": Decimal(row["value"])}) for row in rows]
    return tuple(sorted(limits, key=lambda limit: limit.valid_from))


@cache
def _rules() -> tuple[ClockRule, ...]:
    rows = [
        ClockRule(**row | {"kinds": tuple(row["kinds"])}) for row in _read("clock.toml")["rules"]
    ]
    return tuple(sorted(rows, key=lambda rule: rule.valid_from))


def _read(name: str) -> dict[str, Any]:
    text = files("maillage.run.group").joinpath(name).read_text(encoding="utf-8")
    return tomllib.loads(text)


def faults() -> Iterator[str]:
    """Yield what is wrong with the files, each with the name of its file."""
    kinds = _read("kinds.toml")
    if set(kinds) != set(GroupKind.values):
        yield "kinds.toml: one table for each kind of group, no other"
    for key, row in kinds.items():
        yield from (f"kinds.toml, {key}: {fault}" for fault in _texts(row, "meaning", "formality"))
        if row["filing"] not in {*FilingKind.values, MEMBERS}:
            yield f"kinds.toml, {key}: filing is unknown"
    limits = _read("limits.toml")["limits"]
    for key in sorted(set(LIMITS) ^ {row["key"] for row in limits}):
        yield f"limits.toml: {key} is missing or unknown"
    for row in limits:
        yield from (f"limits.toml, {row['key']}: {fault}" for fault in _texts(row, "text"))
    for row in _read("clock.toml")["rules"]:
        yield from (f"clock.toml, {row['key']}: {fault}" for fault in _of_rule(row))


def _of_rule(row: Mapping[str, Any]) -> Iterator[str]:
    yield from _texts(row, "title", "why")
    if row["every"] not in EVERY:
        yield f"every is one of {', '.join(EVERY)}"
    for name in EVERY.get(row["every"], ()):
        if name not in row:
            yield f"{name} is missing"
    if row["fixed_by"] not in {"law", "usual"}:
        yield "fixed_by is law or usual"
    if not set(row["kinds"]) <= set(GroupKind.values):
        yield "kinds names an unknown kind of group"


def _texts(row: Mapping[str, Any], *names: str) -> Iterator[str]:
    for name in names:
        if set(row.get(name, ())) != set(LANGUAGES):
            yield f"{name} is needed in {' and '.join(LANGUAGES)}"
