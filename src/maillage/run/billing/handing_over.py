"""The payroll of a month, handed over once: what came out otherwise is in the next.

The hours are those of `hours.paying`, to the hundredth: plain hours are what is left of them once
overtime, extra hours and travel are taken off. All that was told to the payroll is kept; a month
tells what stands for it and for the months before, less what was told already, so that nothing is
paid twice or never and no rounding adds up.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from maillage.foundation.audit.actions import record
from maillage.foundation.networks.acting import Acting
from maillage.foundation.networks.models import Network
from maillage.foundation.organisations.models import Organisation, Site
from maillage.run.billing.files.fields import rounded
from maillage.run.billing.files.payroll.export import NEUTRAL, payroll_csv, profile_called
from maillage.run.billing.files.payroll.variables import PayrollLine, Place, Variable
from maillage.run.billing.files.refusals import PayrollError
from maillage.run.billing.models import BillingProfile, PayHandover
from maillage.run.billing.pay_variables import INSTEAD, Counts, Key, counted_in
from maillage.run.billing.permissions import can_bill
from maillage.run.billing.pricing.lines import HOUR
from maillage.run.billing.refusals import BillingError
from maillage.run.employment.models import EmploymentContract, LendingAgreement, Worker
from maillage.run.group.queries import group_of
from maillage.run.hours.models import PayCut
from maillage.run.hours.paying import cut_pay, paid_time
from maillage.run.hours.prefilling import bounds_of

# These are part of the hours given; what is left of them is plain.
PART_OF_TIME: Final = frozenset({*INSTEAD.values(), Variable.TRAVEL})


@dataclass(frozen=True, slots=True)
class PayrollFile:
    """The file of a month in the columns of a payroll software; `handed_over`: for good."""

    name: str
    content: bytes
    lines: tuple[PayrollLine, ...]
    handed_over: bool


@transaction.atomic
def hand_over_pay(*, acting: Acting, month: date) -> PayHandover:
    """Write down what the payroll of a month is told, and cut its hours if nobody did yet.

    Raises BillingError, and HoursError for what keeps the hours from being cut.
    """
    network = _network(acting)
    first, _last = bounds_of(month)
    _check_turn(network, first)
    if not PayCut.objects.filter(network=network, month=first).exists():
        cut_pay(acting=acting, month=first)
    counts = _to_tell(network, first)
    _lines(network, first, counts)  # what the payroll would refuse is not handed over
    made = PayHandover.objects.create(
        network=network,
        month=first,
        lines=[[*key, str(amount)] for key, amount in sorted(counts.items())],
        made_by_id=acting.person.public_id,
    )
    record(
        actor_id=acting.person.public_id,
        act="hand over pay",
        subject_type="Network",
        subject_id=network.public_id,
        network_id=network.public_id,
        after={"month": first.isoformat(), "lines": len(counts)},
    )
    return made


def _check_turn(network: Network, first: date) -> None:
    """Refuse a month out of turn: the first one is free, each of the others follows the last."""
    latest = PayHandover.objects.filter(network=network).order_by("month").last()
    if latest is None:
        return
    if latest.month >= first:
        raise BillingError(
            _("The pay of this month is handed over already: the next puts it right.")
            if latest.month == first
            else _("The pay of a later month is handed over already.")
        )
    turn = bounds_of(latest.month)[1] + timedelta(days=1)
    if turn != first:
        month = date_format(turn, "YEAR_MONTH_FORMAT")
        raise BillingError(_("Hand over the pay of %(month)s first.") % {"month": month})


def payroll_file(*, acting: Acting, month: date, profile: str = NEUTRAL) -> PayrollFile:
    """Return the payroll file of a month: as handed over, before that as it stands.

    `profile` is a payroll software of `files.payroll`. Raises BillingError.
    """
    network = _network(acting)
    first, _last = bounds_of(month)
    kept = PayHandover.objects.filter(network=network, month=first).first()
    lines = _lines(network, first, _to_tell(network, first) if kept is None else _told([kept]))
    try:
        content = payroll_csv(lines, profile_called(profile))
    except PayrollError as error:
        raise BillingError(str(error), error.field) from error
    name = f"{profile}-{first:%Y-%m}.csv"
    return PayrollFile(name, content, tuple(lines), handed_over=kept is not None)


def _to_tell(network: Network, first: date) -> Counts:
    """Return what the payroll of a month is to be told, to the hundredth; no zero in it."""
    before = list(PayHandover.objects.filter(network=network, month__lt=first))
    standing: Counts = defaultdict(Decimal)
    for month in [first, *(one.month for one in before)]:
        for key, amount in counted_in(network, month).items():
            standing[key] += amount
    told = {key: amount for key, amount in _told(before).items() if key.variable != Variable.NORMAL}
    counts = {
        key: rounded(standing.get(key, Decimal(0)) - told.get(key, Decimal(0)))
        for key in {*standing, *told}
    }
    plain: Counts = defaultdict(Decimal)
    for paid in paid_time(network, first):
        key = Key(
            str(paid.contract.public_id), str(paid.organisation.public_id), str(Variable.NORMAL)
        )
        plain[key] += rounded(Decimal(paid.minutes + paid.regularised) / HOUR)
    for key, amount in counts.items():
        if key.variable in PART_OF_TIME:
            plain[Key(key.contract, key.firm, str(Variable.NORMAL))] -= amount
    return {key: amount for key, amount in {**counts, **plain}.items() if amount}


def _told(handed: Iterable[PayHandover]) -> Counts:
    counts: Counts = defaultdict(Decimal)
    for one in handed:
        for *key, amount in one.lines:
            counts[Key(*key)] += Decimal(amount)
    return counts


def _lines(network: Network, month: date, counts: Counts) -> list[PayrollLine]:
    """Return what is told as the lines of a file. Raises BillingError for what is incomplete."""
    contracts = {
        str(one.public_id): one
        for one in EmploymentContract.objects.filter(
            public_id__in={key.contract for key in counts}
        ).select_related("worker")
    }
    places = _places(network, counts)
    try:
        return [
            PayrollLine(
                month=f"{month:%Y-%m}",
                worker=f"{contracts[key.contract].worker.pk:04}",
                last_name=_names(contracts[key.contract].worker)[1],
                first_name=_names(contracts[key.contract].worker)[0],
                place=places[key.contract, key.firm],
                variable=Variable(key.variable),
                quantity=amount,
                period=key.period,
            )
            for key, amount in sorted(counts.items())
        ]
    except PayrollError as error:
        raise BillingError(str(error), error.field) from error


def _names(worker: Worker) -> tuple[str, str]:
    """Return the first name and the last name of a worker. Raises BillingError."""
    first, _space, last = worker.name.partition(" ")
    if not last:
        raise BillingError(
            _("%(who)s needs a first name and a last name: the payroll asks for both.")
            % {"who": worker.name},
            "name",
        )
    return first, last


def _places(network: Network, counts: Iterable[Key]) -> Mapping[tuple[str, str], Place]:
    """Return where each contract works for each firm: the site of the lending, else the main one.

    Raises BillingError for a place without its number.
    """
    wanted = {(key.contract, key.firm) for key in counts}
    firms = {
        str(one.public_id): one
        for one in Organisation.objects.filter(public_id__in={firm for _c, firm in wanted if firm})
    }
    ids = [firm.pk for firm in firms.values()]
    sites = Site.objects.filter(organisation__in=ids, closed_on=None).order_by("is_main", "-pk")
    main = {site.organisation_id: site for site in sites}
    lent = {
        (str(one.contract.public_id), one.organisation_id): one.site
        for one in LendingAgreement.objects.filter(
            contract__public_id__in={contract for contract, _f in wanted}, site__isnull=False
        )
        .select_related("contract", "site")
        .order_by("starts_on", "pk")
    }
    found: dict[tuple[str, str], Place] = {}
    for contract, firm in wanted:
        if not firm:
            found[contract, firm] = _own_place(network)
            continue
        site = lent.get((contract, firms[firm].pk)) or main.get(firms[firm].pk)
        if site is None or not site.siret:
            raise BillingError(
                _("%(firm)s has no SIRET number: complete its record.")
                % {"firm": firms[firm].name},
                "siret",
            )
        found[contract, firm] = Place(siret=site.siret, name=firms[firm].name, lent=True)
    return found


def _own_place(network: Network) -> Place:
    group = group_of(network)
    profile = BillingProfile.objects.filter(network=network).first()
    if group is None or profile is None or not profile.siret:
        raise BillingError(_("Give the SIRET number of the group with who bills."), "siret")
    return Place(siret=profile.siret, name=group.name, lent=False)


def _network(acting: Acting) -> Network:
    if acting.network is None or not can_bill(acting):
        raise PermissionDenied
    return acting.network
