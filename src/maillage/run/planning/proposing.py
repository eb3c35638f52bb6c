"""Plans proposed by a search: started, kept as they get better, applied by a person, or not."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Final
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import localtime, now
from django.utils.translation import gettext as _

from maillage.foundation.audit.actions import record
from maillage.foundation.jobs.actions import start_run
from maillage.foundation.networks.acting import Acting
from maillage.foundation.networks.models import Network
from maillage.run.employment.models import Worker
from maillage.run.planning.bridge.searching import Found, question_of
from maillage.run.planning.enums import ProposalState
from maillage.run.planning.gathering import ground_of
from maillage.run.planning.models import Assignment, PlanProposal, Slot
from maillage.run.planning.permissions import can_plan_work
from maillage.run.planning.placing import Step, change
from maillage.run.planning.queries import assignments_between, published_between

SEARCH: Final = "planning.search"
MOST_WEEKS: Final = 8
LONGEST_SEARCH: Final = 3600  # seconds
MOST_STEPS: Final = 200
DAY_MINUTES: Final = 24 * 60


class ProposalError(Exception):
    """A plan that cannot be searched or applied: a sentence says why."""


def latest_proposal(network: Network) -> PlanProposal | None:
    """Return the last plan proposed in a network, for whoever plans."""
    return PlanProposal.objects.filter(network=network).order_by("-made_at", "-id").first()


@transaction.atomic
def propose_plan(*, acting: Acting, monday: date, weeks: int, seconds: int) -> PlanProposal:
    """Start a search, in the background, for the plan of some weeks. Raises ProposalError.

    Assignments that are fixed, or begun, stay where they are.
    """
    network = _network(acting)
    if monday.weekday() != 0 or not 1 <= weeks <= MOST_WEEKS or not 1 <= seconds <= LONGEST_SEARCH:
        raise ProposalError(_("A plan is searched for one to eight whole weeks, an hour at most."))
    Network.objects.select_for_update().get(pk=network.pk)
    before = latest_proposal(network)
    if before is not None and before.state == ProposalState.SEARCHING:
        raise ProposalError(_("A search is under way: stop it, or wait for its end."))
    if not Slot.objects.filter(
        network=network, day__gte=monday, day__lt=monday + timedelta(weeks=weeks), cancelled_at=None
    ).exists():
        raise ProposalError(_("No firm needs anybody in these weeks: enter its slots first."))
    made = PlanProposal.objects.create(
        network=network,
        monday=monday,
        weeks=weeks,
        seconds=seconds,
        made_by_id=acting.person.public_id,
    )
    run = start_run(
        kind=SEARCH,
        owner_id=acting.person.public_id,
        network_id=network.public_id,
        arguments={"proposal_id": str(made.public_id)},
    )
    made.run_id = run.public_id
    made.save(update_fields=["run_id"])
    _trail(acting.person.public_id, "search", made, {"week": monday.isoformat(), "weeks": weeks})
    return made


def asked(proposal: PlanProposal) -> object:
    """Return the question of a proposal, for the engine."""
    network = proposal.network
    ground = ground_of(network, proposal.monday, 7 * proposal.weeks)
    told = published_between(network, ground.first, ground.last)
    moment = localtime().replace(tzinfo=None) - datetime.combine(ground.first, time())
    return question_of(
        ground,
        published=frozenset((shift.worker_id, shift.slot_id) for shift in told),
        now=int(moment.total_seconds() // 60),
    )


def keep_best(proposal: PlanProposal, found: Found, *, state: ProposalState | None = None) -> None:
    """Keep the best plan so far, so that nothing is lost if the search is stopped."""
    proposal.best = [list(seat) for seat in found.seats]
    proposal.figures = found.figures
    point = [round(found.seconds, 1), found.missing]
    proposal.curve = [*proposal.curve, point][-MOST_STEPS:]
    if state is not None:
        proposal.state = state
    proposal.save(update_fields=["best", "figures", "curve", "state"])


@transaction.atomic
def apply_proposal(*, acting: Acting, proposal: PlanProposal) -> tuple[int, int]:
    """Make a proposed plan the plan; return how many assignments it removed and added.

    Raises PlacementError when the plan no longer fits what was changed since, ProposalError when
    there is nothing to apply. Fixed assignments, and those of days gone by, are not touched.
    """
    network = _network(acting)
    kept = PlanProposal.objects.select_for_update().get(pk=proposal.pk)
    if kept.best is None or kept.state not in {ProposalState.DONE, ProposalState.STOPPED}:
        raise ProposalError(_("There is no plan to apply here."))
    steps = steps_of(kept)
    gone, made = change(network=network, actor_id=acting.person.public_id, steps=steps)
    kept.state, kept.applied_at = ProposalState.APPLIED, now()
    kept.save(update_fields=["state", "applied_at"])
    after = {"removed": len(gone), "added": len(made)}
    _trail(acting.person.public_id, "apply", kept, after)
    return len(gone), len(made)


def steps_of(proposal: PlanProposal) -> list[Step]:
    """Return what a proposal would change in the plan as it stands, for whoever plans."""
    network, first = proposal.network, proposal.monday
    last = first + timedelta(weeks=proposal.weeks, days=-1)
    today = localtime().date()
    held = {
        (str(each.slot.public_id), str(each.worker.public_id)): each
        for each in assignments_between(network, first, last)
    }
    wanted = {(slot, worker) for slot, worker in proposal.best or []}
    slots = {
        str(slot.public_id): slot
        for slot in Slot.objects.filter(
            network=network, day__gte=max(first, today), day__lte=last, cancelled_at=None
        ).select_related("organisation")
    }
    names = {worker for _slot, worker in wanted}
    workers = {
        str(worker.public_id): worker
        for worker in Worker.objects.filter(network=network)
        if str(worker.public_id) in names
    }
    leaving = [
        Step(each.slot, None, each.worker)
        for key, each in held.items()
        if key not in wanted and _may_leave(each, slots)
    ]
    taking = [
        Step(slots[slot], workers[worker])
        for slot, worker in sorted(wanted - set(held))
        if slot in slots and worker in workers
    ]
    return leaving + taking


def _may_leave(each: Assignment, slots: dict[str, Slot]) -> bool:
    return not each.fixed and str(each.slot.public_id) in slots


def _trail(actor_id: UUID, act: str, proposal: PlanProposal, after: Mapping[str, object]) -> None:
    record(
        actor_id=actor_id,
        act=act,
        subject_type="PlanProposal",
        subject_id=proposal.public_id,
        network_id=proposal.network.public_id,
        after=after,
    )


def _network(acting: Acting) -> Network:
    if acting.network is None or not can_plan_work(acting):
        raise PermissionDenied
    return acting.network
