"""Who is likely to leave in the next months, and the recruitments that this asks for."""

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count, Q
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from maillage.bricks.indicators.measures import year_before
from maillage.foundation.audit.actions import record
from maillage.foundation.networks.acting import Acting
from maillage.foundation.networks.models import Network, Task
from maillage.run.employment.enums import ContractKind
from maillage.run.employment.models import EmploymentContract, Recruitment
from maillage.run.employment.queries import in_force

AHEAD_DAYS: Final = 90
YEAR_DAYS: Final = 365
SEARCH_DAYS: Final = 30  # before somebody is needed
INDUCTION_DAYS: Final = 14  # after


@dataclass(frozen=True, slots=True)
class Forecast:
    """Departures to be expected up to a day: those known by name, and how many more as usual."""

    until: date
    known: tuple[EmploymentContract, ...]
    usual: int

    @property
    def total(self) -> int:
        """How many departures are to be expected."""
        return len(self.known) + self.usual


def forecast(network: Network, day: date) -> Forecast:
    """Return the departures to be expected in the ninety days after a day.

    Known ones are contracts that end in these days. Besides, as many permanent workers leave as in
    the last twelve months, in proportion to the days and to how many they are.
    """
    until = day + timedelta(days=AHEAD_DAYS)
    contracts = EmploymentContract.objects.filter(worker__network=network)
    ends_soon = Q(ended_on__gt=day, ended_on__lte=until) | Q(
        ended_on=None, ends_on__gt=day, ends_on__lte=until
    )
    known = contracts.filter(ends_soon, starts_on__lte=day).select_related("worker")
    first = year_before(day)
    permanent = Q(kind=ContractKind.PERMANENT)
    eve = first - timedelta(days=1)
    counted = contracts.aggregate(
        left=Count("pk", filter=permanent & Q(ended_on__gte=first, ended_on__lte=day)),
        before=Count("pk", filter=permanent & in_force(eve, eve)),
        here=Count("pk", filter=permanent & in_force(day, day)),
        leaving=Count("pk", filter=permanent & in_force(day, day) & ends_soon),
    )
    here = counted["here"] - counted["leaving"]
    usual = _usual(counted["left"], counted["before"], here)
    return Forecast(until, tuple(known.order_by("ends_on", "id")), usual)


def _usual(left: int, before: int, here: int) -> int:
    """Return the departures as usual, rounded to the nearest: rate of the year, days, people."""
    people = Fraction(before + here, 2)
    if not people:
        return 0
    expected = left / people * here * Fraction(AHEAD_DAYS, YEAR_DAYS)
    return int(expected + Fraction(1, 2))


@transaction.atomic
def open_recruitments(*, acting: Acting) -> list[Recruitment]:
    """Open a recruitment for each departure of the forecast that has none; return the new ones.

    Each comes with two tasks: find somebody before the day, then settle them in.
    """
    network = acting.network
    if network is None or not acting.can("manage_staff"):
        raise PermissionDenied
    Network.objects.select_for_update().get(pk=network.pk)
    today = localdate()
    coming = forecast(network, today)
    done = set(
        Recruitment.objects.filter(contract__in=coming.known).values_list("contract_id", flat=True)
    )
    opened = [
        _open(acting, network, contract, contract.ended_on or contract.ends_on or coming.until)
        for contract in coming.known
        if contract.pk not in done
    ]
    waiting = Recruitment.objects.filter(
        network=network, contract=None, needed_on__gt=today, needed_on__lte=coming.until
    ).count()
    more = range(coming.usual - waiting)
    return opened + [_open(acting, network, None, coming.until) for _rank in more]


def _open(
    acting: Acting, network: Network, contract: EmploymentContract | None, needed_on: date
) -> Recruitment:
    if contract is None:
        titles = (
            _("Recruit ahead: a departure is to be expected, as in other years"),
            _("Settle in the person recruited ahead: firms, tutor, first days"),
        )
    else:
        words = {"post": contract.title, "name": contract.worker.name}
        titles = (
            _("Recruit: %(post)s, to follow %(name)s") % words,
            _("Settle in whoever follows %(name)s (%(post)s): firms, tutor, first days") % words,
        )
    search_by = max(needed_on - timedelta(days=SEARCH_DAYS), localdate())
    days = (search_by, needed_on + timedelta(days=INDUCTION_DAYS))
    search, induction = (
        Task.objects.create(network=network, title=title[:200], due_on=due)
        for title, due in zip(titles, days, strict=True)
    )
    opened = Recruitment.objects.create(
        network=network,
        contract=contract,
        post=contract.title if contract is not None else "",
        needed_on=needed_on,
        task=search,
        induction=induction,
    )
    record(
        actor_id=acting.person.public_id,
        act="open_recruitment",
        subject_type="Task",
        subject_id=search.public_id,
        network_id=network.public_id,
        after={"needed_on": needed_on.isoformat(), "post": opened.post},
    )
    return opened
