"""Searching for the jobs that the needs of a network make together, and keeping those one likes."""

from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from maillage.foundation.audit.actions import record
from maillage.foundation.jobs.actions import start_run
from maillage.foundation.networks.acting import Acting
from maillage.foundation.networks.models import Network
from maillage.launch.needs.models import Need
from maillage.launch.shared_jobs.bridge import read_contract
from maillage.launch.shared_jobs.contract_file import ContractFileError
from maillage.launch.shared_jobs.enums import CompositionState, JobState
from maillage.launch.shared_jobs.gathering import apart_in, free_needs, question_of
from maillage.launch.shared_jobs.keeping import outcome_in, result_in
from maillage.launch.shared_jobs.models import Composition, JobProposal, JobShare
from maillage.launch.shared_jobs.outcome import Found, Outcome
from maillage.launch.shared_jobs.permissions import can_compose_jobs
from maillage.launch.shared_jobs.reports.summary import title_of

SEARCH: Final = "shared_jobs.search"
EXPLAIN: Final = "shared_jobs.explain"
LONGEST_SEARCH: Final = 3600  # seconds
FARTHEST: Final = 200_000  # metres
MOST_EMPLOYERS: Final = 8
MOST_STEPS: Final = 200  # of a curve: more are not seen on a screen


class CompositionError(Exception):
    """A search that cannot be made, or a job that cannot be touched: a sentence says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """The rules of a search; `keep_apart` goes on keeping apart the firms of jobs set aside."""

    contract: str = "annual"
    max_distance_metres: int = 30_000
    max_employers: int = 5
    related: bool = True
    seconds: int = 30
    keep_apart: bool = True


def latest(network: Network) -> Composition | None:
    """Return the last search of a network, for whoever composes jobs."""
    return Composition.objects.filter(network=network).order_by("-made_at", "-id").first()


@transaction.atomic
def compose(*, acting: Acting, wanted: Wanted) -> Composition:
    """Start a search in the background, around the jobs locked in the last one.

    Needs spoken for by a job that was proposed stay out of it. Raises CompositionError.
    """
    network = _network(acting)
    _refuse_impossible(wanted)
    Network.objects.select_for_update().get(pk=network.pk)
    before = latest(network)
    if before is not None and before.state == CompositionState.SEARCHING:
        raise CompositionError(_("A search is under way: stop it, or wait for its end."))
    needs = free_needs(network)
    locked = _still_possible(before, {str(need.need_id) for need in needs})
    held = {need_id for job in locked for need_id in job["needs"]}
    free = [need for need in needs if str(need.need_id) not in held]
    if not free:
        raise CompositionError(
            _("No firm needs hours that are still free: state needs, or run a survey, first.")
        )
    apart = _set_aside(before) if before is not None and wanted.keep_apart else frozenset()
    asked = question_of(network, needs, related=wanted.related, apart=apart)
    rows = {row["need"]: row for row in asked["needs"]}
    for job in locked:
        job["rows"] = [rows.pop(need_id) for need_id in job["needs"]]
    asked |= {"needs": list(rows.values()), "locked": locked}
    made = Composition.objects.create(
        network=network,
        made_by_id=acting.person.public_id,
        contract=wanted.contract,
        max_distance_metres=wanted.max_distance_metres,
        max_employers=wanted.max_employers,
        related=wanted.related,
        seconds_allowed=wanted.seconds,
        asked=asked,
    )
    run = start_run(
        kind=SEARCH,
        owner_id=acting.person.public_id,
        network_id=network.public_id,
        arguments={"composition_id": str(made.public_id)},
    )
    made.run_id = run.public_id
    made.save(update_fields=["run_id"])
    after = {"needs": len(asked["needs"]), "locked": len(locked), "contract": wanted.contract}
    _trail(acting.person.public_id, "search", made, network, after)
    return made


def _refuse_impossible(wanted: Wanted) -> None:
    try:
        read_contract(wanted.contract)
    except ContractFileError as error:
        raise CompositionError(str(error)) from error
    bounds = (
        (wanted.max_distance_metres, 1, FARTHEST),
        (wanted.max_employers, 2, MOST_EMPLOYERS),
        (wanted.seconds, 1, LONGEST_SEARCH),
    )
    if not all(low <= value <= high for value, low, high in bounds):
        raise CompositionError(_("A distance, a number of employers or a time is not possible."))


def _still_possible(before: Composition | None, free: set[str]) -> list[dict[str, Any]]:
    """Return the locked jobs of the last search whose needs are all still there, unchanged."""
    if before is None:
        return []
    jobs = before.jobs.filter(state=JobState.LOCKED).prefetch_related("shares__need")
    kept = []
    for job in jobs:
        shares = list(job.shares.all())
        if all(
            share.need is not None
            and str(share.need.public_id) in free
            and share.need.half_hours == share.half_hours
            for share in shares
        ):
            kept.append(
                {
                    "needs": [str(share.need.public_id) for share in shares if share.need],
                    "half_hours": job.half_hours,
                    "metres": job.metres,
                    "why": job.why,
                }
            )
    return kept


def _set_aside(before: Composition) -> frozenset[tuple[str, str]]:
    jobs = before.jobs.filter(state=JobState.SET_ASIDE).prefetch_related("shares__organisation")
    kept = {(first, second) for first, second in before.asked["set_aside"]}
    return apart_in(jobs) | kept


def note_best(composition: Composition, found: Found) -> None:
    """Keep the best answer so far of a search, so that nothing is lost if it is stopped."""
    units = 2 * len(composition.asked["needs"][0]["half_hours"])  # in a mean hour a week
    step = found.step
    composition.best = [list(need_ids) for need_ids in found.jobs]
    composition.covered_units = round(step.covered_hours * units)
    composition.bound_units = None if step.bound_hours is None else round(step.bound_hours * units)
    composition.seconds = step.seconds
    point = [round(step.seconds, 1), composition.covered_units, composition.bound_units]
    composition.curve = [*composition.curve, point][-MOST_STEPS:]
    composition.save(update_fields=["best", "covered_units", "bound_units", "seconds", "curve"])


@transaction.atomic
def keep_answer(composition: Composition, outcome: Outcome) -> None:
    """Keep the explained answer of a search, and its jobs one by one."""
    composition.result = result_in(outcome)
    composition.best = [[need.need_id for need in job.needs] for job in outcome.jobs]
    composition.status = outcome.status
    composition.covered_units = outcome.covered_units
    composition.bound_units = outcome.bound_units
    composition.seconds = outcome.seconds
    composition.state = CompositionState.STOPPED if outcome.stopped_early else CompositionState.DONE
    composition.save()
    whole = outcome_in(composition)
    if whole is None or JobProposal.objects.filter(composition=composition).exists():
        return
    locked = len(composition.asked["locked"])
    made = JobProposal.objects.bulk_create(
        JobProposal(
            composition=composition,
            number=job.number,
            title=title_of(whole, job)[:300],
            state=JobState.LOCKED if job.number <= locked else JobState.FOUND,
            half_hours=list(job.half_hours),
            metres=job.metres,
            why={"code": job.why.code, "details": job.why.details},
        )
        for job in whole.jobs
    )
    ids = [need.need_id for job in whole.jobs for need in job.needs]
    rows = Need.objects.filter(network=composition.network, public_id__in=ids)
    needs = {str(need.public_id): need for need in rows}
    JobShare.objects.bulk_create(
        JobShare(
            job=proposal,
            need=needs[row.need_id],
            organisation_id=needs[row.need_id].organisation_id,
            rank=rank,
            half_hours=list(row.half_hours),
        )
        for proposal, job in zip(made, whole.jobs, strict=True)
        for rank, row in enumerate(job.needs)
        if row.need_id in needs
    )


def end_without_answer(composition: Composition) -> None:
    """Say that a search stopped before it had found anything that can be shown."""
    composition.state, composition.best = CompositionState.STOPPED, None
    composition.save(update_fields=["state", "best"])


_MOVES: Final = {
    JobState.FOUND: frozenset({JobState.LOCKED, JobState.SET_ASIDE}),
    JobState.LOCKED: frozenset({JobState.FOUND, JobState.SET_ASIDE}),
    JobState.SET_ASIDE: frozenset({JobState.FOUND, JobState.LOCKED}),
}


@transaction.atomic
def mark_job(*, acting: Acting, job: JobProposal, state: JobState) -> JobProposal:
    """Lock a job one likes, set one aside, or leave it as it was found. Raises CompositionError."""
    network = _network(acting)
    kept = JobProposal.objects.select_for_update().get(pk=job.pk)
    before = JobState(kept.state)
    if state == before:
        return kept
    if state not in _MOVES.get(before, ()):
        raise CompositionError(
            _("This job is “%(state)s”: it can no longer be changed here.")
            % {"state": before.label}
        )
    kept.state = state
    kept.save(update_fields=["state"])
    _trail(acting.person.public_id, f"mark {state}", kept, network, {"number": kept.number})
    return kept


def _network(acting: Acting) -> Network:
    if acting.network is None or not can_compose_jobs(acting):
        raise PermissionDenied
    return acting.network


def _trail(
    actor_id: UUID,
    act: str,
    subject: Composition | JobProposal,
    network: Network,
    after: dict[str, Any],
) -> None:
    record(
        actor_id=actor_id,
        act=act,
        subject_type=type(subject).__name__,
        subject_id=subject.public_id,
        network_id=network.public_id,
        after=after,
    )
