"""Executing a run: claimed once, followed, concluded."""

import logging
from datetime import UTC, datetime
from typing import Any, Final
from uuid import UUID

from django.db import connection
from django.db.models import F
from django.db.models.functions import Now
from django.utils.crypto import get_random_string
from django.utils.translation import gettext, override

from maillage.foundation.jobs import registry
from maillage.foundation.jobs.endings import conclude
from maillage.foundation.jobs.enums import RunState
from maillage.foundation.jobs.handle import RunHandle
from maillage.foundation.jobs.models import Run
from maillage.foundation.jobs.pulse import (
    DirectPulse,
    RunCancelled,
    RunInterrupted,
    RunTaken,
    ThreadPulse,
    held,
)
from maillage.foundation.jobs.words import Words, kept

logger = logging.getLogger(__name__)

HOLDER_LENGTH: Final = 32
LONG_AGO: Final = datetime(2000, 1, 1, tzinfo=UTC)


def execute(run_id: UUID) -> None:
    """Execute a run that waits; do nothing when it no longer does."""
    run = _claim(run_id)
    if run is None:
        logger.info("Run %s is not waiting any more", run_id)
        return
    with override(run.language):
        pulse = DirectPulse(run) if connection.in_atomic_block else ThreadPulse(run)
        with pulse:
            ending = _work(run, RunHandle(run, pulse))
        if ending is None:
            # Whoever keeps watch finds it silent at once, and starts it again or says it is lost.
            # If somebody already did, this changes nothing.
            held(run).update(heartbeat_at=LONG_AGO)
        else:
            state, fields = ending
            if not conclude(held(run), state, **{**pulse.last_news(), **fields}):
                logger.warning("Run %s was given up for lost before its end", run.public_id)


def _claim(run_id: UUID) -> Run | None:
    """Take a waiting run for this attempt; None when somebody else was first."""
    holder = get_random_string(HOLDER_LENGTH)
    taken = Run.objects.filter(public_id=run_id, state=RunState.QUEUED).update(
        state=RunState.RUNNING,
        holder=holder,
        attempts=F("attempts") + 1,
        started_at=Now(),
        heartbeat_at=Now(),
    )
    return Run.objects.get(public_id=run_id) if taken else None


def _work(run: Run, handle: RunHandle) -> tuple[RunState, dict[str, Any]] | None:
    """Do the work; return how it ended, with the fields to write, or None when it is not ours."""
    kind = registry.KINDS.get(run.kind)
    if kind is None:
        logger.error("Run %s: no application registers %s", run.public_id, run.kind)
        return _failure(_our_fault)
    try:
        return _success(kind.work(handle, **run.arguments) or registry.Outcome())
    except RunCancelled:
        return RunState.CANCELLED, {"error_words": kept(kind.kept or "")}
    except (RunTaken, RunInterrupted) as stop:
        logger.warning("Run %s stopped here: %s", run.public_id, type(stop).__name__)
        return None
    except kind.refusals as error:
        return _failure(str(error))
    except Exception:
        # Any other fault is ours: it goes to the log, and the page of the run says that it failed.
        logger.exception("Run %s (%s) failed", run.public_id, run.kind)
        return _failure(_our_fault)


def _success(outcome: registry.Outcome) -> tuple[RunState, dict[str, Any]]:
    return RunState.SUCCEEDED, {
        "result": {"summary": kept(outcome.summary), "data": dict(outcome.data)}
    }


def _failure(words: Words) -> tuple[RunState, dict[str, Any]]:
    return RunState.FAILED, {"error_words": kept(words)}


def _our_fault() -> str:
    return gettext(
        "Something went wrong on our side. What was not finished was not saved. Try again; if it "
        "happens again, tell whoever looks after the site."
    )
