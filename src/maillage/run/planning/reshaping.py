"""Changing what a firm needs: the times, the trade, the people, the end of a series or a slot."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from maillage.foundation.networks.acting import Acting
from maillage.foundation.networks.models import Network
from maillage.run.planning.models import Assignment, PublishedShift, Slot, SlotSeries
from maillage.run.planning.queries import published_between
from maillage.run.planning.settling import Effect, Gone, lock_plan, settle, take_out
from maillage.run.planning.slots import (
    WEEKS_AHEAD,
    Asked,
    SlotError,
    cancel_slots,
    lay_out,
    planned_network,
    refuse_impossible,
    trail,
)

TIMES: Final = ("start_minute", "end_minute", "break_minutes")
TRADE: Final = ("occupation", "occupation_label", "level")
# What changes together: a slot that has another value of its own keeps it.
TOGETHER: Final = (TIMES, TRADE, ("people",), ("importance",))
FAR: Final = timedelta(days=366)

type Values = Mapping[str, object]


@transaction.atomic
def change_series(
    *, acting: Acting, series: SlotSeries, asked: Asked, since: date, ends_on: date | None
) -> Effect:
    """Give a series another shape from a day on, and another last day; slots before it stay.

    A slot that was changed by itself keeps what is its own. Whoever may not stay in a slot as it
    now is leaves it. Raises SlotError.
    """
    network, today = planned_network(acting), localdate()
    if not today <= since <= today + FAR:
        raise SlotError(_("Choose a day from today on, within a year."), "since")
    if ends_on is not None and ends_on < max(series.starts_on, today):
        raise SlotError(_("What is past stays as it was: choose a day to come."), "ends_on")
    refuse_impossible(network, asked, max(since, series.starts_on))
    lock_plan(network)
    kept = SlotSeries.objects.select_for_update().get(pk=series.pk)
    weeks = max(WEEKS_AHEAD, (since - today).days // 7 + 1)
    lay_out(network, [kept], weeks=weeks)  # what comes before the day is laid out as it was
    before, old_end = _shape(kept), kept.ends_on
    after = {name: asked.values[name] for names in TOGETHER for name in names}
    for name, value in after.items():
        setattr(kept, name, value)
    kept.ends_on = ends_on
    kept.save(update_fields=[*after, "ends_on"])
    cut = _cut(network, acting, kept)
    _revive(kept, old_end)
    lay_out(network, [kept])
    slots = Slot.objects.filter(series=kept, day__gte=since, cancelled_at=None)
    effect = _reshape(network, acting, list(slots.values_list("pk", flat=True)), before, after)
    trail(acting, "change", kept, _trace(before, after) | {"since": since.isoformat()})
    return Effect(
        gone=tuple(sorted((*cut, *effect.gone), key=lambda one: (one.slot.day, one.slot.pk))),
        slots=effect.slots,
        to_fill=effect.to_fill,
        moved=effect.moved,
    )


@transaction.atomic
def change_slot(*, acting: Acting, slot: Slot, asked: Asked) -> Effect:
    """Give a slot of one day another shape. Raises SlotError."""
    network = planned_network(acting)
    refuse_impossible(network, asked, slot.day)
    if slot.day < localdate():
        raise SlotError(_("This day is past."), "day")
    lock_plan(network)
    kept = Slot.objects.select_for_update(of=("self",)).get(pk=slot.pk)
    if kept.cancelled_at is not None:
        raise SlotError(_("This slot is no longer needed: somebody took it off the plan."))
    before = _shape(kept)
    after = {name: asked.values[name] for names in TOGETHER for name in names}
    effect = _reshape(network, acting, [kept.pk], before, after)
    trail(acting, "change", kept, _trace(before, after))
    return effect


def _reshape(
    network: Network, acting: Acting, pks: Sequence[int], before: Values, after: Values
) -> Effect:
    """Give slots their new shape; whoever is too many, or may not stay, leaves them."""
    rows = Slot.objects.filter(pk__in=pks)
    for names in TOGETHER:
        if any(before[name] != after[name] for name in names):
            own = Q(**{name: before[name] for name in names})
            rows.filter(own).update(**{name: after[name] for name in names})
    why = _("The firm needs something else.")
    gone = [*_surplus(network, acting, pks, why)]
    gone += settle(network=network, actor_id=acting.person.public_id, why=why, slots=set(pks))
    people = sum(rows.values_list("people", flat=True))
    held = Assignment.objects.filter(slot__in=pks).count()
    return Effect(
        gone=tuple(gone),
        slots=len(pks),
        to_fill=people - held,
        moved=_moved(network, pks),
    )


def _surplus(network: Network, acting: Acting, pks: Sequence[int], why: str) -> tuple[Gone, ...]:
    """Take out whoever is more than a slot now wants: the last who came, those fixed last."""
    held: dict[int, list[Assignment]] = defaultdict(list)
    rows = Assignment.objects.filter(slot__in=pks).select_related("slot__organisation", "worker")
    for seat in rows.order_by("-fixed", "made_at", "pk"):
        held[seat.slot_id].append(seat)
    found = [
        (seat, _("The firm wants fewer people."))
        for seats in held.values()
        for seat in seats[seats[0].slot.people :]
    ]
    return take_out(network=network, actor_id=acting.person.public_id, found=found, why=why)


def _moved(network: Network, pks: Sequence[int]) -> tuple[Gone, ...]:
    """Return who stays in a slot at another time than they were told."""
    seats = list(
        Assignment.objects.filter(slot__in=pks)
        .select_related("slot__organisation", "worker")
        .order_by("slot__day", "slot__start_minute", "pk")
    )
    if not seats:
        return ()
    first, last = seats[0].slot.day, seats[-1].slot.day
    told = {(row.worker_id, row.slot_id): row for row in published_between(network, first, last)}
    return tuple(
        Gone(seat.worker, seat.slot, "", told=True)
        for seat in seats
        if _differs(seat.slot, told.get((seat.worker_id, seat.slot_id)))
    )


def _differs(slot: Slot, told: PublishedShift | None) -> bool:
    return told is not None and (slot.start_minute, slot.end_minute) != (
        told.start_minute,
        told.end_minute,
    )


def _cut(network: Network, acting: Acting, series: SlotSeries) -> tuple[Gone, ...]:
    """Cancel the slots after the last day of a series."""
    if series.ends_on is None:
        return ()
    slots = Slot.objects.filter(series=series, day__gt=series.ends_on, cancelled_at=None)
    return cancel_slots(network, acting, list(slots), _("The firm no longer needs it."))


def _revive(series: SlotSeries, old_end: date | None) -> None:
    """Want again the slots that a former last day had taken off; new ones are laid out besides."""
    if old_end is None or (series.ends_on is not None and series.ends_on <= old_end):
        return
    rows = Slot.objects.filter(series=series, day__gt=max(old_end, localdate()))
    rows = rows.exclude(cancelled_at=None)
    if series.ends_on is not None:
        rows = rows.filter(day__lte=series.ends_on)
    rows.update(cancelled_at=None, cancelled_why="")


def _shape(row: SlotSeries | Slot) -> Values:
    return {name: getattr(row, name) for names in TOGETHER for name in names}


def _trace(before: Values, after: Values) -> dict[str, object]:
    return {name: after[name] for name in after if after[name] != before[name]}
