"""The search against plain Python: every job, the most profitable ones, a sample of them."""

from collections.abc import Sequence

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from maillage.engines.kernel.kernels.chance import random_state
from maillage.engines.pooling import Instance
from maillage.engines.pooling.catalogue import every_job, some_jobs
from maillage.engines.pooling.graph import Graph, compatibility_graph
from maillage.engines.pooling.kernels.search import ALL, BEST, SAMPLE, Ask, Prices, search
from maillage.engines.pooling.master import PRICE_SCALE
from maillage.engines.pooling.relaxation import plain_prices, space_of
from tests.engines.pooling.positions import Job, as_sets, valid_jobs
from tests.engines.pooling.surveys import instances, need, survey

ENOUGH = 1 << 40
THIRDS = [need(f"n{k}", 12) for k in range(9)]  # any three make a job

profits_of_nine = st.lists(st.integers(-500, 500), min_size=9, max_size=9)
odd_sets_of_nine = st.lists(
    st.tuples(st.sets(st.integers(0, 8), min_size=3, max_size=5), st.integers(1, 400)), max_size=3
)


def found(
    graph: Graph, prices: Prices, ask: Ask, room: int = 10_000
) -> tuple[list[Job], NDArray[np.int64], NDArray[np.int64], bool]:
    jobs, values, best, complete = search(
        space_of(graph), prices, ask, graph.size, room, random_state(1)
    )
    return as_sets(jobs), values, best, complete


def priced(
    profits: Sequence[int], size: int, sets: Sequence[tuple[set[int], int]] = (), per_job: int = 0
) -> Prices:
    """The search's form of a profit per need and penalties of odd sets."""
    belongs = [[k for k, (members, _) in enumerate(sets) if i in members] for i in range(size)]
    return Prices(
        np.array(profits[:size], np.int64),
        per_job,
        np.cumsum([0, *(len(mine) for mine in belongs)]).astype(np.int64),
        np.array([k for mine in belongs for k in mine], np.int64),
        np.array([penalty for _, penalty in sets], np.int64),
    )


def profit(
    job: Job, profits: Sequence[int], sets: Sequence[tuple[set[int], int]], per_job: int
) -> int:
    """What the search calls the profit of a job, said again in plain words."""
    crossed = sum(penalty * (len(job & members) // 2) for members, penalty in sets)
    return per_job + sum(profits[i] for i in job) - crossed


@settings(max_examples=150)
@given(instances(most=9))
def test_every_job_is_found_once_and_nothing_else(instance: Instance) -> None:
    jobs = every_job(compatibility_graph(instance))

    assert jobs is not None
    assert sorted(map(sorted, as_sets(jobs))) == sorted(map(sorted, valid_jobs(instance)))


@settings(max_examples=150)
@given(
    instances(most=9),
    profits_of_nine,
    odd_sets_of_nine,
    st.integers(-300, 300),
    st.integers(1, 4),
)
def test_best_jobs_of_each_root_are_found_with_their_exact_profit(
    instance: Instance,
    profits: list[int],
    sets: list[tuple[set[int], int]],
    per_job: int,
    keep: int,
) -> None:
    graph = compatibility_graph(instance)
    prices = priced(profits, graph.size, sets, per_job)
    jobs, values, best, complete = found(graph, prices, Ask(BEST, keep, 0, ENOUGH))
    valid = valid_jobs(instance)

    assert complete
    assert [profit(job, profits, sets, per_job) for job in jobs] == values.tolist()
    for root in range(graph.size):
        worth = [profit(job, profits, sets, per_job) for job in valid if min(job) == root]
        worth = sorted((value for value in worth if value > 0), reverse=True)
        mine = [value for job, value in zip(jobs, values, strict=True) if min(job) == root]
        assert sorted(mine, reverse=True) == worth[:keep]
        assert best[root] == max(worth, default=0)


@settings(max_examples=100)
@given(instances(most=9), profits_of_nine, odd_sets_of_nine, st.integers(1, 6))
def test_search_cut_short_still_bounds_the_profit_of_each_root(
    instance: Instance, profits: list[int], sets: list[tuple[set[int], int]], tries: int
) -> None:
    graph = compatibility_graph(instance)
    prices = priced(profits, graph.size, sets)
    jobs, _, best, _ = found(graph, prices, Ask(BEST, 2, 0, tries))
    valid = valid_jobs(instance)

    assert set(jobs) <= set(valid)
    for root in range(graph.size):
        worth = [profit(job, profits, sets, 0) for job in valid if min(job) == root]
        assert best[root] >= max(worth, default=0)


def test_search_cut_short_may_claim_more_than_there_is_but_not_less() -> None:
    graph = compatibility_graph(survey(*THIRDS))
    prices = plain_prices(np.full(9, 10, np.int64))

    _, _, exact, _ = found(graph, prices, Ask(BEST, 1, 0, ENOUGH))
    jobs, _, claimed, _ = found(graph, prices, Ask(BEST, 1, 0, 1))

    assert exact.tolist() == [30] * 7 + [0, 0]  # the last two are no job's lowest need
    assert jobs == []
    assert (claimed >= exact).all()
    assert claimed[0] > 30


@settings(max_examples=60)
@given(instances(most=9), st.integers(1, 5), st.integers(1, 30))
def test_sample_holds_valid_jobs_none_twice_and_few_per_root(
    instance: Instance, keep: int, tries: int
) -> None:
    graph = compatibility_graph(instance)
    ask = Ask(SAMPLE, keep, -ENOUGH, tries)
    jobs, _, _, _ = found(graph, plain_prices(np.zeros(graph.size, np.int64)), ask)

    assert len(set(jobs)) == len(jobs)
    assert set(jobs) <= set(valid_jobs(instance))
    assert all(sum(min(job) == root for job in jobs) <= keep for root in range(graph.size))


def test_jobs_drawn_at_random_are_distinct_and_the_same_for_the_same_seed() -> None:
    instance = survey(*THIRDS)
    graph = compatibility_graph(instance)
    jobs = some_jobs(graph, seed=4, room=16 * 9 * 2)  # two for each need and sample

    assert len(set(as_sets(jobs))) == len(jobs) > 9
    assert set(as_sets(jobs)) < set(valid_jobs(instance))
    assert (jobs == some_jobs(graph, seed=4, room=16 * 9 * 2)).all()
    assert set(as_sets(jobs)) != set(as_sets(some_jobs(graph, seed=5, room=16 * 9 * 2)))


def test_list_that_does_not_fit_is_never_passed_off_as_whole() -> None:
    graph = compatibility_graph(survey(*THIRDS))  # 84 jobs
    nothing = plain_prices(np.zeros(9, np.int64))

    whole = every_job(graph, room=84)

    assert whole is not None
    assert len(whole) == 84
    assert every_job(graph, room=83) is None
    assert not found(graph, nothing, Ask(ALL, 0, -ENOUGH, ENOUGH), room=83)[3]


@settings(max_examples=60)
@given(instances(most=9), profits_of_nine, st.floats(0, 12))
def test_jobs_near_their_price_are_listed_and_no_others(
    instance: Instance, extra: list[int], loss: float
) -> None:
    graph = compatibility_graph(instance)
    prices = (graph.units + np.array(extra[: graph.size])) * PRICE_SCALE
    jobs = every_job(graph, prices=prices, loss=loss)
    units_lost = loss * 2 * instance.periods

    assert jobs is not None
    assert set(as_sets(jobs)) == {
        job for job in valid_jobs(instance) if sum(extra[i] for i in job) <= units_lost
    }
