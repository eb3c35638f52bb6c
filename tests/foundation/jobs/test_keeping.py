"""Runs whose executor was killed, and work that comes back by date."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.db.models.functions import Now
from django.tasks import TaskResultStatus
from django.utils.timezone import get_default_timezone, now
from django.utils.translation import gettext_lazy as _
from django_tasks_db.models import DBTaskResult
from hypothesis import given
from hypothesis import strategies as st

from maillage.foundation.jobs import registry
from maillage.foundation.jobs.actions import cancel_run, start_run
from maillage.foundation.jobs.enums import RunState
from maillage.foundation.jobs.execution import _claim
from maillage.foundation.jobs.handle import RunHandle
from maillage.foundation.jobs.keeping import last_due, queue_due_turns, rescue_lost_runs
from maillage.foundation.jobs.models import LastTurn, Run
from maillage.foundation.jobs.queries import is_silent, waits_long
from maillage.foundation.jobs.registry import Turn
from maillage.foundation.jobs.retention import forget_ended_work
from maillage.foundation.jobs.worker import work_off
from tests.foundation.jobs.conftest import Kinds

PARIS = get_default_timezone()


def left_by_a_killed_worker(alice: UUID, *, silent_for: float = 31) -> Run:
    """Return a run that somebody took and was killed in the middle of."""
    run = start_run(kind="trial", owner_id=alice)
    assert _claim(run.public_id) is not None
    DBTaskResult.objects.update(status=TaskResultStatus.RUNNING)
    Run.objects.filter(pk=run.pk).update(heartbeat_at=Now() - timedelta(seconds=silent_for))
    run.refresh_from_db()
    return run


@pytest.mark.django_db
def test_run_of_a_killed_worker_is_said_to_be_interrupted(
    kind: Kinds, alice: UUID, told: list[tuple[str, str]], caplog: pytest.LogCaptureFixture
) -> None:
    kind(lambda _run: None, kept=_("Waiting"))
    run = left_by_a_killed_worker(alice)
    assert is_silent(run)
    assert rescue_lost_runs() == [run.public_id]
    assert told == [("lost", "The server stopped while this was being done. Waiting")]
    assert "was interrupted" in caplog.text
    assert rescue_lost_runs() == []


@pytest.mark.django_db
def test_run_that_gave_a_sign_of_life_is_left_alone(kind: Kinds, alice: UUID) -> None:
    kind(lambda _run: None)
    run = left_by_a_killed_worker(alice, silent_for=25)
    assert not is_silent(run)
    assert rescue_lost_runs() == []


@pytest.mark.django_db
def test_work_that_may_be_done_again_is_done_again(
    kind: Kinds, alice: UUID, told: list[tuple[str, str]]
) -> None:
    done: list[int] = []
    kind(lambda _run: done.append(1), again=True)
    run = left_by_a_killed_worker(alice)
    assert rescue_lost_runs() == [run.public_id]
    run.refresh_from_db()
    assert (run.state, run.attempts, told) == (RunState.QUEUED, 1, [])
    work_off()
    run.refresh_from_db()
    assert (run.state, run.attempts, len(done)) == (RunState.SUCCEEDED, 2, 1)


@pytest.mark.django_db
def test_work_that_kills_its_worker_is_given_up_after_three_attempts(
    kind: Kinds, alice: UUID, told: list[tuple[str, str]]
) -> None:
    kind(lambda _run: None, again=True)
    run = left_by_a_killed_worker(alice)
    Run.objects.filter(pk=run.pk).update(attempts=3)
    rescue_lost_runs()
    assert [state for state, _error in told] == ["lost"]


@pytest.mark.django_db
def test_run_cancelled_before_its_worker_was_killed_ends_as_cancelled(
    kind: Kinds, alice: UUID, told: list[tuple[str, str]]
) -> None:
    kind(lambda _run: None, again=True)
    run = left_by_a_killed_worker(alice)
    cancel_run(run=run, actor_id=alice)
    rescue_lost_runs()
    assert told == [("cancelled", "")]


@pytest.mark.django_db
def test_run_that_waits_over_a_minute_waits_long(kind: Kinds, alice: UUID) -> None:
    kind(lambda _run: None)
    run = start_run(kind="trial", owner_id=alice)
    assert not waits_long(run)
    run.queued_at -= timedelta(seconds=61)
    assert waits_long(run)


# --- work that comes back by date ----------------------------------------------------------------


def paris(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=PARIS)


@pytest.mark.parametrize(
    ("turn", "moment", "due"),
    [
        (Turn(kind="d", hour=7), paris(3, 7), paris(3, 7)),
        (Turn(kind="d", hour=7), paris(3, 6, 59), paris(2, 7)),
        (Turn(kind="w", hour=7, weekday=0), paris(3, 12), paris(2, 7)),  # 3 March is a Tuesday
        (Turn(kind="w", hour=7, weekday=0), paris(9, 6, 59), paris(2, 7)),
        (Turn(kind="w", hour=7, weekday=0), paris(9, 7), paris(9, 7)),
        (Turn(kind="d", hour=7), paris(29, 12), paris(29, 7)),  # summer time begins
    ],
    ids=["on the hour", "just before", "the day after", "a week later", "again", "summer time"],
)
def test_last_due_moment_is_the_one_people_expect(
    turn: Turn, moment: datetime, due: datetime
) -> None:
    assert last_due(turn, moment) == due


@given(
    hour=st.integers(0, 23),
    weekday=st.none() | st.integers(0, 6),
    moment=st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1)),  # noqa: DTZ001 - made aware just below
)
def test_last_due_moment_is_never_later_nor_older_than_a_turn(
    hour: int, weekday: int | None, moment: datetime
) -> None:
    here = moment.replace(tzinfo=PARIS)
    due = last_due(Turn(kind="x", hour=hour, weekday=weekday), here)
    assert due.hour == hour
    assert weekday is None or due.weekday() == weekday
    assert due <= here
    # Compared on the clock of the wall: a day has 25 hours when summer time ends.
    assert here.replace(tzinfo=None) - due.replace(tzinfo=None) < timedelta(
        days=1 if weekday is None else 7
    )


@pytest.fixture
def digests() -> list[str]:
    """Register a digest due every day at seven; return the dates it was told."""
    sent: list[str] = []

    @registry.every_day(hour=7, name="digest", title=_("Help"))
    def digest(_run: RunHandle, *, due: str) -> None:
        sent.append(due)

    return sent


@pytest.mark.django_db
def test_digest_goes_once_a_day_and_catches_up_once(digests: list[str]) -> None:
    turns = [
        queue_due_turns(moment)
        for moment in (
            paris(2, 12),  # a new site: nothing was due before it existed
            paris(2, 18),
            paris(3, 6, 59),
            paris(3, 7, 1),
            paris(3, 7, 2),
            paris(9, 12),  # the server was off for days
            paris(9, 13),
        )
    ]
    assert turns == [[], [], [], ["digest"], [], ["digest"], []]
    work_off()
    assert digests == ["2026-03-03T07:00:00+01:00", "2026-03-09T07:00:00+01:00"]


@pytest.mark.django_db
def test_digest_is_queued_by_the_first_machine_that_asks(digests: list[str]) -> None:
    LastTurn.objects.create(name="digest", due_at=paris(2, 7))
    assert [queue_due_turns(paris(3, 8)) for _machine in range(3)] == [["digest"], [], []]
    assert digests == []


# --- forgetting ----------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("owner", "days", "kept"),
    [(None, 6, True), (None, 8, False), ("alice", 89, True), ("alice", 91, False)],
)
def test_ended_runs_are_forgotten_in_their_time(owner: str | None, days: int, kept: bool) -> None:
    ended = now() - timedelta(days=days)
    run = Run.objects.create(
        kind="x", owner_id=owner and uuid4(), state=RunState.SUCCEEDED, finished_at=ended
    )
    waiting = Run.objects.create(kind="x")
    assert forget_ended_work() == (0 if kept else 1)
    assert set(Run.objects.all()) == ({run, waiting} if kept else {waiting})
