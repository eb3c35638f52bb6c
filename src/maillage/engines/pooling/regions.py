"""Cutting the question into parts that can be worked on apart."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, sin
from typing import TYPE_CHECKING

import numpy as np

from maillage.engines.pooling.catalogue import every_job
from maillage.engines.pooling.kernels.components import labels_by_edges, labels_by_jobs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from maillage.engines.pooling.graph import Graph

OUTSIDE = -2  # marks a need that is not in the region
GOLDEN_ANGLE = 2.399963  # radians: turning by it never brings the same cuts back


@dataclass(frozen=True, slots=True)
class Region:
    """Some needs of a graph, in `items`, and the graph among them."""

    items: NDArray[np.int64]
    graph: Graph

    def to_local(self, jobs: NDArray[np.int32], size: int) -> NDArray[np.int32]:
        """Return the jobs that lie wholly in the region, in its own positions.

        `size` is that of the graph that `jobs` refer to.
        """
        return renumbered(jobs, self.items, size)

    def to_global(self, jobs: NDArray[np.int32]) -> NDArray[np.int32]:
        """Return `jobs` of the region in the positions of the whole graph."""
        return np.where(jobs >= 0, self.items[jobs], -1).astype(np.int32)


def renumbered(jobs: NDArray[np.int32], items: NDArray[np.int64], size: int) -> NDArray[np.int32]:
    """Return the jobs that lie wholly in `items`, in positions among these.

    `size` is that of the graph that `jobs` refer to.
    """
    position = np.full(size + 1, OUTSIDE, np.int32)  # the last cell answers for the padding
    position[items] = np.arange(len(items), dtype=np.int32)
    position[size] = -1
    local = position[jobs]
    kept: NDArray[np.int32] = local[(local != OUTSIDE).all(axis=1)]
    return kept


def components(graph: Graph) -> Iterator[tuple[Region, NDArray[np.int32] | None]]:
    """Yield the parts that no job crosses, largest first, and the list of each one's jobs.

    Needs without any job are left out. Where there are too many jobs to list, a part comes with
    None, and may be larger than it need be.
    """
    for items in _groups(labels_by_edges(graph.starts, graph.neighbours)):
        part = Region(items, graph.subgraph(items))
        jobs = every_job(part.graph)
        if jobs is None:
            yield part, None
            continue
        labels = labels_by_jobs(jobs, len(items))
        for inner in _groups(labels):
            mine = jobs[labels[jobs[:, 0]] == labels[inner[0]]]
            region = Region(items[inner], part.graph.subgraph(inner))
            yield region, renumbered(mine, inner, len(items))


def _groups(labels: NDArray[np.int64]) -> list[NDArray[np.int64]]:
    """Return the positions under each label, the largest group first, single ones left out."""
    order = np.argsort(labels, kind="stable")
    cuts = np.nonzero(np.diff(labels[order]))[0] + 1
    groups = [group for group in np.split(order, cuts) if len(group) > 1]
    return sorted(groups, key=len, reverse=True)


def blocks(graph: Graph, *, largest: int, turn: int) -> list[NDArray[np.int64]]:
    """Cut the needs into near neighbours, at most `largest` together.

    Halves along the longer side, again and again (a k-d tree), on axes that rotate with
    `turn`, so that borders move from one turn to the next.
    """
    angle = turn * GOLDEN_ANGLE
    north, east = graph.radians[:, 0], graph.radians[:, 1] * np.cos(graph.radians[:, 0])
    plane = np.column_stack(
        [north * cos(angle) - east * sin(angle), north * sin(angle) + east * cos(angle)]
    )
    waiting = [np.arange(graph.size, dtype=np.int64)]
    done = []
    while waiting:
        items = waiting.pop()
        if len(items) <= largest:
            done.append(np.sort(items))
            continue
        axis = int(np.argmax(np.ptp(plane[items], axis=0)))
        ranked = items[np.argsort(plane[items, axis], kind="stable")]
        half = len(items) // 2
        waiting += [ranked[half:], ranked[:half]]
    return done


def with_halo(graph: Graph, items: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return `items` followed by their neighbours that are not among them."""
    inside = np.zeros(graph.size, np.bool_)
    inside[items] = True
    touched = np.zeros(graph.size, np.bool_)
    for item in items:
        touched[graph.neighbours[graph.starts[item] : graph.starts[item + 1]]] = True
    return np.concatenate([items, np.nonzero(touched & ~inside)[0]])
