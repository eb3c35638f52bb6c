"""Who is away, in days: for whoever runs the network, never for a firm."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from django.db.models import Q
from django.utils.timezone import localdate

from maillage.foundation.networks.models import Network
from maillage.run.employment.enums import LeaveState
from maillage.run.employment.models import Absence, Leave


class AwayKind(StrEnum):
    """In what way somebody is away; an absence never says why."""

    ASKED = "asked"
    LEAVE = "leave"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class Away:
    """Somebody is away, both days included; `last` None while nobody knows until when."""

    worker_id: int
    name: str
    kind: AwayKind
    first: date
    last: date | None
    leave: UUID | None = None

    def covers(self, day: date) -> bool:
        """Whether a day is one of these."""
        return self.first <= day and (self.last is None or day <= self.last)


def away_between(network: Network, first: date, last: date) -> list[Away]:
    """Return who is away, or asks to be, on some day between two. Two queries."""
    return sorted(
        [*_leaves(network, first, last), *_absences(network, first, last)],
        key=lambda one: (one.name, one.first),
    )


def _leaves(network: Network, first: date, last: date) -> Iterable[Away]:
    rows = Leave.objects.filter(
        worker__network=network,
        state__in=(LeaveState.ASKED, LeaveState.GRANTED),
        starts_on__lte=last,
        ends_on__gte=first,
    ).select_related("worker")
    for leave in rows:
        kind = AwayKind.LEAVE if leave.state == LeaveState.GRANTED else AwayKind.ASKED
        yield Away(
            leave.worker_id,
            leave.worker.name,
            kind,
            leave.starts_on,
            leave.ends_on,
            leave.public_id,
        )


def _absences(network: Network, first: date, last: date) -> Iterable[Away]:
    rows = Absence.objects.filter(
        Q(back_on=None) | Q(back_on__gt=first),
        worker__network=network,
        starts_at__date__lte=last,
    ).select_related("worker")
    for absence in rows:
        back = absence.back_on or absence.expected_on
        until = back - timedelta(days=1) if back is not None else None
        if until is None or until >= first:
            began = localdate(absence.starts_at)
            yield Away(absence.worker_id, absence.worker.name, AwayKind.ABSENT, began, until)
