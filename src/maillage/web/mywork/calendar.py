"""A worker's shifts as a calendar feed (RFC 5545), which a telephone follows by itself."""

from datetime import UTC, datetime, timedelta

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe
from django_scopes import scope
from icalendar import Calendar, Event

from maillage.foundation.organisations.models import Site
from maillage.run.employment.models import Worker
from maillage.run.planning.calling.declaring import moment_of
from maillage.run.planning.calling.links import calendar_of
from maillage.run.planning.calling.queries import told_to
from maillage.run.planning.models import PublishedShift
from maillage.web.mywork.opening import closed
from maillage.web.ui.by_link import as_nobody, kept_quiet

BEHIND = timedelta(days=31)
AHEAD = timedelta(days=366)
PRODUCT = "-//Maillage//Calendar of a shared worker//FR"


@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponseBase:
    """Return the published shifts of a worker, from a month ago to a year ahead."""
    as_nobody(request)
    worker = calendar_of(token)
    if worker is None:
        return kept_quiet(closed(request))
    network = worker.network
    with scope(network=network, register=network.register), override(worker.language):
        content = calendar_file(worker)
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="maillage.ics"'
    return kept_quiet(response)


def calendar_file(worker: Worker) -> bytes:
    """Return the feed of a worker; its times are universal, so that no time zone is needed."""
    today = localdate()
    shifts = list(told_to(worker, today - BEHIND, today + AHEAD))
    firms = {shift.organisation_id for shift in shifts}
    sites: dict[int, Site] = {}
    for site in Site.objects.filter(organisation__in=firms, closed_on=None).order_by("is_main"):
        sites[site.organisation_id] = site
    made = Calendar()
    made.add("prodid", PRODUCT)
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", _("My work: %(network)s") % {"network": worker.network.name})
    for shift in shifts:
        made.add_component(_event(shift, shift.slot.site or sites.get(shift.organisation_id)))
    return bytes(made.to_ical())


def _event(shift: PublishedShift, site: Site | None) -> Event:
    event = Event()
    event.add("uid", f"{shift.slot.public_id}@maillage")
    event.add("dtstamp", shift.publication.published_at.astimezone(UTC))
    event.add("dtstart", _universal(shift, shift.start_minute))
    event.add("dtend", _universal(shift, shift.end_minute))
    event.add("sequence", shift.publication.number)
    event.add("summary", f"{shift.organisation.name}, {shift.slot.occupation_label}")
    if site is not None:
        parts = (site.address, f"{site.postcode} {site.commune}".strip())
        event.add("location", ", ".join(part for part in parts if part))
    return event


def _universal(shift: PublishedShift, minute: int) -> datetime:
    return moment_of(shift.day, minute).astimezone(UTC)
