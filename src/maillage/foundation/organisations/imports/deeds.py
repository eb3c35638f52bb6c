"""What a row does to the register, as it is kept beside the row: for people to see, and to undo."""

from collections.abc import Iterator, Mapping
from typing import Any, Final, TypedDict

from maillage.foundation.organisations.enums import RowFate
from maillage.foundation.organisations.imports.judging import LISTING, ORGANISATION, Verdict

# Fates of rows that were applied and not undone.
DONE: Final = (RowFate.CREATED, RowFate.CHANGED)
PLANNED: Final = (RowFate.CREATE, RowFate.CHANGE)


class Deed(TypedDict, total=False):
    """`makes`: what came into being; `changes`: [old, new] by part of the record and by field.

    `site` and `role` are the row numbers of those made or changed.
    """

    makes: list[str]
    changes: dict[str, dict[str, list[Any]]]
    site: int
    role: int


def planned(verdict: Verdict) -> Deed | None:
    """Return what a row would do; that another network keeps the record is told nowhere."""
    if verdict.fate not in PLANNED:
        return None
    makes = [ORGANISATION] if LISTING in verdict.makes else list(verdict.makes)
    return _deed(verdict, makes)


def done(verdict: Verdict) -> Deed:
    """Return what a row did, once its records are saved."""
    deed = _deed(verdict, list(verdict.makes))
    if verdict.site is not None:
        deed["site"] = verdict.site.pk
    if verdict.role is not None:
        deed["role"] = verdict.role.pk
    return deed


def _deed(verdict: Verdict, makes: list[str]) -> Deed:
    changes = {
        part: {name: [old, new] for name, (old, new) in found.items()}
        for part, found in verdict.changes.items()
    }
    return Deed(makes=makes, changes=changes)


def within(verdict: Verdict, plan: Mapping[str, Any]) -> bool:
    """Whether a row would do nothing but what was shown when the file was read."""
    deed = planned(verdict)
    if deed is None or not set(deed["makes"]) <= set(plan["makes"]):
        return False
    shown = plan["changes"]
    return all(
        shown.get(part, {}).get(name) == pair
        for part, found in deed["changes"].items()
        for name, pair in found.items()
    )


def differences(deed: Mapping[str, Any] | None) -> Iterator[tuple[str, str, Any, Any]]:
    """Yield what a row changes: part of the record, field, old value, new one."""
    for part, found in (deed or {}).get("changes", {}).items():
        for name, (old, new) in found.items():
            yield part, name, old, new
