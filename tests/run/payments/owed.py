"""The bakery owes 942.48 euros for March and the garage 188.50, due on 3 May 2026."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from maillage.foundation.organisations.models import Organisation
from maillage.run.billing.issuing import issue_month
from maillage.run.billing.models import BillingProfile, Invoice
from maillage.run.payments.debiting import announce, write_order
from maillage.run.payments.enums import DebitScheme
from maillage.run.payments.importing import import_statement
from maillage.run.payments.mandates import Signed, record_mandate
from maillage.run.payments.models import BankMovement, DebitMandate, DebitOrder
from tests.cast import Cast, acting
from tests.run.billing.bills import ISSUED, baker_at_twelve, billing, signed_march
from tests.run.billing.files.cases import CREDITOR, THEIR_IBAN
from tests.run.hours.months import MARCH

BAKERY, GARAGE = Decimal("942.48"), Decimal("188.50")
DUE = date(2026, 5, 3)
ANNOUNCED, TAKEN = date(2026, 4, 15), date(2026, 5, 4)  # 3 May is a Sunday
SENT = datetime(2026, 4, 28, 9, 0, tzinfo=UTC)


def owing(cast: Cast) -> tuple[Invoice, Invoice]:
    """Bill March to the bakery and to the garage."""
    billing(cast)
    BillingProfile.objects.update(creditor=CREDITOR)
    Organisation.objects.filter(pk=cast.bakery.pk).update(email="bob@bakery.example")
    Organisation.objects.filter(pk=cast.garage.pk).update(email="garage@garage.example")
    signed_march(cast, baker_at_twelve(cast))
    batch = issue_month(acting=acting(cast.alice, cast.network), month=MARCH, day=ISSUED)
    bakery, garage = batch.issued
    return bakery, garage


def mandate(cast: Cast, firm: Organisation, **changes: Any) -> DebitMandate:
    """Let a firm sign a B2B mandate that its bank has registered."""
    words: dict[str, Any] = {
        "holder": firm.name,
        "iban": THEIR_IBAN,
        "scheme": DebitScheme.B2B,
        "signed_on": date(2026, 1, 12),
        "registered_on": date(2026, 1, 20),
    }
    return record_mandate(
        acting=acting(cast.alice, cast.network),
        organisation=firm,
        signed=Signed(**words | changes),
    )


def given_to_the_bank(cast: Cast) -> DebitOrder:
    """Announce every debit and write the file of those that may leave."""
    alice = acting(cast.alice, cast.network)
    announce(acting=alice, day=ANNOUNCED)
    return write_order(acting=alice, scheme=DebitScheme.B2B, at=SENT)[0]


def booked(cast: Cast, *rows: str) -> list[BankMovement]:
    """Import a CSV of the bank: each row is a day, an amount, a text, and maybe more.

    The columns are day; amount; text; reference; name; IBAN of who paid.
    """
    titles = "Date;Montant;Libellé;Référence;Tiers;IBAN contrepartie"
    content = "\n".join([titles, *(row + ";" * (5 - row.count(";")) for row in rows)]).encode()
    read = import_statement(acting=acting(cast.alice, cast.network), content=content)
    return list(read.movements)
