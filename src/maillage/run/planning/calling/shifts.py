"""What people were told, kept in step with what a call changed: they are told at once, by name.

Without it a week published on Friday would still announce whoever fell ill on Monday.
"""

from collections.abc import Iterable
from datetime import date

from django.utils.timezone import now

from maillage.run.employment.models import Worker
from maillage.run.planning.gathering import monday_of
from maillage.run.planning.models import Acknowledgement, Publication, PublishedShift, Slot
from maillage.run.planning.queries import latest_publications


def untell(slots: Iterable[Slot], worker: Worker) -> None:
    """Take slots that somebody leaves out of what was last published."""
    held = {slot.pk: slot for slot in slots}
    told = _publications(held.values())
    PublishedShift.objects.filter(
        publication__in=told.values(), worker=worker, slot__in=held
    ).delete()


def tell_again(slot: Slot, worker: Worker, *, seen: bool) -> None:
    """Put a slot that somebody takes into what was last published; nothing before that.

    `seen`: they said yes themselves, and have nothing more to acknowledge for it.
    """
    publication = _publications([slot]).get(monday_of(slot.day))
    if publication is None:
        return
    PublishedShift.objects.update_or_create(
        publication=publication,
        worker=worker,
        slot=slot,
        defaults={
            "organisation": slot.organisation,
            "day": slot.day,
            "start_minute": slot.start_minute,
            "end_minute": slot.end_minute,
            "break_minutes": slot.break_minutes,
        },
    )
    moment = now()
    known, made = Acknowledgement.objects.get_or_create(
        publication=publication,
        worker=worker,
        defaults={"told_at": moment, "seen_at": moment if seen else None},
    )
    if not made and not seen:
        known.told_at, known.seen_at = moment, None
        known.save(update_fields=["told_at", "seen_at"])


def _publications(slots: Iterable[Slot]) -> dict[date, Publication]:
    rows = list(slots)
    if not rows:
        return {}
    days = [slot.day for slot in rows]
    return dict(latest_publications(rows[0].network, min(days), max(days)))
