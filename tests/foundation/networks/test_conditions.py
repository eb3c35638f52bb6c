"""The checklist of a start: an unmet line refuses nothing, it becomes something to do."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.timezone import localdate

from maillage.foundation.networks.acting import Acting
from maillage.foundation.networks.actions.conditions import (
    do_task,
    meet_condition,
    solve_condition,
    undo_task,
)
from maillage.foundation.networks.models import StartCondition, Task
from maillage.foundation.networks.queries import open_tasks
from maillage.foundation.networks.refusals import ConditionError
from tests.cast import Cast

TODAY = localdate()
SOON = TODAY + timedelta(days=12)


@pytest.fixture
def rules(here: Cast) -> StartCondition:
    return StartCondition.objects.create(network=here.network, key="rules")


def test_unmet_condition_becomes_something_to_do_before_a_day(
    here: Cast, alice: Acting, rules: StartCondition
) -> None:
    solve_condition(acting=alice, condition=rules, due_on=SOON)
    task = open_tasks(here.network).get()
    assert (task.title, task.due_on) == ("Have the members adopt their rules", SOON)
    rules.refresh_from_db()
    assert not rules.met
    assert rules.looked_at is not None


def test_second_look_moves_the_day_instead_of_adding_a_task(
    here: Cast, alice: Acting, rules: StartCondition
) -> None:
    solve_condition(acting=alice, condition=rules, due_on=SOON)
    later = SOON + timedelta(days=20)
    solve_condition(
        acting=alice, condition=rules, due_on=later, title="Vote them in June", assignee=here.bob
    )
    task = open_tasks(here.network).get()
    assert (task.title, task.due_on, task.assignee) == ("Vote them in June", later, here.bob)


def test_condition_met_says_what_shows_it_and_ends_its_task(
    here: Cast, alice: Acting, rules: StartCondition
) -> None:
    solve_condition(acting=alice, condition=rules, due_on=SOON)
    with pytest.raises(ConditionError, match="what shows it"):
        meet_condition(acting=alice, condition=rules, proof="  ")
    meet_condition(acting=alice, condition=rules, proof="Adopted on 3 March by 12 members.")
    rules.refresh_from_db()
    assert (rules.met, rules.proof) == (True, "Adopted on 3 March by 12 members.")
    assert not open_tasks(here.network).exists()


def test_task_is_done_and_undone_by_whoever_it_was_given_to(
    here: Cast, alice: Acting, bob: Acting, emma: Acting, rules: StartCondition
) -> None:
    task = solve_condition(acting=alice, condition=rules, due_on=SOON, assignee=here.bob)
    with pytest.raises(PermissionDenied):
        do_task(acting=emma, task=task)
    assert do_task(acting=bob, task=task).done_at is not None
    assert undo_task(acting=alice, task=task).done_at is None


def test_task_is_not_undone_when_another_took_its_place(
    here: Cast, alice: Acting, rules: StartCondition
) -> None:
    first = solve_condition(acting=alice, condition=rules, due_on=SOON)
    do_task(acting=alice, task=first)
    solve_condition(acting=alice, condition=rules, due_on=SOON)
    with pytest.raises(ConditionError, match="already to be done"):
        undo_task(acting=alice, task=first)
    assert Task.objects.filter(done_at=None).count() == 1


def test_day_that_has_passed_is_refused(alice: Acting, rules: StartCondition) -> None:
    with pytest.raises(ConditionError, match="from today on"):
        solve_condition(acting=alice, condition=rules, due_on=TODAY - timedelta(days=1))


def test_firm_does_not_answer_the_checklist(bob: Acting, rules: StartCondition) -> None:
    with pytest.raises(PermissionDenied):
        meet_condition(acting=bob, condition=rules, proof="I say so.")
