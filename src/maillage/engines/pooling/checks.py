"""Is a solution valid? One plain function per rule, no solver inside.

Each check yields one sentence per breach, in English, naming the job by its needs.
"""

from collections import Counter
from collections.abc import Iterator
from itertools import combinations

from maillage.engines.kernel.errors import SolutionError
from maillage.engines.pooling.instance import MIN_EMPLOYERS, Instance
from maillage.engines.pooling.solution import (
    SharedJob,
    Solution,
    half_hours_of,
    metres_between,
    needs_of,
)


def check_known_needs(instance: Instance, solution: Solution) -> Iterator[str]:
    """Every need served exists."""
    for job in solution.jobs:
        for need_id in job.need_ids:
            if need_id not in instance.need_by_id:
                yield f"job {_name(job)} serves need {need_id}, which does not exist"


def check_needs_served_once(_instance: Instance, solution: Solution) -> Iterator[str]:
    """No need is served twice."""
    served = Counter(need_id for job in solution.jobs for need_id in job.need_ids)
    for need_id, times in served.items():
        if times > 1:
            yield f"need {need_id} is served {times} times"


def check_employers(instance: Instance, solution: Solution) -> Iterator[str]:
    """A job has from two employers to the most allowed, each firm once."""
    for job in solution.jobs:
        firms = [need.firm_id for need in needs_of(instance, job)]
        if len(set(firms)) < len(firms):
            yield f"job {_name(job)} has two needs of one firm"
        if not MIN_EMPLOYERS <= len(firms) <= instance.max_employers:
            yield (
                f"job {_name(job)} has {len(firms)} employers, "
                f"not {MIN_EMPLOYERS} to {instance.max_employers}"
            )


def check_competitors(instance: Instance, solution: Solution) -> Iterator[str]:
    """No two firms of a job compete."""
    for job in solution.jobs:
        for a, b in combinations(needs_of(instance, job), 2):
            if (min(a.firm_id, b.firm_id), max(a.firm_id, b.firm_id)) in instance.competitors:
                yield f"job {_name(job)} brings together competitors {a.firm_id} and {b.firm_id}"


def check_occupations(instance: Instance, solution: Solution) -> Iterator[str]:
    """Occupations of a job are the same or related, two by two."""
    for job in solution.jobs:
        for a, b in combinations(needs_of(instance, job), 2):
            pair = (min(a.occupation, b.occupation), max(a.occupation, b.occupation))
            if a.occupation != b.occupation and pair not in instance.related:
                yield f"job {_name(job)} mixes {a.occupation} and {b.occupation}"


def check_distance(instance: Instance, solution: Solution) -> Iterator[str]:
    """Places of a job are within the distance allowed, two by two."""
    for job in solution.jobs:
        for a, b in combinations(needs_of(instance, job), 2):
            metres = metres_between(a, b)
            if metres > instance.max_distance_metres:
                yield (
                    f"job {_name(job)}: {a.need_id} and {b.need_id} are {metres} m apart, "
                    f"over {instance.max_distance_metres}"
                )


def check_hours(instance: Instance, solution: Solution) -> Iterator[str]:
    """Hours of a job fit the contract in every period and over the year."""
    contract = instance.contract
    periods = instance.periods
    for job in solution.jobs:
        half_hours = half_hours_of(instance, job)
        for period, value in enumerate(half_hours, start=1):
            if not contract.period_min_half_hours <= value <= contract.period_max_half_hours:
                yield f"job {_name(job)} has {value / 2} h a week in period {period}"
        low, high = contract.mean_min_half_hours, contract.mean_max_half_hours
        if not low * periods <= sum(half_hours) <= high * periods:
            yield f"job {_name(job)} has {sum(half_hours) / 2 / periods:.2f} h a week on average"


CHECKS = (
    check_employers,
    check_competitors,
    check_occupations,
    check_distance,
    check_hours,
)


def breaches(instance: Instance, solution: Solution) -> tuple[str, ...]:
    """Return every breach of a rule, in words; empty when the solution is valid."""
    unknown = tuple(check_known_needs(instance, solution))
    if unknown:  # the other checks need to look the needs up
        return unknown
    found = list(check_needs_served_once(instance, solution))
    for check in CHECKS:
        found.extend(check(instance, solution))
    return tuple(found)


def verify(instance: Instance, solution: Solution) -> None:
    """Raise `SolutionError` listing the breaches, if there is any."""
    found = breaches(instance, solution)
    if found:
        raise SolutionError(found)


def _name(job: SharedJob) -> str:
    return "+".join(job.need_ids)
