"""Shared work in the world of the pages: people employed, their leave and papers, its figures."""

from collections.abc import Mapping
from datetime import timedelta

from django.utils.timezone import localdate

from maillage.bricks.indicators.actions import keep_values, write_plan
from maillage.bricks.indicators.models import Alert
from maillage.foundation.networks.models import Task
from maillage.run.employment.enums import ContractKind
from tests.cast import Cast, acting, inside
from tests.run.employment.hired import contract_of, employed, lent, worker_named


def shared_work(cast: Cast) -> Mapping[str, str]:
    """Let everything of shared work happen once; return what addresses may name."""
    today = localdate()
    alice = acting(cast.alice, cast.network)
    with inside(cast.network):
        gaelle = worker_named(cast, "Gaëlle", email="gaelle@metiers-partages.example")
        lent(contract_of(gaelle, today - timedelta(days=400)), cast.bakery)
        end = today + timedelta(days=40)
        employed(cast, "Hugo", today - timedelta(days=20), kind=ContractKind.SEASONAL, ends_on=end)
        keep_values(network=cast.network, day=today)
        alert = Alert.objects.get(key="short_share", cleared_on=None)
        write_plan(acting=alice, alert=alert, plan="Deux emplois permanents avant l’été.")
        # A task in the list would be tried where the tests expect the one of the network.
        Task.objects.filter(alerts__isnull=False).delete()
    return {"indicator": "short_share"}
