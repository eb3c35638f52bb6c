"""Who sells and who buys, as an invoice names them."""

import re
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _
from stdnum.eu import vat
from stdnum.fr import siren, siret

from maillage.run.billing.files.fields import optional_text, require_text
from maillage.run.billing.files.refusals import InvoiceError

FRANCE: Final = "FR"
DIRECTORY: Final = "0225"  # the French directory of electronic addresses, by SIREN
COUNTRY: Final = re.compile(r"[A-Z]{2}")
SCHEME: Final = re.compile(r"[0-9]{4}|[A-Z]{2}")
IN_DIRECTORY: Final = re.compile(r"[A-Za-z0-9+\-_.]+")
LONGEST_ADDRESS: Final = 125  # rule BR-FR-25


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Where somebody is, with the country as two capitals."""

    street: str
    postcode: str
    city: str
    country: str = FRANCE
    more: str = ""

    def __post_init__(self) -> None:
        for field in ("street", "postcode", "city"):
            require_text(InvoiceError, f"address.{field}", getattr(self, field))
        optional_text(InvoiceError, "address.more", self.more)
        if not COUNTRY.fullmatch(self.country):
            raise InvoiceError(_("The country is two capital letters."), "address.country")


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where electronic invoices are received: a value, and the list that it belongs to."""

    value: str
    scheme: str = DIRECTORY

    def __post_init__(self) -> None:
        field = "electronic_address"
        require_text(InvoiceError, field, self.value, longest=LONGEST_ADDRESS)
        if not SCHEME.fullmatch(self.scheme):
            raise InvoiceError(
                _("An electronic address belongs to a list named by four digits or two letters."),
                field,
            )
        if self.scheme == DIRECTORY and not IN_DIRECTORY.fullmatch(self.value):
            raise InvoiceError(
                _("An address of the French directory holds letters, digits and + - _ . only."),
                field,
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """A seller or a buyer. A French firm is found by its SIREN unless it gives another address."""

    name: str
    address: Address
    siren: str = ""
    siret: str = ""
    vat_number: str = ""
    trading_name: str = ""
    electronic_address: Endpoint | None = None

    def __post_init__(self) -> None:
        require_text(InvoiceError, "name", self.name)
        optional_text(InvoiceError, "trading_name", self.trading_name)
        if self.siren and not siren.is_valid(self.siren):
            raise InvoiceError(_("%(siren)s is not a SIREN.") % {"siren": self.siren}, "siren")
        if self.siret and not siret.is_valid(self.siret):
            raise InvoiceError(_("%(siret)s is not a SIRET.") % {"siret": self.siret}, "siret")
        if self.siret and not (self.siren and self.siret.startswith(self.siren)):
            raise InvoiceError(_("The SIRET does not begin with the SIREN."), "siret")
        if self.vat_number and not vat.is_valid(self.vat_number):
            raise InvoiceError(
                _("%(number)s is not a VAT number.") % {"number": self.vat_number}, "vat_number"
            )
        french = self.vat_number.startswith(FRANCE)
        if french and self.siren and not self.vat_number.endswith(self.siren):
            raise InvoiceError(_("The VAT number does not end with the SIREN."), "vat_number")
        if self.electronic_address is None and not self.siren:
            raise InvoiceError(
                _("Say where electronic invoices are received: there is no SIREN to find it by."),
                "electronic_address",
            )

    @property
    def endpoint(self) -> Endpoint:
        """Where electronic invoices are received."""
        return self.electronic_address or Endpoint(self.siren)

    @property
    def is_french(self) -> bool:
        """Whether they are in France."""
        return self.address.country == FRANCE
