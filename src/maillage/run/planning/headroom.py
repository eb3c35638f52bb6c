"""How much longer the law lets the workers of a firm work, for that firm: hours, never places.

The same figures as `legality.headroom_of`, from what they depend on and nothing more: a firm's
page asks for them each time it is opened.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from maillage.foundation.networks.models import Network
from maillage.foundation.organisations.models import Organisation, Site
from maillage.run.employment.models import EmploymentContract, WeeklyTime, Worker
from maillage.run.employment.queries import in_force
from maillage.run.planning.bridge.judging import Bench
from maillage.run.planning.enums import HolidayOpening
from maillage.run.planning.gathering import WEEKS_BEHIND, Ground, Shift, monday_of
from maillage.run.planning.legality import Headroom
from maillage.run.planning.models import Assignment, HolidayRule, RuleChange

WEEK = 7
# What a worker's hours do not depend on: read as none.
NOT_READ = ("skills", "authorisations", "leaves", "absences")


@dataclass(frozen=True, slots=True)
class WorkerRoom:
    """A worker lent to a firm, how long they may still work, what their week holds; in minutes."""

    worker: Worker
    left: Headroom
    planned: int


def headroom_in(network: Network, firm: Organisation, day: date) -> list[WorkerRoom]:
    """Return what the law leaves each worker lent to a firm, on a day and in its week.

    Six queries, whatever the number of workers.
    """
    workers = _lent(network, firm, day)
    if not workers:
        return []
    ground = _ground(network, workers, monday_of(day))
    bench = Bench(ground)
    return [
        WorkerRoom(
            worker,
            Headroom(*bench.minutes_left(worker, day)),
            sum(each.slot.minutes for each in ground.by_worker.get(worker.pk, ())),
        )
        for worker in workers
    ]


def _lent(network: Network, firm: Organisation, day: date) -> list[Worker]:
    contracts = (
        EmploymentContract.objects.filter(
            in_force(day, day),
            in_force(day, day, path="lendings__"),
            worker__network=network,
            lendings__organisation=firm,
            lendings__signed_on__isnull=False,
        )
        .select_related("worker__network")
        .prefetch_related("amendments")
        .order_by("worker__folded_name", "worker_id", "pk")
        .distinct()
    )
    workers: dict[int, Worker] = {}
    held: dict[int, list[EmploymentContract]] = defaultdict(list)
    for contract in contracts:
        workers.setdefault(contract.worker_id, contract.worker)
        held[contract.worker_id].append(contract)
    times: dict[int, list[WeeklyTime]] = defaultdict(list)
    for each in WeeklyTime.objects.filter(worker__in=workers):
        times[each.worker_id].append(each)
    for pk, worker in workers.items():
        for contract in held[pk]:
            _known(contract, lendings=[])
        _known(worker, contracts=held[pk], weekly_times=times[pk], **dict.fromkeys(NOT_READ, ()))
    return list(workers.values())


def _known(row: Worker | EmploymentContract, **related: Sequence[object]) -> None:
    """Say what is related to a row that was read some other way, so that nothing is read again.

    As `prefetch_related_objects` does, in fewer queries.
    """
    cache: dict[str, object] = dict(getattr(row, "_prefetched_objects_cache", {}))
    for name, rows in related.items():
        found = getattr(row, name).none()
        found._result_cache = list(rows)  # noqa: SLF001 -- no public way to fill a queryset
        cache[name] = found
    row._prefetched_objects_cache = cache  # type: ignore[union-attr]  # noqa: SLF001 -- same


def _ground(network: Network, workers: Sequence[Worker], monday: date) -> Ground:
    last = monday + timedelta(days=WEEK - 1)
    people = {worker.pk: worker for worker in workers}
    rows = Assignment.objects.filter(
        worker__in=people,
        slot__network=network,
        slot__cancelled_at=None,
        slot__day__gte=monday - timedelta(weeks=WEEKS_BEHIND),
        slot__day__lte=last,
    ).select_related("slot__organisation")
    held: list[Assignment] = []
    past: list[Shift] = []
    for each in rows.order_by("slot__day", "slot__start_minute", "slot_id"):
        each.worker = people[each.worker_id]
        if each.slot.day >= monday:
            held.append(each)
        else:
            past.append(_shift(each))
    slots = {each.slot_id: each.slot for each in held}
    for each in held:
        each.slot = slots[each.slot_id]
    firms = {slot.organisation_id for slot in slots.values()}
    sites = Site.objects.filter(organisation__in=firms, closed_on=None)
    changes = RuleChange.objects.filter(network=network, starts_on__lte=last)
    return Ground(
        network=network,
        first=monday,
        days=WEEK,
        workers=workers,
        slots=list(slots.values()),
        held=held,
        past=past,
        sites={site.pk: site for site in sites},
        apart=frozenset(),
        closures=(),
        # What is planned on a public holiday counts as work, whatever the firm decides of it.
        holiday_rules=[
            HolidayRule(
                organisation_id=slot.organisation_id, day=slot.day, opening=HolidayOpening.OPEN
            )
            for slot in slots.values()
        ],
        rule_changes=[one for one in changes if one.ends_on is None or one.ends_on >= monday],
    )


def _shift(each: Assignment) -> Shift:
    slot = each.slot
    return Shift(
        worker_id=each.worker_id,
        organisation_id=slot.organisation_id,
        day=slot.day,
        start_minute=slot.start_minute,
        end_minute=slot.end_minute,
        break_minutes=slot.break_minutes,
        urgent=slot.urgent,
        unpleasant=slot.unpleasant,
    )
