"""Needs of the cast, in towns along one road, for the stories about explanations."""

from collections.abc import Sequence

from maillage.engines.pooling.explain import Explanation, Relaxation, Unserved, explain
from maillage.engines.pooling.instance import CONTRACTS, Instance, Need, sorted_pairs
from maillage.engines.pooling.solution import SharedJob, Solution

KM_PER_DEGREE = 111.195
JANUARY, AUGUST, DECEMBER = 0, 7, 11


def flat(hours: float) -> list[float]:
    return [hours] * 12


def months(hours: dict[range, float], *, elsewhere: float = 0) -> list[float]:
    """Hours a week in some months, counted from 1, and in the others."""
    return [
        next((value for months, value in hours.items() if month in months), elsewhere)
        for month in range(1, 13)
    ]


def need(
    name: str, hours: Sequence[float], *, km: float = 0, occupation: str = "bread", firm: str = ""
) -> Need:
    """A need of the firm `name`, so many km up the road."""
    return Need(
        need_id=name,
        firm_id=firm or name,
        firm=f"{(firm or name).title()}'s bakery",
        occupation=occupation,
        latitude=47 + km / KM_PER_DEGREE,
        longitude=1.3,
        half_hours=tuple(round(2 * value) for value in hours),
    )


def instance_of(
    *needs: Need,
    contract: str = "annual",
    competitors: Sequence[tuple[str, str]] = (),
    related: Sequence[tuple[str, str]] = (),
    max_employers: int = 5,
) -> Instance:
    return Instance(
        needs=needs,
        contract=CONTRACTS[contract],
        competitors=sorted_pairs(competitors),
        related=sorted_pairs(related),
        max_employers=max_employers,
    )


def jobs(*members: Sequence[str]) -> Solution:
    return Solution(tuple(SharedJob(tuple(need_ids)) for need_ids in members))


NOBODY = jobs()


def left(explanation: Explanation, need_id: str) -> Unserved:
    return next(unserved for unserved in explanation.unserved if unserved.need_id == need_id)


def told(instance: Instance, need_id: str, solution: Solution = NOBODY) -> Unserved:
    """What is said of a need that `solution` leaves alone."""
    return left(explain(instance, solution), need_id)


def change(instance: Instance, need_id: str, solution: Solution = NOBODY) -> Relaxation:
    """What would serve a need that `solution` leaves alone."""
    relaxation = told(instance, need_id, solution).relaxation
    assert relaxation is not None
    return relaxation
