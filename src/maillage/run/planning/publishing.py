"""Publishing a week: what people are told, what has changed since, and how late they learn it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _

from maillage.foundation.audit.actions import record
from maillage.foundation.networks.acting import Acting
from maillage.foundation.networks.models import Network
from maillage.foundation.notify.days import said_day
from maillage.run.employment.mailing import mail_worker
from maillage.run.employment.models import Worker
from maillage.run.planning.holidays import holidays_between
from maillage.run.planning.models import (
    Acknowledgement,
    Assignment,
    Publication,
    PublishedShift,
    Slot,
)
from maillage.run.planning.permissions import can_plan_work
from maillage.run.planning.queries import (
    assignments_between,
    latest_publications,
    published_between,
)
from maillage.run.planning.ruling import notice_on

SUNDAY: Final = 6

type Kind = Literal["added", "moved", "removed"]


class PublicationError(Exception):
    """A week that cannot be published: a sentence says why."""


@dataclass(frozen=True, slots=True)
class Change:
    """What differs, for one worker, from what they were told.

    `was` is the shift told (None when added), `slot` the slot as planned now (None when removed);
    "moved": the same work at another time. `late`: fewer working days ahead than the notice that
    the law or an agreement asks for.
    """

    kind: Kind
    worker: Worker
    day: date
    slot: Slot | None
    was: PublishedShift | None
    late: bool

    @property
    def organisation(self) -> str:
        """The firm concerned."""
        if self.slot is not None:
            return self.slot.organisation.name
        return self.was.organisation.name if self.was is not None else ""


def changes_since(network: Network, monday: date, *, today: date | None = None) -> list[Change]:
    """Return what changed in a week since it was published, by worker and day, for who plans.

    Nothing while the week was never published.
    """
    last = monday + timedelta(days=6)
    published = monday in latest_publications(network, monday, last)
    told = {(s.worker_id, s.slot_id): s for s in published_between(network, monday, last)}
    seats = list(assignments_between(network, monday, last))
    notice = notice_on(network, today or localdate())
    return changes_between(told, seats, published=published, notice=notice, today=today)


def changes_between(
    told: Mapping[tuple[int, int], PublishedShift],
    seats: Iterable[Assignment],
    *,
    published: bool,
    notice: int,
    today: date | None = None,
) -> list[Change]:
    """Return what differs between shifts told, by worker and slot, and the plan as it stands.

    `notice` counts the working days (Monday to Saturday) before which a change is told.
    """
    if not published:
        return []
    now = {(seat.worker_id, seat.slot_id): seat for seat in seats}
    ends = working_day_after(today or localdate(), notice)
    changes = [
        Change("moved", plan.worker, plan.slot.day, plan.slot, told[key], plan.slot.day < ends)
        for key, plan in now.items()
        if key in told and _moved(plan.slot, told[key])
    ]
    added = [plan for key, plan in now.items() if key not in told]
    for shift in (shift for key, shift in told.items() if key not in now):
        twin = next((p for p in added if _twins(p.worker_id, p.slot, shift)), None)
        if twin is None:
            late = shift.day < ends
            changes.append(Change("removed", shift.worker, shift.day, None, shift, late))
        else:
            added.remove(twin)
            late = min(twin.slot.day, shift.day) < ends
            changes.append(Change("moved", twin.worker, twin.slot.day, twin.slot, shift, late))
    changes += [
        Change("added", p.worker, p.slot.day, p.slot, None, p.slot.day < ends) for p in added
    ]
    return sorted(changes, key=lambda each: (each.worker.folded_name, each.worker.pk, each.day))


@transaction.atomic
def publish_week(*, acting: Acting, monday: date) -> Publication:
    """Publish a week as it is planned: from now on it is what people were told.

    Whoever's week is new or changed is written to; who has no address keeps an `Acknowledgement`
    without `told_at`. Raises PublicationError when nothing changed since the last time.
    """
    network = acting.network
    if network is None or not can_plan_work(acting):
        raise PermissionDenied
    if monday.weekday() != 0:
        raise PublicationError(_("A week begins on a Monday."))
    Network.objects.select_for_update().get(pk=network.pk)
    last = monday + timedelta(days=6)
    before = latest_publications(network, monday, last).get(monday)
    plan = list(assignments_between(network, monday, last))
    changes = changes_since(network, monday)
    if before is not None and not changes:
        raise PublicationError(_("Nothing has changed in this week since it was published."))
    if before is None and not plan:
        raise PublicationError(_("Nobody is placed in this week yet: there is nothing to publish."))
    made = Publication.objects.create(
        network=network,
        monday=monday,
        number=1 if before is None else before.number + 1,
        published_by_id=acting.person.public_id,
    )
    PublishedShift.objects.bulk_create(
        PublishedShift(
            publication=made,
            worker=each.worker,
            slot=each.slot,
            organisation=each.slot.organisation,
            day=each.slot.day,
            start_minute=each.slot.start_minute,
            end_minute=each.slot.end_minute,
            break_minutes=each.slot.break_minutes,
        )
        for each in plan
    )
    concerned = (
        {each.worker_id for each in plan}
        if before is None
        else {change.worker.pk for change in changes}
    )
    kept = _kept(before, concerned)
    Acknowledgement.objects.bulk_create(
        Acknowledgement(publication=made, worker_id=pk, **kept.get(pk, {}))
        for pk in sorted(concerned | set(kept))
    )
    _tell(made)
    record(
        actor_id=acting.person.public_id,
        act="publish",
        subject_type="Publication",
        subject_id=made.public_id,
        network_id=network.public_id,
        after={"week": monday.isoformat(), "number": made.number, "shifts": len(plan)},
    )
    return made


def _tell(made: Publication) -> None:
    """Write to those who have not been told of this week: the link is to their own pages."""
    waiting = Acknowledgement.objects.filter(publication=made, told_at=None)
    for row in waiting.select_related("worker").exclude(worker__email=""):
        mail_worker(row.worker, lambda: _("Your week of %(day)s") % {"day": said_day(made.monday)})
    waiting.exclude(worker__email="").update(told_at=now())


def working_day_after(day: date, count: int) -> date:
    """Return the first day that leaves `count` working days (Monday to Saturday) after `day`."""
    found, last = day, day + timedelta(days=count * 3 + 14)
    kept = holidays_between(day, last)
    while count:
        found += timedelta(days=1)
        if found.weekday() != SUNDAY and found not in kept:
            count -= 1
    return found


def _kept(before: Publication | None, concerned: set[int]) -> Mapping[int, dict[str, object]]:
    """Return what those whose week did not change had said of it, by worker."""
    if before is None:
        return {}
    rows = Acknowledgement.objects.filter(publication=before).exclude(worker__in=concerned)
    return {row.worker_id: {"told_at": row.told_at, "seen_at": row.seen_at} for row in rows}


def _moved(slot: Slot, told: PublishedShift) -> bool:
    return (slot.day, slot.start_minute, slot.end_minute) != (
        told.day,
        told.start_minute,
        told.end_minute,
    )


def _twins(worker_id: int, slot: Slot, told: PublishedShift) -> bool:
    """Whether a slot added and one removed are the same work at another time of the week."""
    return (
        worker_id == told.worker_id
        and slot.organisation_id == told.organisation_id
        and slot.minutes == told.end_minute - told.start_minute - told.break_minutes
    )
