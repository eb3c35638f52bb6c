"""A draft as the invoice that leaves: its parties, its rate of VAT, its way, its sentences."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import override
from pydantic import TypeAdapter

from maillage.foundation.networks.models import Network
from maillage.foundation.organisations.models import Organisation, Site
from maillage.run.billing.channels import FRANCE, TREATMENTS, Customer, Way, way_of
from maillage.run.billing.drafting import Draft, words_of
from maillage.run.billing.files import law
from maillage.run.billing.files.invoice import Invoice
from maillage.run.billing.files.lines import Line, Rate, Unit
from maillage.run.billing.files.parties import Address, Endpoint, Party
from maillage.run.billing.files.paying import Transfer
from maillage.run.billing.models import BillingProfile, CustomerProfile
from maillage.run.billing.refusals import BillingError
from maillage.run.group.enums import VatRegime
from maillage.run.group.models import EmployerGroup, VatStatus
from maillage.run.group.queries import group_of, is_public
from maillage.run.hours.prefilling import bounds_of

_CONTENT: Final = TypeAdapter(Invoice)


@dataclass(frozen=True)
class Seller:
    """The group as it bills in a year: itself, how it is paid, VAT of it and of its members."""

    group: EmployerGroup
    profile: BillingProfile
    exempt: bool
    liable: Mapping[int, bool]
    customers: Mapping[int, CustomerProfile]
    sites: Mapping[int, Site]

    @property
    def party(self) -> Party:
        """The group as an invoice names it."""
        return Party(
            name=self.group.name,
            address=Address(
                street=self.group.address, postcode=self.group.postcode, city=self.group.commune
            ),
            siren=self.profile.siren,
            siret=self.profile.siret,
            vat_number="" if self.exempt else self.profile.vat_number,
        )


def seller_of(network: Network, firms: set[int], day: date) -> Seller:
    """Return how a group bills some firms on a day. Raises BillingError for what is missing."""
    group = group_of(network)
    if group is None:
        raise BillingError(_("Set the employer group up first: invoices are in its name."))
    profile = BillingProfile.objects.filter(network=network).first()
    if profile is None:
        raise BillingError(_("Say first who bills: SIREN, account number, days to pay."))
    rows = VatStatus.objects.filter(group=group, year=day.year)
    regimes = {row.organisation_id: row.regime for row in rows}
    if None not in regimes:
        raise BillingError(
            _("Say first whether the group charges VAT in %(year)s.") % {"year": day.year}
        )
    customers = CustomerProfile.objects.filter(network=network, organisation__in=firms)
    sites = Site.objects.filter(organisation__in=firms, closed_on=None).order_by("is_main", "-pk")
    return Seller(
        group=group,
        profile=profile,
        exempt=regimes[None] == VatRegime.EXEMPT,
        liable={
            key: regime == VatRegime.LIABLE for key, regime in regimes.items() if key is not None
        },
        customers={row.organisation_id: row for row in customers},
        sites={site.organisation_id: site for site in sites},
    )


def way_for(seller: Seller, organisation: Organisation, day: date) -> Way:
    """Return by which way an invoice to a member leaves. Raises BillingError."""
    customer = _customer(seller, organisation)
    public, abroad = is_public(organisation), customer.country != FRANCE
    liable = seller.liable.get(organisation.pk)
    if liable is None and not (public or abroad or seller.exempt):
        raise BillingError(
            _("Say first whether %(firm)s is liable to VAT in %(year)s.")
            % {"firm": organisation.name, "year": day.year},
            "vat",
        )
    return way_of(
        Customer(customer.country, public, bool(liable)), group_exempt=seller.exempt, day=day
    )


def write(seller: Seller, draft: Draft, *, number: str, day: date) -> Invoice:
    """Return a draft as an invoice, in the language of the customer.

    Raises BillingError, and InvoiceError for what no invoice may say.
    """
    customer = _customer(seller, draft.organisation)
    way = way_for(seller, draft.organisation, day)
    period = bounds_of(draft.month)
    with override(customer.language):
        rate = _rate(seller, customer, day)
        lines = tuple(
            Line(
                description=words_of(line),
                quantity=line.quantity,
                unit=Unit.ONE if line.what == "expense" else Unit.HOUR,
                unit_price=line.price,
                net=line.net,
                rate=rate,
                period=period,
                note=_made_of(line.wages, line.contributions, line.rest),
            )
            for line in draft.lines
        )
    public = is_public(draft.organisation)
    return Invoice(
        number=number,
        issued_on=day,
        due_on=day + timedelta(days=seller.profile.payment_days),
        seller=seller.party,
        buyer=_buyer(seller, draft.organisation, customer),
        lines=lines,
        payment=Transfer(iban=seller.profile.iban, account_name=seller.group.name),
        mentions=law.mentions_on(day, customer.language, public=public),
        treatment=TREATMENTS[way.channel],
        period=period,
        order_reference=customer.order,
        buyer_reference=customer.service,
        vat_on_debits=seller.profile.vat_on_debits and bool(rate.percent),
        language=customer.language,
    )


def to_data(invoice: Invoice) -> Any:
    """Return all that an invoice says as plain data (JSON)."""
    return _CONTENT.dump_python(invoice, mode="json")


def from_data(content: Any) -> Invoice:
    """Return the invoice that plain data says."""
    return _CONTENT.validate_python(content)


def _made_of(wages: Decimal, contributions: Decimal, rest: Decimal) -> str:
    return _("Wages %(wages)s; contributions %(contributions)s; rest %(rest)s") % {
        "wages": number_format(wages, 2),
        "contributions": number_format(contributions, 2),
        "rest": number_format(rest, 2),
    }


def _customer(seller: Seller, organisation: Organisation) -> CustomerProfile:
    return seller.customers.get(organisation.pk) or CustomerProfile(organisation=organisation)


def _rate(seller: Seller, customer: CustomerProfile, day: date) -> Rate:
    if customer.country != FRANCE:
        key = law.REVERSE_CHARGE
    else:
        key = law.SHARED_COSTS if seller.exempt else law.STANDARD
    return law.rate_on(key, day, customer.language)


def _buyer(seller: Seller, organisation: Organisation, customer: CustomerProfile) -> Party:
    site = seller.sites.get(organisation.pk)
    if site is None:
        raise BillingError(
            _("%(firm)s has no address: complete its record.") % {"firm": organisation.name},
            "address",
        )
    endpoint = customer.electronic_address
    return Party(
        name=organisation.name,
        address=Address(
            street=site.address,
            postcode=site.postcode,
            city=site.commune,
            country=customer.country,
        ),
        siren=organisation.siren if customer.country == FRANCE else "",
        siret=site.siret if customer.country == FRANCE else "",
        vat_number=customer.vat_number,
        electronic_address=Endpoint(endpoint) if endpoint else None,
    )
