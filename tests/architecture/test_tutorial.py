"""What the tutorial and the how-to pages say is what happens."""

import re

from maillage.engines.kernel.status import Status
from maillage.engines.kernel.stop import MaxIterations
from maillage.engines.pooling.result import Result
from maillage.engines.pooling.solve import solve
from maillage.launch.shared_jobs.bridge import make_instance, read_contract
from maillage.launch.shared_jobs.needs_file import read_needs
from tests.architecture.tree import ROOT

TUTORIAL = ROOT / "docs" / "tutorial"
LIBRARY = ROOT / "docs" / "how-to" / "use-the-engine-as-a-library.md"


def tutorial_result(*, contract: str = "annual", kilometres: int = 30) -> Result:
    survey = read_needs(TUTORIAL / "needs.csv", competitors=TUTORIAL / "competitors.csv")
    instance = make_instance(
        survey,
        contract=read_contract(contract),
        max_distance_metres=1000 * kilometres,
        max_employers=5,
    )
    return solve(instance, stop=MaxIterations(20), seed=1)


def jobs_of(result: Result) -> set[frozenset[str]]:
    return {frozenset(job.need_ids) for job in result.solution.jobs}


SEASONS = frozenset({"chocolate", "campsite"})
OFFICE = frozenset({"joiner-office", "garage-office", "wine-office"})
MECHANIC = frozenset({"garage-mechanic", "salbris-mechanic"})


def test_tutorial_finds_two_jobs_and_proves_them_best() -> None:
    result = tutorial_result()
    assert jobs_of(result) == {SEASONS, OFFICE}
    assert result.instance.mean_hours(result.objective) == 67.125
    assert result.instance.mean_hours(result.instance.total_units) == 136.125
    assert result.status is Status.OPTIMAL


def test_tutorial_finds_a_third_job_with_more_kilometres() -> None:
    assert jobs_of(tutorial_result(kilometres=60)) == {SEASONS, OFFICE, MECHANIC}


def test_tutorial_finds_no_job_under_the_strict_contract() -> None:
    assert jobs_of(tutorial_result(contract="strict")) == set()


def test_code_of_the_library_page_runs() -> None:
    page = LIBRARY.read_text(encoding="utf-8")
    code = "\n".join(re.findall(r"^```python\n(.*?)^```", page, flags=re.MULTILINE | re.DOTALL))
    assert code.count("assert ") == 6
    exec(compile(code, str(LIBRARY), "exec"), {})  # noqa: S102 - our own page, that is the point
