"""How an invoice is paid: a transfer by the customer, or a debit that they allowed."""

import re
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _
from schwifty import IBAN
from schwifty.exceptions import SchwiftyException
from stdnum.eu import at_02

from maillage.run.billing.files.fields import require_text
from maillage.run.billing.files.refusals import InvoiceError

# The characters that banks take in a reference, at most 35 of them.
MANDATE: Final = re.compile(r"[A-Za-z0-9+?/:().,'-]{1,35}")


def is_iban(text: str) -> bool:
    """Whether a text is an account number, key included, written without blanks."""
    try:
        return IBAN(text).compact == text
    except SchwiftyException:
        return False


def is_creditor(text: str) -> bool:
    """Whether a text is a SEPA creditor identifier (ICS), written without blanks."""
    return bool(at_02.is_valid(text)) and at_02.compact(text) == text


@dataclass(frozen=True, slots=True, kw_only=True)
class Transfer:
    """A transfer to the seller's account."""

    iban: str
    account_name: str = ""

    def __post_init__(self) -> None:
        if not is_iban(self.iban):
            raise InvoiceError(_("The account number is not an IBAN."), "payment.iban")


@dataclass(frozen=True, slots=True, kw_only=True)
class Debit:
    """A SEPA debit of the customer's account, under the mandate that they signed."""

    mandate: str
    creditor: str
    iban: str

    def __post_init__(self) -> None:
        require_text(InvoiceError, "payment.mandate", self.mandate)
        if not MANDATE.fullmatch(self.mandate):
            raise InvoiceError(
                _("The reference of the mandate has characters that banks refuse."),
                "payment.mandate",
            )
        if not is_creditor(self.creditor):
            raise InvoiceError(
                _("The identifier of the creditor (ICS) is wrong."), "payment.creditor"
            )
        if not is_iban(self.iban):
            raise InvoiceError(_("The account number is not an IBAN."), "payment.iban")
