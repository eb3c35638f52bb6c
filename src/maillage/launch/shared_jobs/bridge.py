"""The only door from shared jobs to the pooling engine."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from maillage.engines.kernel.status import Status
from maillage.engines.kernel.stop import MaxRuntime
from maillage.engines.pooling.checks import verify
from maillage.engines.pooling.instance import CONTRACTS, Contract, Instance, Need
from maillage.engines.pooling.result import Result
from maillage.engines.pooling.solution import SharedJob, Solution, objective_of
from maillage.engines.pooling.solve import solve
from maillage.engines.pooling.warming import warm_up
from maillage.launch.shared_jobs.contract_file import (
    ContractFileError,
    ContractTerms,
    read_contract_file,
)
from maillage.launch.shared_jobs.outcome import (
    Change,
    Finding,
    Found,
    Jobs,
    LoneNeed,
    Outcome,
    ProposedJob,
    Request,
    Step,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from concurrent.futures import Executor
    from datetime import datetime

    from maillage.engines.kernel.progress import Progress
    from maillage.engines.pooling.explain import JobFacts, Reason, Relaxation, Unserved
    from maillage.launch.shared_jobs.needs_file import NeedRow, NeedsFile


def make_instance(
    survey: NeedsFile, *, contract: Contract, max_distance_metres: int, max_employers: int
) -> Instance:
    """Return the question that a survey asks the engine."""
    return Instance(
        needs=tuple(
            Need(
                need_id=need.need_id,
                firm_id=need.firm_id,
                firm=need.firm,
                occupation=need.occupation,
                latitude=need.latitude,
                longitude=need.longitude,
                half_hours=need.half_hours,
                place=need.place,
            )
            for need in survey.needs
        ),
        contract=contract,
        competitors=survey.competitors | survey.set_aside,
        related=survey.related,
        max_distance_metres=max_distance_metres,
        max_employers=max_employers,
    )


def read_contract(name_or_path: str) -> Contract:
    """Return a built-in contract by its name, or the one of a TOML file.

    Raises `ContractFileError` with a sentence for the person who asked for it.
    """
    if name_or_path in CONTRACTS:
        return CONTRACTS[name_or_path]
    path = Path(name_or_path)
    if path.suffix.lower() != ".toml" and not path.exists():
        raise ContractFileError(
            _("The contract “%(name)s” is unknown: choose %(names)s, or give a TOML file.")
            % {"name": name_or_path, "names": ", ".join(CONTRACTS)}
        )
    return _contract_of(read_contract_file(path))


def terms_of(contract: Contract) -> ContractTerms:
    """Return a contract of the engine in the words of the reports."""
    return ContractTerms(
        name=contract.name,
        mean_min=contract.mean_min_half_hours,
        mean_max=contract.mean_max_half_hours,
        period_min=contract.period_min_half_hours,
        period_max=contract.period_max_half_hours,
    )


def find_jobs(
    survey: NeedsFile,
    request: Request,
    *,
    executor: Executor | None,
    at_once: int,
    on_step: Callable[[Step], None],
    should_stop: Callable[[], bool],
    on_answer: Callable[[Jobs], None] | None = None,
) -> Result:
    """Ask the engine for the shared jobs of a survey, and check its answer without it.

    `on_answer` is given each better answer: the ids of the needs of each job.

    Raises `SolutionError` when the answer breaks a rule, which would be a fault of the engine.
    """
    instance = make_instance(
        survey,
        contract=_contract_of(request.contract),
        max_distance_metres=request.max_distance_metres,
        max_employers=request.max_employers,
    )

    def tell(progress: Progress) -> None:
        on_step(
            Step(
                seconds=progress.seconds,
                phase=progress.phase,
                covered_hours=instance.mean_hours(progress.objective),
                bound_hours=(
                    None if progress.bound is None else instance.mean_hours(progress.bound)
                ),
            )
        )

    def give(solution: Solution) -> None:
        if on_answer is not None:
            on_answer(tuple(job.need_ids for job in solution.jobs))

    warm_up()  # before the clock starts: compiling, the very first time, is not searching
    result = solve(
        instance,
        stop=MaxRuntime(request.time_limit_seconds),
        seed=request.seed,
        executor=executor,
        at_once=at_once,
        on_progress=tell,
        on_answer=give,
        should_stop=should_stop,
    )
    verify(instance, result.solution)
    return result


def outcome_of(
    result: Result,
    survey: NeedsFile,
    request: Request,
    *,
    stopped_early: bool,
    created_at: datetime,
    first_number: int = 1,
) -> Outcome:
    """Return a result with its explanations, in the words of the survey.

    Its jobs are numbered from `first_number` on.
    """
    explanation = result.explain()
    needs = {need.need_id: need for need in survey.needs}
    simplest_first = sorted(
        range(len(explanation.jobs)), key=lambda at: _difficulty(explanation.jobs[at])
    )
    width = len(str(len(simplest_first) + first_number - 1))
    # The engine knows a job by its position, people by its name.
    names = {
        at: (rank, f"J{rank:0{width}}") for rank, at in enumerate(simplest_first, first_number)
    }
    return Outcome(
        request=request,
        survey=survey,
        status=str(result.status),
        covered_units=result.objective,
        bound_units=result.bound,
        seconds=result.runtime,
        stopped_early=stopped_early,
        jobs=tuple(_proposed(explanation.jobs[at], *names[at], needs) for at in simplest_first),
        alone=tuple(_lone(unserved, needs, names) for unserved in explanation.unserved),
        created_at=created_at,
    )


def search(
    report: Callable[[Found], None],
    survey: NeedsFile,
    request: Request,
    first_number: int,
    created_at: datetime,
) -> Outcome:
    """Search jobs in a process of its own, and explain them; reports steps and better answers."""
    best: Jobs = ()

    def better(jobs: Jobs) -> None:
        nonlocal best
        best = jobs

    result = find_jobs(
        survey,
        request,
        executor=None,
        at_once=1,
        on_step=lambda step: report(Found(step, best)),
        should_stop=lambda: False,
        on_answer=better,
    )
    return outcome_of(
        result,
        survey,
        request,
        stopped_early=False,
        created_at=created_at,
        first_number=first_number,
    )


def explain_best(
    _report: Callable[[Found], None],
    survey: NeedsFile,
    request: Request,
    found: Found,
    first_number: int,
    created_at: datetime,
) -> Outcome:
    """Explain the best answer of a search that was stopped, checked again without the engine.

    Raises `SolutionError` when it breaks a rule.
    """
    instance = make_instance(
        survey,
        contract=_contract_of(request.contract),
        max_distance_metres=request.max_distance_metres,
        max_employers=request.max_employers,
    )
    solution = Solution(tuple(SharedJob(tuple(need_ids)) for need_ids in found.jobs))
    verify(instance, solution)
    units = objective_of(instance, solution).units
    bound = found.step.bound_hours
    result = Result(
        instance=instance,
        status=Status.FEASIBLE,
        solution=solution,
        objective=units,
        bound=None if bound is None else round(bound * 2 * instance.periods),
        runtime=found.step.seconds,
        iterations=0,
        seed=request.seed,
    )
    return outcome_of(
        result,
        survey,
        request,
        stopped_early=True,
        created_at=created_at,
        first_number=first_number,
    )


def _difficulty(facts: JobFacts) -> tuple[object, ...]:
    """Order jobs by what makes them simple to create: few employers, then short distances."""
    return len(facts.job.need_ids), facts.metres, -facts.units, facts.job.need_ids


def _contract_of(terms: ContractTerms) -> Contract:
    return Contract(
        name=terms.name,
        mean_min_half_hours=terms.mean_min,
        mean_max_half_hours=terms.mean_max,
        period_min_half_hours=terms.period_min,
        period_max_half_hours=terms.period_max,
    )


def _proposed(
    facts: JobFacts, number: int, job_id: str, needs: Mapping[str, NeedRow]
) -> ProposedJob:
    return ProposedJob(
        number=number,
        job_id=job_id,
        needs=tuple(needs[need_id] for need_id in facts.job.need_ids),
        half_hours=facts.half_hours,
        metres=facts.metres,
        why=Finding(facts.reason.code, facts.reason.details),
    )


def _lone(
    unserved: Unserved, needs: Mapping[str, NeedRow], job_names: Mapping[int, tuple[int, str]]
) -> LoneNeed:
    relaxation = unserved.relaxation
    return LoneNeed(
        need=needs[unserved.need_id],
        reason=_finding(unserved.reason, job_names),
        change=None
        if relaxation is None
        else Change(
            finding=_finding(relaxation, job_names),
            partners=tuple(needs[need_id] for need_id in relaxation.partners),
            gain_units=relaxation.gain_units,
        ),
    )


def _finding(found: Reason | Relaxation, job_names: Mapping[int, tuple[int, str]]) -> Finding:
    details = dict(found.details)
    position = details.get("job")
    if isinstance(position, int):
        details["job_number"], details["job"] = job_names[position]
    return Finding(found.code, details)
