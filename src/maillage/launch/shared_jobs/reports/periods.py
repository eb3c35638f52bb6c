"""Periods of the year as people say them: months, or weeks with the month they fall in."""

from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from typing import Final, Literal

from babel.dates import get_month_names
from django.utils.translation import gettext as _

from maillage.launch.shared_jobs.reports.figures import language, listed

MONTHS: Final = 12
WEEKS: Final = 52
DAYS: Final = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
WEEK_DAYS: Final = 7
LONG_RUN: Final = 3  # periods in a row, from which they are said by the first and the last
BUSY: Final = 0.5  # of the busiest month, from which a month belongs to the season
MOST_SEASONS: Final = 3
MOST_RUNS: Final = 6
FEW_QUIET: Final = 2  # months, said instead of all the others


def month_name(month: int, width: Literal["wide", "abbreviated", "narrow"] = "wide") -> str:
    """Return the name of a month, 0 for January."""
    return str(get_month_names(width, "stand-alone", locale=language())[month + 1])


def period_name(period: int, periods: int) -> str:
    """Return the name of a period: a month, or a week and its month."""
    if periods == MONTHS:
        return month_name(period)
    return _("week %(week)d (%(month)s)") % {
        "week": period + 1,
        "month": month_name(_month_of_week(period)),
    }


def when(periods: int, wanted: Sequence[int]) -> str:
    """Return periods as an answer to "when?": "in August", "from June to September"."""
    if len(set(wanted)) == periods:
        return _("all year round")
    found = [words for run in runs(wanted, periods) for words in _run_in_words(run, periods)]
    return listed(found, shown=MOST_RUNS)


def _run_in_words(run: Sequence[int], periods: int) -> list[str]:
    names = [period_name(period, periods) for period in run]
    if len(run) < LONG_RUN:
        return [_("in %(period)s") % {"period": name} for name in names]
    # Translators: French says “entre juin et septembre”, which needs no elision.
    return [_("from %(first)s to %(last)s") % {"first": names[0], "last": names[-1]}]


def runs(wanted: Sequence[int], periods: int) -> list[list[int]]:
    """Return periods grouped where they follow each other, December followed by January."""
    ordered = sorted(set(wanted))
    if not ordered:
        return []
    groups = [[ordered[0]]]
    for before, period in pairwise(ordered):
        if period == before + 1:
            groups[-1].append(period)
        else:
            groups.append([period])
    if len(groups) > 1 and groups[0][0] == 0 and groups[-1][-1] == periods - 1:
        groups[0] = groups.pop() + groups[0]
    return groups


def season(half_hours: Sequence[int]) -> str:
    """Return the months that matter in a need: "all year round", "June to September"."""
    months = monthly(half_hours)
    busiest = max(months)
    busy = [month for month, value in enumerate(months) if value >= BUSY * busiest]
    if len(busy) == MONTHS:
        return _("all year round")
    quiet = [month for month in range(MONTHS) if month not in busy]
    if len(quiet) <= FEW_QUIET:
        return _("all year round, except in %(months)s") % {
            "months": listed([month_name(month) for month in quiet])
        }
    groups = runs(busy, MONTHS)
    if len(groups) > MOST_SEASONS:
        return _("%(count)d months of the year") % {"count": len(busy)}
    return ", ".join(
        _("%(first)s to %(last)s") % {"first": month_name(run[0]), "last": month_name(run[-1])}
        if len(run) > 1
        else month_name(run[0])
        for run in groups
    )


def monthly(half_hours: Sequence[int]) -> list[float]:
    """Return half-hours a week in each month; weeks count in a month for the days they have in it.

    The year has 365 days; its last day goes with the fifty-second week.
    """
    if len(half_hours) == MONTHS:
        return [float(value) for value in half_hours]
    return [
        sum(days * half_hours[week] for week, days in shares) / DAYS[month]
        for month, shares in enumerate(_weeks_of_months())
    ]


@cache
def _weeks_of_months() -> tuple[tuple[tuple[int, int], ...], ...]:
    """Return, for each month, its weeks and how many days of it each has."""
    shares: list[dict[int, int]] = [{} for _month in DAYS]
    day = 0
    for month, length in enumerate(DAYS):
        for _day in range(length):
            week = min(day // WEEK_DAYS, WEEKS - 1)
            shares[month][week] = shares[month].get(week, 0) + 1
            day += 1
    return tuple(tuple(weeks.items()) for weeks in shares)


def _month_of_week(week: int) -> int:
    """Return the month that has most days of a week."""
    return max(range(MONTHS), key=lambda month: dict(_weeks_of_months()[month]).get(week, 0))
