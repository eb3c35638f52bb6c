"""How a run ends: once, whoever sees its end first."""

import logging
from typing import Any

from django.db import transaction
from django.utils.timezone import now

from maillage.foundation.jobs import registry
from maillage.foundation.jobs.enums import RunState

logger = logging.getLogger(__name__)


@transaction.atomic
def conclude(found: Any, state: RunState, **fields: Any) -> bool:
    """End the run that the queryset `found` holds, and tell the listeners.

    The queryset states the conditions: return False when the run no longer meets them.
    """
    run = found.first()
    if run is None or not found.update(state=state, finished_at=now(), **fields):
        return False
    run.refresh_from_db()
    for listener in registry.LISTENERS:
        try:
            with transaction.atomic():
                listener(run)
        except Exception:
            # The end of the run stands, whatever becomes of the mail that tells it.
            logger.exception("Run %s: %s could not be told of its end", run.public_id, listener)
    return True
