"""Colleagues who wish to be known to each other: those who show themselves see the others."""

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.timezone import localdate

from maillage.run.employment.models import EmploymentContract, Worker
from maillage.run.employment.queries import in_force
from maillage.run.voice.models import Card


def card_of(worker: Worker) -> Card | None:
    """Return what a worker shows of themself, None while they show nothing."""
    return Card.objects.filter(worker=worker).first()


def cards_seen_by(worker: Worker) -> tuple[Card | None, list[Card]]:
    """Return what a worker shows of themself, and the colleagues they know: none before that.

    Those who have left are not shown any more. One query.
    """
    today = localdate()
    here = Exists(
        EmploymentContract.objects.filter(in_force(today, today), worker=OuterRef("worker"))
    )
    shown = Exists(Card.objects.filter(worker=worker))
    rows = Card.objects.filter(shown, Q(here) | Q(worker=worker), worker__network=worker.network_id)
    cards = list(rows.select_related("worker").order_by("worker__folded_name", "worker_id"))
    own = next((one for one in cards if one.worker_id == worker.pk), None)
    return own, [one for one in cards if one is not own]


def colleagues_of(worker: Worker) -> list[Card]:
    """Return the colleagues whom a worker may know: none before they show themself."""
    return cards_seen_by(worker)[1]


@transaction.atomic
def show_oneself(*, worker: Worker, says: str = "", reach: str = "") -> Card:
    """Be known to the colleagues who wish the same, with the words given."""
    words = {"says": " ".join(says.split())[:200], "reach": " ".join(reach.split())[:120]}
    return Card.objects.update_or_create(worker=worker, defaults=words)[0]


@transaction.atomic
def hide_oneself(*, worker: Worker) -> None:
    """Be known to no colleague any more, at once; what was said is forgotten."""
    Card.objects.filter(worker=worker).delete()
