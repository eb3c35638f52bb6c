"""Many counts in one query."""

from collections.abc import Mapping
from typing import Any

from django.db.models import F, Func, IntegerField, QuerySet, Subquery

from maillage.foundation.networks.models import Network


def counts_of(network: Network, wanted: Mapping[str, QuerySet[Any]]) -> dict[str, int]:
    """Return how many rows each of these selections has. One query for all."""
    totals = {f"count_{name}": _total(rows) for name, rows in wanted.items()}
    found = Network.objects.filter(pk=network.pk).order_by().annotate(**totals)
    counted = found.values_list(*totals).get()
    return dict(zip(wanted, counted, strict=True))


def _total(rows: QuerySet[Any]) -> Subquery:
    count = Func(F("pk"), function="COUNT", output_field=IntegerField())
    return Subquery(rows.order_by().annotate(total_of_rows=count).values("total_of_rows"))
