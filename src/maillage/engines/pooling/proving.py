"""The line of work that proves bounds: for each part, steps from cheap to dear.

A proof is a generator: it yields the next call to make on an executor, is sent its outcome,
and writes what that proves into the part.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from maillage.engines.kernel.clock import remaining
from maillage.engines.pooling.bounding import whole_units
from maillage.engines.pooling.regions import blocks, renumbered, with_halo
from maillage.engines.pooling.settling import settle
from maillage.engines.pooling.tasks import climb, price_block

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    from maillage.engines.pooling.bounding import Branch
    from maillage.engines.pooling.parts import Part

    type Proof = Generator[Callable[[], Any], Any, None]

BLOCK = 1_500  # needs priced together: beyond, the linear program takes longer than it gains
SWEEPS = 2  # over the blocks of a part too large to be priced at once
SETTLING_SECONDS = 8.0  # for the first try of the integer program; each try doubles it


def prove(part: Part, *, seed: int, until: float | None) -> Proof:
    """Lower the bound of `part` step by step, until it is settled or nothing more helps.

    Without a time limit (`until` is None) every step is limited in work, so repeatable.
    """
    yield from _price(part, until)
    part.priced = True
    if part.graph.size > BLOCK:
        return
    branches: tuple[Branch, ...] = ()
    if not part.settled:
        bounded = yield partial(
            climb, part.graph, part.answer, part.support, seed=seed, until=until
        )
        part.lower(bounded.bound)
        if bounded.jobs is not None:
            part.offer(bounded.jobs)
        branches = bounded.branches
    yield from _settle(part, branches, until)


def _price(part: Part, until: float | None) -> Proof:
    """Lower the prices block by block: their sum can only fall, and stays a bound throughout."""
    sweeps = 1 if part.graph.size <= BLOCK else SWEEPS
    for sweep in range(sweeps):
        for items in blocks(part.graph, largest=BLOCK, turn=sweep):
            around = with_halo(part.graph, items)
            known = renumbered(part.support, around, part.graph.size)
            priced = yield partial(
                price_block,
                part.graph.subgraph(around),
                len(items),
                part.prices[around],
                known,
                until,
            )
            part.prices[items] = priced.prices
            found = np.where(priced.support >= 0, around[priced.support], -1)
            part.support = np.unique(np.vstack([part.support, found.astype(np.int32)]), axis=0)
            part.lower(whole_units(part.graph, int(part.prices.sum())))


def _settle(part: Part, branches: tuple[Branch, ...], until: float | None) -> Proof:
    """Try the integer program, each time for longer, while there is time."""
    seconds = SETTLING_SECONDS
    while remaining(until) != 0:
        settled = yield partial(
            settle,
            part.graph,
            part.answer,
            part.prices,
            bound=part.bound,
            branches=branches,
            seconds=None if until is None else seconds,
            until=until,
        )
        part.lower(settled.bound)
        branches = settled.branches
        if settled.jobs is not None:
            part.offer(settled.jobs)
        if not branches or until is None:
            return
        seconds *= 2
