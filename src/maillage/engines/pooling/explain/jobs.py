"""Why a job holds together, read off the hours of its needs.

The first of these that is true is given:

1. `opposite_seasons`: of two seasonal needs (a peak of one and a half times the average or
   more) each has less than its average at the other's peak. The two that complete each other
   most are named; together they bring a quarter of the job's hours at least.
2. `fills_the_gap`: one need has few hours (half its average or less) in a sixth of the year or
   more, and in one of those periods another has its average or more. The two are named for
   which most hours are made up; together they bring a quarter of the job's hours at least.
3. `steady_shares`: every need has hours in every period, and none has enough for a job alone.
4. `fills_the_gap` again, for any period in which one need has few hours and another has some.
5. `adds_up`: nothing more can be said.

A need without hours tells nothing and is left out.
"""

from __future__ import annotations

from itertools import combinations, permutations
from typing import TYPE_CHECKING

from maillage.engines.pooling.explain.findings import JobFacts, Reason
from maillage.engines.pooling.solution import half_hours_of, metres_of, needs_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from maillage.engines.pooling.instance import Instance, Need
    from maillage.engines.pooling.solution import SharedJob

FEWEST_LOW = 6  # few hours in one period out of so many make a gap worth telling
TELLING_SHARE = 4  # two needs speak for a job when they bring one hour of so many


def job_facts(instance: Instance, job: SharedJob) -> JobFacts:
    """Return what `job` amounts to, and why it holds together."""
    half_hours = half_hours_of(instance, job)
    return JobFacts(
        job=job,
        half_hours=half_hours,
        units=sum(half_hours),
        metres=metres_of(instance, job),
        reason=_reason(instance, needs_of(instance, job)),
    )


def _reason(instance: Instance, needs: Iterable[Need]) -> Reason:
    asking = [need for need in needs if need.units]
    job_units = sum(need.units for need in asking)
    telling = [
        (a, b)
        for a, b in combinations(asking, 2)
        if (a.units + b.units) * TELLING_SHARE >= job_units
    ]
    enough = instance.contract.mean_min_half_hours * instance.periods
    steady = all(min(need.half_hours) > 0 and need.units < enough for need in asking)
    return (
        _opposite_seasons(telling)
        or _filled_gap([(a, b) for a, b in _both_ways(telling) if _has_gap(a)], deep=True)
        or (Reason("steady_shares", {"employers": len(asking)}) if steady else None)
        or _filled_gap(list(permutations(asking, 2)), deep=False)
        or Reason("adds_up", {"employers": len(asking)})
    )


def _both_ways(pairs: Iterable[tuple[Need, Need]]) -> list[tuple[Need, Need]]:
    return [way for a, b in pairs for way in ((a, b), (b, a))]


def _opposite_seasons(pairs: Iterable[tuple[Need, Need]]) -> Reason | None:
    best = 0
    found: Reason | None = None
    for a, b in pairs:
        if not (_is_seasonal(a) and _is_seasonal(b)):
            continue
        a_peak, b_peak = _peak_beside(a, b), _peak_beside(b, a)
        if _over_average(b, a_peak) >= 0 or _over_average(a, b_peak) >= 0:
            continue
        made_up = _made_up(a, b) + _made_up(b, a)
        if made_up > best:
            best = made_up
            (first_peak, first), (second_peak, second) = sorted(
                ((a_peak, a.need_id), (b_peak, b.need_id))
            )
            found = Reason(
                "opposite_seasons",
                {
                    "first": first,
                    "first_peak": first_peak,
                    "second": second,
                    "second_peak": second_peak,
                },
            )
    return found


def _filled_gap(pairs: Sequence[tuple[Need, Need]], *, deep: bool) -> Reason | None:
    """Name the two needs, main then filler, and the period for which most hours are made up.

    With `deep` only periods count in which the filler has its average or more.
    """
    best = 0
    found: Reason | None = None
    for main, filler in pairs:
        periods = len(main.half_hours)
        for period, brought in enumerate(filler.half_hours):
            missing = -_over_average(main, period)
            if not _is_low(main, period) or (deep and _over_average(filler, period) < 0):
                continue
            made_up = min(missing, brought * periods)
            if made_up > best:
                best = made_up
                details = {"main": main.need_id, "low": period, "filler": filler.need_id}
                found = Reason("fills_the_gap", details)
    return found


def _is_seasonal(need: Need) -> bool:
    return 2 * max(need.half_hours) * len(need.half_hours) >= 3 * need.units


def _is_low(need: Need, period: int) -> bool:
    """Whether `need` has half its average or less."""
    return 2 * need.half_hours[period] * len(need.half_hours) <= need.units


def _has_gap(need: Need) -> bool:
    periods = len(need.half_hours)
    return FEWEST_LOW * sum(_is_low(need, period) for period in range(periods)) >= periods


def _over_average(need: Need, period: int) -> int:
    """Hours of `need` over its average, times the number of periods to stay whole."""
    return need.half_hours[period] * len(need.half_hours) - need.units


def _peak_beside(need: Need, other: Need) -> int:
    """Return a period in which `need` has most hours: the one in which `other` has fewest."""
    peak = max(need.half_hours)
    peaks = [period for period, value in enumerate(need.half_hours) if value == peak]
    return min(peaks, key=lambda period: other.half_hours[period])


def _made_up(need: Need, other: Need) -> int:
    """Hours of `need` over its average that fall when `other` is under its own."""
    return sum(
        max(0, min(_over_average(need, period), -_over_average(other, period)))
        for period in range(len(need.half_hours))
    )
