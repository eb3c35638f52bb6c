"""The made-up questions of the benchmarks: a planted plan that breaks nothing, from a seed."""

from benchmarks.instances.rostering import generate
from maillage.engines.rostering import evaluate, verify
from tests.engines.rostering.cast import weighed


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
