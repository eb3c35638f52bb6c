"""Reading runs."""

from datetime import timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.utils.timezone import now

from maillage.foundation.jobs.enums import ALIVE, RunState
from maillage.foundation.jobs.models import Run
from maillage.foundation.jobs.pulse import SILENCE


def run_for(public_id: UUID) -> Run | None:
    """Return a run, for a caller who then asks `permissions.can_see_run`."""
    return Run.objects.filter(public_id=public_id).first()


def runs_of(owner_id: UUID) -> QuerySet[Run]:
    """Return the runs a person started, newest first, for that person."""
    return Run.objects.filter(owner_id=owner_id)


def alive_runs_of(owner_id: UUID) -> QuerySet[Run]:
    """Return the runs of a person that wait or are in progress, for that person."""
    return runs_of(owner_id).filter(state__in=ALIVE)


def is_silent(run: Run) -> bool:
    """Tell whether a run in progress gave no sign of life for too long, for its page."""
    return (
        run.state == RunState.RUNNING
        and run.heartbeat_at is not None
        and run.heartbeat_at < now() - timedelta(seconds=SILENCE)
    )


def waits_long(run: Run) -> bool:
    """Tell whether a run has waited more than a minute for its turn, for its page."""
    return run.state == RunState.QUEUED and run.queued_at < now() - timedelta(minutes=1)
