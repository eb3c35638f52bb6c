"""A firm leaves the group: its notice, what it still owes, the hours to re-place, the contracts."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from maillage.foundation.networks.acting import Acting
from maillage.foundation.networks.models import Network
from maillage.foundation.organisations.models import Organisation
from maillage.run.employment.amending import change_users_of
from maillage.run.employment.durations import days_between, months_after
from maillage.run.employment.duties import set_duty, users_key
from maillage.run.employment.lending import close_lending
from maillage.run.employment.models import EmploymentContract, LendingAgreement
from maillage.run.employment.models_of_contracts import ContractTerms, UsersChange
from maillage.run.employment.trail import note, staff_network

WEEK = 7  # days
DAYS_TO_AMEND = 14


@dataclass(frozen=True, slots=True)
class LeavingLending:
    """An agreement of a firm that leaves.

    `notice_ends_on` is the first day on which it may stop, `owed_minutes` what the firm committed
    to until then; `loose_minutes` a week are to be re-placed from the day it leaves.
    """

    lending: LendingAgreement
    notice_ends_on: date
    owed_minutes: int
    loose_minutes: int
    short_of_notice: int

    @property
    def keeps_notice(self) -> bool:
        """Whether the firm leaves after its notice."""
        return self.short_of_notice == 0


@dataclass(frozen=True, slots=True)
class Leaving:
    """What the departure of a firm on a day comes to."""

    organisation: Organisation
    leaves_on: date
    lendings: tuple[LeavingLending, ...]
    contracts: tuple[EmploymentContract, ...]
    tail_ends_on: date | None

    @property
    def owed_minutes(self) -> int:
        """What the firm committed to until the end of its notices."""
        return sum(one.owed_minutes for one in self.lendings)

    @property
    def loose_minutes(self) -> int:
        """Minutes a week to be re-placed."""
        return sum(one.loose_minutes for one in self.lendings)


def departure_of(
    network: Network, organisation: Organisation, leaves_on: date, tail_months: int | None = None
) -> Leaving:
    """Return what the departure of a firm on a day comes to, for who keeps workers.

    `tail_months` says for how long the firm may still be asked for the debts of the group, when the
    group has written it down; its statutes say it otherwise.
    """
    today = localdate()
    rows = LendingAgreement.objects.filter(
        Q(ended_on=None) | Q(ended_on__gte=leaves_on),
        Q(ends_on=None) | Q(ends_on__gte=today),
        organisation=organisation,
        contract__worker__network=network,
    ).select_related("contract__worker__network", "organisation")
    lendings = rows.order_by("contract__worker__folded_name", "starts_on")
    return Leaving(
        organisation=organisation,
        leaves_on=leaves_on,
        lendings=tuple(_leaving(one, leaves_on, today) for one in lendings),
        contracts=tuple(_contracts_naming(network, organisation, leaves_on)),
        tail_ends_on=months_after(leaves_on, tail_months) if tail_months is not None else None,
    )


def _leaving(lending: LendingAgreement, leaves_on: date, today: date) -> LeavingLending:
    given_on = lending.notice_given_on or today
    notice_ends_on = given_on + timedelta(days=lending.notice_days)
    if lending.ends_on is not None:
        notice_ends_on = min(notice_ends_on, lending.ends_on)
    last = max(notice_ends_on, leaves_on)
    if lending.ends_on is not None:
        last = min(last, lending.ends_on)
    first = max(today, lending.starts_on)
    still = lending.ends_on is None or lending.ends_on > leaves_on
    signed = lending.signed_on is not None
    return LeavingLending(
        lending=lending,
        notice_ends_on=notice_ends_on,
        owed_minutes=minutes_within(lending.week_minutes, first, last) if signed else 0,
        loose_minutes=lending.week_minutes if still else 0,
        short_of_notice=max(0, (notice_ends_on - leaves_on).days),
    )


def minutes_within(week_minutes: int, first: date, last: date) -> int:
    """Return the minutes of some days at so many a week, both days included; 0 for none."""
    if last < first:
        return 0
    return round(week_minutes * days_between(first, last) / WEEK)


def _contracts_naming(
    network: Network, organisation: Organisation, day: date
) -> list[EmploymentContract]:
    """Return the contracts whose list names a firm after a day still. One query."""
    after = day + timedelta(days=1)
    changes = UsersChange.objects.filter(
        Q(joins=False) | Q(signed_on__isnull=False),
        contract=OuterRef("pk"),
        organisation=organisation,
        takes_effect_on__lte=after,
    ).order_by("-takes_effect_on", "-id")
    rows = EmploymentContract.objects.filter(
        Q(ended_on=None) | Q(ended_on__gte=day),
        Q(ends_on=None) | Q(ends_on__gte=day),
        worker__network=network,
    ).annotate(
        listed=Exists(ContractTerms.objects.filter(contract=OuterRef("pk"), users=organisation)),
        changed=Subquery(changes.values("joins")[:1]),
    )
    named = rows.filter(Q(changed=True) | Q(changed=None, listed=True))
    return list(named.select_related("worker__network").order_by("worker__folded_name"))


@transaction.atomic
def firm_leaves(
    *, acting: Acting, organisation: Organisation, leaves_on: date, reason: str
) -> Leaving:
    """Have a firm leave on a day: its agreements end then, an amendment is drafted per contract.

    What is found is returned as it was before. Notice counts from today where none was given.
    """
    network = staff_network(acting)
    found = departure_of(network, organisation, leaves_on)
    for one in found.lendings:
        _end(acting, one.lending, leaves_on, reason)
    for contract in found.contracts:
        _amend(acting, contract, organisation, leaves_on)
    return found


def _end(acting: Acting, lending: LendingAgreement, leaves_on: date, reason: str) -> None:
    if lending.notice_given_on is None:
        lending.notice_given_on = localdate()
        lending.save(update_fields=["notice_given_on"])
    if lending.ends_on is not None and lending.ends_on < leaves_on:
        return
    close_lending(lending, leaves_on, reason)
    after = {"ended_on": leaves_on.isoformat(), "reason": reason}
    note(acting, "end lending", lending, after=after)


def _amend(
    acting: Acting, contract: EmploymentContract, organisation: Organisation, leaves_on: date
) -> None:
    """Draft the amendment of a signed contract; a draft is changed by hand."""
    day = leaves_on + timedelta(days=1)
    waiting = UsersChange.objects.filter(
        contract=contract, organisation=organisation, signed_on=None
    )
    if contract.signed_on is not None and not waiting.exists():
        change_users_of(acting, contract, organisation, joins=False, takes_effect_on=day)
    title = _("Amend the contract of %(name)s: %(firm)s leaves on %(day)s") % {
        "name": contract.worker.name,
        "firm": organisation.name,
        "day": date_format(leaves_on, "DATE_FORMAT"),
    }
    due_on = max(localdate(), leaves_on - timedelta(days=DAYS_TO_AMEND))
    set_duty(contract, users_key(organisation), title, due_on, acting.person)
