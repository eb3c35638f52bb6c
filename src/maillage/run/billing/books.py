"""The sales of a financial year as the tax office and an accountant read them (FEC).

It is made of what was issued, each time anew: what is issued never changes, so neither do the
entries, nor their numbers; invoices that come later come after.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.core.exceptions import PermissionDenied
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from maillage.foundation.networks.acting import Acting
from maillage.foundation.networks.models import Network
from maillage.foundation.organisations.models import Organisation
from maillage.run.billing.files.fec import Entry, fec_name, fec_of
from maillage.run.billing.files.refusals import EntryError
from maillage.run.billing.files.selling import USUAL, Accounts, entry_of
from maillage.run.billing.models import BillingProfile, Invoice
from maillage.run.billing.permissions import can_bill
from maillage.run.billing.refusals import BillingError
from maillage.run.billing.writing import from_data
from maillage.run.group.models import EmployerGroup
from maillage.run.group.queries import group_of
from maillage.run.hours.prefilling import bounds_of


@dataclass(frozen=True, slots=True)
class SalesJournal:
    """The file of a year: its name, its bytes, the entries in it and the days that it covers."""

    name: str
    content: bytes
    entries: tuple[Entry, ...]
    first: date
    last: date

    @property
    def owed(self) -> Decimal:
        """What customers were asked for, VAT included, less what was taken back."""
        postings = [one for entry in self.entries for one in entry.postings if one.customer]
        return sum((one.debit - one.credit for one in postings), Decimal("0.00"))


def sales_journal(*, acting: Acting, year: int, accounts: Accounts = USUAL) -> SalesJournal:
    """Return the sales journal of the financial year that ends in `year`.

    Invoices and credit notes of its days, numbered in the order in which they were issued.
    Raises BillingError.
    """
    network = acting.network
    if network is None or not can_bill(acting):
        raise PermissionDenied
    group = group_of(network)
    profile = BillingProfile.objects.filter(network=network).first()
    if group is None or profile is None:
        raise BillingError(_("Say first who bills: SIREN, account number, days to pay."))
    first, last = year_of(group, year)
    try:
        entries = _entries(network, first, last, accounts)
        name, content = fec_name(profile.siren, last), fec_of(entries)
    except EntryError as error:
        raise BillingError(str(error), error.field) from error
    return SalesJournal(name, content, entries, first, last)


def year_of(group: EmployerGroup, year: int) -> tuple[date, date]:
    """Return the first and the last day of the financial year of a group that ends in `year`."""
    last = bounds_of(date(year, group.year_end_month, 1))[1]
    before = bounds_of(date(year - 1, group.year_end_month, 1))[1]
    return before + timedelta(days=1), last


def _entries(network: Network, first: date, last: date, accounts: Accounts) -> tuple[Entry, ...]:
    rows = (
        Invoice.objects.filter(network=network, issued_on__gte=first, issued_on__lte=last)
        .select_related("organisation")
        .defer("xml", "pdf")
        .order_by("pk")
    )
    return tuple(
        entry_of(
            from_data(invoice.content),
            number=number,
            customer=_account_of(invoice.organisation),
            validated_on=localdate(invoice.created_at),
            accounts=accounts,
        )
        for number, invoice in enumerate(rows, 1)
    )


def _account_of(organisation: Organisation) -> str:
    """Return the account of a firm among the customers: by its SIREN, abroad by our own id."""
    return f"C{organisation.siren or organisation.public_id.hex[:9].upper()}"
