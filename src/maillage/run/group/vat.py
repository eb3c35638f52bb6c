"""How value added tax stands, year by year, for the group and for each member."""

from decimal import Decimal

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from maillage.foundation.networks.acting import Acting
from maillage.foundation.networks.actions.guarding import trail
from maillage.foundation.organisations.models import Organisation
from maillage.run.group.actions import fresh
from maillage.run.group.clock import wind
from maillage.run.group.enums import VatRegime
from maillage.run.group.models import EmployerGroup, VatStatus
from maillage.run.group.queries import is_member
from maillage.run.group.refusals import GroupError

HUNDRED = Decimal(100)


@transaction.atomic
def set_vat(
    *,
    acting: Acting,
    group: EmployerGroup,
    organisation: Organisation | None,
    year: int,
    regime: str,
    taxable_share: Decimal,
    evidence: str,
    basis: str = "",
) -> VatStatus:
    """Note how somebody stands in a year; the alarms follow. Raises GroupError.

    `organisation` None is the group itself; `taxable_share` is in percent.
    """
    group = fresh(acting, group)
    basis, evidence = " ".join(basis.split()), " ".join(evidence.split())
    if regime not in VatRegime.values:
        raise GroupError(_("Choose a regime."), "regime")
    if organisation is not None and not is_member(group.network, organisation):
        raise GroupError(_("Only members of the group are followed."))
    if regime == VatRegime.EXEMPT and not basis:
        raise GroupError(_("Say on which article the exemption rests."), "basis")
    if not Decimal(0) <= taxable_share <= HUNDRED:
        raise GroupError(_("A part goes from 0 to 100%."), "taxable_share")
    if not evidence:
        raise GroupError(_("Say what shows it: a letter, accounts, a certificate."), "evidence")
    if not group.created_on.year <= year <= localdate().year + 1:
        raise GroupError(_("Choose a year of the life of the group."), "year")
    row, _new = VatStatus.objects.update_or_create(
        group=group,
        organisation=organisation,
        year=year,
        defaults={
            "regime": regime,
            "basis": basis,
            "taxable_share": taxable_share,
            "evidence": evidence,
            "recorded_on": localdate(),
        },
    )
    trail(acting, "set_vat", row, after={"year": year, "regime": regime})
    wind(group)
    return row


def vat_of(group: EmployerGroup, organisation: Organisation | None, year: int) -> VatStatus | None:
    """Return how somebody stands in a year, for itself and for whoever manages the group."""
    return VatStatus.objects.filter(group=group, organisation=organisation, year=year).first()
