"""What is told by itself: the end of long tasks, and the summaries by mail."""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from maillage.foundation.accounts.models import Person
from maillage.foundation.jobs.enums import RunState
from maillage.foundation.jobs.handle import RunHandle
from maillage.foundation.jobs.models import Run
from maillage.foundation.jobs.registry import Outcome, every_day, every_week, on_finished
from maillage.foundation.notify.digests import send_digests
from maillage.foundation.notify.enums import DigestFrequency
from maillage.foundation.notify.notifications import notify_person
from maillage.foundation.visibility.readers import reader_of

# Whoever started something shorter is still looking at its page.
LONG: Final = timedelta(minutes=1)
MORNING: Final = 7  # o’clock


@on_finished
def tell_owner(run: Run) -> None:
    """Tell whoever started a long task that it ended; by mail too when it was really long."""
    if run.owner_id is None or run.state == RunState.CANCELLED:
        return
    owner = Person.objects.filter(public_id=run.owner_id).first()
    if owner is None:
        return
    with override(owner.language):
        done = run.state == RunState.SUCCEEDED
        title = gettext("%(task)s: finished") if done else gettext("%(task)s: not finished")
        notify_person(
            person=owner,
            title=title % {"task": run.title},
            body=run.summary if done else run.error,
            url=reverse("runs:page", args=[run.public_id]),
            network_id=run.network_id,
            mail=run.finished_at is not None and run.finished_at - run.queued_at >= LONG,
        )


@every_day(hour=MORNING, name="notify.daily", title=_("Daily summaries"))
def daily(run: RunHandle, *, due: str) -> Outcome:
    """Write the summaries of people who want one every morning."""
    return _digests(run, DigestFrequency.DAILY, due)


@every_week(weekday=0, hour=MORNING, name="notify.weekly", title=_("Weekly summaries"))
def weekly(run: RunHandle, *, due: str) -> Outcome:
    """Write the summaries of people who want one on Monday."""
    return _digests(run, DigestFrequency.WEEKLY, due)


def _digests(run: RunHandle, frequency: DigestFrequency, due: str) -> Outcome:
    written = send_digests(
        frequency=frequency,
        due=datetime.fromisoformat(due),
        reader_of=reader_of,
        list_path=reverse("desk:notifications"),
        stop_path=_stop_path,
        checkpoint=run.cancelled,
    )
    return Outcome(data={"written": written})


def _stop_path(token: UUID) -> str:
    return reverse("desk:stop", args=[token])
