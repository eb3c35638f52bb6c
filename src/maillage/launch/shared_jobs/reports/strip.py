"""The year of a job as a strip: hours stacked by firm, and the band that the contract allows.

Widths are in percent and heights in pixels, so that the text keeps its size on a phone.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from maillage.launch.shared_jobs.contract_file import ContractTerms
from maillage.launch.shared_jobs.outcome import ProposedJob
from maillage.launch.shared_jobs.reports.figures import half_hours, hours
from maillage.launch.shared_jobs.reports.periods import DAYS, MONTHS, month_name

PATTERNS: Final = 6  # more firms than that take them again from the first
GAP: Final = 1.1  # between months, in percent of the strip
LABEL_ROOM: Final = 16  # pixels above the band for the highest number
LABELS_APART: Final = 13  # pixels that two texts need
FLOOR: Final = 24  # pixels under the bars, for the months


@dataclass(frozen=True, slots=True)
class Scale:
    """The heights of a strip in pixels: where its bars stand, and how tall an hour is."""

    height: int
    base: float
    per_half_hour: float

    def y(self, value: float) -> float:
        """Return where a number of half-hours ends."""
        return round(self.base - value * self.per_half_hour, 1)


def scale_for(terms: ContractTerms, height: int) -> Scale:
    """Return the scale on which the most hours a contract allows fit in a height of pixels."""
    base = height - FLOOR
    tallest = max(terms.period_max, 1)
    return Scale(height, base, (base - LABEL_ROOM) / tallest)


def strip(job: ProposedJob, terms: ContractTerms, *, height: int) -> SafeString:
    """Return the strip of a job as SVG; its numbers are for its table to give in full."""
    scale = scale_for(terms, height)
    return format_html(
        '<svg class="m-svg{}" height="{}" role="img" aria-label="{}">{}{}{}{}</svg>',
        "" if len(job.half_hours) == MONTHS else " m-weeks",
        height,
        _description(job, terms),
        _band(terms, scale),
        _bars(job, scale),
        _numbers(job, scale),
        _axis(job, terms, scale),
    )


def slot(rank: int) -> int:
    """Return the pattern of the firm of that rank in a job, from 1."""
    return rank % PATTERNS + 1


def _description(job: ProposedJob, terms: ContractTerms) -> str:
    return _(
        "Hours a week over the year for job %(number)d: from %(least)s to %(most)s, "
        "the contract allows %(low)s to %(high)s. The table below gives them all."
    ) % {
        "number": job.number,
        "least": half_hours(min(job.half_hours)),
        "most": half_hours(max(job.half_hours)),
        "low": half_hours(terms.period_min),
        "high": half_hours(terms.period_max),
    }


def _band(terms: ContractTerms, scale: Scale) -> SafeString:
    top, bottom = scale.y(terms.period_max), scale.y(terms.period_min)
    return format_html(
        '<rect class="m-band" width="100%" y="{}" height="{}"/>', top, round(bottom - top, 1)
    )


def _bars(job: ProposedJob, scale: Scale) -> SafeString:
    width = 100 / len(job.half_hours)
    gap = GAP if len(job.half_hours) == MONTHS else 0.0  # weeks touch: they would be all gaps
    columns = [(f"{at * width + gap / 2:.2f}%") for at in range(len(job.half_hours))]
    bar = f"{width - gap:.2f}%"
    below = [0] * len(job.half_hours)
    groups = []
    for rank, need in enumerate(job.needs):
        rows = []
        for at, value in enumerate(need.half_hours):
            if value:
                top = scale.y(below[at] + value)
                rows.append((columns[at], top, bar, round(scale.y(below[at]) - top, 1)))
                below[at] += value
        bars = format_html_join("", '<rect x="{}" y="{}" width="{}" height="{}"/>', rows)
        groups.append((slot(rank), bars))
    return format_html_join("", '<g class="m-p{}">{}</g>', groups)


def _numbers(job: ProposedJob, scale: Scale) -> SafeString:
    """Write each month's hours over its bar; fifty-two weeks leave no room for them."""
    if len(job.half_hours) != MONTHS:
        return SafeString("")
    rows = [
        # 33.5 shows as 34: half an hour more, never half an hour less.
        (f"{x:.2f}%", round(scale.y(value) - 4, 1), (value + 1) // 2)
        for x, value in zip(_middles(), job.half_hours, strict=True)
    ]
    return format_html(
        '<g class="m-mid m-svg-b">{}</g>',
        format_html_join("", '<text x="{}" y="{}">{}</text>', rows),
    )


def _axis(job: ProposedJob, terms: ContractTerms, scale: Scale) -> SafeString:
    middles = _middles() if len(job.half_hours) == MONTHS else _middles_by_days()
    initials = [
        (f"{x:.2f}%", scale.height - 7, month_name(month, "narrow"))
        for month, x in enumerate(middles)
    ]
    return format_html(
        '{}<g class="m-mid">{}</g><line class="m-axis--ink" x2="100%" y1="{}" y2="{}"/>',
        format_html_join("", "{}", ((line,) for line in _limits(terms, scale))),
        format_html_join("", '<text x="{}" y="{}">{}</text>', initials),
        scale.base + 1,
        scale.base + 1,
    )


def _limits(terms: ContractTerms, scale: Scale) -> Iterator[SafeString]:
    """Yield the two lines of the contract, each with its hours when there is room for both."""
    limits = [terms.period_max, terms.period_min]
    for value in limits:
        if value:
            yield format_html(
                '<line class="m-band-line" x2="100%" y1="{0}" y2="{0}"/>', scale.y(value)
            )
    apart = scale.y(limits[1]) - scale.y(limits[0])
    for value in limits if apart >= LABELS_APART else limits[:1]:
        if value:
            yield format_html(
                '<text x="100%" dx="7" y="{}">{}</text>', scale.y(value) + 4, hours(value / 2)
            )


def _middles() -> list[float]:
    return [(month + 0.5) * 100 / MONTHS for month in range(MONTHS)]


def _middles_by_days() -> list[float]:
    """Return the middle of each month, in percent of the year."""
    ends = [0]
    for days in DAYS:
        ends.append(ends[-1] + days)
    return [(start + end) / 2 * 100 / ends[-1] for start, end in pairwise(ends)]


def cover_bar(covered: float, possible: float | None, asked: float, label: str) -> SafeString:
    """Return the bar of hours covered, possible and asked, as SVG."""
    shares = _shares(covered, possible, asked)
    return format_html(
        '<svg class="m-svg m-cover__bar" height="26" role="img" aria-label="{}">'
        '<rect class="m-cov-all" y=".5" width="100%" height="25"/>'
        '<rect class="m-cov-could" width="{}%" height="26"/>'
        '<rect class="m-cov-have" width="{}%" height="26"/></svg>',
        label,
        shares[1],
        shares[0],
    )


def _shares(covered: float, possible: float | None, asked: float) -> Sequence[str]:
    """Return hours covered and possible in percent of those asked."""
    whole = asked or 1
    values = (covered, covered if possible is None else possible)
    return [f"{100 * value / whole:.2f}" for value in values]
