"""Reads of the plan; each function says for whom."""

from collections.abc import Mapping
from datetime import date, timedelta

from django.db.models import Max, QuerySet

from maillage.foundation.networks.models import Network
from maillage.run.planning.models import Assignment, Publication, PublishedShift

WEEK = timedelta(days=7)


def assignments_between(network: Network, first: date, last: date) -> QuerySet[Assignment]:
    """Return the plan as it stands, days included, for whoever plans or reads the plan."""
    return (
        Assignment.objects.filter(
            slot__network=network,
            slot__day__gte=first,
            slot__day__lte=last,
            slot__cancelled_at=None,
        )
        .select_related("slot", "slot__organisation", "worker")
        .order_by("slot__day", "slot__start_minute", "slot_id", "worker_id")
    )


def latest_publications(network: Network, first: date, last: date) -> Mapping[date, Publication]:
    """Return the last publication of each week that has a day in a span, by its Monday."""
    rows = Publication.objects.filter(network=network, monday__gt=first - WEEK, monday__lte=last)
    newest = dict(rows.order_by().values_list("monday").annotate(Max("number")))
    return {row.monday: row for row in rows if newest[row.monday] == row.number}


def published_between(network: Network, first: date, last: date) -> QuerySet[PublishedShift]:
    """Return what people were last told of these days, for whoever plans."""
    told = latest_publications(network, first, last).values()
    return (
        PublishedShift.objects.filter(publication__in=list(told), day__gte=first, day__lte=last)
        .select_related("worker", "slot", "organisation")
        .order_by("day", "start_minute", "pk")
    )
