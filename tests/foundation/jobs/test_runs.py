"""The life of a run, told with the work done here and now."""

import logging
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from maillage.foundation.audit.models import AuditLine
from maillage.foundation.jobs import registry
from maillage.foundation.jobs.actions import RunError, cancel_run, start_run
from maillage.foundation.jobs.enums import RunState
from maillage.foundation.jobs.execution import execute
from maillage.foundation.jobs.handle import RunHandle
from maillage.foundation.jobs.models import Run
from maillage.foundation.jobs.permissions import can_see_run
from maillage.foundation.jobs.pulse import STOPPING, RunTaken
from maillage.foundation.jobs.queries import run_for, runs_of
from maillage.foundation.jobs.registry import Outcome, UnknownKindError
from maillage.foundation.jobs.worker import work_off
from tests.foundation.jobs.conftest import Kinds

pytestmark = pytest.mark.django_db


class FlourError(Exception):
    """A refusal of some application."""


def test_run_waits_then_is_done_with_what_it_was_given(kind: Kinds, alice: UUID) -> None:
    given: list[dict[str, Any]] = []

    def bake(run: RunHandle, **arguments: Any) -> Outcome:
        given.append(arguments)
        run.progress(3, 4, "kneading")
        return Outcome(summary="Four loaves", data={"loaves": 4})

    kind(bake)
    run = start_run(kind="trial", owner_id=alice, arguments={"firm": "F1"})
    assert (run.state, given) == (RunState.QUEUED, [])
    work_off()
    run.refresh_from_db()
    assert given == [{"firm": "F1"}]
    assert (run.state, run.done, run.total, run.message) == (RunState.SUCCEEDED, 3, 4, "kneading")
    assert (run.summary, run.result["data"], run.error) == ("Four loaves", {"loaves": 4}, "")
    assert run.started_at is not None
    assert run.finished_at is not None


def test_run_of_a_transaction_that_fails_is_never_done(kind: Kinds, alice: UUID) -> None:
    done: list[bool] = []
    kind(lambda _run: done.append(True))

    @transaction.atomic
    def start_then_refuse() -> None:
        start_run(kind="trial", owner_id=alice)
        raise FlourError

    with pytest.raises(FlourError):
        start_then_refuse()
    work_off()
    assert (done, Run.objects.count()) == ([], 0)


def test_unknown_work_cannot_be_started() -> None:
    with pytest.raises(UnknownKindError, match="No application registers the work “nothing”"):
        start_run(kind="nothing")


def test_same_work_cannot_be_registered_twice(kind: Kinds) -> None:
    kind(lambda _run: None)
    with pytest.raises(ValueError, match="trial is registered twice"):
        kind(lambda _run: None)


def test_what_a_run_says_is_read_in_the_language_of_the_reader(kind: Kinds, alice: UUID) -> None:
    kind(
        lambda _run: Outcome(
            summary=lambda: ngettext("%(n)s second", "%(n)s seconds", 2) % {"n": 2}
        )
    )
    run = start_run(kind="trial", owner_id=alice, title=gettext_lazy("Nothing yet"))
    work_off()
    run.refresh_from_db()
    assert (run.title, run.summary) == ("Nothing yet", "2 seconds")
    with translation.override("fr"):
        assert (run.title, run.summary) == ("Rien pour l’instant", "2\N{NO-BREAK SPACE}secondes")


def test_run_speaks_the_language_it_was_started_in(kind: Kinds, alice: UUID) -> None:
    def refuse(_run: RunHandle) -> None:
        raise FlourError(_("Nothing yet"))

    kind(refuse, refusals=(FlourError,))
    with translation.override("fr"):
        run = start_run(kind="trial", owner_id=alice)
    work_off()
    run.refresh_from_db()
    assert run.error == "Rien pour l’instant"


def test_refusal_is_told_in_its_own_words(
    kind: Kinds, alice: UUID, told: list[tuple[str, str]]
) -> None:
    def refuse(_run: RunHandle) -> None:
        raise FlourError("There is no flour left: order some.")

    kind(refuse, refusals=(FlourError,))
    start_run(kind="trial", owner_id=alice)
    work_off()
    assert told == [("failed", "There is no flour left: order some.")]


def test_fault_is_told_without_its_details_which_go_to_the_log(
    kind: Kinds, alice: UUID, caplog: pytest.LogCaptureFixture
) -> None:
    def burn(_run: RunHandle) -> None:
        raise ZeroDivisionError("oven 7")

    kind(burn)
    run = start_run(kind="trial", owner_id=alice)
    with caplog.at_level(logging.ERROR):
        work_off()
    run.refresh_from_db()
    assert run.state == RunState.FAILED
    assert run.error.startswith("Something went wrong on our side.")
    assert "oven" not in run.error
    assert "ZeroDivisionError: oven 7" in caplog.text


def test_run_whose_application_left_fails_with_a_sentence(
    kind: Kinds, alice: UUID, caplog: pytest.LogCaptureFixture
) -> None:
    kind(lambda _run: None)
    run = start_run(kind="trial", owner_id=alice)
    del registry.KINDS["trial"]
    work_off()
    run.refresh_from_db()
    assert (run.state, run.error[:31]) == (RunState.FAILED, "Something went wrong on our sid")
    assert "no application registers trial" in caplog.text


def test_cancelled_while_it_waits_a_run_is_never_done(
    kind: Kinds, alice: UUID, told: list[tuple[str, str]]
) -> None:
    done: list[bool] = []
    kind(lambda _run: done.append(True))
    run = start_run(kind="trial", owner_id=alice)
    assert cancel_run(run=run, actor_id=alice).state == RunState.CANCELLED
    work_off()
    assert (done, told) == ([], [("cancelled", "")])


def test_cancelled_in_progress_a_run_stops_at_its_next_checkpoint(
    kind: Kinds, alice: UUID, told: list[tuple[str, str]]
) -> None:
    reached: list[str] = []

    def bake(run: RunHandle) -> None:
        reached.append("before")
        started = Run.objects.get(public_id=run.run_id)
        assert cancel_run(run=started, actor_id=alice).state == RunState.RUNNING
        run.progress(1, 2)
        reached.append("after")

    kind(bake, kept=gettext_lazy("Nothing yet"))
    start_run(kind="trial", owner_id=alice)
    work_off()
    assert (reached, told) == (["before"], [("cancelled", "Nothing yet")])


def test_run_that_ended_cannot_be_cancelled(kind: Kinds, alice: UUID) -> None:
    kind(lambda _run: None)
    run = start_run(kind="trial", owner_id=alice)
    work_off()
    with pytest.raises(RunError, match="It has already ended"):
        cancel_run(run=run, actor_id=alice)


def test_run_is_executed_once_whoever_asks(kind: Kinds, alice: UUID) -> None:
    times: list[bool] = []

    def bake(run: RunHandle) -> None:
        times.append(True)
        execute(run.run_id)  # a second worker, meanwhile

    kind(bake)
    run = start_run(kind="trial", owner_id=alice)
    work_off()
    execute(run.public_id)  # and a third, later
    assert times == [True]


def test_work_taken_away_meanwhile_saves_nothing(kind: Kinds, alice: UUID) -> None:
    saved: list[bool] = []

    def bake(run: RunHandle) -> None:
        Run.objects.filter(public_id=run.run_id).update(holder="somebody else")
        run.hold()
        saved.append(True)

    kind(bake)
    run = start_run(kind="trial", owner_id=alice)
    work_off()
    run.refresh_from_db()
    assert (saved, run.state, run.holder) == ([], RunState.RUNNING, "somebody else")


def test_ending_of_a_run_taken_away_is_not_written(
    kind: Kinds, alice: UUID, caplog: pytest.LogCaptureFixture, told: list[tuple[str, str]]
) -> None:
    def bake(run: RunHandle) -> None:
        Run.objects.filter(public_id=run.run_id).update(holder="somebody else")

    kind(bake)
    run = start_run(kind="trial", owner_id=alice)
    work_off()
    run.refresh_from_db()
    assert (run.state, told) == (RunState.RUNNING, [])
    assert "given up for lost before its end" in caplog.text


def test_holding_a_run_that_is_ours_changes_nothing(kind: Kinds, alice: UUID) -> None:
    kind(lambda run: run.hold())
    run = start_run(kind="trial", owner_id=alice)
    work_off()
    run.refresh_from_db()
    assert run.state == RunState.SUCCEEDED


def test_broad_except_does_not_hold_a_stop_back() -> None:
    assert not issubclass(RunTaken, Exception)


def test_listener_that_fails_does_not_undo_the_end(
    kind: Kinds, alice: UUID, caplog: pytest.LogCaptureFixture
) -> None:
    @registry.on_finished
    def fail(_run: Run) -> None:
        raise FlourError("no post today")

    kind(lambda _run: None)
    run = start_run(kind="trial", owner_id=alice)
    work_off()
    run.refresh_from_db()
    assert run.state == RunState.SUCCEEDED
    assert "no post today" in caplog.text


def test_starting_and_cancelling_leave_their_line(kind: Kinds, alice: UUID) -> None:
    kind(lambda _run: None)
    run = start_run(kind="trial", owner_id=alice)
    cancel_run(run=run, actor_id=alice)
    start_run(kind="trial")  # by the site itself: what it does leaves its own lines
    lines = AuditLine.objects.order_by("id").values_list("act", "actor_id", "subject_id")
    assert list(lines) == [("start", alice, run.public_id), ("cancel", alice, run.public_id)]


def test_people_read_their_own_runs_newest_first(kind: Kinds, alice: UUID) -> None:
    kind(lambda _run: None)
    first, second = (start_run(kind="trial", owner_id=alice) for _each in range(2))
    start_run(kind="trial", owner_id=uuid4())
    assert list(runs_of(alice)) == [second, first]
    assert run_for(first.public_id) == first
    assert run_for(uuid4()) is None


@pytest.mark.parametrize(
    ("owner", "viewer", "animated", "seen"),
    [
        ("alice", "alice", False, True),
        ("bob", "alice", True, True),
        ("bob", "alice", False, False),
        (None, "alice", True, False),
    ],
    ids=["owner", "animator", "neither", "work of the site"],
)
def test_run_is_seen_by_its_owner_and_the_animators_of_its_network(
    owner: str | None, viewer: str, animated: bool, seen: bool
) -> None:
    people = {"alice": uuid4(), "bob": uuid4()}
    network = uuid4()
    run = Run(owner_id=owner and people[owner], network_id=network)
    animates = {network}.__contains__ if animated else set[UUID]().__contains__
    assert can_see_run(run, person_id=people[viewer], animates=animates) is seen


def test_stopping_server_leaves_its_runs_to_be_found(
    kind: Kinds, alice: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(STOPPING, "is_set", lambda: True)
    kind(lambda run: run.cancelled())
    run = start_run(kind="trial", owner_id=alice)
    work_off()
    run.refresh_from_db()
    assert (run.state, run.heartbeat_at and run.heartbeat_at.year) == (RunState.RUNNING, 2000)
