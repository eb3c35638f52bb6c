"""Strict priorities: whatever the lower ones cost, the more important one decides."""

from collections.abc import Iterator
from itertools import pairwise, product
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from maillage.engines.kernel.stop import MaxIterations
from maillage.engines.rostering import (
    Assignment,
    Contract,
    Instance,
    Plan,
    Request,
    Setting,
    Severity,
    evaluate,
)
from maillage.engines.rostering.judging import weigh_plan
from maillage.engines.rostering.model import compile_model
from maillage.engines.rostering.search.priorities import factors
from maillage.engines.rostering.search.solve import solve
from tests.engines.rostering.cast import HOUR, chloe, question, rule, slot

DAYS = ((0, 8, 12), (0, 13, 17), (1, 8, 12), (1, 13, 17))
FULL_TIME = 35 * HOUR


def costs(chance: Random) -> tuple[Setting, ...]:
    """A cost of each kind, with any price and any priority."""

    def cost(name: str, **limits: int) -> Setting:
        return Setting(
            rule=name,
            severity=Severity.WARN,
            cost=chance.choice((1, 3, 7)),
            per=chance.choice((1, 2)),
            priority=chance.randrange(3),
            parameters=limits,
        )

    return (
        cost("uncovered"),
        cost("idle_hours"),
        cost("new_faces"),
        cost("few_firms", free=1),
        cost("two_firms_a_day"),
        cost("requests"),
        cost("urgent_fairness"),
        cost("daily_maximum", minutes=300),
        cost("travel"),
        cost("competitors"),
        cost("days_in_row", days=1),
        cost("work_run", days=2),
        cost("weekly_rest", minutes=6000, within=2880),
        cost("break_time", longest=200, pause=120),
        cost("split_day", most=0, longest=45, pause=0, full_time=FULL_TIME),
    )


def a_question(seed: int) -> Instance:
    chance = Random(seed)
    needs = tuple(
        slot(
            *when,
            firm=chance.choice(("bob", "emma", "farid")),
            need_id=f"n{number}",
            importance=chance.choice((1, 5)),
            urgent=chance.random() < 0.5,
        )
        for number, when in enumerate(DAYS)
    )
    wish = Request("n0", wanted=chance.random() < 0.5)
    return question(
        *needs,
        workers=(
            chloe(requests=(wish,), contract=Contract(FULL_TIME)),
            chloe(worker_id="alice", name="Alice", contract=Contract(20 * HOUR)),
        ),
        rules=(rule("no_overlap"), rule("surplus"), *costs(chance)),
        days=7,
        objective="lexicographic",
    )


def plans(instance: Instance) -> Iterator[tuple[Plan, tuple[object, ...]]]:
    """Each plan that breaks nothing, and what it costs by priority."""
    everybody = [worker.worker_id for worker in instance.workers]
    places = [Assignment(name, need.need_id) for name in everybody for need in instance.needs]
    for taken in product((False, True), repeat=len(places)):
        plan = Plan(frozenset(p for p, mine in zip(places, taken, strict=True) if mine))
        found = evaluate(instance, plan)
        if not found.forbidden:
            yield plan, found.by_priority


@settings(max_examples=5, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_prices_put_plans_in_the_order_of_their_priorities(seed: int) -> None:
    instance = a_question(seed)
    model = compile_model(instance, factors=factors(instance))

    found = sorted(
        (costs, weigh_plan(model, model.lines(plan)).price) for plan, costs in plans(instance)
    )

    for (dear, price), (dearer, higher) in pairwise(found):
        assert (price < higher) == (dear < dearer)
        assert (price == higher) == (dear == dearer)


@pytest.mark.parametrize("seed", [1, 2, 1658])
def test_answer_is_the_best_of_all_plans_by_priority(seed: int) -> None:
    instance = a_question(seed)

    answer = solve(instance, stop=MaxIterations(4), seed=1)

    best = min(by_priority for _, by_priority in plans(instance))
    assert answer.evaluate().by_priority == best


def test_one_step_of_the_first_priority_outweighs_any_number_of_the_second() -> None:
    """A thousand new faces, or one minute too long: the minute decides."""
    instance = question(
        slot(0, 8, 12 + 1 / 60),
        rules=(
            Setting(
                rule="daily_maximum", severity=Severity.WARN, cost=1, parameters={"minutes": 240}
            ),
            Setting(rule="uncovered", severity=Severity.WARN, cost=10**9, priority=1),
        ),
        objective="lexicographic",
    )

    answer = solve(instance, stop=MaxIterations(2), seed=1)

    assert answer.plan.assignments == frozenset()
    assert answer.evaluate().by_priority == (0, 10**9)


def test_weighted_objective_has_no_factors() -> None:
    assert factors(question(slot(0, 8, 12))) is None
