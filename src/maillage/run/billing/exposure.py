"""What members answer for together: what is unpaid today, and what a failure would cost them.

Joint liability holds for debts to the staff and to social bodies (L1253-8): of an invoice that is
not paid, the wages and the contributions. The rest is a loss of the group and is asked of nobody.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from django.db.models import OuterRef, QuerySet, Subquery, Sum
from django.utils.translation import gettext as _

from maillage.foundation.networks.models import Network
from maillage.foundation.organisations.models import Organisation
from maillage.run.billing.enums import DocumentKind, InvoiceState
from maillage.run.billing.models import Invoice, InvoiceLine, InvoiceStep
from maillage.run.billing.refusals import BillingError
from maillage.run.group.models import SolidarityKey
from maillage.run.group.queries import group_of, key_in_force, members_on_day
from maillage.run.group.solidarity import Claims, basis_of, claims_on, weighed
from maillage.run.hours.prefilling import bounds_of

ZERO: Final = Decimal("0.00")
HUNDRED: Final = Decimal(100)
WORK: Final = ("hours", "adjustment")  # lines that say how much a firm used shared workers


@dataclass(frozen=True, slots=True)
class Sums:
    """An amount without tax, and what it is made of."""

    wages: Decimal = ZERO
    contributions: Decimal = ZERO
    rest: Decimal = ZERO

    @property
    def debts(self) -> Decimal:
        """What is owed to the staff and to social bodies: members answer for it together."""
        return self.wages + self.contributions

    @property
    def net(self) -> Decimal:
        """All of it."""
        return self.debts + self.rest

    def __add__(self, other: "Sums") -> "Sums":
        return Sums(
            self.wages + other.wages,
            self.contributions + other.contributions,
            self.rest + other.rest,
        )


@dataclass(frozen=True, slots=True)
class Exposure:
    """What one member has not paid, of it what is late, and what it may be asked for today."""

    organisation: Organisation
    unpaid: Sums
    late: Sums
    asked: Decimal


@dataclass(frozen=True, slots=True)
class Exposures:
    """All members. `nobody` is what ceilings leave; `whole`: each may be asked for all of it."""

    members: tuple[Exposure, ...]
    unpaid: Sums
    nobody: Decimal
    whole: bool


@dataclass(frozen=True, slots=True)
class Failure:
    """What it costs that a member fails and leaves months unpaid.

    `months` are those billed that are taken as unpaid, the latest first. `hours_share` is its part
    of the hours of a year, in percent. `claim` is what the group asks of its estate, wages and
    contributions apart: in farming they come first (CR L351-8-1).
    """

    organisation: Organisation
    months: tuple[date, ...]
    hours_share: Decimal
    claim: Sums
    asked: tuple[tuple[Organisation, Decimal], ...]
    nobody: Decimal
    whole: bool


def unpaid_invoices(network: Network) -> QuerySet[Invoice]:
    """Return the invoices that still stand and are not paid, without their files, for who bills."""
    last = InvoiceStep.objects.filter(invoice=OuterRef("pk")).order_by("-pk").values("state")[:1]
    return (
        _standing(network)
        .annotate(last_state=Subquery(last))
        .exclude(last_state=InvoiceState.PAID)
        .select_related("organisation")
        .order_by("due_on", "pk")
    )


def exposures_of(network: Network, day: date) -> Exposures:
    """Return what each member may be asked for on what is unpaid, for whoever bills or manages.

    All members are there, by name. Five queries at most. Raises BillingError without a group.
    """
    members, key = _answerable(network, day)
    unpaid: dict[int, Sums] = defaultdict(Sums)
    late: dict[int, Sums] = defaultdict(Sums)
    for invoice in unpaid_invoices(network):
        unpaid[invoice.organisation_id] += _sums(invoice)
        if invoice.due_on < day:
            late[invoice.organisation_id] += _sums(invoice)
    total = sum(unpaid.values(), Sums())
    claims = _claims(total.debts, key, members)
    rows = tuple(
        Exposure(
            one,
            unpaid.get(one.pk, Sums()),
            late.get(one.pk, Sums()),
            claims.parts[one.public_id],
        )
        for one in members
    )
    return Exposures(rows, total, claims.nobody, claims.whole)


def exposure_of(network: Network, organisation: Organisation, day: date) -> Exposure | None:
    """Return what one member may be asked for today, for that member; None for who is none.

    It names no other member.
    """
    rows = exposures_of(network, day).members
    return next((one for one in rows if one.organisation.pk == organisation.pk), None)


def failure_of(network: Network, organisation: Organisation, months: int, day: date) -> Failure:
    """Return what the others would be asked for if a member failed, for whoever bills or manages.

    It is told with its latest months as billed, `months` of them or all that there are, paid or
    not. Raises BillingError.
    """
    if months < 1:
        raise BillingError(_("Say how many months would be unpaid: one at least."), "months")
    members, key = _answerable(network, day)
    if organisation.pk not in {one.pk for one in members}:
        raise BillingError(_("Only members of the group are followed."), "organisation")
    billed: dict[date, Sums] = defaultdict(Sums)
    for invoice in _standing(network).filter(organisation=organisation, issued_on__lte=day):
        billed[invoice.month] += _sums(invoice)
    taken = tuple(sorted(billed, reverse=True)[:months])
    claim = sum((billed[month] for month in taken), Sums())
    others = [one for one in members if one.pk != organisation.pk]
    claims = _claims(claim.debts, key, others)
    return Failure(
        organisation=organisation,
        months=taken,
        hours_share=shares_of_hours(network, day).get(organisation.pk, ZERO),
        claim=claim,
        asked=tuple((one, claims.parts[one.public_id]) for one in others),
        nobody=claims.nobody,
        whole=claims.whole,
    )


def shares_of_hours(network: Network, day: date) -> Mapping[int, Decimal]:
    """Return each firm's part of the hours billed over twelve months, in percent to one decimal.

    By row number of the firm, the largest first: for whoever bills or manages. One query.
    """
    # Twelve months with that of the day, which may not be billed yet.
    since = bounds_of(day.replace(day=1, year=day.year - 1))[1] + timedelta(days=1)
    rows = (
        InvoiceLine.objects.filter(
            invoice__in=_standing(network).values("pk"),
            what__in=WORK,
            invoice__month__gte=since,
            invoice__issued_on__lte=day,
        )
        .values_list("invoice__organisation")
        .annotate(hours=Sum("quantity"))
        .order_by("-hours", "invoice__organisation")
    )
    found = {organisation: hours for organisation, hours in rows if hours > 0}
    total = sum(found.values(), ZERO)
    return {who: round(hours * HUNDRED / total, 1) for who, hours in found.items()}


def _standing(network: Network) -> QuerySet[Invoice]:
    """Return the invoices that no credit note took back, without their files."""
    return Invoice.objects.filter(
        network=network, kind=DocumentKind.INVOICE, corrected_by=None
    ).defer("xml", "pdf", "content")


def _answerable(network: Network, day: date) -> tuple[list[Organisation], SolidarityKey | None]:
    group = group_of(network)
    if group is None:
        raise BillingError(_("Set the employer group up first: its members answer for its debts."))
    return list(members_on_day(network, day)), key_in_force(group, day)


def _claims(debts: Decimal, key: SolidarityKey | None, members: Sequence[Organisation]) -> Claims:
    weights = weighed(key, members)
    if not any(weights.values()):
        return Claims(dict.fromkeys(weights, ZERO), debts, whole=False)
    return claims_on(
        debts, basis=basis_of(key), cap=key.cap if key is not None else None, weights=weights
    )


def _sums(invoice: Invoice) -> Sums:
    rest = invoice.net - invoice.wages - invoice.contributions
    return Sums(invoice.wages, invoice.contributions, rest)
