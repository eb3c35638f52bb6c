"""The weeks of a worker as a strip: hours stacked by firm, and the line of the contract.

Widths are in percent and heights in pixels, so that the text keeps its size on a phone.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from maillage.launch.shared_jobs.reports.figures import number
from maillage.launch.shared_jobs.reports.strip import PATTERNS
from maillage.run.planning.board import Person, Roster, Slot
from maillage.run.planning.reports.wording import minutes

HEIGHT: Final = 124
FLOOR: Final = 24  # pixels under the bars, for the dates
ROOM: Final = 16  # pixels above, for the highest number
GAP: Final = 1.1  # between weeks, in percent of the strip
WIDEST: Final = 16.0  # percent of the strip that one week may take
NUMBERED: Final = 16  # beyond, weeks are too thin for a number on each


def patterns_of(roster: Roster) -> dict[str, int]:
    """Return the pattern of each firm, from 1: those with most slots take the first ones."""
    counts = Counter(slot.firm_id for slot in roster.slots)
    order = sorted(roster.firms, key=lambda firm_id: (-counts[firm_id], firm_id))
    return {firm_id: rank % PATTERNS + 1 for rank, firm_id in enumerate(order)}


def week_strip(
    roster: Roster, person: Person, slots: Sequence[Slot], patterns: Mapping[str, int]
) -> SafeString:
    """Return the strip of a worker as SVG; its numbers are in the table beside it."""
    by_week = [_by_firm(slots, first, last) for first, last in roster.weeks]
    totals = [sum(week.values()) for week in by_week]
    tallest = max(person.week_minutes, *totals, 1)
    base = HEIGHT - FLOOR
    scale = (base - ROOM) / tallest
    width = min(100 / len(by_week), WIDEST)
    return format_html(
        '<svg class="m-svg" height="{}" role="img" aria-label="{}">{}{}{}</svg>',
        HEIGHT,
        _description(person, totals),
        _bars(by_week, patterns, width, base, scale),
        _labels(roster, totals, width, base, scale),
        _contract(person, base, scale),
    )


def _by_firm(slots: Sequence[Slot], first: int, last: int) -> dict[str, int]:
    found: dict[str, int] = {}
    for slot in slots:
        if first <= slot.day <= last:
            found[slot.firm_id] = found.get(slot.firm_id, 0) + slot.minutes
    return found


def _description(person: Person, totals: Sequence[int]) -> str:
    return _(
        "Hours of %(worker)s week by week: from %(least)s to %(most)s, the contract is "
        "%(contract)s."
    ) % {
        "worker": person.name,
        "least": minutes(min(totals)),
        "most": minutes(max(totals)),
        "contract": minutes(person.week_minutes),
    }


def _bars(
    by_week: Sequence[Mapping[str, int]],
    patterns: Mapping[str, int],
    width: float,
    base: float,
    scale: float,
) -> SafeString:
    rows = []
    for at, week in enumerate(by_week):
        top = base
        for firm_id, total in sorted(week.items(), key=lambda item: patterns[item[0]]):
            height = total * scale
            top -= height
            rows.append(
                (
                    patterns[firm_id],
                    f"{at * width + GAP / 2:.2f}",
                    round(top, 1),
                    f"{width - GAP:.2f}",
                    round(height, 1),
                )
            )
    return format_html_join(
        "", '<rect class="m-p{}" x="{}%" y="{}" width="{}%" height="{}"/>', rows
    )


def _labels(
    roster: Roster, totals: Sequence[int], width: float, base: float, scale: float
) -> SafeString:
    if len(totals) > NUMBERED:
        return SafeString("")
    middles = [f"{(at + 0.5) * width:.2f}" for at in range(len(totals))]
    over = [
        (x, round(base - total * scale - 4, 1), number(total / 60, 0))
        for x, total in zip(middles, totals, strict=True)
    ]
    below = [
        (x, HEIGHT - 7, f"{roster.date_of(first):%d/%m}")
        for x, (first, _last) in zip(middles, roster.weeks, strict=True)
    ]
    text = '<text x="{}%" y="{}">{}</text>'
    return format_html(
        '<g class="m-mid m-svg-b">{}</g><g class="m-mid">{}</g>',
        format_html_join("", text, over),
        format_html_join("", text, below),
    )


def _contract(person: Person, base: float, scale: float) -> SafeString:
    y = round(base - person.week_minutes * scale, 1)
    return format_html(
        '<line class="m-band-line" x2="100%" y1="{0}" y2="{0}"/>'
        '<line class="m-axis--ink" x2="100%" y1="{1}" y2="{1}"/>',
        y,
        base + 1,
    )
