"""A group at work: Gaëlle and Hugo, who bake, are shared between the bakery and the garage.

Chloé of the cast works for Bob; these two are employed by the group. The story is told in the
weeks that follow Monday 2 March 2026.
"""

from datetime import date, timedelta
from decimal import Decimal

from maillage.foundation.organisations.models import Organisation
from maillage.foundation.vocabularies.folding import plain
from maillage.foundation.vocabularies.gazetteer import find_commune
from maillage.run.employment.enums import ContractKind
from maillage.run.employment.models import (
    EmploymentContract,
    LendingAgreement,
    Worker,
    WorkerSkill,
)
from maillage.run.planning.models import Slot
from tests.cast import Cast

MONDAY = date(2026, 3, 2)
BAKING = "D1102"
HOUR = 60


def worker_of(cast: Cast, name: str, *, hours: float = 35, commune: str = "Blois") -> Worker:
    """Employ somebody who bakes, since the beginning of 2025; the scope of the network is open."""
    place = find_commune(name=commune, postcode="41000" if commune == "Blois" else None)
    worker = Worker.objects.create(
        network=cast.network,
        name=name,
        folded_name=plain(name),
        email=f"{plain(name)}@home.example",
        phone="06 00 00 00 00",
        language="en",
        commune=place.name,
        latitude=place.latitude,
        longitude=place.longitude,
    )
    WorkerSkill.objects.create(
        worker=worker, occupation=BAKING, occupation_label="Boulangerie - viennoiserie", level=2
    )
    EmploymentContract.objects.create(
        worker=worker,
        kind=ContractKind.PERMANENT,
        title="Boulangère, boulanger",
        occupation=BAKING,
        qualification="CAP boulanger",
        starts_on=date(2025, 1, 6),
        week_minutes=round(hours * HOUR),
        hourly_pay=Decimal("13.20"),
        declared_on=date(2025, 1, 2),
        signed_on=date(2025, 1, 3),
    )
    return worker


def lend(
    worker: Worker,
    firm: Organisation,
    *,
    since: date = date(2025, 1, 6),
    until: date | None = None,
    signed: bool = True,
) -> LendingAgreement:
    """Lend a worker to a firm."""
    return LendingAgreement.objects.create(
        contract=worker.contracts.get(),
        organisation=firm,
        post="Boulangère, boulanger",
        occupation=BAKING,
        starts_on=since,
        ends_on=until,
        week_minutes=17 * HOUR,
        rhythm="Mornings",
        cost_terms="Wages and contributions, and 12 % for the group.",
        signed_on=since if signed else None,
    )


def slot_of(
    cast: Cast, firm: Organisation, day: int, start: float, end: float, **more: object
) -> Slot:
    """Have a firm need somebody who bakes, so many days after Monday 2 March, between two hours."""
    values: dict[str, object] = {
        "network": cast.network,
        "organisation": firm,
        "occupation": BAKING,
        "occupation_label": "Boulangerie - viennoiserie",
        "day": MONDAY + timedelta(days=day),
        "start_minute": round(start * HOUR),
        "end_minute": round(end * HOUR),
        **more,
    }
    return Slot.objects.create(**values)


def shared_baker(cast: Cast, name: str = "Gaëlle", *, hours: float = 35) -> Worker:
    """Employ somebody and lend them to the bakery and to the garage."""
    worker = worker_of(cast, name, hours=hours)
    lend(worker, cast.bakery)
    lend(worker, cast.garage)
    return worker
