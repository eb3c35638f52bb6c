"""Background entry points."""

from uuid import UUID

from django.tasks import task
from django.utils.translation import gettext_lazy as _

from maillage.foundation.jobs.execution import execute
from maillage.foundation.jobs.handle import RunHandle
from maillage.foundation.jobs.registry import every_day
from maillage.foundation.jobs.retention import forget_ended_work


@task
def execute_run(run_id: str) -> None:
    """Execute the run with this public id."""
    execute(UUID(run_id))


@every_day(hour=4, name="jobs.forget", title=_("Forgetting work that ended long ago"))
def forget(_run: RunHandle, *, due: str) -> None:  # noqa: ARG001 - every turn is told its date
    """Delete the runs that ended long ago."""
    forget_ended_work()
