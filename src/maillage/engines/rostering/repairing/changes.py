"""What happens to a published plan: somebody is away, or somebody is needed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from maillage.engines.rostering.consistency import check_need, check_worker
from maillage.engines.rostering.instance import Instance
from maillage.engines.rostering.sentences import RosterError, Sentence

if TYPE_CHECKING:
    from maillage.engines.rostering.entities import Need, Worker

UNKNOWN = Sentence("“{value}” does not exist", "«\u00a0{value}\u00a0» n’existe pas")
THERE = Sentence("there is already a slot of this name", "un créneau porte déjà ce nom")
MISSING = Sentence(
    "nobody is missing there: {count} asked for, {count} planned",
    "il n’y manque personne\u00a0: {count} demandés, {count} prévus",
)


@dataclass(frozen=True, slots=True)
class Absence:
    """A worker is away from minute `start` to minute `end`, the last not included."""

    worker_id: str
    start: int
    end: int

    def meets(self, need: Need) -> bool:
        """Whether a slot falls, even in part, in the absence."""
        return need.start < self.end and self.start < need.end


@dataclass(frozen=True, slots=True)
class Call:
    """A firm asks for a slot that the plan did not have."""

    need: Need


@dataclass(frozen=True, slots=True)
class Vacancy:
    """A slot of the plan lacks somebody."""

    need_id: str


Change = Absence | Call | Vacancy


def with_need(instance: Instance, need: Need) -> Instance:
    """Return the instance with one more slot, of which alone the values are checked."""
    if need.need_id in instance.need_by_id:
        raise RosterError(f"need {need.need_id}", "need_id", THERE)
    check_need(need, instance.known)
    return altered(
        instance,
        needs=(*instance.needs, need),
        need_by_id={**instance.need_by_id, need.need_id: need},
    )


def with_worker(instance: Instance, worker: Worker) -> Instance:
    """Return the instance with another record of a worker, of which alone values are checked."""
    if worker.worker_id not in instance.worker_by_id:
        raise RosterError(
            f"worker {worker.worker_id}", "worker_id", UNKNOWN, value=worker.worker_id
        )
    check_worker(worker, instance.known)
    return altered(
        instance,
        workers=tuple(
            worker if other.worker_id == worker.worker_id else other for other in instance.workers
        ),
        worker_by_id={**instance.worker_by_id, worker.worker_id: worker},
    )


def with_absence(instance: Instance, absence: Absence) -> Instance:
    """Return the instance in which the worker is away."""
    worker = instance.worker_by_id.get(absence.worker_id)
    if worker is None:
        raise RosterError("absence", "worker_id", UNKNOWN, value=absence.worker_id)
    span = (absence.start, absence.end)
    return with_worker(instance, replace(worker, absences=(*worker.absences, span)))


def altered(instance: Instance, **values: object) -> Instance:
    """Return a copy in which only `values` differ; the other parts were checked already.

    Checking seventeen thousand slots again would take longer than the repair itself.
    """
    other = object.__new__(Instance)
    vars(other).update(vars(instance))
    vars(other)["limits_known"] = dict(instance.limits_known)
    if "lifted" in values:
        vars(other).pop("rivals", None)  # worked out of it
    if "needs" in values:
        vars(other).pop("known", None)
    vars(other).update(values)
    return other
