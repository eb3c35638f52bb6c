"""A group that bills: 12 euros an hour, a coefficient of 1.87, VAT at 20 %; March 2026 closed."""

from datetime import date
from decimal import Decimal
from typing import Any

from maillage.run.billing.drafting import Draft, drafts_of
from maillage.run.billing.models import BillingProfile, PriceRule
from maillage.run.employment.models import EmploymentContract, Worker
from maillage.run.group.models import VatStatus
from maillage.run.hours.closing import close_month
from maillage.run.hours.enums import EntryState
from maillage.run.hours.models import HourEntry
from maillage.run.hours.prefilling import prefill
from tests.cast import Cast, acting
from tests.run.billing.files.cases import OUR_IBAN
from tests.run.group.stories import grouped
from tests.run.hours.months import MARCH
from tests.run.stories import shared_baker, slot_of
from tests.web.calls.weeks import works

ISSUED = date(2026, 4, 3)
COEFFICIENT: dict[str, Any] = {
    "method": "coefficient",
    "coefficients": [{"value": "1.87"}],
    "charges": "42",
    "cancelled": [{"under_hours": 24, "percent": 100}, {"under_hours": 72, "percent": 50}],
}


def billing(cast: Cast, *, exempt: bool = False, **terms: Any) -> None:
    """Set up the group of the cast, which bills its members from 2026 on."""
    group = grouped(cast)
    said = {"group": group, "year": 2026, "taxable_share": Decimal(100), "recorded_on": MARCH}
    VatStatus.objects.create(regime="exempt" if exempt else "liable", **said)
    for firm in (cast.bakery, cast.garage):
        VatStatus.objects.create(organisation=firm, regime="liable", **said)
    BillingProfile.objects.create(
        network=cast.network,
        siren="732829320",
        siret="73282932000074",
        vat_number="FR44732829320",
        iban=OUR_IBAN,
    )
    PriceRule.objects.create(
        network=cast.network,
        since=date(2026, 1, 1),
        terms={**COEFFICIENT, **terms},
        decision="Board of 10 December 2025",
        recorded_by_id=cast.alice.public_id,
    )


def baker_at_twelve(cast: Cast, name: str = "Gaëlle") -> Worker:
    """Employ somebody at twelve euros an hour, shared between the bakery and the garage."""
    worker: Worker = shared_baker(cast, name)
    EmploymentContract.objects.filter(worker=worker).update(hourly_pay=Decimal(12))
    return worker


def signed_march(cast: Cast, worker: Worker) -> None:
    """Let a worker give the bakery 35 hours and the garage 7 in March, all signed and closed."""
    for day in range(5):
        works(worker, slot_of(cast, cast.bakery, day, 8, 15))
    works(worker, slot_of(cast, cast.garage, 7, 8, 15))
    prefill(cast.network, MARCH)
    HourEntry.objects.update(state=EntryState.CONFIRMED)
    close_month(acting=acting(cast.alice, cast.network), month=MARCH)


def drafts(cast: Cast) -> list[Draft]:
    """Return what is to be billed of March."""
    return drafts_of(cast.network, MARCH)
