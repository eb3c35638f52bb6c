"""Keeping watch: runs whose executor was killed, and work whose date has come."""

import logging
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Now
from django.utils.timezone import get_default_timezone, now
from django.utils.translation import gettext

from maillage.foundation.jobs import registry
from maillage.foundation.jobs.actions import start_run
from maillage.foundation.jobs.endings import conclude
from maillage.foundation.jobs.enums import RunState
from maillage.foundation.jobs.models import LastTurn, Run
from maillage.foundation.jobs.pulse import SILENCE
from maillage.foundation.jobs.queueing import enqueue
from maillage.foundation.jobs.words import kept

logger = logging.getLogger(__name__)

MOST_ATTEMPTS: Final = 3
WEEK: Final = timedelta(days=7)
DAY: Final = timedelta(days=1)


def rescue_lost_runs() -> list[UUID]:
    """Start again, or conclude as lost, the runs whose executor gives no sign of life any more.

    The clock of the database alone counts, whichever machine asks.
    """
    silent = Run.objects.filter(
        state=RunState.RUNNING, heartbeat_at__lt=Now() - timedelta(seconds=SILENCE)
    )
    return [run.public_id for run in list(silent.order_by("pk")) if _rescue(run)]


def _rescue(run: Run) -> bool:
    silent = Run.objects.filter(
        pk=run.pk,
        state=RunState.RUNNING,
        holder=run.holder,
        heartbeat_at__lt=Now() - timedelta(seconds=SILENCE),
    )
    kind = registry.KINDS.get(run.kind)
    if run.cancel_requested_at:
        return conclude(silent, RunState.CANCELLED)
    if kind and kind.again and run.attempts < MOST_ATTEMPTS:
        with transaction.atomic():
            freed = silent.update(state=RunState.QUEUED, holder="", heartbeat_at=None)
            if freed:
                enqueue(run)
        logger.warning("Run %s (%s) was interrupted: started again", run.public_id, run.kind)
        return bool(freed)
    logger.error("Run %s (%s) was interrupted", run.public_id, run.kind)
    return conclude(silent, RunState.LOST, error_words=kept(lambda: _what_happened(kind)))


def _what_happened(kind: registry.Kind | None) -> str:
    happened = gettext("The server stopped while this was being done.")
    keep = (kind and kind.kept) or gettext(
        "What was already saved is kept. Look at what is there, then start again if you need to."
    )
    return f"{happened} {keep}"


def queue_due_turns(moment: datetime | None = None) -> list[str]:
    """Queue the work whose date has come, once, whichever machine asks first."""
    today = (moment or now()).astimezone(get_default_timezone())
    return [turn.kind for turn in registry.TURNS.values() if _queue(turn, last_due(turn, today))]


def last_due(turn: registry.Turn, moment: datetime) -> datetime:
    """Return the last moment, not after `moment`, at which a piece of work was due."""
    due = moment.replace(hour=turn.hour, minute=0, second=0, microsecond=0)
    if turn.weekday is not None:
        due -= timedelta(days=(due.weekday() - turn.weekday) % 7)
    if due > moment:
        due -= DAY if turn.weekday is None else WEEK
    return due


@transaction.atomic
def _queue(turn: registry.Turn, due: datetime) -> bool:
    # A new installation has had its turn: it does not start by sending last week's digest.
    LastTurn.objects.get_or_create(name=turn.kind, defaults={"due_at": due})
    if not LastTurn.objects.filter(name=turn.kind, due_at__lt=due).update(due_at=due):
        return False
    start_run(kind=turn.kind, arguments={"due": due.isoformat()})
    return True
