"""What a search does in another process: each call carries its whole question, as bytes.

A process lays a question out once, and remembers the last ones.
"""

from __future__ import annotations

import pickle
import time
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from maillage.engines.kernel.clock import remaining
from maillage.engines.rostering.model import compile_model
from maillage.engines.rostering.search.boards import Bench, Lines
from maillage.engines.rostering.search.looking import Effort, Found, Weaver
from maillage.engines.rostering.search.priorities import factors
from maillage.engines.rostering.search.rebuilding import Known, Rebuild, rebuilt

if TYPE_CHECKING:
    from maillage.engines.rostering.instance import Instance


@dataclass(frozen=True)
class Walk:
    """A walk to take: from which plan, over which workers and slots, how far and how hot."""

    lines: Lines
    workers: tuple[int, ...]
    slots: bytes  # of int64
    steps: int
    heat: tuple[float, float]
    seed: tuple[int, ...]


@dataclass(frozen=True)
class Walked:
    """Where a walk ended, the best plan on the way, and the seconds it took."""

    end: Lines
    best: Lines
    seconds: float


def pack(instance: Instance) -> bytes:
    """Put a question into bytes."""
    return pickle.dumps(instance)


@lru_cache(maxsize=2)
def bench_of(question: bytes) -> Bench:
    """Lay a question out."""
    instance: Instance = pickle.loads(question)  # noqa: S301 (made by `pack`, in this program)
    return Bench(compile_model(instance, factors=factors(instance)))


@lru_cache(maxsize=2)
def heats_of(question: bytes) -> tuple[float, ...]:
    """How many times hotter walks are in turn, so that each strict priority has its own heat."""
    instance: Instance = pickle.loads(question)  # noqa: S301 (made by `pack`, in this program)
    levels = (factors(instance) or {0: 1}).values()
    return tuple(sorted({high / low for high in levels for low in levels}))


@lru_cache(maxsize=2)
def weaver_of(question: bytes) -> Weaver:
    """Lay a question of one slot a day out."""
    return Weaver(bench_of(question))


def price(
    question: bytes,
    workers: tuple[int, ...],
    worth: bytes,
    limits: bytes,
    effort: Effort,
    until: float | None,
) -> tuple[Found, ...]:
    """Look for lines of some workers, given what a person in each slot is worth.

    `limits` say, for each of them, which cost a line must be under to be of use. When the time is
    over, the workers that are left are not looked at.
    """
    weaver, values = weaver_of(question), np.frombuffer(worth, np.float64)
    under = np.frombuffer(limits, np.float64)
    found = []
    for w, limit in zip(workers, under, strict=True):
        if remaining(until) == 0:
            break
        found.append(weaver.search(w, values, effort, float(limit)))
    return tuple(found)


def renew(question: bytes, workers: tuple[int, ...], lines: Lines) -> Lines:
    """Give some workers, one by one, the line that costs least beside the lines of all others."""
    return weaver_of(question).one_by_one(workers, lines)


def rebuild(question: bytes, asked: Rebuild) -> tuple[Lines, Known]:
    """Rebuild lines."""
    return rebuilt(weaver_of(question), asked)


def walk(question: bytes, asked: Walk) -> Walked:
    """Take a walk."""
    started = time.monotonic()
    _, turn, walker = asked.seed
    heats = heats_of(question)
    times = heats[(turn + walker) % len(heats)]
    end, best = bench_of(question).anneal(
        asked.lines,
        workers=asked.workers,
        slots=np.frombuffer(asked.slots, np.int64).copy(),
        steps=asked.steps,
        heat=(asked.heat[0] * times, asked.heat[1] * times),
        seed=asked.seed,
    )
    return Walked(end, best, time.monotonic() - started)
