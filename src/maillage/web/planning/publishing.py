"""Publishing a week: reading what changed, then telling people."""

from itertools import groupby

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from maillage.run.planning.models import Acknowledgement
from maillage.run.planning.publishing import Change, PublicationError, publish_week
from maillage.run.planning.publishing import changes_between as differences
from maillage.run.planning.ruling import notice_on
from maillage.web.planning.reading import Found, found_in
from maillage.web.planning.weeks import times, week_of
from maillage.web.ui.acting import NetworkRequest
from maillage.web.ui.formats import nice_date
from maillage.web.ui.gates import in_network
from maillage.web.ui.toasts import refused, said


@require_http_methods(["GET", "HEAD", "POST"])
@in_network("plan_work")
def publish(request: NetworkRequest) -> HttpResponse:
    """Show what publishing a week would tell people, and publish it."""
    week = week_of(request.GET.get("week", ""))
    board = f"{reverse('planning:board', args=[request.network.slug])}?week={week.key}"
    if request.method == "POST":
        try:
            made = publish_week(acting=request.acting, monday=week.monday)
        except PublicationError as error:
            refused(request, str(error))
        else:
            told = Acknowledgement.objects.filter(publication=made, seen_at=None).count()
            said(
                request,
                ngettext(
                    "The week is published: %(n)d person is told.",
                    "The week is published: %(n)d people are told.",
                    told,
                )
                % {"n": told},
            )
        return redirect(board)
    found = found_in(request.network, week)
    notice = notice_on(request.network, localdate())
    published = found.publication is not None
    changes = differences(found.told, found.seats, published=published, notice=notice)
    context = {
        "network": request.network,
        "week": week,
        "back": board,
        "publication": found.publication,
        "people": [
            (name, list(rows))
            for name, rows in groupby(map(_said, changes), key=lambda row: row[0])
        ],
        "notice": notice,
        "late": sum(change.late for change in changes),
        "shifts": len(found.seats),
        "workers": len({seat.worker_id for seat in found.seats}),
        "missing": sum(count for _slot, count in found.gaps),
        "waiting": _waiting(found),
    }
    return render(request, "planning/publish.html", context)


def _said(change: Change) -> tuple[str, str, str, bool]:
    """Return a change as worker, day, sentence, late."""
    when = ""
    if change.slot is not None:
        when = times(change.slot.start_minute, change.slot.end_minute)
    elif change.was is not None:
        when = times(change.was.start_minute, change.was.end_minute)
    words = {
        "added": _("%(firm)s, %(when)s: added"),
        "removed": _("%(firm)s, %(when)s: removed"),
        "moved": _("%(firm)s, %(when)s: moved"),
    }[change.kind] % {"firm": change.organisation, "when": when}
    if change.kind == "moved" and change.was is not None and change.was.day != change.day:
        words += " " + _("(it was on %(day)s)") % {"day": nice_date(change.was.day)}
    return change.worker.name, nice_date(change.day), words, change.late


def _waiting(found: Found) -> list[tuple[str, str]]:
    """Return who has not said that they have seen the week as last published, with a telephone."""
    if found.publication is None:
        return []
    rows = Acknowledgement.objects.filter(publication=found.publication, seen_at=None)
    return [
        (row.worker.name, row.worker.phone)
        for row in rows.select_related("worker").order_by("worker__folded_name")
    ]
