"""March 2026 worked by Gaëlle, shared between the bakery and the garage."""

from datetime import date
from typing import TYPE_CHECKING

from maillage.run.employment.models import Worker
from maillage.run.hours.confirming import confirm_month, fingerprint, hours_to_show, send_month
from maillage.run.hours.models import FirmMonth, HourEntry
from maillage.run.hours.prefilling import prefill
from tests.cast import Cast, acting
from tests.run.stories import slot_of
from tests.web.calls.weeks import works

if TYPE_CHECKING:
    from maillage.run.planning.models import Slot

MARCH, APRIL = date(2026, 3, 1), date(2026, 4, 1)


def worked(cast: Cast, worker: Worker, *days: int) -> list[HourEntry]:
    """Let a worker be at the bakery from 6 to 12 on some days after 2 March; return the entries."""
    slots: list[Slot] = [slot_of(cast, cast.bakery, day, 6, 12) for day in days]
    works(worker, *slots)
    for month in {slot.day.replace(day=1) for slot in slots}:
        prefill(cast.network, month)
    return list(HourEntry.objects.filter(slot__in=slots).order_by("day"))


def sent(cast: Cast, month: date = MARCH) -> FirmMonth:
    """Send the bakery its month."""
    alice = acting(cast.alice, cast.network)
    return send_month(acting=alice, organisation=cast.bakery, month=month)[0]


def confirmed(cast: Cast, month: date = MARCH) -> int:
    """Let Bob confirm the month of the bakery by its link."""
    waiting = sent(cast, month)
    return confirm_month(sent=waiting, seen=fingerprint(hours_to_show(waiting)), by="Bob Martin")
