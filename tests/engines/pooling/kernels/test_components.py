"""Which needs hang together."""

import numpy as np

from maillage.engines.pooling.kernels.components import labels_by_edges, labels_by_jobs
from maillage.engines.pooling.kernels.pairs import adjacency
from tests.engines.pooling.positions import as_rows


def test_needs_joined_by_a_chain_of_edges_get_one_label() -> None:
    first, second = np.array([5, 1, 3], np.int32), np.array([1, 3, 0], np.int32)
    starts, neighbours = adjacency(first, second, 7)

    assert labels_by_edges(starts, neighbours).tolist() == [0, 0, 1, 0, 2, 0, 3]


def test_needs_joined_by_a_chain_of_jobs_get_one_label() -> None:
    jobs = as_rows([(0, 4), (4, 2, 6), (1, 5)])

    assert labels_by_jobs(jobs, 8).tolist() == [0, 1, 0, 2, 0, 1, 0, 3]


def test_needs_without_jobs_stay_apart() -> None:
    assert labels_by_jobs(as_rows([]), 3).tolist() == [0, 1, 2]
