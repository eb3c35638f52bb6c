"""A week to come at the bakery, for the pages of calls, of firms and of workers."""

from datetime import date, datetime, time, timedelta

from django.utils.timezone import get_current_timezone, localdate

from maillage.run.employment.enums import AbsenceKind
from maillage.run.employment.models import Absence, Worker
from maillage.run.planning.calling.declaring import declare_absence
from maillage.run.planning.models import Assignment, Call, Publication, PublishedShift, Slot
from tests.cast import Cast
from tests.run.stories import BAKING, HOUR

NETWORK = "/n/metiers-partages/"
CALLS, WEEK = f"{NETWORK}calls/", f"{NETWORK}week/"


def next_monday() -> date:
    """Return the first Monday to come."""
    today = localdate()
    return today + timedelta(days=7 - today.weekday())


def slot_on(cast: Cast, day: date, start: int = 7, end: int = 12, **more: object) -> Slot:
    """Have the bakery, or another firm, need somebody who bakes."""
    values: dict[str, object] = {
        "network": cast.network,
        "organisation": cast.bakery,
        "occupation": BAKING,
        "occupation_label": "Boulangerie - viennoiserie",
        "day": day,
        "start_minute": start * HOUR,
        "end_minute": end * HOUR,
        **more,
    }
    return Slot.objects.create(**values)


def works(worker: Worker, *slots: Slot) -> None:
    """Put somebody in some slots."""
    for slot in slots:
        Assignment.objects.create(slot=slot, worker=worker)


def publish(cast: Cast, monday: date) -> Publication:
    """Publish a week as it is planned, once more."""
    number = Publication.objects.filter(network=cast.network, monday=monday).count() + 1
    made = Publication.objects.create(network=cast.network, monday=monday, number=number)
    rows = Assignment.objects.filter(
        slot__day__gte=monday, slot__day__lt=monday + timedelta(days=7), slot__network=cast.network
    )
    for each in rows.select_related("slot"):
        PublishedShift.objects.create(
            publication=made,
            worker_id=each.worker_id,
            slot=each.slot,
            organisation_id=each.slot.organisation_id,
            day=each.slot.day,
            start_minute=each.slot.start_minute,
            end_minute=each.slot.end_minute,
        )
    return made


def ill(worker: Worker, day: date) -> Absence:
    """Let somebody be ill on a day to come, back on the next."""
    return declare_absence(
        worker=worker,
        starts_at=datetime.combine(day, time(), get_current_timezone()),
        expected_on=day + timedelta(days=1),
        kind=AbsenceKind.SICKNESS,
    )


def only_call() -> Call:
    """Return the only call there is."""
    return Call.objects.select_related("network", "slot__organisation", "absence").get()
