"""Searching for jobs in the background, and what becomes of what was found."""

import pytest
from django.core.exceptions import PermissionDenied

from maillage.foundation.jobs.actions import cancel_run
from maillage.foundation.jobs.enums import RunState
from maillage.foundation.jobs.models import Run
from maillage.foundation.jobs.worker import work_off
from maillage.foundation.visibility.models import Competition
from maillage.launch.needs.actions import move_need
from maillage.launch.needs.enums import NeedState
from maillage.launch.shared_jobs import composing
from maillage.launch.shared_jobs.composing import CompositionError, Wanted, compose, mark_job
from maillage.launch.shared_jobs.enums import CompositionState, JobState
from maillage.launch.shared_jobs.keeping import outcome_in
from maillage.launch.shared_jobs.outcome import Found, Step
from maillage.launch.shared_jobs.reports.sentences import reason
from tests.cast import Cast, acting, cast_of, inside
from tests.launch.shared_jobs.stories import HALF_DAYS, WANTED, need_of, one_job, searched


def test_two_needs_make_a_job_of_which_nothing_better_exists(cast: Cast) -> None:
    with inside(cast.network):
        job = one_job(cast)
        made = job.composition
        found = outcome_in(made)
        firms = [share.organisation for share in job.shares.all()]
    assert made.state == CompositionState.DONE
    assert (made.status, made.covered_units, made.bound_units) == ("OPTIMAL", 816, 816)
    assert (job.number, job.title, job.state) == (1, "Vendeuse", JobState.FOUND)
    assert job.half_hours == [68] * 12
    assert set(firms) == {cast.bakery, cast.garage}
    assert found is not None
    assert found.proved_best
    assert sorted(need.firm for need in found.jobs[0].needs) == [
        "Boulangerie Martin",
        "Garage Lemoine",
    ]


def test_a_search_is_done_in_the_background(cast: Cast) -> None:
    with inside(cast.network):
        need_of(cast, cast.bakery)
        need_of(cast, cast.garage)
        made = compose(acting=acting(cast.alice, cast.network), wanted=WANTED)
        work_off()
        made.refresh_from_db()
        run = Run.objects.get(public_id=made.run_id)
        assert (made.state, made.jobs.count()) == (CompositionState.DONE, 1)
        assert made.curve[-1][1:] == [816, 816]
    assert (run.state, run.summary) == (RunState.SUCCEEDED, "1 job was found.")


def test_competitors_are_never_put_together(cast: Cast) -> None:
    with inside(cast.network):
        need_of(cast, cast.bakery)
        need_of(cast, cast.rival)
        made = searched(cast)
        found = outcome_in(made)
        assert found is not None
        assert (found.jobs, made.jobs.count()) == ((), 0)
        sentences = [reason(found, lone) for lone in found.alone]
        Competition.objects.update(ended_at=made.made_at)
        assert searched(cast).jobs.count() == 1
    assert sentences == [
        "The only firm it could share with is a declared competitor: Fournil Durand.",
        "The only firm it could share with is a declared competitor: Boulangerie Martin.",
    ]


def test_a_search_without_any_need_is_refused(cast: Cast) -> None:
    with inside(cast.network), pytest.raises(CompositionError, match="No firm needs hours"):
        compose(acting=acting(cast.alice, cast.network), wanted=WANTED)


def test_one_search_at_a_time(cast: Cast) -> None:
    with inside(cast.network):
        need_of(cast, cast.bakery)
        compose(acting=acting(cast.alice, cast.network), wanted=WANTED)
        with pytest.raises(CompositionError, match="under way"):
            compose(acting=acting(cast.alice, cast.network), wanted=WANTED)


@pytest.mark.parametrize(
    "wanted",
    [
        Wanted(contract="zero-hours"),
        Wanted(max_distance_metres=0),
        Wanted(max_employers=1),
        Wanted(seconds=0),
    ],
)
def test_impossible_rules_are_refused(cast: Cast, wanted: Wanted) -> None:
    with inside(cast.network):
        need_of(cast, cast.bakery)
        with pytest.raises(CompositionError):
            compose(acting=acting(cast.alice, cast.network), wanted=wanted)


def test_only_the_animator_searches(cast: Cast) -> None:
    with inside(cast.network):
        need_of(cast, cast.bakery)
        for person in (cast.bob, cast.farid):
            with pytest.raises(PermissionDenied):
                compose(acting=acting(person, cast.network), wanted=WANTED)


def test_a_search_stopped_midway_keeps_its_best_jobs_explained(cast: Cast) -> None:
    with inside(cast.network):
        needs = [need_of(cast, firm) for firm in (cast.bakery, cast.garage)]
        alice = acting(cast.alice, cast.network)
        made = compose(acting=alice, wanted=WANTED)
        ids = tuple(str(need.public_id) for need in needs)
        composing.note_best(made, Found(Step(2.0, "improving", 34.0, 36.0), (ids,)))
        cancel_run(run=Run.objects.get(public_id=made.run_id), actor_id=alice.person.public_id)
        work_off()
        made.refresh_from_db()
        found = outcome_in(made)
        job = made.jobs.get()
    assert made.state == CompositionState.STOPPED
    assert (made.covered_units, made.bound_units, made.status) == (816, 864, "FEASIBLE")
    assert found is not None
    assert found.stopped_early
    assert job.half_hours == [68] * 12


def test_a_search_stopped_before_it_found_anything_says_so(cast: Cast) -> None:
    with inside(cast.network):
        need_of(cast, cast.bakery)
        alice = acting(cast.alice, cast.network)
        made = compose(acting=alice, wanted=WANTED)
        cancel_run(run=Run.objects.get(public_id=made.run_id), actor_id=alice.person.public_id)
        work_off()
        made.refresh_from_db()
        assert (made.state, outcome_in(made)) == (CompositionState.STOPPED, None)


def test_an_answer_that_cannot_be_explained_lets_another_search_begin(cast: Cast) -> None:
    with inside(cast.network):
        competing = [need_of(cast, firm) for firm in (cast.bakery, cast.rival)]
        alice = acting(cast.alice, cast.network)
        made = compose(acting=alice, wanted=WANTED)
        ids = tuple(str(need.public_id) for need in competing)
        composing.note_best(made, Found(Step(2.0, "improving", 34.0, 36.0), (ids,)))
        cancel_run(run=Run.objects.get(public_id=made.run_id), actor_id=alice.person.public_id)
        work_off()
        made.refresh_from_db()
        assert (made.state, made.best, outcome_in(made)) == (CompositionState.STOPPED, None, None)
        assert searched(cast).state == CompositionState.DONE


def test_a_locked_job_is_kept_while_the_rest_is_searched_again(cast: Cast) -> None:
    with inside(cast.network):
        job = one_job(cast)
        alice = acting(cast.alice, cast.network)
        mark_job(acting=alice, job=job, state=JobState.LOCKED)
        lone = need_of(cast, cast.rival)
        again = searched(cast)
        kept = again.jobs.get()
        found = outcome_in(again)
    assert kept.state == JobState.LOCKED
    assert kept.pk != job.pk
    assert kept.half_hours == [68] * 12
    assert found is not None
    assert found.covered_units == 816
    assert found.total_units == 816 + sum(HALF_DAYS)
    assert [one.need.need_id for one in found.alone] == [str(lone.public_id)]


def test_a_locked_job_whose_need_was_withdrawn_is_let_go(cast: Cast) -> None:
    with inside(cast.network):
        job = one_job(cast)
        alice = acting(cast.alice, cast.network)
        mark_job(acting=alice, job=job, state=JobState.LOCKED)
        gone = job.shares.get(organisation=cast.bakery).need
        assert gone is not None
        move_need(acting=alice, need=gone, to=NeedState.DROPPED, reason="Vendu")
        assert searched(cast).jobs.count() == 0


def test_firms_of_a_job_set_aside_are_not_put_together_again(cast: Cast) -> None:
    with inside(cast.network):
        job = one_job(cast)
        alice = acting(cast.alice, cast.network)
        mark_job(acting=alice, job=job, state=JobState.SET_ASIDE)
        again = searched(cast)
        third = searched(cast)
        found = outcome_in(again)
        assert found is not None
        assert {reason(found, lone) for lone in found.alone} == {
            "The firms it could share with were set aside with it."
        }
        assert (again.jobs.count(), third.jobs.count()) == (0, 0)
        forgotten = searched(cast, Wanted(max_distance_metres=60_000, seconds=5, keep_apart=False))
        assert forgotten.jobs.count() == 1


def test_another_network_never_enters_a_search(cast: Cast) -> None:
    other = cast_of("autre-reseau")
    with inside(other.network):
        need_of(other, other.garage)
    with inside(cast.network):
        need_of(cast, cast.bakery)
        made = searched(cast)
        assert len(made.asked["needs"]) == 1
