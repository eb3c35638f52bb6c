"""Whether shared work is fair: urgent calls, new faces, moving about without being paid for it.

Each function returns a measure of a network on a day, from what is dated on or before that day.
The scope of the network is open.
"""

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.db.models import Case, Q, QuerySet, When
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from maillage.bricks.indicators.measures import Line, Measure, largest, months_before, share
from maillage.bricks.indicators.queries import limit_of
from maillage.foundation.networks.models import Network
from maillage.foundation.organisations.models import Organisation
from maillage.run.employment.models import EmploymentContract, Worker
from maillage.run.planning.enums import OfferState
from maillage.run.planning.models import Assignment, CallOffer

MOBILITY_WEEKS: Final = 12
MANY_SITES: Final = 4
MONTHS_OF_QUARTER: Final = 3
MOST_LINES: Final = 20
URGENT_CALLS: Final = "urgent_calls"


def urgent_calls_of(network: Network, day: date) -> Counter[int]:
    """Return how many urgent calls each worker (row number) accepted for the month of a day.

    A call counts in the month of the work, up to that day.
    """
    first = day.replace(day=1)
    rows = CallOffer.objects.filter(
        call__network=network,
        state=OfferState.ACCEPTED,
        call__slot__day__gte=first,
        call__slot__day__lte=day,
    )
    return Counter(rows.values_list("worker_id", flat=True))


def at_the_cap(network: Network, day: date) -> frozenset[int]:
    """Return the workers (row numbers) who have had their share of urgent calls this month.

    They are not called again before the next month: for whoever answers an absence.
    """
    end = months_before(day.replace(day=1), -1) - timedelta(days=1)
    cap = limit_of(network, URGENT_CALLS)
    return frozenset(
        worker for worker, calls in urgent_calls_of(network, end).items() if calls >= cap
    )


def urgent_calls(network: Network, day: date) -> Measure:
    """Return the most urgent calls that one worker accepted in the month of a day."""
    calls = urgent_calls_of(network, day)
    cap = limit_of(network, URGENT_CALLS)
    names = dict(Worker.objects.filter(pk__in=calls).values_list("pk", "name"))
    most = sorted(calls, key=lambda worker: (-calls[worker], names[worker]))[:MOST_LINES]
    lines = [Line(names[one], str(calls[one]), calls[one] > cap) for one in most]
    return largest(list(calls.values()), lines=lines)


def new_faces(network: Network, day: date) -> Measure:
    """Return the most new faces that one firm saw in the quarter of a day.

    A face is new when its worker had never worked in the firm before the quarter; a firm that
    had nobody before it cannot be judged yet.
    """
    first = months_before(day.replace(day=1), (day.month - 1) % MONTHS_OF_QUARTER)
    rows = _worked(network, day).values_list("slot__organisation_id", "worker_id", "slot__day")
    before: dict[int, set[int]] = defaultdict(set)
    during: dict[int, set[int]] = defaultdict(set)
    for firm, worker, on in rows.distinct():
        (during if on >= first else before)[firm].add(worker)
    fresh = {firm: len(faces - before[firm]) for firm, faces in during.items() if before[firm]}
    limit = limit_of(network, "new_faces")
    names = dict(Organisation.objects.filter(pk__in=fresh).values_list("pk", "name"))
    most = sorted(fresh, key=lambda firm: (-fresh[firm], names[firm]))[:MOST_LINES]
    lines = [Line(names[one], str(fresh[one]), fresh[one] > limit) for one in most]
    return largest(list(fresh.values()), len(during) - len(fresh), lines)


@dataclass(frozen=True, slots=True)
class Mobility:
    """How much a worker moves: places worked at in twelve weeks, days with several of them."""

    worker: int
    name: str
    sites: int
    split_days: int
    paid: bool


def mobility_of(network: Network, day: date) -> list[Mobility]:
    """Return how much each worker of the last twelve weeks moved, those who moved most first.

    A slot without a site is at the main one of its firm.
    """
    since = day - timedelta(weeks=MOBILITY_WEEKS) + timedelta(days=1)
    rows = _worked(network, day).filter(slot__day__gte=since)
    places: dict[int, set[tuple[int, int | None]]] = defaultdict(set)
    days: dict[tuple[int, date], set[tuple[int, int | None]]] = defaultdict(set)
    names: dict[int, str] = {}
    elsewhere = Case(When(slot__site__is_main=False, then="slot__site_id"))
    for worker, name, firm, site, on in rows.annotate(elsewhere=elsewhere).values_list(
        "worker_id", "worker__name", "slot__organisation_id", "elsewhere", "slot__day"
    ):
        names[worker] = name
        places[worker].add((firm, site))
        days[worker, on].add((firm, site))
    split = Counter(worker for (worker, _on), seen in days.items() if len(seen) > 1)
    paid = _paid_for_moving(names, day)
    found = [
        Mobility(worker, name, len(places[worker]), split[worker], worker in paid)
        for worker, name in names.items()
    ]
    return sorted(found, key=lambda one: (-one.sites, -one.split_days, one.name))


def unpaid_mobility(network: Network, day: date) -> Measure:
    """Return the share of the workers of many places who are paid nothing for moving."""
    many = [one for one in mobility_of(network, day) if one.sites >= MANY_SITES]
    unpaid = [one for one in many if not one.paid]
    lines = [Line(one.name, _moves(one), past=True) for one in unpaid[:MOST_LINES]]
    return share(len(unpaid), len(many), lines=lines)


def _moves(one: Mobility) -> str:
    sites = ngettext("%(n)s place", "%(n)s places", one.sites) % {"n": one.sites}
    days = ngettext(
        "%(n)s day in several places", "%(n)s days in several places", one.split_days
    ) % {"n": one.split_days}
    return _("%(places)s, %(days)s") % {"places": sites, "days": days}


def _paid_for_moving(workers: Collection[int], day: date) -> set[int]:
    rows = EmploymentContract.objects.filter(
        worker__in=workers, starts_on__lte=day, mobility_premium__gt=0
    ).filter(Q(ended_on=None) | Q(ended_on__gte=day))
    return set(rows.values_list("worker_id", flat=True))


def _worked(network: Network, day: date) -> QuerySet[Assignment]:
    """Return the assignments of a network up to a day, but those of slots given up."""
    return Assignment.objects.filter(
        slot__network=network, slot__day__lte=day, slot__cancelled_at=None
    ).order_by()
