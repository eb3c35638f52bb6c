from datetime import UTC, datetime

import pytest

from maillage.engines.kernel.status import Status
from maillage.engines.pooling.explain import (
    Explanation,
    JobFacts,
    Reason,
    Relaxation,
    Unserved,
)
from maillage.engines.pooling.instance import CONTRACTS
from maillage.engines.pooling.result import Result
from maillage.engines.pooling.solution import SharedJob, Solution
from maillage.launch.shared_jobs import bridge
from maillage.launch.shared_jobs.bridge import find_jobs, make_instance, outcome_of, terms_of
from maillage.launch.shared_jobs.outcome import OPTIMAL, Finding, Outcome, Step
from tests.launch.shared_jobs.reports.results import (
    ANNUAL,
    BOB,
    CAMPING,
    CHOCOLATE,
    EMMA,
    need,
    outcome,
    request,
    survey,
)

NOW = datetime(2026, 11, 22, 15, 4, tzinfo=UTC)


def test_outcome_tells_its_hours() -> None:
    result = outcome(bound_units=1000)
    assert result.total_units == 826 + 35 * 12 + 34 * 12
    assert result.gap == 0.174
    assert result.mean_hours(826) == pytest.approx(34.4167)
    assert result.periods == 12


def test_gap_is_nothing_when_nothing_is_possible_and_unknown_without_a_bound() -> None:
    assert outcome(jobs=()).gap == 0
    assert outcome(bound_units=None).gap is None


def test_only_the_word_of_the_engine_means_proved() -> None:
    assert OPTIMAL == Status.OPTIMAL
    assert outcome().proved_best
    assert not outcome(status="FEASIBLE").proved_best


@pytest.mark.parametrize(
    "title", ["occupation_label", "Libellé métier", "Intitulé", "libelle ROME"]
)
def test_occupation_takes_the_name_that_the_survey_gives_beside_its_code(title: str) -> None:
    extra = {
        "choc": {title: " Vente en alimentation "},
        "camp": {title: "another name"},
        "oven": {title: ""},
    }
    result = outcome(survey=survey(extra=extra))
    assert result.occupation_name("D1106") == "Vente en alimentation"
    assert result.occupation_name("D1102") == "D1102"
    assert outcome().occupation_name("D1106") == "D1106"


def explained(
    monkeypatch: pytest.MonkeyPatch, jobs: list[JobFacts], unserved: list[Unserved]
) -> Outcome:
    """Return the outcome of a result that the engine explains so."""
    explanation = Explanation(tuple(jobs), tuple(unserved))
    monkeypatch.setattr(Result, "explain", lambda _result: explanation)
    instance = make_instance(
        survey(), contract=CONTRACTS["annual"], max_distance_metres=30_000, max_employers=5
    )
    result = Result(
        instance=instance,
        status=Status.FEASIBLE,
        solution=Solution(tuple(facts.job for facts in jobs)),
        objective=800,
        bound=900,
        runtime=2.5,
        iterations=3,
        seed=1,
    )
    return outcome_of(result, survey(), request(), stopped_early=True, created_at=NOW)


def facts(*need_ids: str, metres: int) -> JobFacts:
    return JobFacts(
        SharedJob(need_ids), (70,) * 12, 840, metres, Reason("adds_up", {"employers": 2})
    )


def test_simplest_jobs_come_first_and_have_a_name(monkeypatch: pytest.MonkeyPatch) -> None:
    jobs = [
        facts("choc", "camp", "till", metres=100),
        facts("till", "oven", metres=25_000),
        facts("choc", "camp", metres=13_300),
    ]
    result = explained(monkeypatch, jobs, [])
    assert [(job.number, job.job_id, job.metres) for job in result.jobs] == [
        (1, "J1", 13_300),
        (2, "J2", 25_000),
        (3, "J3", 100),
    ]
    assert result.jobs[0].needs == (CHOCOLATE, CAMPING)
    assert (result.status, result.covered_units, result.bound_units) == ("FEASIBLE", 800, 900)
    assert (result.seconds, result.stopped_early, result.created_at) == (2.5, True, NOW)


def test_job_that_a_need_could_enter_is_told_by_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    jobs = [facts("choc", "camp", "till", metres=100), facts("choc", "camp", metres=13_300)]
    relaxation = Relaxation("distance", {"metres": 31_000, "job": 0}, ("choc", "camp"), 408)
    result = explained(
        monkeypatch, jobs, [Unserved("oven", Reason("no_same_occupation", {}), relaxation)]
    )
    (lone,) = result.alone
    assert lone.need == EMMA
    assert lone.reason == Finding("no_same_occupation", {})
    assert lone.change is not None
    assert lone.change.finding.details == {"metres": 31_000, "job": "J2", "job_number": 2}
    assert lone.change.partners == (CHOCOLATE, CAMPING)
    assert lone.change.gain_units == 408


def test_need_may_have_no_change(monkeypatch: pytest.MonkeyPatch) -> None:
    reason = Reason("partners_better_used", {"jobs": 4, "or_more": False})
    result = explained(monkeypatch, [], [Unserved("till", reason, None)])
    assert result.alone[0].need == BOB
    assert result.alone[0].change is None


def test_contract_comes_through_unchanged() -> None:
    assert terms_of(CONTRACTS["annual"]) == ANNUAL


def test_search_is_told_step_by_step_in_hours_a_week() -> None:
    halves = [need("a", "Bob", [34] * 12), need("b", "Emma", [34] * 12)]
    steps: list[Step] = []
    result = find_jobs(
        survey(halves),
        request(time_limit_seconds=20.0),
        executor=None,
        at_once=1,
        on_step=steps.append,
        should_stop=lambda: False,
    )
    assert result.solution.jobs == (SharedJob(("a", "b")),)
    assert steps[-1].covered_hours == 34
    assert steps[-1].bound_hours == 34


def test_answer_is_checked_again_before_it_is_handed_over(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    checked: list[Solution] = []
    monkeypatch.setattr(bridge, "verify", lambda _instance, solution: checked.append(solution))
    halves = [need("a", "Bob", [34] * 12), need("b", "Emma", [34] * 12)]
    result = find_jobs(
        survey(halves),
        request(time_limit_seconds=20.0),
        executor=None,
        at_once=1,
        on_step=lambda _step: None,
        should_stop=lambda: False,
    )
    assert checked == [result.solution]
