"""Whatever the survey: a valid answer, a true bound, and the same answer again."""

import os
import signal
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import active_children
from random import Random
from typing import TYPE_CHECKING

import pytest
from distributed import Client, LocalCluster
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.pooling import made_up
from maillage.engines.kernel.executors import process_pool
from maillage.engines.pooling import (
    CONTRACTS,
    Instance,
    MaxIterations,
    MaxRuntime,
    Status,
    breaches,
    objective_of,
    solve,
)
from tests.engines.pooling.surveys import instances, most_units

if TYPE_CHECKING:
    from maillage.engines.kernel.progress import Progress


@settings(max_examples=60, deadline=None)
@given(instances())
def test_small_survey_is_solved_to_the_proved_best(instance: Instance) -> None:
    result = solve(instance, stop=MaxIterations(2), seed=1)

    assert result.objective == most_units(instance)
    assert result.bound == result.objective
    assert result.status is Status.OPTIMAL


@settings(max_examples=15, deadline=None)
@given(st.integers(20, 60), st.integers(1, 1000), st.sampled_from(sorted(CONTRACTS)))
def test_any_survey_gets_a_valid_answer_under_a_true_bound(
    needs: int, seed: int, contract: str
) -> None:
    instance = made_up(needs, seed=seed, contract=contract)
    result = solve(instance, stop=MaxIterations(1), seed=seed)

    assert breaches(instance, result.solution) == ()
    assert result.objective == objective_of(instance, result.solution).units
    assert result.bound is not None
    assert result.objective <= result.bound <= instance.total_units
    served = {need_id for job in result.solution.jobs for need_id in job.need_ids}
    alone = sum(need.units for need in instance.needs if need.need_id not in served)
    assert result.objective + alone == instance.total_units


@settings(max_examples=10, deadline=None)
@given(st.integers(1, 1000))
def test_names_and_row_order_do_not_change_the_hours_covered(seed: int) -> None:
    instance = made_up(50, seed=seed)
    needs = [
        replace(need, need_id=f"renamed {need.need_id}", firm_id=f"z{need.firm_id}")
        for need in instance.needs
    ]
    Random(seed).shuffle(needs)
    rivals = frozenset((f"z{a}", f"z{b}") for a, b in instance.competitors)
    other = replace(instance, needs=tuple(needs), competitors=rivals)

    first = solve(instance, stop=MaxIterations(2), seed=1)
    second = solve(other, stop=MaxIterations(2), seed=1)

    assert first.objective == second.objective


def test_same_seed_gives_the_same_jobs_here_and_in_processes() -> None:
    instance = made_up(80)
    here = solve(instance, stop=MaxIterations(2), seed=3)
    again = solve(instance, stop=MaxIterations(2), seed=3)
    with process_pool(2) as executor:
        apart = solve(instance, stop=MaxIterations(2), seed=3, executor=executor)

    assert here.solution == again.solution == apart.solution
    assert here.bound == again.bound == apart.bound
    assert active_children() == []


def test_dask_workers_give_the_same_answer() -> None:
    instance = made_up(80)
    here = solve(instance, stop=MaxIterations(1), seed=1)
    with (
        LocalCluster(  # type: ignore[no-untyped-call]
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address=":0"
        ) as cluster,
        Client(cluster) as client,  # type: ignore[no-untyped-call]
    ):
        there = solve(instance, stop=MaxIterations(1), seed=1, executor=client.get_executor())

    assert there.solution == here.solution
    assert there.bound == here.bound


def test_more_turns_are_never_worse() -> None:
    instance = made_up(200, seed=2)
    covered = [solve(instance, stop=MaxIterations(turns), seed=1).objective for turns in (0, 1, 3)]

    assert covered == sorted(covered)


def test_stopping_at_once_still_gives_a_valid_answer() -> None:
    instance = made_up(300)
    result = solve(instance, stop=MaxRuntime(60), should_stop=lambda: True)

    assert breaches(instance, result.solution) == ()
    assert 0 < result.objective <= (result.bound or 0)


def test_killed_worker_does_not_lose_the_run() -> None:
    instance = made_up(300)
    killed: list[int] = []
    with process_pool(2) as executor:
        assert isinstance(executor, ProcessPoolExecutor)

        def kill_one() -> bool:
            workers = list(executor._processes)
            if workers and not killed:
                os.kill(workers[0], signal.SIGKILL)
                killed.append(workers[0])
            return False

        result = solve(instance, stop=MaxRuntime(6), executor=executor, should_stop=kill_one)

    assert killed
    assert breaches(instance, result.solution) == ()
    assert result.gap is not None
    assert result.gap < 0.2


def test_progress_only_ever_gets_better() -> None:
    told: list[Progress] = []
    solve(made_up(100), stop=MaxIterations(2), seed=1, on_progress=told.append)

    assert told[0].phase == "first_answer"
    assert [p.objective for p in told] == sorted(p.objective for p in told)
    bounds = [p.bound for p in told if p.bound is not None]
    assert bounds == sorted(bounds, reverse=True)


@pytest.mark.parametrize("stop", [lambda: MaxRuntime(0), lambda: MaxIterations(-1)])
def test_senseless_limit_is_refused(stop: object) -> None:
    with pytest.raises(ValueError, match=r"cannot be negative|must be positive"):
        stop()  # type: ignore[operator]
