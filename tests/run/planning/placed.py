"""Slots and who works in them, for the stories of fairness and of leave."""

from datetime import date
from typing import Any

from maillage.foundation.organisations.models import Organisation
from maillage.run.employment.models import Worker
from maillage.run.planning.enums import CallCause, OfferState
from maillage.run.planning.models import Assignment, Call, CallOffer, Slot
from tests.cast import Cast


def slot_of(cast: Cast, firm: Organisation, day: date, **more: Any) -> Slot:
    """Let a firm need somebody from 7 to 12 on a day; the scope of the network is open."""
    words: dict[str, Any] = {"start_minute": 7 * 60, "end_minute": 12 * 60, **more}
    return Slot.objects.create(
        network=cast.network,
        organisation=firm,
        occupation="D1106",
        occupation_label="Vente",
        day=day,
        **words,
    )


def works(cast: Cast, worker: Worker, firm: Organisation, day: date, **more: Any) -> Assignment:
    """Let a worker have a slot of a firm on a day."""
    return Assignment.objects.create(slot=slot_of(cast, firm, day, **more), worker=worker)


def called(
    cast: Cast,
    worker: Worker,
    firm: Organisation,
    day: date,
    state: OfferState = OfferState.ACCEPTED,
) -> CallOffer:
    """Let a worker be called at once for a slot of a firm, and say yes unless told otherwise."""
    call = Call.objects.create(
        network=cast.network, slot=slot_of(cast, firm, day, urgent=True), cause=CallCause.ABSENCE
    )
    return CallOffer.objects.create(call=call, worker=worker, rank=1, state=state)
