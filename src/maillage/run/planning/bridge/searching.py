"""A plan of some weeks, searched in a process of its own; and what such a plan is worth."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from maillage.engines.kernel.stop import MaxIterations, MaxRuntime
from maillage.engines.rostering.checks import verify
from maillage.engines.rostering.evaluation import evaluate
from maillage.engines.rostering.search.solve import solve
from maillage.engines.rostering.warming import warm_up
from maillage.run.planning.bridge.instances import Question

if TYPE_CHECKING:
    from collections.abc import Callable

    from maillage.engines.rostering.instance import Instance
    from maillage.engines.rostering.plan import Plan
    from maillage.run.planning.gathering import Ground

BETWEEN: Final = 1.0  # seconds between two plans that are told

type Seats = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A plan: pairs of public ids, slot then worker, and what it is worth.

    `missing` of `wanted` people are not there; `idle_minutes` of the contracts are not used;
    `points` is what it costs in all, and `bound` what any plan costs at least, when that is known.
    """

    seats: Seats
    seconds: float
    wanted: int
    missing: int
    idle_minutes: int
    points: float
    bound: float | None = None

    @property
    def figures(self) -> dict[str, object]:
        """What it is worth, ready to be kept."""
        return {
            "seconds": round(self.seconds, 1),
            "wanted": self.wanted,
            "missing": self.missing,
            "idle_minutes": self.idle_minutes,
            "points": round(self.points, 2),
            "bound": None if self.bound is None else round(self.bound, 2),
        }


def question_of(
    ground: Ground, *, published: frozenset[tuple[int, int]] = frozenset(), now: int = 0
) -> Instance:
    """Return the question that a ground asks the engine.

    Raises `RosterError` when what was read makes no sense.
    """
    return Question(ground, published=published, now=now).instance


def search(report: Callable[[Found], None], instance: Instance, seconds: int) -> Found:
    """Search a plan; the first at once, then each better one, at most one a second, is reported."""
    warm_up()  # before the clock starts: compiling, the very first time, is not searching
    began = time.monotonic()
    told = 0.0

    def better(plan: Plan) -> None:
        nonlocal told
        moment = time.monotonic()
        if not told or moment - told >= BETWEEN:
            told = moment
            report(worth(instance, plan, moment - began))

    result = solve(instance, stop=MaxRuntime(seconds), seed=0, on_answer=better)
    verify(instance, result.plan)
    bound = None if result.bound is None else float(result.bound)
    return worth(instance, result.plan, time.monotonic() - began, bound=bound)


def first_plan(instance: Instance) -> Found:
    """Return the plan that comes at once, before any search."""
    result = solve(instance, stop=MaxIterations(0), seed=0)
    return worth(instance, result.plan, result.runtime)


def worth(instance: Instance, plan: Plan, seconds: float, *, bound: float | None = None) -> Found:
    """Return a plan with what it is worth."""
    evaluation = evaluate(instance, plan)
    staff = plan.staff()
    missing = sum(max(n.count - len(staff.get(n.need_id, ())), 0) for n in instance.needs)
    idle = sum(term.amount for term in evaluation.terms if term.rule == "idle_hours")
    return Found(
        seats=tuple(sorted((seat.need_id, seat.worker_id) for seat in plan.assignments)),
        seconds=seconds,
        wanted=sum(need.count for need in instance.needs),
        missing=missing,
        idle_minutes=idle,
        points=float(evaluation.points),
        bound=bound,
    )
