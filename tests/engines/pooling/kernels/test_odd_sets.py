"""Odd sets cut off fractional answers, and never a real one."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from maillage.engines.kernel.kernels.chance import random_state
from maillage.engines.pooling.kernels.anneal import index_jobs
from maillage.engines.pooling.kernels.odd_sets import Fractional, coefficients, separate
from tests.engines.pooling.positions import Job, as_rows

SIZE = 11


def fractional(jobs: list[set[int]], values: list[float], size: int) -> Fractional:
    served = [
        sum(value for job, value in zip(jobs, values, strict=True) if i in job) for i in range(size)
    ]
    starts, jobs_of = index_jobs(as_rows(jobs), size)
    items = sorted(set[int]().union(*jobs))
    return Fractional(
        np.array(values), 1 - np.array(served), starts, jobs_of, np.array(items, np.int64)
    )


def members(*items: int, size: int = SIZE) -> np.ndarray:
    return np.isin(np.arange(size), items)


@st.composite
def disjoint_jobs(draw: st.DrawFn) -> list[Job]:
    items = draw(st.permutations(range(SIZE)))
    jobs = []
    while len(items) > 1:
        size = draw(st.integers(2, 5))
        jobs.append(frozenset(items[:size]))
        items = items[size + draw(st.integers(0, 2)) :]
    return jobs


def test_three_halves_of_jobs_around_three_needs_are_cut() -> None:
    answer = fractional([{0, 1}, {1, 2}, {0, 2}], [0.5] * 3, size=3)
    sets, violations = separate(answer, 4, 3, random_state(1))

    assert sets.tolist() == [[True] * 3] * 4
    assert violations == pytest.approx([0.5] * 4)


def test_ring_of_five_is_cut_as_a_whole() -> None:
    ring = [{k, (k + 1) % 5} for k in range(5)]
    sets, violations = separate(fractional(ring, [0.5] * 5, size=6), 20, 25, random_state(1))
    best = int(violations.argmax())

    assert sets[best].tolist() == [True] * 5 + [False]
    assert violations[best] == pytest.approx(0.5)


def test_no_set_is_larger_than_asked() -> None:
    ring = [{k, (k + 1) % 5} for k in range(5)]
    sets, violations = separate(fractional(ring, [0.5] * 5, size=5), 20, 3, random_state(1))

    assert sets.sum(axis=1).max() <= 3
    assert violations.max() < 0.01


@given(disjoint_jobs(), st.integers(1, 1000))
def test_real_answer_breaks_no_odd_set_that_the_search_can_think_of(
    jobs: list[Job], seed: int
) -> None:
    answer = fractional([set(job) for job in jobs], [1.0] * len(jobs), SIZE)
    _, violations = separate(answer, 5, 9, random_state(seed))

    assert violations.max() <= 1e-9


@given(disjoint_jobs(), st.sets(st.integers(0, SIZE - 1), min_size=1))
def test_no_real_answer_is_ever_cut(jobs: list[Job], chosen: set[int]) -> None:
    most = len(chosen) // 2

    assert coefficients(as_rows(jobs), members(*chosen)).sum() <= most


@given(
    st.lists(st.sets(st.integers(0, 5), min_size=2, max_size=4), min_size=1, max_size=8),
    st.data(),
    st.integers(1, 1000),
)
def test_violation_told_is_that_of_the_set_returned(
    jobs: list[set[int]], data: st.DataObject, seed: int
) -> None:
    weights = data.draw(st.lists(st.integers(1, 9), min_size=len(jobs), max_size=len(jobs)))
    busiest = max(
        sum(w for job, w in zip(jobs, weights, strict=True) if i in job) for i in range(6)
    )
    values = [weight / busiest for weight in weights]  # no need is served more than once
    sets, violations = separate(fractional(jobs, values, size=6), 3, 5, random_state(seed))

    for chosen, violation in zip(sets, violations, strict=True):
        if chosen.any():
            counts = coefficients(as_rows(jobs), chosen)
            broken_by = float(counts @ np.array(values)) - int(chosen.sum()) // 2
            assert chosen.sum() % 2 == 1
            assert violation == pytest.approx(broken_by, abs=1e-6)


def test_coefficients_count_pairs_of_needs() -> None:
    jobs = as_rows([(0, 1), (0, 1, 2, 3), (0, 4), (5, 6), (0, 1, 2, 7)])

    assert coefficients(jobs, members(0, 1, 2, 3, 8)).tolist() == [1, 2, 0, 0, 1]
    assert all(
        coefficients(as_rows([pair]), members(*pair)).tolist() == [1]
        for pair in combinations(range(4), 2)
    )
