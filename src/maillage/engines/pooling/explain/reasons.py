"""Why a need stays alone: the first reason that is true, in the order of `findings`.

Needs that ask for no hours count for nothing. Reasons up to `no_fit_over` are read off the need
and each other one. The next come from a search of the sets that the need makes with all its
neighbours of the compatibility graph; should one need have so many that the search is cut short
(see `costs.SETS_PER_REASON`), `no_fit_short` has `proved` False and `partners_better_used` has
`or_more` True, as when there are more jobs than worth counting.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from maillage.engines.pooling.explain.costs import JOBS_COUNTED, SETS_PER_REASON
from maillage.engines.pooling.explain.findings import Reason
from maillage.engines.pooling.kernels.partners import FREE, SHORT, Reach, find_partners
from maillage.engines.pooling.kernels.ties import metres_to
from maillage.engines.pooling.solution import metres_between

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from maillage.engines.pooling.explain.situation import Situation


class FreeJob(NamedTuple):
    """A job that a need could have at once: with partners left alone, or the whole of `job`."""

    partners: tuple[int, ...]
    job: int | None


def reasons(situation: Situation) -> tuple[dict[int, Reason], dict[int, FreeJob]]:
    """Return why each need of `situation.alone` stays alone, under its position.

    Also which of them could have a job at once: their reason is `free_job`.
    """
    found: dict[int, Reason] = {}
    free: dict[int, FreeJob] = {}
    with_partners = []
    graph, asking = situation.graph, situation.asking
    near: dict[int, NDArray[np.int64]] = {}
    for need in situation.alone.tolist():
        too_high = _peak_too_high(situation, need)
        first = graph.starts[need]
        if too_high is not None:
            found[need] = too_high
        elif first < graph.starts[need + 1] and graph.neighbours[first] < asking:
            with_partners.append(need)
        else:
            found[need] = _no_partner(situation, need, near)
    for need, reason, job in _among_partners(situation, np.array(with_partners, np.int64)):
        found[need] = reason
        if job is not None:
            free[need] = job
    return found, free


def _peak_too_high(situation: Situation, need: int) -> Reason | None:
    """Alone, the need is over the maximum of a period (the highest is given), or of the year."""
    hours, contract = situation.graph.hours[need], situation.instance.contract
    period = int(hours.argmax())
    if hours[period] > contract.period_max_half_hours:
        return _too_high(period, int(hours[period]), contract.period_max_half_hours)
    if situation.graph.units[need] > situation.graph.band.units_max:
        mean = -(-int(situation.graph.units[need]) // len(hours))
        return _too_high(None, mean, contract.mean_max_half_hours)
    return None


def _too_high(period: int | None, half_hours: int, limit: int) -> Reason:
    return Reason("peak_too_high", {"period": period, "half_hours": half_hours, "limit": limit})


def _no_partner(situation: Situation, need: int, near: dict[int, NDArray[np.int64]]) -> Reason:
    """Say which rule leaves `need` without anybody; `near` keeps who asks per occupation."""
    same = _of_related_occupation(situation, need, near)
    same = same[situation.firm_of[same] != situation.firm_of[need]]
    if not len(same):
        return Reason("no_same_occupation", {})
    metres = metres_to(situation.graph.radians, need, same)
    same = same[np.argsort(metres, kind="stable")]
    within = int((metres <= situation.instance.max_distance_metres).sum())
    rivals = situation.firms.row(int(situation.firm_of[need]))
    competes = np.isin(situation.firm_of[same], rivals)
    if within and not competes[:within].all():
        return _no_fit_over(situation, need, same[:within][~competes[:within]])
    if within or competes.all():
        firms = [situation.needs[other].firm_id for other in same[: within or len(same)]]
        return Reason("only_competitors", {"firms": tuple(dict.fromkeys(firms))})
    nearest = situation.needs[same[~competes][0]]
    return Reason(
        "too_far",
        {
            "nearest_need": nearest.need_id,
            "metres": metres_between(situation.needs[need], nearest),
        },
    )


def _of_related_occupation(
    situation: Situation, need: int, known: dict[int, NDArray[np.int64]]
) -> NDArray[np.int64]:
    """Return the needs that ask for hours in the occupation of `need` or a related one."""
    occupation = int(situation.occupation_of[need])
    if occupation not in known:
        wanted = np.append(situation.occupations.row(occupation), occupation)
        asked = situation.occupation_of[: situation.asking]
        known[occupation] = np.nonzero(np.isin(asked, wanted))[0]
    return known[occupation]


def _no_fit_over(situation: Situation, need: int, partners: NDArray[np.int64]) -> Reason:
    """Name the partner with which the worst excess, in a period or over the year, is least."""
    graph, periods = situation.graph, situation.instance.periods
    over = graph.hours[partners] + graph.hours[need] - graph.band.period_max
    over_year = graph.units[partners] + graph.units[need] - graph.band.units_max
    worst_period = over.max(axis=1)
    worst_year = -(-over_year // periods)
    total = np.maximum(np.maximum(over, 0).sum(axis=1), over_year)
    worst = np.maximum(worst_period, worst_year)
    best = np.lexsort((total, worst))[0]
    in_period = worst_period[best] >= worst_year[best]
    return Reason(
        "no_fit_over",
        {
            "partner": situation.needs[partners[best]].need_id,
            "period": int(over[best].argmax()) if in_period else None,
            "over_half_hours": int(worst[best]),
        },
    )


def _among_partners(
    situation: Situation, needs: NDArray[np.int64]
) -> Iterator[tuple[int, Reason, FreeJob | None]]:
    graph = situation.graph
    reach = Reach(
        starts=graph.starts,
        neighbours=graph.neighbours,
        hours=graph.hours,
        units=graph.units,
        limits=graph.band.limits,
        job_of=situation.job_of,
        sizes=situation.sizes,
        job_hours=situation.job_hours,
        job_units=situation.job_units,
    )
    found = find_partners(reach, needs, JOBS_COUNTED + 1, np.array(SETS_PER_REASON))
    for need, kind, jobs, exact, entered, members in zip(needs.tolist(), *found, strict=True):
        if kind == FREE:
            job = int(entered) if entered >= 0 else None
            others = members[1:] if job is None else situation.jobs[job]
            partners = tuple(int(other) for other in others if other >= 0)
            details = {"partners": situation.need_ids(partners), "job": job}
            yield need, Reason("free_job", details), FreeJob(partners, job)
        elif kind == SHORT:
            reason = _no_fit_short(situation, members[members >= 0], proved=bool(exact))
            yield need, reason, None
        else:
            details = {"jobs": int(jobs) if exact else int(jobs) - 1, "or_more": not exact}
            yield need, Reason("partners_better_used", details), None


def _no_fit_short(situation: Situation, members: NDArray[np.int64], *, proved: bool) -> Reason:
    """Say what the best set misses: over the year when more than in its short periods together."""
    graph, periods = situation.graph, situation.instance.periods
    short = np.maximum(0, graph.band.period_min - graph.hours[members].sum(axis=0))
    short_year = graph.band.units_min - int(graph.units[members].sum())
    in_period = short_year <= short.sum()
    return Reason(
        "no_fit_short",
        {
            "best_partners": situation.need_ids(members[1:]),
            "period": int(short.argmax()) if in_period else None,
            "missing_half_hours": int(short.max()) if in_period else -(-short_year // periods),
            "proved": proved,
        },
    )
