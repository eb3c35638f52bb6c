"""What a month gives the payroll to count, besides plain hours, worker by worker, firm by firm.

Hours beyond a week, at night, on a Sunday, on a public holiday, between two sites; the bonus that
equal pay asks for; expenses, to the cent of what firms bear; days away.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Final, NamedTuple

from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from maillage.foundation.networks.models import Network
from maillage.run.billing.files.payroll.variables import Variable
from maillage.run.billing.gathering import Ground, standing_ground_of
from maillage.run.billing.pricing.hours import LEGAL, Cut, Hours, cuts_of
from maillage.run.billing.pricing.lines import HOUR
from maillage.run.billing.pricing.terms import HUNDRED, Method, Terms, TermsError, terms_on
from maillage.run.billing.refusals import BillingError
from maillage.run.employment.enums import AbsenceKind, LeaveKind
from maillage.run.employment.models import Absence, EmploymentContract, Leave, Worker
from maillage.run.employment.queries import contract_on, workers_between
from maillage.run.employment.working_days import days_between, is_working_day
from maillage.run.hours.enums import EntryKind
from maillage.run.hours.models import Adjustment
from maillage.run.hours.prefilling import bounds_of
from maillage.run.hours.queries import SignedHours, signed_expenses

GROUP: Final = ""  # in place of a firm: time away is told at the group's own place
DAY: Final = timedelta(days=1)
HALF: Final = Decimal("0.5")
FRIDAY: Final = 4

# What takes the place of plain hours, and what comes on top of them.
INSTEAD: Final[Mapping[Cut, Variable]] = {
    Cut.EXTRA_10: Variable.EXTRA,
    Cut.EXTRA_25: Variable.EXTRA_BEYOND,
    Cut.OVERTIME_25: Variable.OVERTIME,
    Cut.OVERTIME_50: Variable.OVERTIME_BEYOND,
}
ON_TOP: Final[Mapping[Cut, Variable]] = {
    Cut.NIGHT: Variable.NIGHT,
    Cut.SUNDAY: Variable.SUNDAY,
    Cut.HOLIDAY: Variable.HOLIDAY,
    Cut.MAY_DAY: Variable.HOLIDAY,
}
LEAVES: Final[Mapping[str, Variable]] = {
    LeaveKind.PAID: Variable.PAID_LEAVE,
    LeaveKind.UNPAID: Variable.UNPAID,
}
ABSENCES: Final[Mapping[str, Variable]] = {
    AbsenceKind.SICKNESS: Variable.SICKNESS,
    AbsenceKind.ACCIDENT: Variable.ACCIDENT,
}
# Social security counts every day of these, and not only working days (CSS R323-1).
EVERY_DAY: Final = frozenset({Variable.SICKNESS, Variable.ACCIDENT})


class Key(NamedTuple):
    """What is counted: public ids of a contract and a firm, a `Variable`, its days if any."""

    contract: str
    firm: str
    variable: str
    first: str = ""
    last: str = ""

    @property
    def period(self) -> tuple[date, date] | None:
        """The first and the last day of what has some."""
        if not self.first:
            return None
        return date.fromisoformat(self.first), date.fromisoformat(self.last)


type Counts = dict[Key, Decimal]


def counted_in(network: Network, month: date) -> Counts:
    """Return what a month gives to count as it stands; plain hours are not in it.

    The scope of the network is open; a fixed number of queries. Raises BillingError.
    """
    first, last = bounds_of(month)
    ground = standing_ground_of(network, first)
    counts: Counts = defaultdict(Decimal)
    for night in {_terms(ground, one.day).night for one in ground.hours}:
        cuts = cuts_of(ground.hours, ground.weeks, night)
        for one in ground.hours:
            if one.entry in ground.signed and _terms(ground, one.day).night == night:
                _add_hours(counts, ground, one, cuts.get(one.entry, {}))
    for adjusted in Adjustment.objects.filter(network=network, month=first).select_related(
        "contract", "organisation"
    ):
        pay = ground.pay_on(adjusted.contract, adjusted.organisation.public_id, adjusted.day)
        key = _key(adjusted.contract, str(adjusted.organisation.public_id), Variable.DIFFERENTIAL)
        counts[key] += pay.difference * adjusted.presence_minutes / HOUR
    # Leave until the last Friday of a month takes a Saturday that may be in the next one.
    staff = {one.pk: one for one in workers_between(network, first - DAY, last)}
    _add_expenses(counts, network, first, staff)
    for worker in staff.values():
        _add_days_away(counts, worker, first, last)
    return {key: amount for key, amount in counts.items() if amount}


def _add_hours(counts: Counts, ground: Ground, one: Hours, cuts: Mapping[Cut, int]) -> None:
    contract, firm = ground.contracts[one.contract], str(one.firm)
    row: SignedHours = ground.signed[one.entry]
    for cut, minutes in cuts.items():
        variable = INSTEAD.get(cut) or ON_TOP[cut]
        # A public holiday is told with its day: 1 May is paid twice by law, others by agreement.
        days = (one.day, one.day) if variable == Variable.HOLIDAY else None
        counts[_key(contract, firm, variable, days)] += Decimal(minutes) / HOUR
    if row.kind == EntryKind.TRAVEL:
        plain = one.presence - sum(cuts.get(cut, 0) for cut in INSTEAD)
        counts[_key(contract, firm, Variable.TRAVEL)] += Decimal(plain) / HOUR
    bonus = _bonus(ground, one, cuts)
    counts[_key(contract, firm, Variable.DIFFERENTIAL)] += bonus


def _bonus(ground: Ground, one: Hours, cuts: Mapping[Cut, int]) -> Decimal:
    """Return what equal pay adds to some hours, their supplements included (L1253-9)."""
    difference = ground.pay_of(one).difference
    if not difference:
        return Decimal(0)
    added = _terms(ground, one.day).supplements
    more = sum(
        (
            minutes * added.get(str(cut), LEGAL.get(cut, Decimal(0)))
            for cut, minutes in cuts.items()
        ),
        Decimal(0),
    )
    return difference * (one.presence + more / HUNDRED) / HOUR


def _terms(ground: Ground, day: date) -> Terms:
    """Return the price of a day; before the first, what the law says of nights."""
    try:
        return terms_on(ground.terms, day)
    except TermsError:
        return Terms(since=day, method=Method.COST)


def _add_expenses(
    counts: Counts, network: Network, month: date, staff: Mapping[int, Worker]
) -> None:
    for expense in signed_expenses(network, month):
        worker = staff.get(expense.worker_id)
        contract = contract_on(worker, expense.day) if worker is not None else None
        if contract is None:
            raise BillingError(
                _("%(who)s spent something on %(day)s, without a contract.")
                % {"who": expense.worker.name, "day": date_format(expense.day)}
            )
        for share in expense.shares.all():
            firm = str(share.organisation.public_id)
            counts[_key(contract, firm, Variable.EXPENSE)] += share.amount


def _add_days_away(counts: Counts, worker: Worker, first: date, last: date) -> None:
    for leave in worker.leaves.all():
        variable = LEAVES.get(leave.kind, Variable.OTHER_ABSENCE)
        _add_days(counts, worker, variable, _days_of_leave(leave), first, last)
    for absence in worker.absences.all():
        variable = ABSENCES.get(absence.kind, Variable.OTHER_ABSENCE)
        days = {
            day: Decimal(variable in EVERY_DAY or is_working_day(day))
            for day in _days_of_absence(absence, last)
        }
        _add_days(counts, worker, variable, days, first, last)


def _add_days(
    counts: Counts,
    worker: Worker,
    variable: Variable,
    days: Mapping[date, Decimal],
    first: date,
    last: date,
) -> None:
    """Add the days of a time away that are in a month, for the contract of the first of them."""
    inside = sorted(day for day in days if first <= day <= last)
    contract = contract_on(worker, inside[0]) if inside else None
    if contract is not None:
        key = _key(contract, GROUP, variable, (inside[0], inside[-1]))
        counts[key] += sum((days[day] for day in inside), Decimal(0))


def _days_of_leave(leave: Leave) -> Mapping[date, Decimal]:
    """Return the days of a leave and what each counts for, as `balances.days_counted` does."""
    until = leave.ends_on
    if until.weekday() == FRIDAY and not leave.until_noon:
        until += DAY
    days = {one: Decimal(is_working_day(one)) for one in days_between(leave.starts_on, until)}
    for half, day in ((leave.from_noon, leave.starts_on), (leave.until_noon, leave.ends_on)):
        if half and days[day]:
            days[day] -= HALF
    return days


def _days_of_absence(absence: Absence, last: date) -> Iterable[date]:
    began: datetime = absence.starts_at
    back = absence.back_on or absence.expected_on or last + DAY
    return days_between(localdate(began), min(back - DAY, last))


def _key(
    contract: EmploymentContract,
    firm: str,
    variable: Variable,
    days: tuple[date, date] | None = None,
) -> Key:
    first, last = (day.isoformat() for day in days) if days else ("", "")
    return Key(str(contract.public_id), firm, str(variable), first, last)
