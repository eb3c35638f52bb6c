"""Reads of links."""

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from maillage.bricks.links.models import Link


def links_of(organisation_id: int, day: date, *, among: QuerySet[Any]) -> QuerySet[Link]:
    """Return the links of an organisation (row number) on a day, in both directions.

    `among` are the row numbers of the organisations that the viewer may know of: a link with any
    other does not exist.
    """
    holds = Q(starts_on__lte=day) & (Q(ends_on=None) | Q(ends_on__gte=day))
    outgoing = Q(source=organisation_id, target__in=among)
    incoming = Q(target=organisation_id, source__in=among)
    return (
        Link.objects.filter(holds & (outgoing | incoming))
        .select_related("source", "target")
        .order_by("kind", "starts_on", "id")
    )
