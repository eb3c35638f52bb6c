"""After a rule or a need changes: nobody stays in a slot that a blocking rule now forbids.

Whoever changes something for many at once locks the plan first, changes, then settles: the newest
rule decides, and what it no longer allows leaves the plan by the one door that writes assignments.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from maillage.foundation.networks.models import Network
from maillage.run.employment.models import Worker
from maillage.run.planning.bridge.judging import Bench, Verdict
from maillage.run.planning.gathering import ground_of, monday_of
from maillage.run.planning.legality import BLOCK, WEEKS_BEFORE
from maillage.run.planning.models import Assignment, Slot
from maillage.run.planning.placing import Step, carry_out
from maillage.run.planning.queries import published_between

FAR: Final = timedelta(weeks=60)  # nobody is placed later


@dataclass(frozen=True, slots=True)
class Gone:
    """Somebody who left a slot, and why; `told`: a published week says that they work there."""

    worker: Worker
    slot: Slot
    because: str
    told: bool


@dataclass(frozen=True, slots=True)
class Effect:
    """What a change does to the plan: who leaves which slot, and what it asks for.

    `slots` counts those that it touches; `to_fill` the places in them that then lack somebody;
    `moved` those who stay in a slot, at another time than they were told.
    """

    gone: tuple[Gone, ...]
    slots: int = 0
    to_fill: int = 0
    moved: tuple[Gone, ...] = ()

    @property
    def told(self) -> tuple[Gone, ...]:
        """Those who were told otherwise by a published week: they must hear of it."""
        return tuple(each for each in self.gone if each.told)


def tried[Result](act: Callable[[], Result]) -> Result:
    """Return what an act would do, and forget that it was done. What it raises is raised."""
    with transaction.atomic():
        result = act()
        transaction.set_rollback(True)
    return result


def lock_plan(network: Network) -> None:
    """Let nobody place anybody in a network until the transaction ends."""
    rows = Worker.objects.select_for_update().filter(network=network)
    list(rows.order_by("pk").values_list("pk", flat=True))


def settle(
    *,
    network: Network,
    actor_id: UUID | None,
    why: str,
    rules: Collection[str] = (),
    slots: Collection[int] | None = None,
) -> tuple[Gone, ...]:
    """Take people out of slots to come that a blocking rule forbids as the plan stands.

    `rules` keeps to some rules, `slots` to what these slots (row numbers) are part of; they leave
    first. Otherwise what comes last leaves first, and what is fixed last of all.
    """
    today = localdate()
    held = Assignment.objects.filter(
        slot__network=network, slot__cancelled_at=None, slot__day__gte=today
    )
    if slots is not None:
        held = held.filter(worker__in=held.filter(slot__in=slots).values("worker"))
    last = held.filter(slot__day__lte=today + FAR).aggregate(last=Max("slot__day"))["last"]
    if last is None:
        return ()
    first = monday_of(today) - timedelta(weeks=WEEKS_BEFORE)
    days = (monday_of(last) + timedelta(days=7) - first).days
    workers = set(held.values_list("worker", flat=True))
    bench = Bench(ground_of(network, first, days, workers=workers, every_slot=False))
    found = [
        (seat, text)
        for worker in bench.ground.workers
        for seat, text in _leaving(bench, worker, set(rules), slots)
    ]
    return take_out(network=network, actor_id=actor_id, found=found, why=why)


def take_out(
    *, network: Network, actor_id: UUID | None, found: Sequence[tuple[Assignment, str]], why: str
) -> tuple[Gone, ...]:
    """Take people out of slots, each with the sentence that says why; say who was told of them."""
    if not found:
        return ()
    told = told_pairs(network, [seat.slot for seat, _text in found])
    carry_out(
        network=network,
        actor_id=actor_id,
        steps=[Step(seat.slot, None, seat.worker) for seat, _text in found],
        why=why,
    )
    gone = (
        Gone(seat.worker, seat.slot, text, (seat.worker_id, seat.slot_id) in told)
        for seat, text in found
    )
    return tuple(
        sorted(gone, key=lambda each: (each.slot.day, each.slot.start_minute, each.slot.pk))
    )


def told_pairs(network: Network, slots: Iterable[Slot]) -> frozenset[tuple[int, int]]:
    """Return which worker was told of which slot by a published week, by row numbers."""
    days = [slot.day for slot in slots]
    if not days:
        return frozenset()
    rows = published_between(network, min(days), max(days))
    return frozenset((row.worker_id, row.slot_id) for row in rows)


def _leaving(
    bench: Bench, worker: Worker, rules: Collection[str], slots: Collection[int] | None
) -> Iterator[tuple[Assignment, str]]:
    """Yield what a worker must leave, until nothing of what is looked for is forbidden."""
    ground = bench.ground
    here = {str(each.slot.public_id): each for each in ground.by_worker.get(worker.pk, ())}
    out: list[Slot] = []
    for seat in here.values():
        wanted = (not rules or "closure" in rules) and (slots is None or seat.slot_id in slots)
        if wanted and seat.slot.day >= localdate() and not ground.is_live(seat.slot):
            out.append(seat.slot)
            yield seat, _("The firm takes nobody that day.")
    while True:
        verdicts = bench.standing(worker, without=out, language=_language())
        chosen = _worst(verdicts, here, out, rules, slots)
        if chosen is None:
            return
        out.append(chosen[0].slot)
        yield chosen


def _worst(
    verdicts: Iterable[Verdict],
    here: Mapping[str, Assignment],
    out: Collection[Slot],
    rules: Collection[str],
    slots: Collection[int] | None,
) -> tuple[Assignment, str] | None:
    """Return which assignment the first blocking breach makes leave, with what it says."""
    gone = {slot.pk for slot in out}
    today = localdate()
    for verdict in verdicts:
        if verdict.severity != BLOCK or (rules and verdict.rule not in rules):
            continue
        seats = [here[each] for each in verdict.slots if each in here]
        if slots is not None and not any(seat.slot_id in slots for seat in seats):
            continue
        free = [seat for seat in seats if seat.slot.day >= today and seat.slot_id not in gone]
        if free:
            return max(free, key=lambda seat: _order(seat, slots or ())), verdict.text
    return None


def _order(seat: Assignment, slots: Collection[int]) -> tuple[bool, bool, object, int, int]:
    slot = seat.slot
    return slot.pk in slots, not seat.fixed, slot.day, slot.start_minute, slot.pk


def _language() -> str:
    return "fr" if (get_language() or "").startswith("fr") else "en"
