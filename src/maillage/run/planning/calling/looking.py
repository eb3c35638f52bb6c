"""Who could come, in order, kept with the call: read at once by whoever opens its page.

Every answer that is kept was judged by the one legality function; it is judged again, under lock,
when somebody says yes.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from django.utils.timezone import localtime, now

from maillage.bricks.indicators.queries import limit_of
from maillage.foundation.networks.models import Network
from maillage.run.employment.models import Worker
from maillage.run.planning.bridge.repairs import Answer, Mending
from maillage.run.planning.fairness import URGENT_CALLS, at_the_cap, urgent_calls_of
from maillage.run.planning.gathering import Ground, ground_of, monday_of
from maillage.run.planning.legality import findings_for
from maillage.run.planning.models import Call, Slot

WEEKS_BEFORE: Final = 1
WEEKS_AFTER: Final = 3
CAP: Final = "urgent_cap"


def look(calls: Sequence[Call], at: datetime | None = None) -> None:
    """Look for who could come to each call, and keep it with the call."""
    if not calls:
        return
    moment = at or now()
    network = calls[0].network
    days = [call.slot.day for call in calls]
    first = monday_of(min(days)) - timedelta(weeks=WEEKS_BEFORE)
    last = monday_of(max(days)) + timedelta(weeks=WEEKS_AFTER)
    ground = ground_of(network, first, (last - first).days)
    mending = Mending(ground, _minutes_since(first, moment))
    for call in calls:
        call.answers = _looked(ground, mending, call)
        call.looked_at = moment
        call.save(update_fields=["answers", "looked_at"])


def _looked(ground: Ground, mending: Mending, call: Call) -> dict[str, Any]:
    network = call.network
    capped = at_the_cap(network, call.slot.day)
    absent = {call.absence.worker_id} if call.absence is not None else set()
    found = mending.answers_for(call.slot, capped | absent)
    lawful = [each for each in found.answers if is_lawful(network, ground, call.slot, each)]
    calls = urgent_calls_of(network, _last_of_month(call.slot.day))
    row_of = {str(worker.public_id): worker.pk for worker in ground.workers}
    return {
        "answers": [
            {**asdict(each), "calls": calls[row_of[each.worker_id]], "rank": rank}
            for rank, each in enumerate(lawful, 1)
        ],
        "excluded": [
            *_capped(ground.workers, call.slot, capped - absent, calls, network),
            *(asdict(each) for each in found.excluded),
        ],
        "free": found.free,
        "to_sign": list(found.to_sign),
        "others": found.others,
    }


def is_lawful(network: Network, ground: Ground, slot: Slot, answer: Answer) -> bool:
    """Whether nothing that an answer changes is forbidden, by the one legality function."""
    slots = {str(each.public_id): each for each in (*ground.slots, slot)}
    rows = {str(worker.public_id): worker.pk for worker in ground.workers}
    changes: dict[int, tuple[list[Slot], list[Slot]]] = {rows[answer.worker_id]: ([slot], [])}
    for passing in answer.moves:
        changes.setdefault(rows[passing.from_id], ([], []))[1].append(slots[passing.slot_id])
        changes.setdefault(rows[passing.to_id], ([], []))[0].append(slots[passing.slot_id])
    asked = {pk: (tuple(add), tuple(remove)) for pk, (add, remove) in changes.items()}
    found = findings_for(network, asked)
    return not any(each.forbids for findings in found.values() for each in findings)


def _capped(
    workers: Iterable[Worker],
    slot: Slot,
    capped: Collection[int],
    calls: Any,
    network: Network,
) -> list[dict[str, Any]]:
    """Return those who could do the work and have had their share of calls this month."""
    able = [
        worker
        for worker in workers
        if worker.pk in capped
        and any(skill.occupation == slot.occupation for skill in worker.skills.all())
    ]
    limit = int(limit_of(network, URGENT_CALLS)) if able else 0
    return [
        {
            "worker_id": str(worker.public_id),
            "rule": CAP,
            "calls": calls[worker.pk],
            "cap": limit,
        }
        for worker in able
    ]


def _minutes_since(first: date, moment: datetime) -> int:
    clock = localtime(moment).replace(tzinfo=None)
    return int((clock - datetime.combine(first, time())).total_seconds() // 60)


def _last_of_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1) - timedelta(days=1)
