"""What programs send and get; times are those of the place, "06:30"."""

from datetime import date
from uuid import UUID

from ninja import Field, Schema

from maillage.run.planning.models import Assignment
from maillage.run.planning.weeks import PlannedSlot

DAY = 24 * 60


class Named(Schema):
    """A firm or a worker."""

    id: UUID
    name: str


class Seat(Schema):
    """Somebody placed in a slot; `fixed` is not to be moved by a search."""

    id: UUID
    worker: Named
    fixed: bool

    @classmethod
    def of(cls, seat: Assignment) -> "Seat":
        """Return an assignment as programs read it."""
        worker = Named(id=seat.worker.public_id, name=seat.worker.name)
        return cls(id=seat.public_id, worker=worker, fixed=seat.fixed)


class SlotOut(Schema):
    """A slot of the week; `end` may be of the next day."""

    id: UUID
    firm: Named
    occupation: str
    occupation_label: str
    level: int
    day: date
    start: str
    end: str
    people: int
    missing: int
    importance: int
    urgent: bool
    open: bool
    assignments: list[Seat]

    @classmethod
    def of(cls, planned: PlannedSlot) -> "SlotOut":
        """Return a slot of the plan as programs read it."""
        slot = planned.slot
        return cls(
            id=slot.public_id,
            firm=Named(id=slot.organisation.public_id, name=slot.organisation.name),
            occupation=slot.occupation,
            occupation_label=slot.occupation_label,
            level=slot.level,
            day=slot.day,
            start=_clock(slot.start_minute),
            end=_clock(slot.end_minute),
            people=slot.people,
            missing=planned.missing,
            importance=slot.importance,
            urgent=slot.urgent,
            open=planned.open,
            assignments=[Seat.of(seat) for seat in planned.seats],
        )


class WeekOut(Schema):
    """A week of the plan, from Monday to Sunday."""

    monday: date
    slots: list[SlotOut]


class OverrideIn(Schema):
    """The document, and the reason, that allow what a rule forbids without it."""

    rule: str = Field(max_length=40)
    document: str = Field(max_length=200)
    reason: str = Field(max_length=200)


class AssignmentIn(Schema):
    """Whom to place in which slot."""

    slot: UUID
    worker: UUID
    overrides: list[OverrideIn] = Field(default=[], max_length=20)


class FindingOut(Schema):
    """A rule in the way: its name, its article, and a sentence that names the figure."""

    rule: str
    severity: str
    article: str
    text: str


class Refusal(Schema):
    """Why nothing was done; `findings` are the rules in the way."""

    detail: str
    findings: list[FindingOut] = Field(default=[])


def _clock(minute: int) -> str:
    hour, rest = divmod(minute % DAY, 60)
    return f"{hour:02}:{rest:02}"
