"""The cheapest change that would serve a need left alone.

One rule gives way, by as little as needed (`costs` says what each change costs), and the need
makes a job with others left alone, or enters a job whole: nobody who is served loses anything.
Looked at are the few dozen nearest partners and some thousand sets of them; so the cheapest
change of a need with many neighbours may be missed, and none is told beyond the limits of
`costs`. What is told has passed `checks`, with the rule changed. Among equally cheap changes,
a new job comes before a place in a job, then fewer partners.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from maillage.engines.pooling.checks import breaches
from maillage.engines.pooling.explain.costs import (
    COMPETITOR_COST,
    MOST_HOURS_DOWN,
    MOST_HOURS_UP,
    MOST_TIMES_DISTANCE,
    NEAREST_AT_ONCE,
    NEAREST_COMPETITORS,
    NEAREST_OTHER_OCCUPATION,
    NEAREST_TOO_FAR,
    OCCUPATION_COST,
    SETS_PER_CHANGE,
)
from maillage.engines.pooling.explain.findings import Relaxation
from maillage.engines.pooling.instance import Instance, Need, sorted_pairs
from maillage.engines.pooling.kernels.changes import cheapest_changes
from maillage.engines.pooling.kernels.judging import (
    EMPLOYERS,
    HOURS_DOWN,
    HOURS_UP,
    NOTHING,
    Costs,
)
from maillage.engines.pooling.kernels.ties import (
    COMPETITOR,
    DISTANCE,
    NO_RULE,
    OCCUPATION,
    RULES,
    Network,
)
from maillage.engines.pooling.solution import SharedJob, Solution, metres_between

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from maillage.engines.pooling.explain.situation import Situation

CODES = {
    NO_RULE: "free_job",
    DISTANCE: "distance",
    OCCUPATION: "occupation",
    COMPETITOR: "competitor",
    EMPLOYERS: "employers",
    HOURS_DOWN: "hours_down",
    HOURS_UP: "hours_up",
}


def relaxations(situation: Situation, needs: NDArray[np.int64]) -> Mapping[int, Relaxation]:
    """Return the cheapest change that would serve each of `needs`, where one was found."""
    found: dict[int, Relaxation] = {}
    numbers, members, changed = _search(situation, needs)
    for need, (code, value, _, job), positions, periods in zip(
        needs.tolist(), numbers.tolist(), members, changed, strict=True
    ):
        if code == NOTHING:
            continue
        change = _change(situation, positions[positions >= 0], code, value, periods)
        partners = positions[positions >= 0][1:].tolist()
        entered = job if job >= 0 else None
        relaxation = proposed(situation, need, CODES[code], change, partners, entered)
        if relaxation is not None:
            found[need] = relaxation
    return found


def proposed(
    situation: Situation,
    need: int,
    code: str,
    change: Mapping[str, object],
    partners: Sequence[int],
    job: int | None,
) -> Relaxation | None:
    """Return a change with what it brings, or None if the checks refuse it.

    `job` is the job that the partners are the whole of, if they are.
    """
    relaxation = Relaxation(
        code=code,
        details={**change, "job": job},
        partners=situation.need_ids(sorted(partners)),
        gain_units=0,
    )
    members = [situation.needs[position] for position in (need, *partners)]
    instance = relaxed(_only(situation.instance, members), members[0].need_id, relaxation)
    if breaches(instance, Solution((SharedJob(tuple(n.need_id for n in members)),))):
        return None
    gaining = instance.needs if job is None else instance.needs[:1]
    return replace(relaxation, gain_units=sum(need.units for need in gaining))


def relaxed(instance: Instance, need_id: str, relaxation: Relaxation) -> Instance:
    """Return `instance` with the change that would serve the need `need_id`."""
    details = relaxation.details
    match relaxation.code:
        case "distance":
            return replace(instance, max_distance_metres=_whole(relaxation, "metres"))
        case "employers":
            return replace(instance, max_employers=_whole(relaxation, "employers"))
        case "occupation":
            pair = (str(details["a"]), str(details["b"]))
            return replace(instance, related=instance.related | sorted_pairs([pair]))
        case "competitor":
            pair = (str(details["firm_a"]), str(details["firm_b"]))
            return replace(instance, competitors=instance.competitors - sorted_pairs([pair]))
        case "hours_down" | "hours_up":
            needs = tuple(
                _with_hours(need, relaxation) if need.need_id == need_id else need
                for need in instance.needs
            )
            return replace(instance, needs=needs)
    return instance


def _with_hours(need: Need, relaxation: Relaxation) -> Need:
    periods = relaxation.details["periods"]
    if not isinstance(periods, tuple):
        raise TypeError(f"the periods of {relaxation.code} are {periods!r}, not a tuple")
    amount = _whole(relaxation, "half_hours")
    step = amount if relaxation.code == "hours_up" else -amount
    half_hours = tuple(
        value + (step if period in periods else 0) for period, value in enumerate(need.half_hours)
    )
    return replace(need, half_hours=half_hours)


def _whole(relaxation: Relaxation, key: str) -> int:
    value = relaxation.details[key]
    if not isinstance(value, int):
        raise TypeError(f"{key} of {relaxation.code} is {value!r}, not a whole number")
    return value


def _only(instance: Instance, needs: Sequence[Need]) -> Instance:
    """Return the part of `instance` that concerns `needs`."""
    firms = sorted_pairs((a.firm_id, b.firm_id) for a, b in combinations(needs, 2))
    occupations = sorted_pairs((a.occupation, b.occupation) for a, b in combinations(needs, 2))
    return replace(
        instance,
        needs=tuple(needs),
        competitors=firms & instance.competitors,
        related=occupations & instance.related,
    )


def _change(
    situation: Situation,
    positions: NDArray[np.int64],
    code: int,
    value: int,
    periods: NDArray[np.bool_],
) -> Mapping[str, object]:
    """Return the details of a change that makes a job of the needs at `positions`."""
    instance = situation.instance
    pairs = list(combinations([situation.needs[position] for position in positions], 2))
    if code == DISTANCE:
        return {"metres": max(metres_between(a, b) for a, b in pairs)}
    if code == OCCUPATION:
        named = sorted_pairs((a.occupation, b.occupation) for a, b in pairs) - instance.related
        first, second = next((a, b) for a, b in sorted(named) if a != b)
        return {"a": first, "b": second}
    if code == COMPETITOR:
        named = sorted_pairs((a.firm_id, b.firm_id) for a, b in pairs) & instance.competitors
        first, second = min(named)
        return {"firm_a": first, "firm_b": second}
    if code == EMPLOYERS:
        return {"employers": value}
    if code in (HOURS_DOWN, HOURS_UP):
        return {"half_hours": value, "periods": tuple(np.nonzero(periods)[0].tolist())}
    return {}


def _search(situation: Situation, needs: NDArray[np.int64]) -> tuple[NDArray[np.int64], ...]:
    """Run the kernel; see `cheapest_changes` for what it returns."""
    graph = situation.graph
    fits_alone = (graph.hours.max(axis=1) <= graph.band.period_max) & (
        graph.units <= graph.band.units_max
    )
    alone = situation.alone[fits_alone[situation.alone]]
    alone = alone[np.argsort(graph.radians[alone, 0], kind="stable")]
    keep = np.zeros(RULES, np.int64)
    keep[NO_RULE], keep[DISTANCE] = NEAREST_AT_ONCE, NEAREST_TOO_FAR
    keep[OCCUPATION], keep[COMPETITOR] = NEAREST_OTHER_OCCUPATION, NEAREST_COMPETITORS
    metres = situation.instance.max_distance_metres
    costs = Costs(
        max_metres=metres,
        occupation=OCCUPATION_COST,
        competitor=COMPETITOR_COST,
        farthest_metres=MOST_TIMES_DISTANCE * metres,
        most_up=MOST_HOURS_UP,
        most_down=MOST_HOURS_DOWN,
    )
    found: tuple[NDArray[np.int64], ...] = cheapest_changes(
        _network(situation),
        costs,
        needs,
        alone,
        graph.radians[alone, 0],
        situation.jobs,
        situation.sizes,
        situation.job_hours,
        situation.job_units,
        keep,
        np.array(SETS_PER_CHANGE),
    )
    return found


def _network(situation: Situation) -> Network:
    graph = situation.graph
    return Network(
        hours=graph.hours,
        units=graph.units,
        radians=graph.radians,
        cosines=np.cos(graph.radians[:, 0]),
        firm_of=situation.firm_of,
        occupation_of=situation.occupation_of,
        related_starts=situation.occupations.starts,
        related=situation.occupations.others,
        rival_starts=situation.firms.starts,
        rivals=situation.firms.others,
        max_metres=situation.instance.max_distance_metres,
        limits=graph.band.limits,
    )
