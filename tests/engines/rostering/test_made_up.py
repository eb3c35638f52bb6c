"""The made-up questions of the benchmarks: a planted plan that breaks nothing, from a seed."""

from dataclasses import replace
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.instances.rostering import generate, with_past
from maillage.engines.kernel.stop import MaxIterations
from maillage.engines.rostering import Assignment, Plan, check, evaluate, verify
from maillage.engines.rostering.model import compile_model
from maillage.engines.rostering.search.solve import solve
from tests.engines.rostering.cast import weighed
from tests.engines.rostering.test_agreement import BY_SLOT


def test_planted_plan_is_legal_and_its_cost_known() -> None:
    made = generate(12, 10, weeks=3, seed=4)

    verify(made.instance, made.planted)
    evaluation = evaluate(made.instance, made.planted)

    assert evaluation.forbidden == 0
    assert weighed(made.instance, made.planted).price == evaluation.points * 240
    peaks = sum(need.need_id.startswith("X") for need in made.instance.needs)
    assert {term.rule: term.amount for term in evaluation.terms}["uncovered"] == peaks > 0


def test_seed_alone_decides() -> None:
    assert generate(6, 5, weeks=2, seed=3) == generate(6, 5, weeks=2, seed=3)
    assert generate(6, 5, weeks=2, seed=3) != generate(6, 5, weeks=2, seed=4)


@settings(max_examples=12, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_checks_and_model_agree_on_questions_with_a_past(seed: int) -> None:
    made = with_past(generate(8, 6, weeks=3, seed=4), seed=seed)
    chance = Random(seed)
    moved = Plan(
        frozenset(
            Assignment(chance.choice(made.instance.workers).worker_id, need.need_id)
            for need in made.instance.needs
            if chance.random() < 0.6
        )
    )

    for plan in (made.planted, moved):
        weight, found = weighed(made.instance, plan), check(made.instance, plan)
        forbidden = [breach for breach in found if breach.forbidden]
        slots = {(b.worker_id, b.need_ids) for b in forbidden if b.rule in BY_SLOT}
        others = sum(b.amount for b in forbidden if b.rule not in BY_SLOT)
        assert weight == (
            len(slots) + others,
            evaluate(made.instance, plan).points * compile_model(made.instance).scale,
        )


def test_question_with_a_past_has_all_of_it() -> None:
    made = with_past(generate(12, 10, weeks=3, seed=4), seed=1)

    instance = made.instance
    rules = {breach.rule for breach in check(instance, made.planted)}
    assert {need.kind for need in instance.needs} == {"", "night", "sunday"}
    assert any(need.urgent for need in instance.needs)
    assert 0 < len(instance.lifted) < len(instance.competitors)
    assert {len(worker.history.weeks) for worker in instance.workers} == {0, 6, 12}
    assert rules >= {"average_maximum", "urgent_maximum", "urgent_fairness", "new_faces"}


def test_search_answers_a_question_with_a_past_lawfully() -> None:
    instance = with_past(generate(8, 6, weeks=2, seed=4), seed=1).instance
    open_again = replace(instance, published=frozenset())

    answer = solve(open_again, stop=MaxIterations(2), seed=1)

    verify(open_again, answer.plan)
