"""What expires soon, group by group; and the papers, times and hours of one worker."""

from datetime import time
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from maillage.bricks.agreements.scans import SUFFIXES
from maillage.run.employment.balances import leave_balance, leaves_of
from maillage.run.employment.certificates import SOON_DAYS, Expiring, expiring, worker_called
from maillage.run.employment.enums import DocumentRule
from maillage.run.employment.models import Authorisation, WeeklyTime, Worker
from maillage.run.planning.annual import Annual, annual_balance
from maillage.web.leave.forms import MIDNIGHT, WEEKDAYS
from maillage.web.ui.acting import NetworkRequest
from maillage.web.ui.formats import nice_date, nice_time, number
from maillage.web.ui.gates import in_network
from maillage.web.ui.parts import Figure

HOUR = 60
MOST_LEAVES = 20


@require_safe
@in_network("manage_staff", hidden=True)
def expiring_soon(request: NetworkRequest) -> HttpResponse:
    """List what expires within ninety days, so that one course renews many."""
    groups = expiring(request.network, localdate())
    context = {
        "network": request.network,
        "groups": [(one, said_of(one)) for one in groups],
        "days": SOON_DAYS,
        "today": localdate(),
    }
    return render(request, "leave/expiring.html", context)


def said_of(group: Expiring) -> str:
    """Return "12 licences expire, 8 people in 5 firms"."""
    count = len(group.certificates)
    certificates = ngettext("%(n)s expires", "%(n)s expire", count) % {"n": number(count)}
    people = ngettext("%(n)s person", "%(n)s people", group.people) % {"n": number(group.people)}
    firms = ngettext("%(n)s firm", "%(n)s firms", group.firms) % {"n": number(group.firms)}
    words = {"certificates": certificates, "people": people, "firms": firms}
    return _("%(certificates)s: %(people)s in %(firms)s") % words


@require_safe
@in_network("manage_staff", hidden=True)
def of_worker(request: NetworkRequest, worker_id: UUID) -> HttpResponse:
    """Show the papers, the times elsewhere and the hours of the year of a worker."""
    worker = access_worker(request, worker_id)
    today = localdate()
    year = annual_balance(worker, today)
    papers = worker.authorisations.defer("content")
    context = {
        "network": request.network,
        "worker": worker,
        "today": today,
        "certificates": list(worker.certificates.all()),
        "times": [(one, _when(one)) for one in worker.weekly_times.all()],
        "papers": [(one, DocumentRule(one.rule).label) for one in papers],
        "year": year,
        "figures": figures_of(year) if year is not None else (),
    }
    return render(request, "leave/papers.html", context)


@require_safe
@in_network("manage_staff", hidden=True)
def leave_of(request: NetworkRequest, worker_id: UUID) -> HttpResponse:
    """Show the paid leave of a worker, and what they asked for."""
    worker = access_worker(request, worker_id)
    context = {
        "network": request.network,
        "worker": worker,
        "balance": leave_balance(worker, localdate()),
        "leaves": leaves_of(worker)[:MOST_LEAVES],
    }
    return render(request, "leave/of_worker.html", context)


def figures_of(year: Annual) -> tuple[Figure, ...]:
    """Return the hours of a year, in words that add up."""
    pace = (
        _("%(hours)s ahead of an even pace") if year.ahead >= 0 else _("%(hours)s behind it")
    ) % {"hours": _hours(abs(year.ahead))}
    return (
        Figure(_hours(year.worked), _("worked so far"), detail=pace),
        Figure(_hours(year.published), _("published ahead")),
        Figure(_hours(year.left), _("left to plan")),
        Figure(_hours(year.promised), _("promised for the year")),
    )


@require_safe
@in_network("manage_staff", hidden=True)
def file(request: NetworkRequest, worker_id: UUID, record_id: UUID) -> HttpResponse:
    """Give the document of a paper that lifts a rule."""
    worker = access_worker(request, worker_id)
    kept = get_object_or_404(Authorisation, worker=worker, public_id=record_id)
    if not kept.content:
        raise Http404
    answer = HttpResponse(bytes(kept.content), content_type=kept.media_type)
    name = f"{kept.rule}.{SUFFIXES[kept.media_type]}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def access_worker(request: NetworkRequest, worker_id: UUID) -> Worker:
    """Return a worker of the network; 404 when there is none of that name."""
    worker = worker_called(request.network, worker_id)
    if worker is None:
        raise Http404
    return worker


def _when(kept: WeeklyTime) -> str:
    words = {
        "kind": kept.get_kind_display(),
        "day": dict(WEEKDAYS)[kept.weekday],
        "start": _clock(kept.start_minute),
        "end": _clock(kept.end_minute),
    }
    said = _("%(kind)s: %(day)s, %(start)s to %(end)s") % words
    if kept.ends_on is None:
        return said
    return _("%(said)s, until %(day)s") % {"said": said, "day": nice_date(kept.ends_on)}


def _clock(minute: int) -> str:
    if minute == MIDNIGHT:
        return _("midnight")
    return nice_time(time(minute // HOUR, minute % HOUR))


def _hours(minutes: int) -> str:
    """Return minutes as hours: 7 h, 7 h 30."""
    sign = "\u2212" if minutes < 0 else ""
    hours, rest = divmod(abs(minutes), HOUR)
    return f"{sign}{number(hours)}\u00a0h" + (f"\u00a0{rest:02}" if rest else "")
