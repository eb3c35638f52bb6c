"""Days on which a firm takes nobody: closing, and opening again with those who were there."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from maillage.foundation.networks.acting import Acting
from maillage.foundation.networks.models import Network
from maillage.foundation.networks.queries import members_on
from maillage.foundation.organisations.models import Organisation
from maillage.run.employment.models import Worker
from maillage.run.planning.gathering import monday_of
from maillage.run.planning.models import Assignment, Closure, Slot
from maillage.run.planning.placing import PlacementError, Step, carry_out
from maillage.run.planning.settling import Effect, Gone, lock_plan, settle, told_pairs
from maillage.run.planning.slots import SlotError, empty_slots, planned_network, trail


@dataclass(frozen=True, slots=True)
class Reopened:
    """What opening again did: who is back, and who could not be, each with what forbids it."""

    effect: Effect
    back: int
    refused: tuple[Gone, ...]


@dataclass(frozen=True, slots=True)
class Hours:
    """The minutes that somebody lost in a week by a closure, to be worked elsewhere."""

    worker: Worker
    monday: date
    minutes: int


@transaction.atomic
def close_firm(
    *, acting: Acting, organisation: Organisation, starts_on: date, ends_on: date, reason: str
) -> tuple[Closure, Effect]:
    """Say that a firm takes nobody for some days; whoever is placed there leaves the plan.

    Its slots stay, and count for nothing while it is closed. Raises SlotError.
    """
    network = planned_network(acting)
    if ends_on < starts_on:
        raise SlotError(_("It ends before it begins."), "ends_on")
    if not members_on(network, starts_on).filter(membership__organisation=organisation).exists():
        raise SlotError(_("This firm is not a member on that day."), "organisation")
    lock_plan(network)
    rows = _slots_of(network, organisation, starts_on, ends_on)
    gone = empty_slots(network, acting, rows, _("The firm is closed."))
    made = Closure.objects.create(
        network=network,
        organisation=organisation,
        starts_on=starts_on,
        ends_on=ends_on,
        reason=reason[:120],
        taken_out=[[str(one.worker.public_id), str(one.slot.public_id)] for one in gone],
    )
    after = {"firm": str(organisation.public_id), "taken_out": len(gone)}
    trail(acting, "close", made, after)
    return made, Effect(gone=gone, slots=len(rows))


@transaction.atomic
def reopen_firm(*, acting: Acting, closure: Closure, put_back: bool) -> Reopened:
    """Open a firm again from today on; `put_back` places again those that the closure took out.

    Each is judged as anybody who is placed: who can no longer come is named. Raises SlotError.
    """
    network = planned_network(acting)
    lock_plan(network)
    kept = Closure.objects.filter(network=network, pk=closure.pk).first()
    today = localdate()
    if kept is None or kept.ends_on < today:
        raise SlotError(_("This closure is over."))
    rows = _slots_of(network, kept.organisation, kept.starts_on, kept.ends_on)
    if kept.starts_on < today:
        kept.ends_on = today - timedelta(days=1)
        kept.save(update_fields=["ends_on"])
    else:
        kept.delete()
    gone = settle(
        network=network,
        actor_id=acting.person.public_id,
        why=_("The firm opens again."),
        slots={slot.pk for slot in rows},
    )
    back, refused = _put_back(acting, network, closure, rows) if put_back else (0, ())
    trail(acting, "reopen", closure, {"slots": len(rows), "put_back": back})
    held = Assignment.objects.filter(slot__in=rows).count()
    to_fill = sum(slot.people for slot in rows) - held
    return Reopened(Effect(gone=gone, slots=len(rows), to_fill=to_fill), back, refused)


def taken_out_by(closure: Closure) -> tuple[Gone, ...]:
    """Return whom a closure took out and who has not been placed there again, for who plans.

    `told` says that the last published week still says that they work there.
    """
    pairs = _pairs(closure)
    told = told_pairs(closure.network, [slot for _worker, slot in pairs])
    held = set(
        Assignment.objects.filter(slot__in=[slot.pk for _worker, slot in pairs]).values_list(
            "worker", "slot"
        )
    )
    rows = [
        Gone(worker, slot, _("The firm is closed."), (worker.pk, slot.pk) in told)
        for worker, slot in pairs
        if (worker.pk, slot.pk) not in held
    ]
    return tuple(sorted(rows, key=lambda one: (one.slot.day, one.slot.start_minute, one.slot.pk)))


def hours_lost(gone: Iterable[Gone]) -> tuple[Hours, ...]:
    """Return what each lost in each week, to be worked elsewhere; by week and name."""
    lost: dict[tuple[date, Worker], int] = defaultdict(int)
    for one in gone:
        lost[monday_of(one.slot.day), one.worker] += one.slot.minutes
    rows = sorted(lost.items(), key=lambda item: (item[0][0], item[0][1].folded_name))
    return tuple(Hours(worker, monday, minutes) for (monday, worker), minutes in rows)


def _slots_of(network: Network, firm: Organisation, first: date, last: date) -> list[Slot]:
    return list(
        Slot.objects.filter(
            network=network,
            organisation=firm,
            day__gte=max(first, localdate()),
            day__lte=last,
            cancelled_at=None,
        ).select_related("organisation", "network")
    )


def _pairs(closure: Closure) -> list[tuple[Worker, Slot]]:
    workers = {
        str(worker.public_id): worker
        for worker in Worker.objects.filter(
            network=closure.network, public_id__in=[one for one, _slot in closure.taken_out]
        )
    }
    slots = {
        str(slot.public_id): slot
        for slot in Slot.objects.filter(
            network=closure.network, public_id__in=[slot for _worker, slot in closure.taken_out]
        ).select_related("organisation", "network")
    }
    return [
        (workers[one], slots[other])
        for one, other in closure.taken_out
        if one in workers and other in slots
    ]


def _put_back(
    acting: Acting, network: Network, closure: Closure, rows: Sequence[Slot]
) -> tuple[int, tuple[Gone, ...]]:
    """Place again whoever may be, one after the other; return how many, and who could not."""
    open_again = {slot.pk for slot in rows}
    back, refused = 0, []
    for worker, slot in _pairs(closure):
        if slot.pk not in open_again:
            continue
        try:
            carry_out(network=network, actor_id=acting.person.public_id, steps=[Step(slot, worker)])
        except PlacementError as error:
            refused.append(Gone(worker, slot, str(error), told=False))
        else:
            back += 1
    return back, tuple(refused)
