"""Door: a roster file asked for on the command line, and what its reports say of it."""

from __future__ import annotations

from math import lcm
from typing import TYPE_CHECKING

from maillage.engines.rostering.checks import check
from maillage.engines.rostering.evaluation import evaluate
from maillage.engines.rostering.explaining import explain
from maillage.engines.rostering.explaining.names import rule_name, unit_name
from maillage.engines.rostering.repairing import repair
from maillage.engines.rostering.search.solve import solve
from maillage.engines.rostering.warming import warm_up
from maillage.launch.shared_jobs.reports.figures import language
from maillage.run.planning.board import (
    Account,
    Choice,
    Cost,
    EmptySlot,
    Help,
    Hindrance,
    Mending,
    Person,
    Remark,
    Roster,
    Search,
    Slot,
    Step,
    Why,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from concurrent.futures import Executor
    from datetime import datetime

    from maillage.engines.kernel.progress import Progress
    from maillage.engines.kernel.stop import StopRule
    from maillage.engines.rostering.checks import Breach
    from maillage.engines.rostering.entities import Need
    from maillage.engines.rostering.evaluation import Term
    from maillage.engines.rostering.explaining import Empty, Reason
    from maillage.engines.rostering.instance import Instance
    from maillage.engines.rostering.plan import Plan
    from maillage.engines.rostering.repairing import Change, Charge, Option, Repair, Taking
    from maillage.engines.rostering.search.result import Result


def roster_of(
    instance: Instance,
    plan: Plan,
    *,
    file: str,
    created_at: datetime,
    search: Search | None = None,
) -> Roster:
    """Return a plan in words, checked and priced without any solver.

    Raises `RosterError` when the plan names what is not there.
    """
    found = check(instance, plan)
    evaluation = evaluate(instance, plan)
    staff = plan.staff()
    needs = sorted(instance.needs, key=lambda need: (need.start, need.end, need.need_id))
    return Roster(
        file=file,
        start=instance.horizon.start,
        days=instance.horizon.days,
        weeks=instance.horizon.weeks,
        people=tuple(
            Person(worker.worker_id, worker.label, worker.contract.week_minutes)
            for worker in instance.workers
        ),
        firms={firm.firm_id: firm.label for firm in instance.firms},
        slots=tuple(_slot(instance, need, staff) for need in needs),
        remarks=tuple(_remark(breach) for breach in found),
        costs=tuple(_cost(term) for term in evaluation.terms if term.points),
        points=float(evaluation.points),
        created_at=created_at,
        search=search,
    )


def mend(
    instance: Instance, plan: Plan, change: Change, *, most_touched: int, most_options: int
) -> Repair:
    """Return the options of the engine against a change."""
    return repair(instance, plan, change, most_touched=most_touched, most_options=most_options)


def mending_of(answer: Repair, plan: Plan, *, file: str, created_at: datetime) -> Mending:
    """Return the options against a change in words."""
    instance, staff = answer.instance, plan.staff()
    by_id = instance.need_by_id

    def slot(need_id: str) -> Slot:
        return _slot(instance, by_id[need_id], staff)

    return Mending(
        file=file,
        start=instance.horizon.start,
        holes=tuple(slot(need_id) for need_id in answer.holes),
        kept=tuple(slot(assignment.need_id) for assignment in answer.kept),
        choices=tuple(
            _choice(instance, number, option, slot)
            for number, option in enumerate(answer.options, 1)
        ),
        created_at=created_at,
    )


def account_of(
    instance: Instance,
    plan: Plan,
    roster: Roster,
    *,
    need_ids: Iterable[str] | None,
    assignments: bool,
    on_progress: Callable[[int, int], None] | None = None,
) -> Account:
    """Explain a plan, in words."""
    explanation = explain(
        instance, plan, need_ids=need_ids, assignments=assignments, on_progress=on_progress
    )
    slots = {slot.need_id: slot for slot in roster.slots}
    return Account(
        roster=roster,
        empty=tuple(_empty(instance, entry, slots) for entry in explanation.empty),
        whys=tuple(_why(instance, reason, slots) for reason in explanation.reasons),
    )


def _slot(instance: Instance, need: Need, staff: Mapping[str, list[str]]) -> Slot:
    return Slot(
        need_id=need.need_id,
        firm_id=need.firm_id,
        firm=instance.firm_by_id[need.firm_id].label,
        skill=need.skill,
        start=need.start,
        end=need.end,
        minutes=need.minutes,
        count=need.count,
        worker_ids=tuple(staff.get(need.need_id, ())),
        urgent=need.urgent,
    )


def _remark(breach: Breach) -> Remark:
    return Remark(
        rule=breach.rule,
        name=rule_name(breach.rule, language()),
        article=breach.article,
        text=breach.text(language()),
        severity=breach.severity.value,
        forbidden=breach.forbidden,
        amount=breach.amount,
        unit=unit_name(breach.unit, language()),
        points=float(breach.points),
        worker_id=breach.worker_id,
        need_ids=breach.need_ids,
    )


def _cost(term: Term | Charge) -> Cost:
    return Cost(
        term.rule,
        rule_name(term.rule, language()),
        term.amount,
        unit_name(term.unit, language()),
        float(term.points),
    )


def _choice(instance: Instance, number: int, option: Option, slot: Callable[[str], Slot]) -> Choice:
    people = instance.worker_by_id
    return Choice(
        number=number,
        steps=tuple(_step(instance, taking, slot) for taking in option.takings),
        left=tuple(slot(need_id) for need_id in option.left),
        touched=option.touched,
        told=tuple(people[worker_id].label for worker_id in option.told),
        costs=tuple(_cost(charge) for charge in option.charges),
        points=float(option.points),
    )


def _step(instance: Instance, taking: Taking, slot: Callable[[str], Slot]) -> Step:
    people = instance.worker_by_id
    return Step(
        slot=slot(taking.need_id),
        worker_id=taking.worker_id,
        worker=people[taking.worker_id].label,
        left_by=people[taking.left_by].label if taking.left_by else "",
        knows_firm=taking.knows_firm,
        travel_minutes=taking.travel_minutes,
        urgent_calls=taking.urgent_calls,
    )


def _empty(instance: Instance, entry: Empty, slots: Mapping[str, Slot]) -> EmptySlot:
    people = instance.worker_by_id
    return EmptySlot(
        slot=slots[entry.need_id],
        hindrances=tuple(
            Hindrance(
                worker_id=obstacle.worker_id,
                worker=people[obstacle.worker_id].label,
                texts=tuple(breach.text(language()) for breach in obstacle.breaches),
                rules=tuple(dict.fromkeys(breach.rule for breach in obstacle.breaches)),
            )
            for obstacle in entry.obstacles
        ),
        helps=tuple(
            Help(
                kind=relaxation.kind,
                worker_id=relaxation.worker_id,
                text=relaxation.text(instance, language()),
                points=float(relaxation.points),
            )
            for relaxation in entry.relaxations
        ),
    )


def _why(instance: Instance, reason: Reason, slots: Mapping[str, Slot]) -> Why:
    return Why(
        slot=slots[reason.need_id],
        worker_id=reason.worker_id,
        code=reason.code,
        text=reason.text(instance, language()),
    )


def find_plan(
    instance: Instance,
    *,
    stop: StopRule,
    seed: int,
    executor: Executor | None,
    at_once: int,
    on_step: Callable[[float, str, float, float | None], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> Result:
    """Search for a plan; `on_step` hears seconds, phase, points so far and points at least."""
    scale = lcm(*(setting.per for setting in instance.pack.settings))

    def heard(progress: Progress) -> None:
        if on_step:
            bound = None if progress.bound is None else progress.bound / scale
            on_step(progress.seconds, progress.phase, progress.objective / scale, bound)

    warm_up()  # before the clock starts: compiling, the very first time, is not searching
    return solve(
        instance,
        stop=stop,
        seed=seed,
        executor=executor,
        at_once=at_once,
        on_progress=heard,
        should_stop=should_stop,
    )


def search_of(result: Result, *, stopped_early: bool) -> Search:
    """Say how a plan was found."""
    return Search(
        status=result.status.value,
        bound=None if result.bound is None else float(result.bound),
        gap=result.gap,
        seconds=round(result.runtime, 3),
        seed=result.seed,
        stopped_early=stopped_early,
    )
