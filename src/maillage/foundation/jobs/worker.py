"""The background process: it takes work from the queues, keeps watch, and stops when told."""

import logging
import os
import signal
import socket
import threading
from typing import Final

from django.db import DatabaseError, connection, transaction
from django.tasks import DEFAULT_TASK_BACKEND_ALIAS
from django.utils.crypto import get_random_string
from django.utils.timezone import now
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from maillage.foundation.jobs.keeping import queue_due_turns, rescue_lost_runs
from maillage.foundation.jobs.pulse import SILENCE, STOPPING
from maillage.foundation.jobs.queueing import PEOPLE, SITE

logger = logging.getLogger(__name__)

POLL: Final = 0.5  # seconds between two looks at an empty queue
WATCH: Final = 10.0  # seconds between two looks at the runs in progress and at the calendar
GRACE: Final = 8.0  # seconds given to the work in progress to reach a checkpoint


def work_off() -> None:
    """Do all the work that waits, here and now, then return: for tests and for scripts.

    The worker's own loop would close a connection whose transaction is open, as a test's is.
    """
    worker = _worker([SITE, PEOPLE])
    while True:
        with transaction.atomic():
            place = DBTaskResult.objects.ready().get_locked()
            if place is None:
                return
            place.claim(worker.worker_id)
        worker.run_task(place)


def work_until_told() -> int:
    """Work in this process until SIGTERM or SIGINT; return the exit code.

    Each queue has its thread: a long import does not hold the mails back.
    """
    ended = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda _signal, _frame: _stop(ended))
    workers = [_worker([queue]) for queue in (SITE, PEOPLE)]
    threads = [
        threading.Thread(target=_lane, args=(worker, ended), daemon=True) for worker in workers
    ]
    keeper = threading.Thread(target=_keep_watch, args=(ended,), daemon=True)
    for thread in (*threads, keeper):
        thread.start()
    while not ended.wait(1):  # a bare wait would not hear signals on every system
        pass
    told = STOPPING.is_set()
    STOPPING.set()
    for worker in workers:
        worker.running = False
    for thread in threads:
        thread.join(GRACE)
    return 0 if told else 1


def _worker(queues: list[str]) -> Worker:
    return Worker(
        queue_names=queues,
        interval=POLL,
        batch=False,
        backend_name=DEFAULT_TASK_BACKEND_ALIAS,
        startup_delay=True,
        max_tasks=None,
        worker_id=f"{socket.gethostname()[:20]}-{os.getpid()}-{get_random_string(12)}",
        excluded_queue_names=[],
    )


def _stop(ended: threading.Event) -> None:
    STOPPING.set()
    ended.set()


def _lane(worker: Worker, ended: threading.Event) -> None:
    """Take work from one queue; the whole process ends when this cannot go on."""
    try:
        while worker.running:
            try:
                worker.run()
            except DatabaseError:
                logger.exception("The queue cannot be read: trying again")
                connection.close()
                ended.wait(WATCH)
    finally:
        connection.close()
        ended.set()


def _keep_watch(ended: threading.Event) -> None:
    """Rescue lost runs and queue what is due, until told to end."""
    seen = now()
    _watch()
    while not ended.wait(WATCH):
        # Whoever slept itself (a laptop with its lid closed) does not judge the others: they slept
        # too, and are about to give a sign of life.
        slept = (now() - seen).total_seconds() > SILENCE
        seen = now()
        if not slept:
            _watch()


def _watch() -> None:
    try:
        rescue_lost_runs()
        queue_due_turns()
    except DatabaseError:
        logger.exception("The runs in progress could not be looked at: trying again")
        connection.close()
