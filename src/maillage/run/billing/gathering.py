"""All that prices the hours of a month: pay, lendings, public holidays, weeks begun before."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from maillage.foundation.networks.models import Network
from maillage.run.billing.models import FirmRate, PriceRule
from maillage.run.billing.pricing.hours import Hours, Week
from maillage.run.billing.pricing.lines import Pay
from maillage.run.billing.pricing.terms import Terms, read_terms
from maillage.run.employment.models import EmploymentContract, LendingAgreement
from maillage.run.employment.queries import week_minutes_on
from maillage.run.hours.enums import EntryKind
from maillage.run.hours.prefilling import bounds_of
from maillage.run.hours.queries import SignedHours, signed_between, standing_between
from maillage.run.planning.gathering import monday_of
from maillage.run.planning.holidays import holidays_between, is_may_day
from maillage.run.planning.queries import openings_of

MONTH_DAYS: Final = 30


@dataclass(frozen=True)
class Ground:
    """What a month is priced with.

    `hours` go back to the Monday before the month: the week that was begun then counts.
    """

    signed: Mapping[UUID, SignedHours]
    hours: Sequence[Hours]
    contracts: Mapping[UUID, EmploymentContract]
    weeks: Mapping[UUID, Week]
    terms: Sequence[Terms]
    rates: Sequence[FirmRate]
    lendings: Sequence[LendingAgreement]

    def pay_of(self, one: Hours) -> Pay:
        """Return what some hours are paid and for which contract."""
        return self.pay_on(self.contracts[one.contract], one.firm, one.day)

    def pay_on(self, contract: EmploymentContract, firm: UUID, day: date) -> Pay:
        """Return what an hour of a contract is paid in a firm on a day."""
        rates = [
            rate
            for rate in self.rates
            if rate.contract_id == contract.pk
            and rate.organisation.public_id == firm
            and rate.since <= day
        ]
        held = max(rates, key=lambda rate: rate.since, default=None)
        begun = [
            each.starts_on
            for each in self.lendings
            if each.contract_id == contract.pk
            and each.organisation.public_id == firm
            and each.starts_on <= day
        ]
        since = min(begun, default=day)
        return Pay(
            group_rate=contract.hourly_pay,
            firm_rate=held.rate if held is not None else None,
            kind=contract.kind,
            qualification=contract.qualification,
            months=(day - since).days // MONTH_DAYS,
        )


def ground_of(network: Network, month: date) -> Ground:
    """Return what a month is priced with; the scope of the network is open."""
    first, last = bounds_of(month)
    return _ground(network, first, signed_between(network, monday_of(first), last))


def standing_ground_of(network: Network, month: date) -> Ground:
    """Return what the pay of a month is made with: every hour as it stands, signed or not."""
    first, last = bounds_of(month)
    return _ground(network, first, standing_between(network, monday_of(first), last))


def _ground(network: Network, first: date, rows: Sequence[SignedHours]) -> Ground:
    last = bounds_of(first)[1]
    contracts = {
        one.public_id: one
        for one in EmploymentContract.objects.filter(
            pk__in={row.contract.pk for row in rows}
        ).prefetch_related("amendments")
    }
    firms = {row.organisation.pk for row in rows}
    communes = openings_of(network, firms).communes
    return Ground(
        signed={row.entry_id: row for row in rows if row.day >= first},
        hours=[_hours(row, communes.get(row.organisation.pk, "")) for row in rows],
        contracts=contracts,
        weeks={
            key: Week(week_minutes_on(one, last), by_year=one.annual_minutes is not None)
            for key, one in contracts.items()
        },
        terms=known_terms(network),
        rates=list(
            FirmRate.objects.filter(network=network, since__lte=last).select_related("organisation")
        ),
        lendings=list(
            LendingAgreement.objects.filter(
                contract__in=[one.pk for one in contracts.values()]
            ).select_related("organisation")
        ),
    )


def known_terms(network: Network) -> list[Terms]:
    """Return the prices of a network, in the order of their days."""
    rules: Iterable[PriceRule] = PriceRule.objects.filter(network=network)
    return [read_terms(rule.since, rule.terms) for rule in rules]


def _hours(row: SignedHours, commune: str) -> Hours:
    holiday = ""
    if row.kind == EntryKind.WORKED and holidays_between(row.day, row.day, commune):
        holiday = "may_day" if is_may_day(row.day) else "holiday"
    return Hours(
        entry=row.entry_id,
        contract=row.contract.public_id,
        firm=row.organisation.public_id,
        day=row.day,
        start=row.start_minute,
        end=row.end_minute,
        pause=row.break_minutes,
        billed=row.billed_minutes,
        counts=row.kind in {EntryKind.WORKED, EntryKind.TRAVEL},
        holiday=holiday,
        notice=row.notice,
    )
