"""What a week holds, read in a few queries whatever its size."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404
from django.utils.timezone import localtime

from maillage.foundation.networks.models import Network
from maillage.run.employment.enums import LeaveState
from maillage.run.employment.models import (
    Absence,
    EmploymentContract,
    HoursAmendment,
    Leave,
    Worker,
)
from maillage.run.employment.queries import in_force
from maillage.run.planning.holidays import ALSACE_MOSELLE, Openings, holidays_between
from maillage.run.planning.models import (
    Assignment,
    Closure,
    Publication,
    PublishedShift,
    Slot,
)
from maillage.run.planning.queries import openings_of
from maillage.web.planning.weeks import Week


@dataclass
class Found:
    """A week as it is planned and as it was last published."""

    week: Week
    contracts: Sequence[EmploymentContract]
    slots: Mapping[int, Slot]
    seats: Sequence[Assignment]
    publication: Publication | None
    told: Mapping[tuple[int, int], PublishedShift]
    away: Mapping[int, list[tuple[date, date, str]]] = field(default_factory=dict)
    holidays: Mapping[date, str] = field(default_factory=dict)
    openings: Openings = field(default_factory=lambda: Openings({}, {}))

    def is_open(self, slot: Slot) -> bool:
        """Whether a slot is to be filled: its firm neither closed nor keeping a holiday."""
        if slot.closed:  # type: ignore[attr-defined]  # annotated below
            return False
        return self.openings.takes(slot.organisation_id, slot.day)

    @property
    def gaps(self) -> list[tuple[Slot, int]]:
        """The slots that lack people, with how many."""
        held: dict[int, int] = defaultdict(int)
        for seat in self.seats:
            held[seat.slot_id] += 1
        return [
            (slot, slot.people - held[pk])
            for pk, slot in self.slots.items()
            if held[pk] < slot.people and self.is_open(slot)
        ]


def found_in(network: Network, week: Week) -> Found:
    """Read a week of the plan, for whoever may see the plan."""
    slots = _slots(network, week)
    seats = list(
        Assignment.objects.filter(slot__in=list(slots)).order_by("slot__start_minute", "pk")
    )
    contracts = _contracts(network, week)
    publication = _publication(network, week)
    told = [] if publication is None else _told(publication)
    holidays = holidays_between(week.monday, week.sunday)
    found = Found(
        week=week,
        contracts=contracts,
        slots=slots,
        seats=seats,
        publication=publication,
        told={(shift.worker_id, shift.slot_id): shift for shift in told},
        away=_away(network, week),
        holidays=holidays,
        openings=_openings(network, week, slots.values()),
    )
    _tie(found)
    return found


def access_seat(public_id: UUID) -> Assignment:
    """Return an assignment of the open network; 404 when there is none."""
    rows = Assignment.objects.select_related("slot__organisation", "slot__site", "worker")
    found = rows.filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found


def access_slot(slot_id: UUID) -> Slot:
    """Return a slot of the open network; 404 when there is none."""
    rows = Slot.objects.select_related("organisation", "site", "wished_worker")
    found = rows.filter(public_id=slot_id, cancelled_at=None).first()
    if found is None:
        raise Http404
    return found


def _slots(network: Network, week: Week) -> dict[int, Slot]:
    closed = Closure.objects.filter(
        organisation=OuterRef("organisation"),
        network=network,
        starts_on__lte=OuterRef("day"),
        ends_on__gte=OuterRef("day"),
    )
    rows = (
        Slot.objects.filter(
            network=network, day__gte=week.monday, day__lte=week.sunday, cancelled_at=None
        )
        .select_related("organisation")
        .annotate(closed=Exists(closed))
    )
    return {slot.pk: slot for slot in rows}


def _contracts(network: Network, week: Week) -> list[EmploymentContract]:
    """Return who works that week, one contract each, with the hours it then counts."""
    amended = HoursAmendment.objects.filter(
        contract=OuterRef("pk"), starts_on__lte=week.monday, ends_on__gte=week.monday
    ).exclude(signed_on=None)
    rows = (
        EmploymentContract.objects.filter(
            in_force(week.monday, week.sunday), worker__network=network
        )
        .select_related("worker")
        .annotate(
            promised=Coalesce(Subquery(amended.values("week_minutes")[:1]), F("week_minutes"))
        )
        .order_by("worker__folded_name", "worker_id", "starts_on")
    )
    return list({contract.worker_id: contract for contract in rows}.values())


def _publication(network: Network, week: Week) -> Publication | None:
    return (
        Publication.objects.filter(network=network, monday=week.monday)
        .annotate(
            people=Count("acknowledgements"),
            seen=Count("acknowledgements", filter=Q(acknowledgements__seen_at__isnull=False)),
        )
        .order_by("-number")
        .first()
    )


def _told(publication: Publication) -> list[PublishedShift]:
    return list(publication.shifts.select_related("organisation", "worker"))


def _away(network: Network, week: Week) -> dict[int, list[tuple[date, date, str]]]:
    found: dict[int, list[tuple[date, date, str]]] = defaultdict(list)
    leaves = Leave.objects.filter(
        worker__network=network,
        state=LeaveState.GRANTED,
        starts_on__lte=week.sunday,
        ends_on__gte=week.monday,
    )
    for leave in leaves:
        found[leave.worker_id].append((leave.starts_on, leave.ends_on, "leave"))
    absences = Absence.objects.filter(
        worker__network=network, starts_at__date__lte=week.sunday
    ).filter(Q(back_on=None) | Q(back_on__gt=week.monday))
    for absence in absences:
        back = absence.back_on or absence.expected_on or week.sunday + (week.sunday - week.monday)
        if back > week.monday:
            first = localtime(absence.starts_at).date()
            found[absence.worker_id].append((first, date.fromordinal(back.toordinal() - 1), "away"))
    return found


def _openings(network: Network, week: Week, slots: Iterable[Slot]) -> Openings:
    """Return what firms do on the holidays of a week; nothing is read in a week without any."""
    everywhere = ("", *ALSACE_MOSELLE)
    if not any(holidays_between(week.monday, week.sunday, place) for place in everywhere):
        return Openings({}, {})
    return openings_of(network, {slot.organisation_id for slot in slots})


def _tie(found: Found) -> None:
    """Tie assignments to the slots and workers that were read apart."""
    workers = {contract.worker_id: contract.worker for contract in found.contracts}
    lone = {seat.worker_id for seat in found.seats} - set(workers)
    if lone:
        workers |= {worker.pk: worker for worker in Worker.objects.filter(pk__in=lone)}
    for seat in found.seats:
        seat.slot, seat.worker = found.slots[seat.slot_id], workers[seat.worker_id]
