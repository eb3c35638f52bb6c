"""Tiny wards, small enough to try every roster."""

from itertools import product
from random import Random

import numpy as np

from benchmarks.nrp_format import Cover, Employee, Nrp, Shift, as_instance
from maillage.engines.rostering import Instance
from maillage.engines.rostering.judging import cover_price, weigh
from maillage.engines.rostering.model import Model

DAYS = 5
NAMES = ("Alice", "Chloé")


def a_ward(chance: Random) -> Instance:
    """Two people, five days from a Monday on, two kinds of shift."""
    nrp = Nrp(days=DAYS)
    nrp.shifts = {"E": Shift(480, frozenset()), "N": Shift(600, frozenset({"E"}))}
    for name in NAMES:
        nrp.staff.append(
            Employee(
                name,
                {"E": chance.randint(1, 6), "N": chance.randint(0, 6)},
                chance.choice((1500, 2200, 9000)),
                chance.choice((0, 900)),
                chance.randint(2, 4),
                chance.randint(1, 2),
                chance.randint(1, 2),
                chance.randint(0, 1),
            )
        )
        nrp.days_off.add((name, chance.randrange(DAYS)))
        nrp.wants[name, chance.randrange(DAYS), "E"] = chance.randint(1, 5)
        nrp.spares[name, chance.randrange(DAYS), "N"] = chance.randint(1, 5)
    for day in range(DAYS):
        for shift in nrp.shifts:
            nrp.cover[day, shift] = Cover(chance.randint(0, 2), chance.randint(1, 20), 1)
    return as_instance(nrp)


def legal_lines(model: Model, worker: int) -> set[tuple[int, ...]]:
    """Every legal line of a worker, one slot a day at most."""
    by_day = [
        [-1, *np.flatnonzero(model.ground.day == day).tolist()]
        for day in range(model.instance.horizon.days)
    ]
    lines = (tuple(n for n in choice if n >= 0) for choice in product(*by_day))
    return {line for line in lines if weigh(model, worker, line).excess == 0}


def least_cost(model: Model) -> int | None:
    """The cost of the best legal roster; None when there is none. Every roster is tried."""
    shared = [sorted(legal_lines(model, w)) for w in range(len(NAMES))]
    if not all(shared):
        return None
    prices = [[weigh(model, w, line).price for line in lines] for w, lines in enumerate(shared)]
    size = len(model.ground.needs)
    held = [np.array([[n in line for n in range(size)] for line in lines]) for lines in shared]
    table = np.array([[cover_price(model, n, k).price for k in range(3)] for n in range(size)])
    best = None
    for first, price in zip(held[0], prices[0], strict=True):
        staffed = first + held[1].astype(int)
        totals = price + np.array(prices[1]) + table[np.arange(size), staffed].sum(axis=1)
        best = int(totals.min()) if best is None else min(best, int(totals.min()))
    return best
