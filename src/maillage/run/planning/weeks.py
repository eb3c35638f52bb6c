"""A week of the plan, slot by slot, for whoever may see the plan."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from maillage.foundation.networks.models import Network
from maillage.run.planning.models import Assignment, Closure, Slot
from maillage.run.planning.queries import assignments_between, openings_of


@dataclass(frozen=True, slots=True)
class PlannedSlot:
    """A slot with who is in it; `open` tells that its firm takes somebody that day."""

    slot: Slot
    seats: tuple[Assignment, ...]
    open: bool

    @property
    def missing(self) -> int:
        """How many people it still lacks."""
        return max(self.slot.people - len(self.seats), 0) if self.open else 0


def planned_week(network: Network, monday: date) -> list[PlannedSlot]:
    """Return the slots of a week in order. Five queries."""
    sunday = monday + timedelta(days=6)
    slots = list(
        Slot.objects.filter(
            network=network, day__gte=monday, day__lte=sunday, cancelled_at=None
        ).select_related("organisation")
    )
    seats: dict[int, list[Assignment]] = defaultdict(list)
    for seat in assignments_between(network, monday, sunday):
        seats[seat.slot_id].append(seat)
    openings = openings_of(network, {slot.organisation_id for slot in slots})
    closures = list(
        Closure.objects.filter(network=network, starts_on__lte=sunday, ends_on__gte=monday)
    )
    return [
        PlannedSlot(
            slot,
            tuple(seats[slot.pk]),
            openings.takes(slot.organisation_id, slot.day)
            and not any(
                one.organisation_id == slot.organisation_id
                and one.starts_on <= slot.day <= one.ends_on
                for one in closures
            ),
        )
        for slot in slots
    ]
