"""The pulse of a run being executed: it says where the work is, and hears what the site wants.

The work itself may be deep in a calculation or in a transaction. A thread with a connection of its
own therefore writes its progress and its sign of life, and reads whether somebody cancelled it.
"""

import logging
import threading
from time import monotonic
from typing import Any, Final, Protocol, Self

from django.db import DatabaseError, connection
from django.db.models.functions import Now

from maillage.foundation.jobs.enums import RunState
from maillage.foundation.jobs.models import Run

logger = logging.getLogger(__name__)

BEAT: Final = 1.0  # seconds between two looks at what the site wants
SIGN_OF_LIFE: Final = 5.0  # seconds without news after which a sign of life is written
SILENCE: Final = 30  # seconds without a sign of life after which a run counts as lost
LAST_BEAT: Final = 5.0  # seconds given to the thread to end

STOPPING: Final = threading.Event()  # this process is being stopped


class RunStopped(BaseException):
    """Raised at a checkpoint when the work must end; no `except Exception` holds it back."""


class RunCancelled(RunStopped):
    """Raised when somebody cancelled the run."""


class RunInterrupted(RunStopped):
    """Raised when the server that executes the run is being stopped."""


class RunTaken(RunStopped):
    """Raised when the run was given up for lost, and perhaps given to somebody else."""


class Pulse(Protocol):
    """What a handle needs: somebody to tell, and somebody to ask."""

    def tell(self, **fields: Any) -> None:
        """Take in new values of fields of the run."""

    def check(self) -> None:
        """Raise a `RunStopped` when the work must end here."""


def held(run: Run) -> Any:
    """Return the row of a run in progress, as long as this attempt is the one that holds it."""
    return Run.objects.filter(pk=run.pk, state=RunState.RUNNING, holder=run.holder)


class ThreadPulse:
    """A pulse beaten by a thread, for work done by a background process."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._news: dict[str, Any] = {}
        self._lock = threading.Lock()
        self._end = threading.Event()
        self._stop: type[RunStopped] | None = None
        self._spoke = monotonic()
        self._thread = threading.Thread(
            target=self._beat, name=f"pulse-{run.public_id}", daemon=True
        )

    def __enter__(self) -> Self:
        """Start beating."""
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        """Stop beating."""
        self._end.set()
        self._thread.join(LAST_BEAT)

    def tell(self, **fields: Any) -> None:
        """Take in new values of fields, written at the next beat."""
        with self._lock:
            self._news.update(fields)

    def last_news(self) -> dict[str, Any]:
        """Return what has not been written yet."""
        with self._lock:
            news, self._news = self._news, {}
        return news

    def check(self) -> None:
        """Raise a `RunStopped` when the last beat heard that the work must end."""
        if self._stop:
            raise self._stop
        if STOPPING.is_set():
            raise RunInterrupted

    def _beat(self) -> None:
        try:
            while not self._end.wait(BEAT) and self._stop is not RunTaken:
                try:
                    self._speak_and_listen()
                except DatabaseError as error:
                    # The database is busy or gone for a moment: the next beat tries again, with a
                    # new connection. If it lasts, the run is found lost, and we will hear of it.
                    logger.warning("Run %s: no sign of life given: %s", self._run.public_id, error)
                    connection.close()
        finally:
            connection.close()

    def _speak_and_listen(self) -> None:
        row = held(self._run)
        news = self.last_news()
        if news or monotonic() - self._spoke >= SIGN_OF_LIFE:
            try:
                row.update(**news, heartbeat_at=Now())
            except DatabaseError:
                with self._lock:
                    self._news = news | self._news
                raise
            self._spoke = monotonic()
        self._stop = wish(self._run)


class DirectPulse:
    """A pulse without a thread, for work done inside a transaction: nobody else sees it anyway."""

    def __init__(self, run: Run) -> None:
        self._run = run

    def __enter__(self) -> Self:
        """Nothing to start."""
        return self

    def __exit__(self, *_error: object) -> None:
        """Nothing to stop."""

    def tell(self, **fields: Any) -> None:
        """Write new values of fields."""
        held(self._run).update(**fields, heartbeat_at=Now())

    def last_news(self) -> dict[str, Any]:
        """Return what has not been written yet: nothing."""
        return {}

    def check(self) -> None:
        """Raise a `RunStopped` when the work must end."""
        stop = wish(self._run)
        if stop:
            raise stop


def wish(run: Run) -> type[RunStopped] | None:
    """Return how a run in progress must end now, or None when it may go on."""
    found = held(run).values_list("cancel_requested_at").first()
    if found is None:
        return RunTaken
    if found[0]:
        return RunCancelled
    return RunInterrupted if STOPPING.is_set() else None
