"""The one legality function: what a worker's plan would break, by whatever door it comes in.

Every door (the board, a call, an import, the proposal of a search) asks here, and `placing`, the
only writer of assignments, refuses what forbids.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from maillage.foundation.networks.models import Network
from maillage.run.employment.models import Worker
from maillage.run.planning.bridge.judging import Bench, Verdict
from maillage.run.planning.gathering import ground_of, monday_of
from maillage.run.planning.models import Slot

# Days judged around a slot: the week before for rests, eleven weeks after for averages.
WEEKS_BEFORE: Final = 1
WEEKS_AFTER: Final = 11

BLOCK: Final = "block"
NEEDS_DOCUMENT: Final = "needs_document"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that a worker's plan would break.

    `severity` is "block", "needs_document" or "warn"; `text` a sentence for people, in their
    language, that names the worker, the figure and the limit; `slots` the public ids concerned.
    `forbids`: it cannot be done, or not without a document that the worker does not have.
    """

    rule: str
    severity: str
    article: str
    text: str
    slots: tuple[UUID, ...] = ()
    forbids: bool = False

    @property
    def may_be_overridden(self) -> bool:
        """Whether a document and a reason given now would allow it."""
        return self.severity == NEEDS_DOCUMENT


@dataclass(frozen=True, slots=True)
class Headroom:
    """What the law leaves a worker, in minutes; it says nothing of where the others are worked."""

    day: int
    week: int


def findings_of(
    *, worker: Worker, add: Iterable[Slot] = (), remove: Iterable[Slot] = ()
) -> tuple[Finding, ...]:
    """Return what a worker's plan would break that it does not break already; the gravest first.

    All the worker's assignments, jobs elsewhere, absences, leave, lending agreements and
    competitors kept apart are looked at.
    """
    return findings_for(worker.network, {worker.pk: (tuple(add), tuple(remove))})[worker.pk]


def findings_for(
    network: Network, changes: Mapping[int, tuple[tuple[Slot, ...], tuple[Slot, ...]]]
) -> Mapping[int, tuple[Finding, ...]]:
    """Return the findings of several workers (row numbers), each with slots to add and to remove.

    The number of queries does not depend on how many they are.
    """
    slots = [slot for add, remove in changes.values() for slot in (*add, *remove)]
    if not slots:
        return dict.fromkeys(changes, ())
    bench = _bench(network, [slot.day for slot in slots], set(changes), slots)
    known = {worker.pk: worker for worker in bench.ground.workers}
    return {pk: _judged(bench, known.get(pk), add, remove) for pk, (add, remove) in changes.items()}


def headroom_of(network: Network, workers: Iterable[int], day: date) -> Mapping[int, Headroom]:
    """Return what the law leaves some workers (row numbers) on a day and in its week."""
    bench = _bench(network, [day], set(workers), [])
    return {
        worker.pk: Headroom(*bench.minutes_left(worker, day)) for worker in bench.ground.workers
    }


def _bench(network: Network, days: list[date], workers: set[int], slots: list[Slot]) -> Bench:
    """Read what the workers' plans around some days depend on, with slots they do not hold yet."""
    first = monday_of(min(days)) - timedelta(weeks=WEEKS_BEFORE)
    last = monday_of(max(days)) + timedelta(weeks=WEEKS_AFTER + 1)
    ground = ground_of(
        network, first, (last - first).days, workers=workers, every_slot=False, also=slots
    )
    return Bench(ground)


def _judged(
    bench: Bench, worker: Worker | None, add: tuple[Slot, ...], remove: tuple[Slot, ...]
) -> tuple[Finding, ...]:
    if worker is None:
        return (_no_contract(add),) if add else ()
    closed = tuple(slot for slot in add if not bench.ground.is_live(slot))
    found = [_closed(slot) for slot in closed]
    verdicts = bench.verdicts(
        worker,
        add=[slot for slot in add if slot not in closed],
        remove=remove,
        language="fr" if (get_language() or "").startswith("fr") else "en",
    )
    found += [_finding(verdict) for verdict in verdicts]
    return tuple(sorted(found, key=lambda each: (not each.forbids, each.severity != BLOCK)))


def _finding(verdict: Verdict) -> Finding:
    return Finding(
        rule=verdict.rule,
        severity=verdict.severity,
        article=verdict.article,
        text=verdict.text,
        slots=tuple(UUID(each) for each in verdict.slots if "-" in each and " " not in each),
        forbids=verdict.severity == BLOCK or (verdict.paper and not verdict.held),
    )


def _no_contract(add: tuple[Slot, ...]) -> Finding:
    return Finding(
        rule="contract",
        severity=BLOCK,
        article="L1253-9",
        text=_("No contract with the group covers that day."),
        slots=tuple(slot.public_id for slot in add),
        forbids=True,
    )


def _closed(slot: Slot) -> Finding:
    return Finding(
        rule="closure",
        severity=BLOCK,
        article="",
        text=_("%(firm)s takes nobody that day: it is closed, or no longer needs this slot.")
        % {"firm": slot.organisation.name},
        slots=(slot.public_id,),
        forbids=True,
    )
