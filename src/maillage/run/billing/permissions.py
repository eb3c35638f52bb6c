"""Who may do what with prices and invoices."""

from maillage.foundation.networks.acting import Acting
from maillage.foundation.organisations.models import Organisation


def can_bill(acting: Acting) -> bool:
    """Whether somebody sets prices, issues invoices and follows them."""
    return acting.network is not None and acting.can("bill_members")


def can_read_bills_of(acting: Acting, organisation: Organisation) -> bool:
    """Whether somebody reads the invoices of a firm: their own."""
    own = acting.firm is not None and acting.firm.pk == organisation.pk
    return own and acting.can("see_own_bills")
