"""How far an answer can be from the best: said when proved, and only then."""

import pytest

from maillage.engines.pooling import (
    MaxIterations,
    Result,
    SharedJob,
    Solution,
    Status,
    objective_of,
    solve,
)
from tests.engines.pooling.surveys import need, survey

EMPTY = survey()


def result(objective: int, bound: int | None) -> Result:
    return Result(
        instance=EMPTY,
        status=Status.FEASIBLE,
        solution=Solution(()),
        objective=objective,
        bound=bound,
        runtime=1.0,
        iterations=1,
        seed=1,
    )


@pytest.mark.parametrize(
    ("objective", "bound", "gap"),
    [(75, 100, 0.25), (100, 100, 0.0), (0, 100, 1.0), (0, 0, 0.0), (75, None, None)],
)
def test_gap_is_the_share_of_the_bound_not_reached(
    objective: int, bound: int | None, gap: float | None
) -> None:
    assert result(objective, bound).gap == gap


def test_solve_reports_what_it_did() -> None:
    instance = survey(need("bob", 17.5), need("emma", 17.5), need("alone", 5))
    found = solve(instance, stop=MaxIterations(2), seed=7)

    assert found.instance is instance
    assert found.status is Status.OPTIMAL
    assert found.objective == found.bound == 70 * 12
    assert found.objective == objective_of(instance, found.solution).units
    assert found.gap == 0.0
    assert found.seed == 7
    assert found.runtime > 0
    assert found.iterations <= 2


def test_jobs_are_given_from_the_most_hours_and_needs_in_them_too() -> None:
    instance = survey(
        need("small", 10), need("large", 25), need("first", 15), need("second", 15.5), need("x", 8)
    )
    found = solve(instance, stop=MaxIterations(2), seed=1)

    assert found.solution == Solution(
        (SharedJob(("second", "first", "x")), SharedJob(("large", "small")))
    )


def test_result_explains_itself() -> None:
    instance = survey(need("bob", 17.5), need("emma", 17.5), need("alone", 5))
    explanation = solve(instance, stop=MaxIterations(1)).explain()

    assert [facts.job.need_ids for facts in explanation.jobs] == [("bob", "emma")]
    assert [unserved.need_id for unserved in explanation.unserved] == ["alone"]
