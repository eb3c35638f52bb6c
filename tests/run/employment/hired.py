"""People the group employs, for the stories of leave, papers and drift."""

from datetime import date
from decimal import Decimal
from typing import Any

from maillage.foundation.organisations.models import Organisation
from maillage.foundation.vocabularies.folding import plain
from maillage.run.employment.enums import ContractKind
from maillage.run.employment.models import EmploymentContract, LendingAgreement, Worker
from tests.cast import Cast

FULL_TIME = 35 * 60


def worker_named(cast: Cast, name: str, **more: Any) -> Worker:
    """Add somebody to the workers of the network; its scope is open."""
    return Worker.objects.create(
        network=cast.network, name=name, folded_name=plain(name), language="en", **more
    )


def contract_of(
    worker: Worker,
    starts_on: date = date(2026, 1, 5),
    kind: ContractKind = ContractKind.PERMANENT,
    **more: Any,
) -> EmploymentContract:
    """Give a worker a signed contract of 35 hours a week."""
    words: dict[str, Any] = {
        "title": "Vendeuse",
        "occupation": "D1106",
        "qualification": "Employée",
        "week_minutes": FULL_TIME,
        "hourly_pay": Decimal("12.50"),
        "signed_on": starts_on,
        **more,
    }
    return EmploymentContract.objects.create(worker=worker, kind=kind, starts_on=starts_on, **words)


def employed(cast: Cast, name: str, starts_on: date = date(2026, 1, 5), **more: Any) -> Worker:
    """Add a worker with a permanent contract."""
    worker = worker_named(cast, name)
    contract_of(worker, starts_on, **more)
    return worker


def lent(contract: EmploymentContract, firm: Organisation, **more: Any) -> LendingAgreement:
    """Lend the worker of a contract to a firm, 17 h 30 a week, signed."""
    words: dict[str, Any] = {
        "post": "Vente",
        "occupation": "D1106",
        "starts_on": contract.starts_on,
        "week_minutes": FULL_TIME // 2,
        "rhythm": "Monday to Wednesday",
        "cost_terms": "22 € an hour",
        "signed_on": contract.starts_on,
        **more,
    }
    return LendingAgreement.objects.create(contract=contract, organisation=firm, **words)
