"""A worker has seen their week, and says so."""

from datetime import date

from django.db import transaction
from django.utils.timezone import now

from maillage.foundation.audit.actions import record
from maillage.run.employment.models import Worker
from maillage.run.planning.models import Acknowledgement, Publication


@transaction.atomic
def see_week(*, worker: Worker, monday: date) -> Acknowledgement | None:
    """Keep that a worker has seen a week as it was last published; None when nothing was.

    The first time counts.
    """
    last = (
        Publication.objects.filter(network=worker.network, monday=monday)
        .order_by("-number")
        .first()
    )
    if last is None:
        return None
    kept, _made = Acknowledgement.objects.select_for_update(of=("self",)).get_or_create(
        publication=last, worker=worker
    )
    if kept.seen_at is None:
        kept.seen_at = now()
        kept.save(update_fields=["seen_at"])
        record(
            actor_id=None,
            act="see_week",
            subject_type="Publication",
            subject_id=last.public_id,
            network_id=worker.network.public_id,
            after={"worker": str(worker.public_id), "week": monday.isoformat()},
        )
    return kept
