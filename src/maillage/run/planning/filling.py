"""A slot that nobody can take as things are: what would make it possible, and doing it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from maillage.foundation.networks.acting import Acting
from maillage.run.employment.models import Worker
from maillage.run.planning.bridge.gaps import relaxations_of
from maillage.run.planning.gathering import ground_of, monday_of
from maillage.run.planning.legality import findings_for
from maillage.run.planning.models import Assignment, Slot
from maillage.run.planning.permissions import can_plan_work
from maillage.run.planning.placing import PlacementError, Step, carry_out

WEEKS_BEFORE: Final = 1
WEEKS_AFTER: Final = 2


@dataclass(frozen=True, slots=True)
class Handover:
    """A slot that one worker would leave to another; public ids."""

    slot_id: UUID
    from_id: UUID
    to_id: UUID


@dataclass(frozen=True, slots=True)
class Way:
    """One way to fill a slot: who would take it, in a sentence, and the slots handed over.

    `ready` says that it can be done at once: nothing else must change, and law and charter allow
    what each of them would then do.
    """

    worker_id: UUID
    text: str
    handovers: tuple[Handover, ...]
    ready: bool


def ways_to_fill(slot: Slot) -> tuple[Way, ...]:
    """Return the cheapest ways to fill a slot, for whoever plans; three at most."""
    first = monday_of(slot.day) - timedelta(weeks=WEEKS_BEFORE)
    ground = ground_of(slot.network, first, 7 * (WEEKS_BEFORE + 1 + WEEKS_AFTER))
    language = "fr" if (get_language() or "").startswith("fr") else "en"
    ways = []
    for found in relaxations_of(ground, slot, language=language):
        handovers = tuple(
            Handover(UUID(each.slot_id), UUID(each.from_id), UUID(each.to_id))
            for each in found.moves
        )
        worker_id = UUID(found.worker_id)
        steps = _steps(slot, worker_id, handovers) if found.settled else None
        ready = steps is not None and _is_lawful(slot, steps)
        ways.append(Way(worker_id, found.text, handovers, ready))
    return tuple(ways)


def fill(
    *, acting: Acting, slot: Slot, worker_id: UUID, handovers: Sequence[Handover]
) -> Assignment:
    """Have a worker take a slot, others taking theirs, as one act.

    Raises PlacementError, and does nothing, when one of them can no longer do so.
    """
    if not can_plan_work(acting):
        raise PermissionDenied
    steps = _steps(slot, worker_id, handovers)
    if steps is None:
        raise PlacementError(_("The plan has changed since: look again."))
    made = carry_out(network=slot.network, actor_id=acting.person.public_id, steps=steps)
    return next(each for each in made if each.slot_id == slot.pk)


def _steps(slot: Slot, worker_id: UUID, handovers: Sequence[Handover]) -> list[Step] | None:
    """Return what changes; None when a worker or a slot is no longer there."""
    names = {worker_id, *(each.from_id for each in handovers), *(each.to_id for each in handovers)}
    workers = {
        worker.public_id: worker
        for worker in Worker.objects.filter(network=slot.network, public_id__in=names)
    }
    slots = {
        found.public_id: found
        for found in Slot.objects.filter(
            network=slot.network, public_id__in=[each.slot_id for each in handovers]
        ).select_related("organisation", "network")
    }
    if set(workers) != names or any(each.slot_id not in slots for each in handovers):
        return None
    handed = (Step(slots[e.slot_id], workers[e.to_id], workers[e.from_id]) for e in handovers)
    return [Step(slot, workers[worker_id]), *handed]


def _is_lawful(slot: Slot, steps: Sequence[Step]) -> bool:
    """Whether nothing that the steps change is forbidden, by the one legality function."""
    changes: dict[int, tuple[list[Slot], list[Slot]]] = {}
    for step in steps:
        if step.worker is not None:
            changes.setdefault(step.worker.pk, ([], []))[0].append(step.slot)
        if step.left_by is not None:
            changes.setdefault(step.left_by.pk, ([], []))[1].append(step.slot)
    asked = {pk: (tuple(add), tuple(remove)) for pk, (add, remove) in changes.items()}
    found = findings_for(slot.network, asked)
    return not any(each.forbids for findings in found.values() for each in findings)
