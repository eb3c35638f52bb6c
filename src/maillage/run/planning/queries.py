"""Reads of the plan; each function says for whom."""

from collections.abc import Collection, Mapping
from datetime import date, timedelta

from django.db.models import Max, QuerySet

from maillage.foundation.networks.models import Network
from maillage.foundation.organisations.models import Site
from maillage.run.planning.holidays import Openings
from maillage.run.planning.models import Assignment, HolidayRule, Publication, PublishedShift

WEEK = timedelta(days=7)
OPENING = ("organisation", "day", "opening")


def openings_of(network: Network, firms: Collection[int]) -> Openings:
    """Return what firms (row numbers) do on public holidays. Two queries."""
    rules = HolidayRule.objects.filter(network=network, organisation__in=firms)
    sites = Site.objects.filter(organisation__in=firms, closed_on=None).order_by("is_main", "-pk")
    return Openings(
        {(one, day): opening for one, day, opening in rules.values_list(*OPENING)},
        dict(sites.values_list("organisation", "insee")),
    )


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
