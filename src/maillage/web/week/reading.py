"""What a firm reads of its own week: who comes, whom it waits for; nothing of other places."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.http import Http404

from maillage.foundation.organisations.models import Organisation
from maillage.run.employment.models import Worker
from maillage.run.planning.calling.declaring import moment_of
from maillage.run.planning.models import PublishedShift, Slot
from maillage.web.ui.acting import NetworkRequest
from maillage.web.ui.shifts import span, weekday


@dataclass(frozen=True, slots=True)
class Comer:
    """Somebody who comes; `running` while a firm may say that nobody came."""

    worker: Worker
    running: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """A slot of the firm: who comes, how many are missing, whether somebody is looked for."""

    slot: Slot
    time: str
    people: tuple[Comer, ...]
    missing: int
    call_id: UUID | None


@dataclass(frozen=True, slots=True)
class DayShown:
    """A day of the week that has slots."""

    day: date
    today: bool
    visits: tuple[Visit, ...]

    @property
    def name(self) -> str:
        """The day of the week."""
        return weekday(self.day)


def own_firm(request: NetworkRequest) -> Organisation:
    """Return the firm that the role in use speaks for; 404 for a role of the network."""
    if request.acting.firm is None:
        raise Http404
    return request.acting.firm


def days_of(
    slots: Iterable[Slot], told: Sequence[PublishedShift], moment: datetime, today: date
) -> list[DayShown]:
    """Return the days of a week, with what was announced for each slot."""
    comers: dict[int, list[Worker]] = defaultdict(list)
    for shift in told:
        comers[shift.slot_id].append(shift.worker)
    days: dict[date, list[Visit]] = defaultdict(list)
    for slot in slots:
        days[slot.day].append(_visit(slot, comers[slot.pk], moment))
    return [DayShown(day, day == today, tuple(visits)) for day, visits in sorted(days.items())]


def _visit(slot: Slot, workers: Sequence[Worker], moment: datetime) -> Visit:
    begins = moment_of(slot.day, slot.start_minute)
    running = begins <= moment < moment_of(slot.day, slot.end_minute)
    return Visit(
        slot=slot,
        time=span(slot.start_minute, slot.end_minute),
        people=tuple(Comer(worker, running) for worker in workers),
        missing=max(slot.people - len(workers), 0),
        call_id=slot.call_id,  # type: ignore[attr-defined]  # annotated by slots_of_firm
    )
