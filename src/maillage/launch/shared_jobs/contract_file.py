"""Reading the file of a contract: the hours a week that make a job."""

import tomllib
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Final

from django.utils.translation import gettext as _

from maillage.launch.shared_jobs.cells import CellError, half_hours_of
from maillage.launch.shared_jobs.columns import listed

NAME: Final = "name"
BANDS: Final = (("mean_min", "mean_max"), ("period_min", "period_max"))
HOURS: Final = tuple(key for band in BANDS for key in band)
MAX_BYTES: Final = 100_000


class ContractFileError(ValueError):
    """A contract that cannot be used; the message is one sentence for people."""


@dataclass(frozen=True, slots=True)
class ContractTerms:
    """Half-hours a week that make a job: on average over the year, and in any single period."""

    name: str
    mean_min: int
    mean_max: int
    period_min: int
    period_max: int


def read_contract_file(path: Path) -> ContractTerms:
    """Read a contract in TOML: a name, and four numbers of hours a week, by half-hours.

    Raises `ContractFileError` with a sentence for the person who wrote it.
    """
    data = _parsed(path)
    _check_keys(path, data)
    terms = {key: _half_hours(path, key, data[key]) for key in HOURS}
    for low, high in BANDS:
        if terms[low] > terms[high]:
            raise ContractFileError(
                _("%(file)s: %(low)s is more than %(high)s: exchange them.")
                % {"file": path.name, "low": low, "high": high}
            )
    if terms["mean_max"] < terms["period_min"] or terms["mean_min"] > terms["period_max"]:
        raise ContractFileError(
            _(
                "%(file)s: no year can be between mean_min and mean_max when each month is between "
                "period_min and period_max."
            )
            % {"file": path.name}
        )
    if terms["mean_max"] == 0:
        raise ContractFileError(
            _("%(file)s: mean_max is 0: a job needs some hours.") % {"file": path.name}
        )
    name = data.get(NAME, path.stem)
    return ContractTerms(name=str(name), **terms)


def _parsed(path: Path) -> dict[str, object]:
    try:
        with path.open("rb") as stream:
            text = stream.read(MAX_BYTES).decode("utf-8")
        return tomllib.loads(text)
    except FileNotFoundError as error:
        raise ContractFileError(
            _("The contract file %(file)s does not exist: check its name.") % {"file": path}
        ) from error
    except OSError as error:
        raise ContractFileError(
            _("The contract file %(file)s cannot be opened: check that you may read it.")
            % {"file": path}
        ) from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise ContractFileError(
            _("%(file)s is not a contract: write lines such as “mean_min = 32” in a TOML file.")
            % {"file": path.name}
        ) from error


def _check_keys(path: Path, data: dict[str, object]) -> None:
    """Refuse a file that lacks a key or has one that means nothing, lest a typing error pass."""
    missing = [key for key in HOURS if key not in data]
    unknown = [key for key in data if key not in {NAME, *HOURS}]
    if unknown:
        near = get_close_matches(unknown[0], [NAME, *HOURS], n=1)
        advice = (
            _("write “%(key)s”") % {"key": near[0]}
            if near
            else _("the keys are %(keys)s") % {"keys": ", ".join((NAME, *HOURS))}
        )
        raise ContractFileError(
            _("%(file)s: “%(key)s” means nothing in a contract: %(advice)s.")
            % {"file": path.name, "key": unknown[0], "advice": advice}
        )
    if missing:
        raise ContractFileError(
            _("%(file)s lacks %(keys)s: give hours a week.")
            % {"file": path.name, "keys": listed(missing)}
        )


def _half_hours(path: Path, key: str, value: object) -> int:
    # A text is no number here, and TOML has its own true and false.
    hours = value if isinstance(value, int | float) and not isinstance(value, bool) else "?"
    try:
        return half_hours_of(hours)
    except CellError as error:
        raise ContractFileError(
            _("%(file)s, %(key)s, “%(value)s”: %(reason)s.")
            % {"file": path.name, "key": key, "value": value, "reason": error}
        ) from error
