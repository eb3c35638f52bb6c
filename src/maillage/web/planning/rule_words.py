"""How the page of rules says limits, and reads those that people type."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from maillage.run.planning.bridge.packs import InForce
from maillage.run.planning.ruling import in_its_unit

HOUR = 60
# The limits that the page lists, by rule and name, in its order.
LIMITS: Final[Mapping[tuple[str, str], Promise]] = {
    ("daily_maximum", "minutes"): _("Longest working day"),
    ("weekly_maximum", "minutes"): _("Longest working week"),
    ("average_maximum", "minutes"): _("Longest average week over twelve weeks"),
    ("break_time", "longest"): _("Work in a row before a break"),
    ("break_time", "pause"): _("Shortest break"),
    ("daily_rest", "minutes"): _("Rest between two days"),
    ("weekly_rest", "minutes"): _("Rest of the week, in a row"),
    ("days_in_row", "days"): _("Days of work in a row"),
    ("part_time_minimum", "minutes"): _("Shortest part-time week"),
    ("part_time_ceiling", "extra_percent"): _("Extra hours above a part-time contract"),
    ("split_day", "longest"): _("Longest break of a part-time day"),
    ("notice", "days"): _("Notice of a change of hours, in working days"),
    ("overtime", "minutes"): _("Overtime begins after, in a week"),
    ("overtime_quota", "most"): _("Overtime of a year"),
}
GROUPS: Final[Mapping[str, Promise]] = {
    "minor": _("workers under 18"),
    "night_worker": _("night workers"),
}
IN_MINUTES: Final = {("break_time", "pause"), ("split_day", "longest")}


@dataclass(frozen=True, slots=True)
class LimitShown:
    """A limit as the page says it."""

    label: Promise
    group: Promise | str
    value: str
    law: str
    article: str
    changed: bool


def shown(limits: tuple[InForce, ...]) -> list[LimitShown]:
    """Return the limits that the page lists; those of some workers come after the others."""
    rows = [
        LimitShown(
            label=LIMITS[one.rule, one.limit],
            group=GROUPS.get(one.group, ""),
            value=said(one.rule, one.limit, one.value),
            law=said(one.rule, one.limit, one.law),
            article=one.article,
            changed=one.changed,
        )
        for one in limits
        if (one.rule, one.limit) in LIMITS and not _is_first_notice(one)
    ]
    return sorted(rows, key=lambda row: bool(row.group))


def said(rule: str, limit: str, value: int) -> str:
    """Return a limit with its unit."""
    if (rule, limit) in IN_MINUTES and value % HOUR:
        return f"{value}\u00a0min"
    if limit == "days":
        return str(value)
    return in_its_unit(limit, value)


def typed(limit: str, text: str) -> int | None:
    """Return a limit as people type it, in whole units: "11:30", "11 h 30", "11,5"; None if none.

    Hours and minutes for a time; a plain number for days and percents.
    """
    words = text.strip().replace("\u00a0", " ").removesuffix("%").strip()
    if limit != "minutes":
        return int(words) if words.isdecimal() else None
    clock = re.fullmatch(r"(\d{1,3})\s*(?:h|:)\s*(\d{2})?", words, re.IGNORECASE)
    if clock:
        hours, minutes = int(clock[1]), int(clock[2] or 0)
        return hours * HOUR + minutes if minutes < HOUR else None
    plain = re.fullmatch(r"(\d{1,3})(?:[.,](\d{1,2}))?", words)
    if plain is None:
        return None
    return round(float(f"{plain[1]}.{plain[2] or 0}") * HOUR)


def _is_first_notice(one: InForce) -> bool:
    """The notice of extra hours is another limit than that of a change of hours."""
    return one.rule == "notice" and "L3123-10" in one.article
