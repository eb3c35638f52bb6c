"""The life of a run."""

from typing import Final

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class RunState(TextChoices):
    """Where a run stands."""

    QUEUED = "queued", pgettext_lazy("background work", "waiting")
    RUNNING = "running", pgettext_lazy("background work", "in progress")
    SUCCEEDED = "succeeded", pgettext_lazy("background work", "finished")
    FAILED = "failed", pgettext_lazy("background work", "failed")
    CANCELLED = "cancelled", pgettext_lazy("background work", "cancelled")
    LOST = "lost", pgettext_lazy("background work", "interrupted")


ALIVE: Final = (RunState.QUEUED, RunState.RUNNING)
ENDED: Final = (RunState.SUCCEEDED, RunState.FAILED, RunState.CANCELLED, RunState.LOST)
