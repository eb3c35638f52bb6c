"""Putting runs in the queue."""

from typing import Final

from maillage.foundation.jobs.models import Run
from maillage.foundation.jobs.tasks import execute_run

# What people wait for and what the site does by itself do not wait for each other.
PEOPLE: Final = "people"
SITE: Final = "default"


def enqueue(run: Run) -> None:
    """Put a run in its queue.

    The queue is a table of the same database: the run and its place in the queue are saved
    together, or neither is, when the transaction around them ends.
    """
    execute_run.using(queue_name=SITE if run.owner_id is None else PEOPLE).enqueue(
        run_id=str(run.public_id)
    )
