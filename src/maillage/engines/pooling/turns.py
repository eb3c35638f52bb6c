"""The line of work that improves answers: turn after turn, every region is worked on.

A part of up to `REGION` needs is one region. A larger one is cut into blocks whose borders move
from turn to turn; the jobs that cross a border stay as they are for that turn.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from maillage.engines.pooling.improving import improve
from maillage.engines.pooling.regions import Region, blocks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    from maillage.engines.pooling.parts import Part

    Improved = tuple[NDArray[np.int32], NDArray[np.int32]]

REGION = 1_500
PRIME = 1_000_003  # keeps the seeds of parts and blocks apart


@dataclass(frozen=True, slots=True)
class Slice:
    """A region of a part, and the call that improves it."""

    part: Part
    region: Region
    call: Callable[[], Improved]


def slices(part: Part, *, turn: int, seed: int, until: float | None) -> Iterator[Slice]:
    """Yield what there is to do on `part` in this turn; the regions never overlap."""
    size = part.graph.size
    for number, items in enumerate(blocks(part.graph, largest=REGION, turn=turn)):
        free = items
        if turn > 0:  # the first answer is too rough to freeze any of it
            inside = np.zeros(size, np.bool_)
            inside[items] = True
            used = part.answer[_crosses(part.answer, inside)]
            inside[used[used >= 0]] = False
            free = np.nonzero(inside)[0]
        region = Region(free, part.graph.subgraph(free))
        yield Slice(
            part,
            region,
            partial(
                improve,
                region.graph,
                region.to_local(part.answer, size),
                [region.to_local(jobs, size) for jobs in (*part.elites, part.support)],
                prices=part.prices[free] if part.priced else None,
                seed=seed + PRIME * part.number + number,
                turn=turn,
                until=until,
            ),
        )


def put_together(part: Part, outcomes: list[tuple[Region, Improved]]) -> None:
    """Take what a turn found in the regions of `part`, and keep the jobs between them."""
    untouched = np.ones(part.graph.size, np.bool_)
    for region, _ in outcomes:
        untouched[region.items] = False
    between = part.answer[(untouched[part.answer] | (part.answer < 0)).all(axis=1)]
    best = [region.to_global(improved[0]) for region, improved in outcomes]
    found = [region.to_global(improved[1]) for region, improved in outcomes]
    part.offer(np.vstack([between, *best]))
    part.remember(np.vstack([between, *found]))


def _crosses(jobs: NDArray[np.int32], inside: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Which jobs have a need inside and a need outside."""
    held = jobs >= 0
    return (inside[jobs] & held).any(axis=1) & (~inside[jobs] & held).any(axis=1)
