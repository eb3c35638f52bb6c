"""Whatever the question: a legal plan, a true bound, and the same plan again."""

from random import Random
from typing import TYPE_CHECKING, Any

from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.instances.rostering import generate
from maillage.engines.kernel.status import Status
from maillage.engines.kernel.stop import MaxIterations, MaxRuntime
from maillage.engines.rostering import Assignment, Setting, Severity, check, evaluate
from maillage.engines.rostering.french_law import FRANCE
from maillage.engines.rostering.model import compile_model
from maillage.engines.rostering.search.solve import solve
from maillage.engines.rostering.search.tasks import pack, weaver_of
from maillage.engines.rostering.search.weaving import Calls, Weave
from tests.engines.rostering.cast import chloe, question, rule, slot
from tests.engines.rostering.search.shifts import a_ward, least_cost
from tests.engines.rostering.test_agreement import a_question

if TYPE_CHECKING:
    from maillage.engines.kernel.progress import Progress
    from maillage.engines.rostering import Instance, Plan

UNCOVERED = Setting(rule="uncovered", severity=Severity.WARN, cost=10)


def is_legal(instance: "Instance", plan: "Plan") -> bool:
    return not any(breach.forbidden for breach in check(instance, plan))


@settings(max_examples=8, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_bound_of_a_small_ward_is_never_above_its_best_roster(seed: int) -> None:
    instance = a_ward(Random(seed))
    best = least_cost(compile_model(instance))

    result = solve(instance, stop=MaxIterations(30), seed=seed)

    if best is None:
        assert result.status is Status.UNKNOWN
        return
    assert is_legal(instance, result.plan)
    assert result.objective == evaluate(instance, result.plan).points
    assert result.bound is not None
    assert result.bound <= best == result.objective
    if result.bound == best:
        assert result.status is Status.OPTIMAL


@settings(max_examples=5, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_any_question_gets_a_plan_that_says_whether_it_is_legal(seed: int) -> None:
    instance = a_question(Random(seed), soft=False)

    result = solve(instance, stop=MaxIterations(1), seed=seed)

    assert is_legal(instance, result.plan) == (result.status is not Status.UNKNOWN)
    assert result.objective == evaluate(instance, result.plan).points


def test_slots_that_overlap_are_shared_out() -> None:
    instance = question(
        slot(0, 8, 12, importance=3),
        slot(0, 10, 14, "farid", importance=2),
        slot(0, 11, 13, "denis", importance=1),
        workers=(chloe(), chloe(worker_id="alice", name="Alice")),
        rules=(rule("skill"), rule("no_overlap"), UNCOVERED),
    )

    result = solve(instance, stop=MaxIterations(4), seed=1)

    assert result.objective == 10
    covered = {assignment.need_id for assignment in result.plan.assignments}
    assert covered == {"bob 0 8-12", "farid 0 10-14"}


def test_one_worker_alone_is_planned_and_each_better_plan_is_told() -> None:
    """One slot a day at most, under the whole law: the way that draws workers to plan again."""
    needs = tuple(slot(day, 6, 12, break_minutes=20) for day in range(4))
    told: list[Plan] = []
    instance = question(*needs, rules=FRANCE)

    result = solve(instance, stop=MaxIterations(3), on_answer=told.append)

    assert len(result.plan.assignments) == 4
    assert told[-1] == result.plan


def test_rebuilding_the_plan_of_one_worker_draws_that_worker() -> None:
    packed = pack(question(slot(0, 6, 12)))
    weave = Weave(weaver_of(packed), packed, 0, 2)

    def run(calls: Calls) -> list[Any]:
        return [call[0](*call[1:]) for call in calls]

    calls = weave.rebuildings(weave.first(((),), run, None), 1, None)
    assert [call[-1].workers for call in calls] == [(0,), (0,)]


def test_fixed_assignment_stays() -> None:
    fixed = Assignment("chloé", "bob 0 8-12")
    instance = question(
        slot(0, 8, 12, importance=1),
        slot(0, 9, 13, "farid", importance=9),
        slot(0, 15, 17, "farid", importance=9),
        rules=(rule("no_overlap"), rule("fixed"), UNCOVERED),
        fixed=frozenset({fixed}),
    )

    result = solve(instance, stop=MaxIterations(3), seed=1)

    assert fixed in result.plan.assignments
    assert result.objective == 90


def test_same_seed_gives_the_same_plan_and_more_turns_never_a_worse_one() -> None:
    instance = generate(8, 6, weeks=2, seed=3).instance

    short, again, longer = (
        solve(instance, stop=MaxIterations(turns), seed=5) for turns in (1, 1, 3)
    )

    assert short.plan == again.plan
    assert longer.objective <= short.objective
    assert is_legal(instance, longer.plan)


def test_made_up_question_is_answered_below_its_planted_plan() -> None:
    made_up = generate(8, 6, weeks=2, seed=3)
    told: list[Progress] = []

    result = solve(made_up.instance, stop=MaxIterations(4), seed=1, on_progress=told.append)

    planted = evaluate(made_up.instance, made_up.planted).points
    assert is_legal(made_up.instance, result.plan)
    assert result.objective <= planted
    costs = [progress.objective for progress in told]
    assert costs == sorted(costs, reverse=True)


def test_time_limit_is_kept() -> None:
    result = solve(generate(8, 6, weeks=2, seed=3).instance, stop=MaxRuntime(1.0), seed=1)

    assert result.runtime < 4
    assert result.status is Status.FEASIBLE


def test_host_can_stop_a_solve() -> None:
    instance = generate(8, 6, weeks=2, seed=3).instance

    result = solve(instance, stop=MaxRuntime(60), seed=1, should_stop=lambda: True)

    assert result.iterations == 0
    assert is_legal(instance, result.plan)
