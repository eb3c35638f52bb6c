"""What firms need: slots that come back and slots of one day, entered, ended, cancelled."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _

from maillage.foundation.audit.actions import record
from maillage.foundation.networks.acting import Acting
from maillage.foundation.networks.models import Network
from maillage.foundation.networks.queries import members_on
from maillage.foundation.organisations.models import Organisation
from maillage.run.planning.models import Assignment, Closure, Slot, SlotSeries
from maillage.run.planning.permissions import can_plan_work
from maillage.run.planning.settling import Effect, Gone, lock_plan, take_out

WEEKS_AHEAD: Final = 8  # laid out when a series is entered, and kept up every week
LONGEST: Final = 13 * 60  # minutes from the beginning of a slot to its end
# What a half-day means where a firm does not say its times, in minutes from midnight.
HALF_DAYS: Final = {"morning": (8 * 60, 12 * 60), "afternoon": (13 * 60 + 30, 17 * 60 + 30)}


class SlotError(Exception):
    """A slot, a series or a closure that cannot be: a sentence says why; `field` says where."""

    def __init__(self, text: str, field: str = "") -> None:
        super().__init__(text)
        self.field = field


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a firm asks for: when in the day, for what, for how many. Minutes from midnight."""

    organisation: Organisation
    occupation: str
    occupation_label: str
    start_minute: int
    end_minute: int
    break_minutes: int = 0
    people: int = 1
    importance: int = 3
    level: int = 1

    @property
    def values(self) -> dict[str, object]:
        """The fields of a slot or a series."""
        return {
            "organisation": self.organisation,
            "occupation": self.occupation,
            "occupation_label": self.occupation_label,
            "start_minute": self.start_minute,
            "end_minute": self.end_minute,
            "break_minutes": self.break_minutes,
            "people": self.people,
            "importance": self.importance,
            "level": self.level,
        }


@transaction.atomic
def add_series(
    *,
    acting: Acting,
    asked: Asked,
    weekdays: Iterable[int],
    starts_on: date,
    ends_on: date | None = None,
    every: int = 1,
) -> list[SlotSeries]:
    """Enter slots that come back on some days of the week, and lay the next weeks out.

    Raises SlotError.
    """
    network = planned_network(acting)
    refuse_impossible(network, asked, starts_on)
    days = sorted(set(weekdays))
    if not days:
        raise SlotError(_("Choose one day of the week at least."), "weekdays")
    if ends_on is not None and ends_on < starts_on:
        raise SlotError(_("It ends before it begins."), "ends_on")
    made = [
        SlotSeries.objects.create(
            network=network,
            weekday=day,
            every=every,
            starts_on=starts_on,
            ends_on=ends_on,
            **asked.values,
        )
        for day in days
    ]
    lay_out(network, made)
    for series in made:
        trail(acting, "add", series, {"weekday": series.weekday, "people": series.people})
    return made


def lay_out(network: Network, series: Iterable[SlotSeries], *, weeks: int = WEEKS_AHEAD) -> int:
    """Make the slots of series that are not there yet, for some weeks to come; return how many."""
    today = localdate()
    last = today + timedelta(weeks=weeks)
    rows = [
        Slot(
            network=network,
            organisation_id=each.organisation_id,
            series=each,
            site_id=each.site_id,
            occupation=each.occupation,
            occupation_label=each.occupation_label,
            level=each.level,
            day=day,
            start_minute=each.start_minute,
            end_minute=each.end_minute,
            break_minutes=each.break_minutes,
            people=each.people,
            importance=each.importance,
            wished_worker_id=each.wished_worker_id,
        )
        for each in series
        for day in days_of(each, today, last)
    ]
    known = set(
        Slot.objects.filter(
            network=network, series__in=[row.series_id for row in rows]
        ).values_list("series_id", "day")
    )
    fresh = [row for row in rows if (row.series_id, row.day) not in known]
    Slot.objects.bulk_create(fresh, batch_size=500)
    return len(fresh)


def days_of(series: SlotSeries, first: date, last: date) -> list[date]:
    """Return the days of a series from one day to another."""
    begin = series.starts_on + timedelta(days=(series.weekday - series.starts_on.weekday()) % 7)
    end = last if series.ends_on is None else min(last, series.ends_on)
    step = timedelta(weeks=series.every)
    days = []
    while begin <= end:
        if begin >= first:
            days.append(begin)
        begin += step
    return days


@transaction.atomic
def end_series(*, acting: Acting, series: SlotSeries, last_day: date) -> Effect:
    """Let a series end on a day; the slots after it are no longer needed.

    People placed in them are taken out. Raises SlotError.
    """
    network = planned_network(acting)
    lock_plan(network)
    if last_day < localdate() - timedelta(days=1):
        raise SlotError(_("What is past stays as it was: choose a day to come."), "last_day")
    kept = max(last_day, series.starts_on)
    SlotSeries.objects.filter(pk=series.pk).update(ends_on=kept)
    slots = list(Slot.objects.filter(series=series, day__gt=last_day, cancelled_at=None))
    gone = cancel_slots(network, acting, slots, _("The firm no longer needs it."))
    trail(acting, "end", series, {"last_day": last_day.isoformat(), "slots": len(slots)})
    return Effect(gone=gone, slots=len(slots))


@transaction.atomic
def add_slot(*, acting: Acting, asked: Asked, day: date, urgent: bool = False) -> Slot:
    """Enter a slot of one day. Raises SlotError."""
    network = planned_network(acting)
    refuse_impossible(network, asked, day)
    if day < localdate():
        raise SlotError(_("This day is past."), "day")
    made = Slot.objects.create(network=network, day=day, urgent=urgent, **asked.values)
    trail(acting, "add", made, {"day": day.isoformat(), "people": made.people})
    return made


@transaction.atomic
def cancel_slot(*, acting: Acting, slot: Slot, why: str) -> None:
    """Say that a firm no longer needs a slot; whoever was placed is taken out. Raises SlotError."""
    network = planned_network(acting)
    reason = " ".join(why.split())[:200]
    if not reason:
        raise SlotError(_("Say why it is no longer needed."), "why")
    lock_plan(network)
    cancel_slots(network, acting, [slot], reason)
    trail(acting, "cancel", slot, {"why": reason})


@transaction.atomic
def lay_out_now(*, acting: Acting) -> int:
    """Make the slots of the weeks to come that are not there yet; return how many."""
    network = planned_network(acting)
    return lay_out(network, SlotSeries.objects.filter(network=network))


def cancel_slots(
    network: Network, acting: Acting, slots: Sequence[Slot], why: str
) -> tuple[Gone, ...]:
    """Cancel slots, taking out whoever is placed there; the caller has locked the plan."""
    gone = empty_slots(network, acting, slots, why)
    Slot.objects.filter(pk__in=[slot.pk for slot in slots]).update(
        cancelled_at=now(), cancelled_why=why
    )
    return gone


def empty_slots(
    network: Network, acting: Acting, slots: Sequence[Slot], why: str
) -> tuple[Gone, ...]:
    """Take whoever is placed out of some slots, by the one door that writes assignments."""
    held = Assignment.objects.filter(slot__in=slots).select_related("slot__organisation", "worker")
    found = [(seat, why) for seat in held]
    return take_out(network=network, actor_id=acting.person.public_id, found=found, why=why)


def refuse_impossible(network: Network, asked: Asked, day: date) -> None:
    """Refuse times, people or a firm that cannot be. Raises SlotError."""
    if asked.end_minute <= asked.start_minute:
        raise SlotError(_("It ends before it begins: past midnight, enter two slots."), "ends_at")
    if asked.end_minute - asked.start_minute > LONGEST:
        raise SlotError(_("Nobody may stay thirteen hours: enter several slots."), "ends_at")
    if asked.people < 1 or not 1 <= asked.importance <= 5:  # noqa: PLR2004 -- from 1 to 5
        raise SlotError(_("A slot is for one person at least."), "people")
    here = members_on(network, day).filter(membership__organisation=asked.organisation)
    if not here.exists():
        raise SlotError(
            _("This firm is not a member on that day: workers are lent to members only (L1253-1)."),
            "organisation",
        )


def trail(
    acting: Acting, act: str, subject: SlotSeries | Slot | Closure, after: dict[str, object]
) -> None:
    """Write down what was done to a series, a slot or a closure."""
    network = acting.network
    record(
        actor_id=acting.person.public_id,
        act=act,
        subject_type=type(subject).__name__,
        subject_id=subject.public_id,
        network_id=None if network is None else network.public_id,
        after=after,
    )


def planned_network(acting: Acting) -> Network:
    """Return the network that somebody plans; PermissionDenied when they do not."""
    if acting.network is None or not can_plan_work(acting):
        raise PermissionDenied
    return acting.network
