"""Hours that pay is prepared with: an estimate at the cut-off, put right with the next pay.

A payroll is prepared before its month ends. What is not worked yet is taken as planned; the next
month carries what differed, so that all that was given is paid, once.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from maillage.foundation.audit.actions import record
from maillage.foundation.networks.acting import Acting
from maillage.foundation.networks.models import Network
from maillage.foundation.organisations.models import Organisation
from maillage.run.employment.models import EmploymentContract, Worker
from maillage.run.hours.models import Adjustment, HourEntry, PayCut
from maillage.run.hours.permissions import can_keep_hours
from maillage.run.hours.prefilling import bounds_of, prefill
from maillage.run.hours.queries import entries_of
from maillage.run.hours.refusals import HoursError

type Key = tuple[str, str]  # public ids of a contract and of a firm


@dataclass(frozen=True, slots=True)
class PaidTime:
    """Minutes of a worker in one firm that a month pays; `regularised` comes from months before."""

    worker: Worker
    contract: EmploymentContract
    organisation: Organisation
    minutes: int
    regularised: int


@transaction.atomic
def cut_pay(*, acting: Acting, month: date) -> PayCut:
    """Write down what the pay of a month is prepared with, once. Raises HoursError."""
    network = acting.network
    if network is None or not can_keep_hours(acting):
        raise PermissionDenied
    first, _last = bounds_of(month)
    if PayCut.objects.filter(network=network, month=first).exists():
        raise HoursError(_("The pay of this month is prepared already: the next puts it right."))
    prefill(network, first)
    lines = [
        [str(one.contract.public_id), str(one.organisation.public_id), one.minutes, one.regularised]
        for one in paid_time(network, first)
    ]
    made = PayCut.objects.create(
        network=network, month=first, made_by_id=acting.person.public_id, lines=lines
    )
    record(
        actor_id=acting.person.public_id,
        act="cut pay",
        subject_type="Network",
        subject_id=network.public_id,
        network_id=network.public_id,
        after={"month": first.isoformat(), "lines": len(lines)},
    )
    return made


def paid_time(network: Network, month: date) -> list[PaidTime]:
    """Return what the pay of a month holds by contract and firm, for whoever keeps the hours.

    Once it is cut, what was written down. Before, the hours of the month as they stand; and all
    that stands for months already cut, with adjustments, less all that their pays held.
    """
    first, _last = bounds_of(month)
    cuts = list(PayCut.objects.filter(network=network, month__lte=first))
    paid: dict[Key, int] = defaultdict(int)
    for cut in cuts:
        if cut.month == first:
            return _written(cut)
        for contract, firm, minutes, regularised in cut.lines:
            paid[contract, firm] += minutes + regularised
    own = _given(entries_of(network, first))
    owed: dict[Key, int] = defaultdict(int)
    for cut in cuts:
        for key, minutes in _given(entries_of(network, cut.month)).items():
            owed[key] += minutes
    counted = [first, *(cut.month for cut in cuts)]
    for one in Adjustment.objects.filter(network=network, month__in=counted).select_related(
        "contract", "organisation"
    ):
        owed[_key(one)] += one.presence_minutes
    keys = {*own, *owed, *paid}
    return _named([(*key, own.get(key, 0), owed[key] - paid[key]) for key in keys])


def _given(entries: Iterable[HourEntry]) -> Mapping[Key, int]:
    """Return the presence of entries, in minutes, by contract and firm."""
    found: dict[Key, int] = defaultdict(int)
    for one in entries:
        found[_key(one)] += one.presence_minutes
    return found


def _key(one: HourEntry | Adjustment) -> Key:
    return str(one.contract.public_id), str(one.organisation.public_id)


def _written(cut: PayCut) -> list[PaidTime]:
    return _named([tuple(line) for line in cut.lines])


def _named(lines: Iterable[tuple[str, str, int, int]]) -> list[PaidTime]:
    """Return lines with their contracts and firms, by the name of the worker; none of no time."""
    kept = [line for line in lines if line[2] or line[3]]
    contracts = {
        str(one.public_id): one
        for one in EmploymentContract.objects.filter(
            public_id__in={line[0] for line in kept}
        ).select_related("worker")
    }
    firms = {
        str(one.public_id): one
        for one in Organisation.objects.filter(public_id__in={line[1] for line in kept})
    }
    found = [
        PaidTime(contracts[contract].worker, contracts[contract], firms[firm], minutes, right)
        for contract, firm, minutes, right in kept
    ]
    return sorted(
        found, key=lambda one: (one.worker.folded_name, one.contract.pk, one.organisation.pk)
    )
