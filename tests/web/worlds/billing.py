"""An invoice of the garage, as it was issued; a price, and who bills. Bob is in none of it."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from maillage.run.billing.enums import InvoiceState
from maillage.run.billing.models import (
    BillingProfile,
    Invoice,
    InvoiceLine,
    InvoiceStep,
    PriceRule,
)
from maillage.run.payments.enums import DebitScheme
from maillage.run.payments.models import DebitOrder
from tests.cast import Cast, inside

BILLING_PLACES = {
    "invoice_id": ("invoice",),
    "order_id": ("order of debits",),
    "billing:file kind": ("kind of invoice file",),
}
BILLING_THINGS = {"kind of invoice file": "pdf"}
MARCH = date(2026, 3, 1)


def bills(cast: Cast) -> Mapping[str, str]:
    """Bill the garage for March; return what addresses may name."""
    with inside(cast.network):
        _price(cast)
        invoice = Invoice.objects.create(
            network=cast.network,
            organisation=cast.garage,
            year=2026,
            position=1,
            number="F2026-00001",
            month=MARCH,
            issued_on=date(2026, 4, 3),
            due_on=date(2026, 5, 3),
            net=Decimal("22.44"),
            tax=Decimal("4.49"),
            gross=Decimal("26.93"),
            wages=Decimal("13.20"),
            contributions=Decimal("5.54"),
            channel="outside",
            channel_why="before",
            content={},
            xml=b"<xml/>",
            pdf=b"%PDF-1.4",
            fingerprint="0" * 64,
            issued_by_id=cast.alice.public_id,
        )
        InvoiceLine.objects.create(
            invoice=invoice,
            rank=1,
            what="hours",
            description="Baking",
            quantity=Decimal(1),
            price=Decimal("22.44"),
            net=Decimal("22.44"),
            wages=Decimal("13.20"),
            contributions=Decimal("5.54"),
            rest=Decimal("3.70"),
        )
        InvoiceStep.objects.create(invoice=invoice, state=InvoiceState.ISSUED)
        order = DebitOrder.objects.create(
            network=cast.network,
            reference="DEB-1",
            scheme=DebitScheme.CORE,
            total=Decimal("26.93"),
            content=b"<xml/>",
            made_by_id=cast.alice.public_id,
        )
    return {
        "invoice": str(invoice.public_id),
        "order of debits": str(order.public_id),
        **BILLING_THINGS,
    }


def _price(cast: Cast) -> None:
    BillingProfile.objects.create(
        network=cast.network, siren="732829320", iban="FR7630006000011234567890189"
    )
    PriceRule.objects.create(
        network=cast.network,
        since=MARCH,
        terms={"method": "coefficient", "coefficients": [{"value": "1.87"}]},
        decision="Board",
        recorded_by_id=cast.alice.public_id,
    )
