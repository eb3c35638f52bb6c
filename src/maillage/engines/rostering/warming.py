"""Compiling ahead of time, so that nobody's first plan pays for it."""

from __future__ import annotations

from datetime import date

from maillage.engines.kernel.stop import MaxIterations
from maillage.engines.rostering.entities import DAY, Contract, Firm, Horizon, Need, Worker
from maillage.engines.rostering.french_law import FRANCE
from maillage.engines.rostering.instance import Instance
from maillage.engines.rostering.search.solve import solve
from maillage.engines.rostering.settings import RulePack

HOUR = 60
A_MONDAY = date(2026, 3, 2)
TURNS = 3


def warm_up() -> None:
    """Make sure that every kernel is compiled and loaded, by working on tiny questions.

    One has a slot a day, for the search that generates lines; one has two, for the walk.
    """
    for starts in ((8,), (8, 14)):
        solve(_tiny_question(starts), stop=MaxIterations(TURNS))


def _tiny_question(starts: tuple[int, ...]) -> Instance:
    """Two people at one firm for some days, with slots that begin at these hours."""
    slots = tuple(
        Need(
            need_id=f"{day} {start}",
            firm_id="firm",
            skill="any",
            start=day * DAY + start * HOUR,
            end=day * DAY + (start + 4) * HOUR,
        )
        for day in range(3)
        for start in starts
    )
    workers = tuple(
        Worker(worker_id=name, name=name, contract=Contract(35 * HOUR), skills={"any": 1})
        for name in ("first", "second")
    )
    return Instance(
        horizon=Horizon(A_MONDAY, 7),
        firms=(Firm("firm", "Firm", "place"),),
        workers=workers,
        needs=slots,
        pack=RulePack(FRANCE),
    )
