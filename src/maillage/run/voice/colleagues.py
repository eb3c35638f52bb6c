"""Colleagues who wish to be known to each other: those who show themselves see the others."""

from django.db import transaction
from django.utils.timezone import localdate

from maillage.run.employment.models import Worker
from maillage.run.employment.queries import in_force
from maillage.run.voice.models import Card


def card_of(worker: Worker) -> Card | None:
    """Return what a worker shows of themself, None while they show nothing."""
    return Card.objects.filter(worker=worker).first()


def colleagues_of(worker: Worker) -> list[Card]:
    """Return the colleagues whom a worker may know: none before they show themself.

    Those who have left are not shown any more.
    """
    if card_of(worker) is None:
        return []
    today = localdate()
    rows = Card.objects.filter(
        in_force(today, today, path="worker__contracts__"), worker__network=worker.network_id
    )
    return list(
        rows.exclude(worker=worker)
        .select_related("worker")
        .order_by("worker__folded_name", "worker_id")
        .distinct()
    )


@transaction.atomic
def show_oneself(*, worker: Worker, says: str = "", reach: str = "") -> Card:
    """Be known to the colleagues who wish the same, with the words given."""
    words = {"says": " ".join(says.split())[:200], "reach": " ".join(reach.split())[:120]}
    return Card.objects.update_or_create(worker=worker, defaults=words)[0]


@transaction.atomic
def hide_oneself(*, worker: Worker) -> None:
    """Be known to no colleague any more, at once; what was said is forgotten."""
    Card.objects.filter(worker=worker).delete()
