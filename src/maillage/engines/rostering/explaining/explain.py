"""Explain a plan: what it costs, why slots stay empty and what would fill them, why this worker."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from maillage.engines.rostering.evaluation import evaluate
from maillage.engines.rostering.explaining.assignments import Reason, reason_of
from maillage.engines.rostering.explaining.relaxations import Relaxation, relaxations_of
from maillage.engines.rostering.repairing.changes import UNKNOWN
from maillage.engines.rostering.repairing.desk import Desk, in_order
from maillage.engines.rostering.sentences import RosterError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from maillage.engines.rostering.checks import Breach
    from maillage.engines.rostering.entities import Need, Worker
    from maillage.engines.rostering.evaluation import Evaluation
    from maillage.engines.rostering.instance import Instance
    from maillage.engines.rostering.plan import Plan


@dataclass(frozen=True, kw_only=True)
class Obstacle:
    """What forbids a worker a slot; nothing when only the cost keeps them out of it."""

    worker_id: str
    breaches: tuple[Breach, ...]


@dataclass(frozen=True, kw_only=True)
class Empty:
    """A slot that lacks `missing` people: what stands in each worker's way, and what would help."""

    need_id: str
    missing: int
    obstacles: tuple[Obstacle, ...]
    relaxations: tuple[Relaxation, ...]


@dataclass(frozen=True, kw_only=True)
class Explanation:
    """A plan explained. `evaluation` says what each term costs; `reasons` are those asked for."""

    evaluation: Evaluation
    empty: tuple[Empty, ...]
    reasons: tuple[Reason, ...]


def explain(
    instance: Instance,
    plan: Plan,
    *,
    need_ids: Iterable[str] | None = None,
    assignments: bool = True,
    on_progress: Callable[[int, int], None] | None = None,
) -> Explanation:
    """Explain a plan, or only some of its slots.

    `assignments` False leaves out why workers are where they are. `on_progress` hears how many
    slots are explained, out of how many. Raises `RosterError` when a slot is not there.
    """
    evaluation = evaluate(instance, plan)
    desk = Desk(instance, plan)
    needs = _asked(instance, need_ids)
    staff = plan.staff()
    empty: list[Empty] = []
    reasons: list[Reason] = []
    for done, need in enumerate(needs):
        if on_progress:
            on_progress(done, len(needs))
        if len(staff.get(need.need_id, ())) < need.count:
            empty.append(_empty(desk, need))
        if assignments and need.need_id in staff:
            reasons += [
                reason_of(desk, assignment)
                for assignment in sorted(plan.assignments)
                if assignment.need_id == need.need_id
            ]
    return Explanation(evaluation=evaluation, empty=tuple(empty), reasons=tuple(reasons))


def _asked(instance: Instance, need_ids: Iterable[str] | None) -> Sequence[Need]:
    if need_ids is None:
        return sorted(instance.needs, key=lambda need: (need.start, need.need_id))
    names = list(dict.fromkeys(need_ids))
    for name in names:
        if name not in instance.need_by_id:
            raise RosterError("plan", "need_id", UNKNOWN, value=name)
    return [instance.need_by_id[name] for name in names]


def _empty(desk: Desk, need: Need) -> Empty:
    there = {
        worker.worker_id
        for worker in desk.instance.workers
        if any(other.need_id == need.need_id for other in desk.needs_of[worker.worker_id])
    }
    obstacles = [
        (worker, _in_the_way(desk, worker, need))
        for worker in desk.instance.workers
        if worker.worker_id not in there
    ]
    return Empty(
        need_id=need.need_id,
        missing=need.count - desk.staff.get(need.need_id, 0),
        obstacles=tuple(
            Obstacle(worker_id=worker.worker_id, breaches=breaches)
            for worker, breaches in obstacles
        ),
        relaxations=relaxations_of(desk, need, obstacles),
    )


def _in_the_way(desk: Desk, worker: Worker, need: Need) -> tuple[Breach, ...]:
    """What the slot alone forbids; else what it forbids beside the worker's other slots."""
    if all(worker is not other for other in desk.able(need)):
        return tuple(desk.forbidden_alone(worker, need))
    before = desk.needs_of[worker.worker_id]
    return tuple(desk.forbidden(worker, before, in_order((*before, need))))
