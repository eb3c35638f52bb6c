"""The only writer of assignments: nobody is placed past a blocking rule, by whatever door.

Each act locks the workers it concerns, then judges on what it reads under that lock: of two acts
at the same moment, the second is judged on what the first one did.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from maillage.foundation.audit.actions import record
from maillage.foundation.networks.acting import Acting
from maillage.foundation.networks.models import Network
from maillage.run.employment.models import Worker
from maillage.run.planning.legality import NEEDS_DOCUMENT, Finding, findings_for
from maillage.run.planning.models import Assignment, Slot
from maillage.run.planning.permissions import can_plan_work


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """A document, and a reason, that allow what a rule forbids without it."""

    rule: str
    document: str
    reason: str


@dataclass(frozen=True, slots=True)
class Step:
    """One worker leaves a slot or takes it; several make one act that is done whole or not at all.

    `worker` takes `slot`, which `left_by` leaves when somebody had it; `worker` None leaves it.
    """

    slot: Slot
    worker: Worker | None
    left_by: Worker | None = None


class PlacementError(Exception):
    """A placement that cannot be made: a sentence says why; `findings` are the rules in the way."""

    def __init__(self, text: str, findings: Sequence[Finding] = ()) -> None:
        super().__init__(text)
        self.findings = tuple(findings)


def place(
    *, acting: Acting, slot: Slot, worker: Worker, overrides: Iterable[Override] = ()
) -> Assignment:
    """Put a worker in a slot. Raises PlacementError."""
    network = _network(acting)
    (made,) = carry_out(
        network=network,
        actor_id=acting.person.public_id,
        steps=[Step(slot, worker)],
        overrides=overrides,
    )
    return made


def move(
    *,
    acting: Acting,
    assignment: Assignment,
    slot: Slot | None = None,
    worker: Worker | None = None,
    overrides: Iterable[Override] = (),
) -> Assignment:
    """Give an assignment another slot, another worker, or both. Raises PlacementError."""
    network = _network(acting)
    to, whom = slot or assignment.slot, worker or assignment.worker
    steps = (
        [Step(to, whom, assignment.worker)]
        if to.pk == assignment.slot_id
        else [Step(assignment.slot, None, assignment.worker), Step(to, whom)]
    )
    (made,) = carry_out(
        network=network, actor_id=acting.person.public_id, steps=steps, overrides=overrides
    )
    return made


def take_away(*, acting: Acting, assignment: Assignment, why: str = "") -> None:
    """Take a worker out of a slot. Raises PlacementError when somebody did so before."""
    network = _network(acting)
    carry_out(
        network=network,
        actor_id=acting.person.public_id,
        steps=[Step(assignment.slot, None, assignment.worker)],
        why=why,
    )


@transaction.atomic
def fix_assignment(*, acting: Acting, assignment: Assignment, fixed: bool) -> None:
    """Keep an assignment where it is whatever a search proposes, or let it be moved again."""
    network = _network(acting)
    Assignment.objects.filter(pk=assignment.pk).update(fixed=fixed)
    record(
        actor_id=acting.person.public_id,
        act="fix" if fixed else "unfix",
        subject_type="Slot",
        subject_id=assignment.slot.public_id,
        network_id=network.public_id,
        before={"fixed": assignment.fixed},
        after={"fixed": fixed},
    )


@transaction.atomic
def carry_out(
    *,
    network: Network,
    actor_id: UUID | None,
    steps: Sequence[Step],
    overrides: Iterable[Override] = (),
    why: str = "",
) -> list[Assignment]:
    """Do several steps as one act, for whoever was found to have the right; return what is new.

    Raises PlacementError, and does nothing, when one of them is no longer possible.
    """
    gone, made = change(network=network, actor_id=actor_id, steps=steps, overrides=overrides)
    for each in gone:
        _trail(network, actor_id, each, why, came=False)
    for each in made:
        _trail(network, actor_id, each, why, came=True)
    return made


@transaction.atomic
def change(
    *,
    network: Network,
    actor_id: UUID | None,
    steps: Sequence[Step],
    overrides: Iterable[Override] = (),
) -> tuple[list[Assignment], list[Assignment]]:
    """Do several steps, however many, in a fixed number of queries; return what ended and began.

    The caller writes the trail. Raises PlacementError, and does nothing, when a step is no longer
    possible.
    """
    given = {each.rule: each for each in overrides}
    for override in given.values():
        if not override.document.strip() or not override.reason.strip():
            raise PlacementError(_("Say which document allows it, and why it is needed."))
    slots = _locked(network, steps)
    gone = _leaving(steps)
    passed = _judge(network, slots, steps, gone, given)
    Assignment.objects.filter(pk__in=[each.pk for each in gone]).delete()
    made = Assignment.objects.bulk_create(
        Assignment(
            slot=slots[step.slot.pk],
            worker=step.worker,
            overrides=passed.get(step.worker.pk, []),
            made_by_id=actor_id,
        )
        for step in steps
        if step.worker is not None
    )
    return gone, made


def _locked(network: Network, steps: Sequence[Step]) -> Mapping[int, Slot]:
    """Lock the workers, then the slots, each always in the same order; return the slots."""
    people = {pk for step in steps for pk in _concerned(step)}
    workers = Worker.objects.select_for_update().filter(pk__in=people, network=network)
    list(workers.order_by("pk").values_list("pk", flat=True))
    rows = (
        Slot.objects.select_for_update(of=("self",))
        .filter(pk__in={step.slot.pk for step in steps}, network=network)
        .select_related("organisation")
    )
    return {slot.pk: slot for slot in rows.order_by("pk")}


def _concerned(step: Step) -> list[int]:
    return [worker.pk for worker in (step.worker, step.left_by) if worker is not None]


def _leaving(steps: Sequence[Step]) -> list[Assignment]:
    """Return the assignments that steps end."""
    wanted = {(step.slot.pk, step.left_by.pk): step for step in steps if step.left_by is not None}
    rows = Assignment.objects.filter(
        slot__in={slot_id for slot_id, _worker in wanted},
        worker__in={worker_id for _slot, worker_id in wanted},
    ).select_related("slot", "slot__organisation", "worker")
    held = {(each.slot_id, each.worker_id): each for each in rows}
    for key, step in wanted.items():
        if key not in held:
            raise PlacementError(
                _("Somebody changed this in the meantime: %(worker)s is no longer there.")
                % {"worker": step.left_by}
            )
    return [held[key] for key in wanted]


def _judge(
    network: Network,
    slots: Mapping[int, Slot],
    steps: Sequence[Step],
    gone: Sequence[Assignment],
    given: Mapping[str, Override],
) -> dict[int, list[dict[str, str]]]:
    """Refuse what is forbidden; return the overrides that each worker needed, by row number."""
    changes: dict[int, tuple[list[Slot], list[Slot]]] = {}
    for each in gone:
        changes.setdefault(each.worker_id, ([], []))[1].append(each.slot)
    for step in steps:
        if step.worker is not None:
            slot = slots.get(step.slot.pk)
            if slot is None:
                raise PlacementError(_("This slot is no longer there."))
            changes.setdefault(step.worker.pk, ([], []))[0].append(slot)
    _refuse_crowd(slots, steps, gone)
    # Whoever only leaves is never held back: that somebody works less breaks no blocking rule.
    asked = {pk: (tuple(add), tuple(remove)) for pk, (add, remove) in changes.items() if add}
    found = findings_for(network, asked)
    in_the_way = [
        each
        for findings in found.values()
        for each in findings
        if each.forbids and not (each.severity == NEEDS_DOCUMENT and each.rule in given)
    ]
    if in_the_way:
        raise PlacementError(" ".join(_sentence(each) for each in in_the_way), in_the_way)
    return {
        pk: [asdict(given[each.rule]) for each in findings if each.forbids and each.rule in given]
        for pk, findings in found.items()
    }


def _refuse_crowd(
    slots: Mapping[int, Slot], steps: Sequence[Step], gone: Sequence[Assignment]
) -> None:
    """Refuse a slot that would have too many people, or the same one twice."""
    filled = {step.slot.pk for step in steps if step.worker is not None}
    rows = Assignment.objects.filter(slot__in=filled).exclude(pk__in=[each.pk for each in gone])
    held: dict[int, set[int]] = {pk: set() for pk in filled}
    for slot_id, worker_id in rows.values_list("slot", "worker"):
        held[slot_id].add(worker_id)
    for step in steps:
        if step.worker is None:
            continue
        people = held[step.slot.pk]
        if step.worker.pk in people:
            raise PlacementError(_("%(worker)s has this slot already.") % {"worker": step.worker})
        people.add(step.worker.pk)
        if len(people) > slots[step.slot.pk].people:
            raise PlacementError(_("This slot has been taken in the meantime: nobody is missing."))


def _sentence(finding: Finding) -> str:
    text = finding.text
    return text if text.endswith(".") else f"{text[:1].upper()}{text[1:]}."


def _trail(
    network: Network, actor_id: UUID | None, each: Assignment, why: str, *, came: bool
) -> None:
    values: dict[str, object] = {
        "worker": str(each.worker.public_id),
        "day": each.slot.day.isoformat(),
        "from": each.slot.start_minute,
    }
    if why:
        values["why"] = why
    if came and each.overrides:
        values["overrides"] = each.overrides
    record(
        actor_id=actor_id,
        act="place" if came else "take away",
        subject_type="Slot",
        subject_id=each.slot.public_id,
        network_id=network.public_id,
        before=None if came else values,
        after=values if came else None,
    )


def _network(acting: Acting) -> Network:
    if acting.network is None or not can_plan_work(acting):
        raise PermissionDenied
    return acting.network
