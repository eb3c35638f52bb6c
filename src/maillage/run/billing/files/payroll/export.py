"""Payroll lines as CSV: neutral, or in the columns and codes of a payroll software.

A profile is a TOML file. Those shipped (Silae, Cegid, Sage) follow what these programs commonly
import; codes of pay items differ from one office to the next. **To be confirmed with the payroll
office before the first month**, then copied and edited: `read_profile` takes any text.
"""

import csv
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from importlib.resources import files
from io import StringIO
from typing import Any, Final

from django.utils.translation import gettext as _

from maillage.run.billing.files.payroll.variables import PayrollLine, Variable
from maillage.run.billing.files.refusals import PayrollError

NEUTRAL: Final = "neutral"
PROFILES: Final = (NEUTRAL, "silae", "cegid", "sage")
KEYS: Final = {"name", "separator", "decimal", "day", "encoding", "titles", "columns", "codes"}
DECIMALS: Final = {",", "."}
ENCODINGS: Final = {"utf-8", "utf-8-sig", "cp1252"}
FORMULA: Final = ("=", "+", "-", "@")  # what a spreadsheet would run

# What a column may hold.
FIELDS: Final[Mapping[str, Callable[[PayrollLine], str | date | Decimal | None]]] = {
    "month": lambda line: line.month,
    "worker": lambda line: line.worker,
    "last_name": lambda line: line.last_name,
    "first_name": lambda line: line.first_name,
    "place": lambda line: line.place.name,
    "place_siret": lambda line: line.place.siret,
    "quantity": lambda line: line.quantity,
    "first_day": lambda line: line.period[0] if line.period else None,
    "last_day": lambda line: line.period[1] if line.period else None,
    "dsn_40_074": lambda line: line.lending,
    "dsn_40_046": lambda line: line.user_site,
    "dsn_40_019": lambda line: line.work_place,
}
CODE: Final = "code"


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """How a payroll software wants its lines: columns as (title, what it holds), codes."""

    name: str
    separator: str
    decimal: str
    day: str
    encoding: str
    titles: bool
    columns: tuple[tuple[str, str], ...]
    codes: Mapping[Variable, str]


def profile_called(key: str) -> Profile:
    """Return one of the profiles that are shipped. Raises PayrollError."""
    if key not in PROFILES:
        raise PayrollError(_("There is no profile “%(key)s”.") % {"key": key}, "profile")
    text = files("maillage.run.billing.files.payroll").joinpath(f"profiles/{key}.toml")
    return read_profile(text.read_text(encoding="utf-8"))


def read_profile(text: str) -> Profile:
    """Return a profile from its text; raises PayrollError naming what is wrong in it."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise PayrollError(
            _("This profile cannot be read: %(why)s") % {"why": error}, "profile"
        ) from None
    wrong = KEYS.symmetric_difference(table)
    if wrong:
        raise PayrollError(
            _("Missing or unknown in the profile: %(keys)s.") % {"keys": ", ".join(sorted(wrong))},
            "profile",
        )
    for field, known in (("decimal", DECIMALS), ("encoding", ENCODINGS)):
        if table[field] not in known:
            raise _unknown(field, table[field])
    return Profile(
        name=table["name"],
        separator=table["separator"],
        decimal=table["decimal"],
        day=table["day"],
        encoding=table["encoding"],
        titles=table["titles"],
        columns=tuple(_column(one) for one in table["columns"]),
        codes={_variable(key): str(code) for key, code in table["codes"].items()},
    )


def payroll_csv(lines: Iterable[PayrollLine], profile: Profile) -> bytes:
    """Return the file of a month, in the order of workers and places.

    A variable without a code would be left unpaid: it refuses the file. Raises PayrollError.
    """
    every = sorted(
        lines,
        key=lambda one: (
            one.month, one.worker, one.place.siret, list(Variable).index(one.variable),
            one.period or (), one.quantity,
        ),
    )  # fmt: skip
    without = {one.variable for one in every} - profile.codes.keys()
    if without:
        raise PayrollError(
            _("%(profile)s has no code for: %(variables)s.")
            % {"profile": profile.name, "variables": ", ".join(sorted(without))},
            "codes",
        )
    text = StringIO()
    writer = csv.writer(text, delimiter=profile.separator, lineterminator="\r\n")
    if profile.titles:
        writer.writerow([title for title, _field in profile.columns])
    writer.writerows([_cell(one, field, profile) for _t, field in profile.columns] for one in every)
    try:
        return text.getvalue().encode(profile.encoding)
    except UnicodeEncodeError as error:
        raise PayrollError(
            _("%(profile)s cannot hold “%(text)s”.")
            % {"profile": profile.name, "text": error.object[error.start : error.end]},
            "encoding",
        ) from None


def _cell(line: PayrollLine, field: str, profile: Profile) -> str:
    value = profile.codes[line.variable] if field == CODE else FIELDS[field](line)
    match value:
        case Decimal():
            return f"{value:.2f}".replace(".", profile.decimal)
        case date():
            return value.strftime(profile.day)
        case str() if value.startswith(FORMULA):
            raise PayrollError(_("“%(text)s” would be run as a formula.") % {"text": value}, field)
        case _:
            return value or ""


def _column(table: Mapping[str, Any]) -> tuple[str, str]:
    title, field = str(table.get("title", "")), str(table.get("holds", ""))
    if field not in {*FIELDS, CODE}:
        raise _unknown("holds", field)
    return title, field


def _variable(key: str) -> Variable:
    if key not in set(Variable):
        raise _unknown("codes", key)
    return Variable(key)


def _unknown(field: str, value: str) -> PayrollError:
    words = {"field": field, "value": value}
    return PayrollError(_("%(field)s cannot be “%(value)s”.") % words, "profile")
