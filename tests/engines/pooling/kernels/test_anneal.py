"""Annealing over a catalogue: what it returns is always an answer, and as good as it says."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from maillage.engines.kernel.kernels.chance import random_state
from maillage.engines.pooling.catalogue import UNIT_SHIFT, catalogue_of
from maillage.engines.pooling.graph import compatibility_graph
from maillage.engines.pooling.kernels.anneal import Catalogue, anneal, index_jobs, worth_of
from tests.engines.pooling.positions import as_rows, as_sets
from tests.engines.pooling.surveys import need, survey

HALVES = survey(*(need(f"n{k}", 17.5) for k in range(6)))
CHAIN = as_rows([(0, 1), (1, 2), (2, 3), (3, 4), (4, 5)])
NOBODY = np.full(6, -1, np.int64)


def run(catalogue: Catalogue, owner: np.ndarray, steps: int, seed: int) -> tuple[np.ndarray, int]:
    best = owner.copy()
    worth = anneal(catalogue, owner, best, steps, 1e12, 1e9, random_state(seed))
    return best, worth


def test_index_tells_which_jobs_hold_each_need() -> None:
    starts, jobs_of = index_jobs(as_rows([(0, 2), (1, 2), (2, 3)]), 5)

    assert [jobs_of[starts[i] : starts[i + 1]].tolist() for i in range(5)] == [
        [0],
        [1],
        [0, 1, 2],
        [2],
        [],
    ]


@settings(max_examples=60)
@given(st.integers(1, 1000), st.integers(0, 200))
def test_annealing_keeps_whole_jobs_that_share_no_need(seed: int, steps: int) -> None:
    catalogue = catalogue_of(compatibility_graph(HALVES), CHAIN)
    moving = NOBODY.copy()
    best, worth = run(catalogue, moving, steps, seed)

    for owner in (best, moving):
        for job in set(owner[owner >= 0].tolist()):
            assert np.nonzero(owner == job)[0].tolist() == sorted(as_sets(CHAIN)[job])
    assert worth == worth_of(catalogue, best) >= worth_of(catalogue, moving)


def test_annealing_leaves_a_poor_start_for_the_best_answer() -> None:
    catalogue = catalogue_of(compatibility_graph(HALVES), CHAIN)
    poor = np.array([-1, 1, 1, 3, 3, -1], np.int64)  # blocks both ends of the chain
    best, worth = run(catalogue, poor, 5_000, seed=1)

    assert best.tolist() == [0, 0, 2, 2, 4, 4]
    assert worth >> UNIT_SHIFT == HALVES.total_units


def test_same_state_draws_the_same_moves() -> None:
    catalogue = catalogue_of(compatibility_graph(HALVES), CHAIN)
    first, second = NOBODY.copy(), NOBODY.copy()
    run(catalogue, first, 57, seed=9)
    run(catalogue, second, 57, seed=9)

    assert first.tolist() == second.tolist()


def test_weights_rank_hours_then_employers_then_distance() -> None:
    far = need("far", 17.5, place=(47.686, 1.335))
    instance = survey(need("a", 17.5), need("b", 17.5), need("c", 8.5), need("d", 9), far)
    catalogue = catalogue_of(
        compatibility_graph(instance), as_rows([(0, 1), (0, 4), (0, 2, 3), (0, 2)])
    )

    assert sorted(catalogue.weights.tolist(), reverse=True) == catalogue.weights.tolist()
    assert len(set(catalogue.weights.tolist())) == 4
