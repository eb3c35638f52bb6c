"""The plain model beside which ours is measured plays by the same rules."""

from dataclasses import replace

import pytest

from benchmarks.instances.rostering import generate
from benchmarks.plain_roster import plain_plan
from benchmarks.rostering import main
from maillage.engines.kernel.stop import MaxIterations
from maillage.engines.rostering import Setting, Severity, evaluate
from maillage.engines.rostering.model import compile_model
from maillage.engines.rostering.search.solve import solve
from maillage.engines.rostering.settings import RulePack


def test_plain_plan_breaks_nothing_however_much_work_there_is() -> None:
    asked = generate(6, 5, weeks=2, seed=3).instance
    busy = replace(asked, workers=asked.workers[:2])

    plan = plain_plan(compile_model(busy), 4, 2)

    greedy = solve(busy, stop=MaxIterations(0))
    found = evaluate(busy, plan)
    assert found.forbidden == 0
    assert found.points < greedy.objective


def test_plain_model_refuses_a_rule_it_does_not_know() -> None:
    made = generate(3, 3, weeks=1, seed=3)
    fair = Setting(rule="unpleasant_fairness", severity=Severity.WARN, cost=1)
    pack = RulePack((*made.instance.pack.settings, fair))

    with pytest.raises(TypeError, match="does not know fairness"):
        plain_plan(compile_model(replace(made.instance, pack=pack)), 1, 1)


def test_benchmark_shows_each_method_beside_the_planted_plan(
    capsys: pytest.CaptureFixture[str],
) -> None:
    main(["--sizes", "4x3", "--seconds", "1", "--seeds", "1", "2"])

    rows = [line.split() for line in capsys.readouterr().out.splitlines()[1:]]
    assert [(row[1], row[2]) for row in rows] == [
        (seed, method) for seed in ("1", "2") for method in ("planted", "greedy", "ours", "plain")
    ]
    assert [row[-1] for row in rows] == ["0"] * 8
    assert [row[6] for row in rows if row[2] == "planted"] == ["1.000", "1.000"]
