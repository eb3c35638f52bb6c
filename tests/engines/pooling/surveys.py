"""Small surveys for the engine's tests, and the best answer found by trying everything."""

from collections.abc import Iterator
from functools import cache
from itertools import combinations

from hypothesis import strategies as st

from maillage.engines.pooling import CONTRACTS, Contract, Instance, Need, SharedJob, Solution
from maillage.engines.pooling.checks import breaches
from maillage.engines.pooling.instance import sorted_pairs

BLOIS = (47.586, 1.335)


def need(
    need_id: str,
    hours: float | tuple[float, ...],
    *,
    firm: str = "",
    occupation: str = "baker",
    place: tuple[float, float] = BLOIS,
    periods: int = 12,
) -> Need:
    """Build a need of `hours` a week, the same all year or one number per period."""
    by_period = hours if isinstance(hours, tuple) else (hours,) * periods
    return Need(
        need_id=need_id,
        firm_id=firm or f"firm of {need_id}",
        firm=firm,
        occupation=occupation,
        latitude=place[0],
        longitude=place[1],
        half_hours=tuple(round(2 * value) for value in by_period),
    )


def survey(*needs: Need, contract: str = "strict", **rules: object) -> Instance:
    """Build an instance on one of the contracts built in."""
    return Instance(needs=needs, contract=CONTRACTS[contract], **rules)  # type: ignore[arg-type]


def every_valid_job(instance: Instance) -> Iterator[tuple[str, ...]]:
    """Yield every set of needs that the checks accept as a job."""
    ids = [need.need_id for need in instance.needs]
    for size in range(2, instance.max_employers + 1):
        for chosen in combinations(ids, size):
            if not breaches(instance, Solution((SharedJob(chosen),))):
                yield chosen


def most_units(instance: Instance) -> int:
    """Return what the best choice of jobs covers, by trying every choice."""
    units = {need.need_id: need.units for need in instance.needs}
    jobs = [(frozenset(job), sum(units[i] for i in job)) for job in every_valid_job(instance)]

    @cache
    def best(first: int, taken: frozenset[str]) -> int:
        if first == len(jobs):
            return 0
        job, worth = jobs[first]
        without = best(first + 1, taken)
        if job & taken:
            return without
        return max(without, worth + best(first + 1, taken | job))

    return best(0, frozenset())


@st.composite
def odd_contracts(draw: st.DrawFn) -> Contract:
    """Draw a contract nobody would think of: a band for the year, another for each period."""
    mean_min = draw(st.integers(0, 70))
    period_min = draw(st.integers(0, 60))
    return Contract(
        "odd",
        mean_min_half_hours=mean_min,
        mean_max_half_hours=draw(st.integers(max(1, mean_min), 90)),
        period_min_half_hours=period_min,
        period_max_half_hours=draw(st.integers(period_min, 110)),
    )


@st.composite
def instances(draw: st.DrawFn, *, fewest: int = 2, most: int = 8) -> Instance:
    """Draw a small survey where sharing is often possible and often forbidden."""
    count = draw(st.integers(fewest, most))
    periods = draw(st.sampled_from([12, 12, 12, 52]))
    needs = []
    for k in range(count):
        base = draw(st.integers(10, 50))
        months = draw(st.lists(st.integers(-6, 6), min_size=4, max_size=4))
        half_hours = tuple(max(0, base + months[4 * t // periods]) for t in range(periods))
        needs.append(
            Need(
                need_id=f"need {k}",
                firm_id=f"firm {draw(st.integers(0, count - 1))}",
                firm="",
                occupation=draw(st.sampled_from(["baker", "baker", "cook", "gardener"])),
                latitude=47.5 + draw(st.integers(0, 4)) / 10,
                longitude=1.3,
                half_hours=half_hours,
            )
        )
    firms = sorted({need.firm_id for need in needs})
    pairs = list(combinations(firms, 2))
    rivals = draw(st.lists(st.sampled_from(pairs), max_size=3)) if pairs else []
    contract = draw(
        st.sampled_from([*CONTRACTS.values(), Contract("narrow", 60, 70, 50, 76)]) | odd_contracts()
    )
    return Instance(
        needs=tuple(needs),
        contract=contract,
        competitors=sorted_pairs(rivals),
        related=frozenset({("baker", "cook")}) if draw(st.booleans()) else frozenset(),
        max_distance_metres=draw(st.sampled_from([15_000, 30_000, 60_000])),
        max_employers=draw(st.integers(2, 6)),
    )
