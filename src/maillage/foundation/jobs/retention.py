"""Forgetting work that ended long ago."""

from datetime import datetime, timedelta
from typing import Final

from django.utils.timezone import now
from django_tasks_db.models import DBTaskResult

from maillage.foundation.jobs.enums import ENDED
from maillage.foundation.jobs.models import Run

SITE_KEEPS: Final = timedelta(days=7)
PEOPLE_KEEP: Final = timedelta(days=90)


def forget_ended_work(moment: datetime | None = None) -> int:
    """Delete the runs that ended long ago, and their place in the queue; return how many runs.

    Those of the site itself go after a week, those people started after three months.
    """
    today = moment or now()
    ended = Run.objects.filter(state__in=ENDED)
    site = ended.filter(owner_id=None, finished_at__lt=today - SITE_KEEPS)
    people = ended.filter(finished_at__lt=today - PEOPLE_KEEP)
    forgotten = site.delete()[0] + people.delete()[0]
    # A place that was never given back belongs to a worker that was killed.
    DBTaskResult.objects.filter(started_at__lt=today - SITE_KEEPS).delete()
    return forgotten
