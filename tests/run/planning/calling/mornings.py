"""A Tuesday morning at the bakery: Gaëlle is expected at six, and telephones at 05:40."""

from datetime import date, datetime, timedelta

from django.utils.timezone import get_current_timezone

from maillage.foundation.networks.acting import Acting
from maillage.run.employment.enums import AbsenceKind
from maillage.run.employment.models import Absence, Worker
from maillage.run.planning.calling.declaring import declare_absence
from maillage.run.planning.models import Assignment, Call, Publication, PublishedShift, Slot
from tests.cast import Cast
from tests.run.stories import MONDAY, slot_of

TUESDAY = MONDAY + timedelta(days=1)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """Return a moment, so many days after Monday 2 March."""
    moment = datetime(MONDAY.year, MONDAY.month, MONDAY.day, hour, minute)  # noqa: DTZ001 -- next
    return (moment + timedelta(days=day)).replace(tzinfo=get_current_timezone())


DAWN = at(1, 5, 40)


def holds(worker: Worker, *slots: Slot) -> None:
    """Put somebody in some slots."""
    Assignment.objects.bulk_create(Assignment(slot=slot, worker=worker) for slot in slots)


def published(cast: Cast, monday: date = MONDAY) -> Publication:
    """Publish the week as it is planned."""
    made = Publication.objects.create(network=cast.network, monday=monday, number=1)
    for each in Assignment.objects.filter(
        slot__day__gte=monday, slot__day__lt=monday + timedelta(days=7)
    ).select_related("slot"):
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


def away(worker: Worker, acting: Acting | None = None, **more: object) -> Absence:
    """Let somebody be ill from Tuesday at 05:40, back on Wednesday unless told otherwise."""
    said: dict[str, object] = {
        "starts_at": DAWN,
        "expected_on": TUESDAY + timedelta(days=1),
        "kind": AbsenceKind.SICKNESS,
        "at": DAWN,
        **more,
    }
    return declare_absence(worker=worker, acting=acting, **said)  # type: ignore[arg-type]  # by name


def early(cast: Cast, day: int = 1, **more: object) -> Slot:
    """Return a slot of the bakery from six to noon."""
    return slot_of(cast, cast.bakery, day, 6, 12, **more)


def call_for(slot: Slot) -> Call:
    """Return the call of a slot."""
    return Call.objects.select_related("network", "slot__organisation").get(slot=slot)


def ranked(call: Call) -> list[str]:
    """Return the names of those who could come, in order."""
    names = {str(one.public_id): one.name for one in Worker.objects.all()}
    return [names[each["worker_id"]] for each in call.answers["answers"]]
