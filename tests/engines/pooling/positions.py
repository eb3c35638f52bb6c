"""Jobs as kernels see them, rows of positions padded with -1, beside those of plain Python."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from maillage.engines.pooling import Instance
from tests.engines.pooling.surveys import every_valid_job

type Job = frozenset[int]


def as_sets(rows: NDArray[np.int32]) -> list[Job]:
    """Return the needs of each row."""
    return [frozenset(int(item) for item in row if item >= 0) for row in rows]


def as_rows(jobs: Iterable[Iterable[int]], width: int = 5) -> NDArray[np.int32]:
    """Return one row per job, the highest position first as in a catalogue."""
    rows = [sorted(job, reverse=True) for job in jobs]
    padded = [row + [-1] * (width - len(row)) for row in rows]
    return np.array(padded, np.int32).reshape(len(rows), width)


def valid_jobs(instance: Instance) -> list[Job]:
    """Return every job that the checks accept, by the positions of its needs."""
    position = {need.need_id: k for k, need in enumerate(instance.needs)}
    return [frozenset(position[i] for i in job) for job in every_valid_job(instance)]


def packings(jobs: list[Job]) -> Iterable[list[Job]]:
    """Yield every choice of jobs that have no need in common, the empty one too."""
    if not jobs:
        yield []
        return
    first, others = jobs[0], jobs[1:]
    yield from packings(others)
    for rest in packings([job for job in others if not job & first]):
        yield [first, *rest]
