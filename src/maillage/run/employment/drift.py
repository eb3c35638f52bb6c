"""Whether shared work drifts: short contracts, turnover, exits, employers per worker.

Each function returns a measure of a network on a day, from what is dated on or before that day; it
counts the twelve months that end with it. The scope of the network is open.
"""

from collections import Counter
from datetime import date
from typing import Final

from django.db.models import QuerySet

from maillage.bricks.indicators.measures import Line, Measure, mean, share, year_before
from maillage.foundation.networks.models import Network
from maillage.run.employment.enums import SHORT, SUCCESSES, ContractKind, EndReason
from maillage.run.employment.models import EmploymentContract, LendingAgreement, Worker
from maillage.run.employment.queries import in_force

MOST_LINES: Final = 20


def short_share(network: Network, day: date) -> Measure:
    """Return the share of short contracts among those begun in twelve months."""
    begun = _begun(network, day)
    short = begun.filter(kind__in=SHORT).count()
    return share(short, begun.count())


def short_length(network: Network, day: date) -> Measure:
    """Return the mean length, in days, of the short contracts begun in twelve months.

    A contract counts to its real end when it has ended, else to the agreed one; one with neither
    (until somebody comes back) cannot be counted yet.
    """
    days, counted, unknown = 0, 0, 0
    for contract in _begun(network, day).filter(kind__in=SHORT):
        ended = contract.ended_on
        end = ended if ended is not None and ended <= day else contract.ends_on
        if end is None:
            unknown += 1
        else:
            counted += 1
            days += (end - contract.starts_on).days + 1
    return mean(days, counted, unknown)


def turnover(network: Network, day: date) -> Measure:
    """Return arrivals and departures, halved, against the people in place at both ends."""
    first = year_before(day)
    begun = _begun(network, day).count()
    ended = _ended(network, day).count()
    before = held_on(network, date.fromordinal(first.toordinal() - 1)).count()
    after = held_on(network, day).count()
    return share(begun + ended, before + after)


def permanent_share(network: Network, day: date) -> Measure:
    """Return the share of permanent contracts among those in force."""
    held = held_on(network, day)
    return share(held.filter(kind=ContractKind.PERMANENT).count(), held.count())


def stable_exits(network: Network, day: date) -> Measure:
    """Return the share of those who left in twelve months for a stable job.

    Those whose reason is not known ("other") cannot be counted.
    """
    reasons = Counter(_ended(network, day).values_list("end_reason", flat=True))
    unknown = reasons.pop(EndReason.OTHER, 0)
    return share(sum(reasons[one] for one in SUCCESSES), reasons.total(), unknown)


def employers_per_worker(network: Network, day: date) -> Measure:
    """Return how many firms a worker is lent to, on average; who is lent to none is not counted."""
    firms = _firms_of_workers(network, day)
    held = set(held_on(network, day).values_list("worker_id", flat=True))
    lent = {worker: len(known) for worker, known in firms.items() if worker in held}
    names = _names(network, lent)
    most = sorted(lent, key=lambda worker: (-lent[worker], names[worker]))[:MOST_LINES]
    lines = [Line(names[worker], str(lent[worker])) for worker in most]
    return mean(sum(lent.values()), len(lent), len(held) - len(lent), lines)


def _begun(network: Network, day: date) -> QuerySet[EmploymentContract]:
    return _contracts(network).filter(starts_on__gte=year_before(day), starts_on__lte=day)


def _ended(network: Network, day: date) -> QuerySet[EmploymentContract]:
    return _contracts(network).filter(ended_on__gte=year_before(day), ended_on__lte=day)


def held_on(network: Network, day: date) -> QuerySet[EmploymentContract]:
    """Return the contracts that somebody works under on a day."""
    return _contracts(network).filter(in_force(day, day))


def _contracts(network: Network) -> QuerySet[EmploymentContract]:
    return EmploymentContract.objects.filter(worker__network=network)


def _firms_of_workers(network: Network, day: date) -> dict[int, set[int]]:
    rows = LendingAgreement.objects.filter(
        in_force(day, day), contract__worker__network=network, signed_on__lte=day
    )
    firms: dict[int, set[int]] = {}
    for worker, firm in rows.values_list("contract__worker_id", "organisation_id"):
        firms.setdefault(worker, set()).add(firm)
    return firms


def _names(network: Network, workers: dict[int, int]) -> dict[int, str]:
    rows = Worker.objects.filter(network=network, pk__in=workers)
    return dict(rows.values_list("pk", "name"))
