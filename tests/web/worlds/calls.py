"""Absences and peaks in the world of the pages: one absence, one call, two people asked."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from django.utils.timezone import get_current_timezone, localdate

from maillage.foundation.notify.models import Notification
from maillage.run.employment.links import page_path
from maillage.run.employment.models import Worker
from maillage.run.planning.calling.asking import Help, ask_help
from maillage.run.planning.calling.declaring import declare_absence
from maillage.run.planning.calling.hands import note_hand
from maillage.run.planning.calling.links import calendar_path, offer_path
from maillage.run.planning.calling.offering import propose
from maillage.run.planning.models import Call, Slot
from tests.cast import Cast, acting, inside
from tests.run.stories import BAKING, lend, shared_baker, worker_of
from tests.web.calls.weeks import next_monday, publish, slot_on, works


def urgent_work(cast: Cast) -> Mapping[str, str]:
    """Let a shared worker be away and another be asked; return what addresses may name."""
    monday = next_monday()
    with inside(cast.network):
        alice, bob = acting(cast.alice, cast.network), acting(cast.bob, cast.network)
        ines, jules = shared_baker(cast, "Inès"), shared_baker(cast, "Jules")
        slot = slot_on(cast, monday)
        works(ines, slot, slot_on(cast, monday + timedelta(days=2)))
        works(jules, slot_on(cast, monday, 14, 18, organisation=cast.garage))
        karim, asked = _of_the_garage(cast, monday)
        publish(cast, monday)
        absence = declare_absence(
            worker=ines,
            starts_at=datetime.combine(monday, time(5, 40), get_current_timezone()),
            expected_on=monday + timedelta(days=1),
            kind="sickness",
            acting=alice,
        )
        call = Call.objects.get(slot=slot)
        (offer,) = propose(acting=alice, call=call, workers=[jules])
        declare_absence(
            worker=asked.assignments.get().worker,
            starts_at=datetime.combine(asked.day, time(5, 40), get_current_timezone()),
            expected_on=asked.day + timedelta(days=1),
            kind="sickness",
            acting=alice,
        )
        (link,) = propose(acting=alice, call=Call.objects.get(slot=asked), workers=[karim])
        wanted = Help(
            day=monday + timedelta(days=3),
            start_minute=360,
            end_minute=720,
            occupation=BAKING,
            occupation_label="Boulangerie - viennoiserie",
        )
        peak = ask_help(acting=bob, organisation=cast.bakery, wanted=wanted)
        hand = note_hand(
            acting=alice,
            giver=cast.garage,
            receiver=cast.bakery,
            day=localdate(),
            minutes=90,
            what="Chargement",
        )
        # Told in the language of whoever is told, not in that of the page.
        Notification.objects.all().delete()
        karim = Worker.objects.get(pk=karim.pk)
    return {
        "call": str(call.public_id),
        "peak": str(peak.public_id),
        "offer": str(offer.public_id),
        "urgent absence": str(absence.public_id),
        "hand": str(hand.public_id),
        "slot": str(slot.public_id),
        "shared worker": str(jules.public_id),
        # Links are those of somebody who goes to the garage alone: Bob is in none of them.
        "worker token": page_path(karim).strip("/").split("/")[-1],
        "offer token": offer_path(link).strip("/").split("/")[-1],
        "calendar token": calendar_path(karim).split("/")[-1].removesuffix(".ics"),
    }


def _of_the_garage(cast: Cast, monday: date) -> tuple[Worker, Slot]:
    """Employ two people whom the garage alone borrows; return one, and a slot of the other."""
    karim, lea = worker_of(cast, "Karim"), worker_of(cast, "Léa")
    for worker in (karim, lea):
        lend(worker, cast.garage)
    slot = slot_on(cast, monday + timedelta(days=4), organisation=cast.garage)
    works(lea, slot)
    return karim, slot
