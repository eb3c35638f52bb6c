"""What the plan says of the last twelve months: the hours that each firm used."""

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from uuid import UUID

from django.db.models import F, QuerySet, Sum
from django.utils.timezone import localdate

from maillage.foundation.networks.models import Network
from maillage.foundation.organisations.enums import OrganisationKind
from maillage.run.planning.models import Assignment

A_YEAR = timedelta(days=365)
MINUTES = F("slot__end_minute") - F("slot__start_minute") - F("slot__break_minutes")
CENT = Decimal("0.01")


def planned_hours(network: Network) -> Mapping[UUID, Decimal]:
    """Return the hours each firm had somebody planned in the last twelve months. One query.

    For whoever manages the group.
    """
    rows = (
        _last_year(network)
        .order_by()
        .values_list("slot__organisation__public_id")
        .annotate(minutes=Sum(MINUTES))
    )
    return {firm: (Decimal(minutes) / 60).quantize(CENT) for firm, minutes in rows}


def minutes_by_worker(network: Network) -> Mapping[str, tuple[int, int]]:
    """Return the minutes of each worker over twelve months: with public members, and in all.

    By the worker's name; for whoever manages the group. One query.
    """
    rows = (
        _last_year(network)
        .order_by()
        .values_list("worker__name", "slot__organisation__kind")
        .annotate(minutes=Sum(MINUTES))
    )
    found: dict[str, tuple[int, int]] = {}
    for name, kind, minutes in rows:
        public, every = found.get(name, (0, 0))
        public += minutes if kind == OrganisationKind.AUTHORITY else 0
        found[name] = (public, every + minutes)
    return found


def _last_year(network: Network) -> QuerySet[Assignment]:
    today = localdate()
    return Assignment.objects.filter(
        slot__network=network,
        slot__cancelled_at=None,
        slot__day__gt=today - A_YEAR,
        slot__day__lte=today,
    )
