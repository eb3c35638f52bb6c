"""The board of a week, and its file."""

from dataclasses import replace
from io import BytesIO
from typing import Final

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from maillage.run.planning.models import Assignment
from maillage.run.planning.permissions import can_plan_work
from maillage.run.planning.publishing import changes_between
from maillage.run.planning.ruling import notice_on
from maillage.web.planning.board import Board, Wanted, board_of
from maillage.web.planning.reading import Found, found_in
from maillage.web.planning.weeks import clock, week_of
from maillage.web.ui.acting import NetworkRequest
from maillage.web.ui.gates import in_network
from maillage.web.ui.lists.columns import Column
from maillage.web.ui.lists.export import write_csv, write_xlsx

PER_PAGE: Final = 50
KINDS: Final = {"csv": write_csv, "xlsx": write_xlsx}
COLUMNS: Final = (
    Column("day", gettext_lazy("Day"), lambda seat: seat.slot.day),
    Column("from", gettext_lazy("From"), lambda seat: clock(seat.slot.start_minute)),
    Column("to", gettext_lazy("To"), lambda seat: clock(seat.slot.end_minute)),
    Column("worker", gettext_lazy("Worker"), lambda seat: seat.worker.name),
    Column("firm", gettext_lazy("Firm"), lambda seat: seat.slot.organisation.name),
    Column("occupation", gettext_lazy("Occupation"), lambda seat: seat.slot.occupation_label),
    Column("minutes", gettext_lazy("Minutes of work"), lambda seat: seat.slot.minutes),
)


@require_safe
@in_network("see_plan")
def board(request: NetworkRequest) -> HttpResponse:
    """Show a week: who is where, what lacks somebody, what changed since it was published."""
    week = week_of(request.GET.get("week", ""))
    found = found_in(request.network, week)
    notice = notice_on(request.network, localdate())
    published = found.publication is not None
    changes = changes_between(found.told, found.seats, published=published, notice=notice)
    wanted = wanted_in(request)
    laid = board_of(found, changes, wanted)
    page = Paginator(laid.rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "network": request.network,
        "week": week,
        "before": week.next(-1),
        "after": week.next(),
        "board": replace(laid, rows=list(page.object_list)),
        "page_of_rows": page,
        "wanted": wanted,
        "publication": found.publication,
        "changes": changes,
        "notice": notice,
        "people_changed": len({change.worker.pk for change in changes}),
        "plans": (plans := can_plan_work(request.acting)),
        "drags": plans and not wanted.by_firm,
        "shown_day": shown_day(request, laid),
        "address": address_without(request, "day"),
        "pages": address_without(request, "page"),
    }
    return render(request, "planning/board.html", context)


@require_safe
@in_network("see_plan")
def as_file(request: NetworkRequest, kind: str) -> HttpResponse:
    """Hand a week over as a file, a line for each shift."""
    if kind not in KINDS:
        raise Http404
    week = week_of(request.GET.get("week", ""))
    stream = BytesIO()
    KINDS[kind](COLUMNS, _sorted(found_in(request.network, week)), stream)
    response = HttpResponse(stream.getvalue(), content_type="application/octet-stream")
    name = f"{request.network.slug}-{week.key}.{kind}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def wanted_in(request: HttpRequest) -> Wanted:
    """Return what an address asks to see."""
    return Wanted(by_firm=request.GET.get("by") == "firm", q=request.GET.get("q", "")[:80])


def shown_day(request: HttpRequest, laid: Board) -> int:
    """Return the one day that a phone shows: the one asked for, today, else the first."""
    asked = request.GET.get("day", "")
    if asked.isdigit() and int(asked) < len(laid.days):
        return int(asked)
    today = localdate()
    return next((day.rank for day in laid.days if day.date == today), 0)


def address_without(request: HttpRequest, name: str) -> str:
    """Return the query of an address without one of its names, ready for one more."""
    query = request.GET.copy()
    query.pop(name, None)
    return f"?{query.urlencode()}&" if query else "?"


def _sorted(found: Found) -> list[Assignment]:
    return sorted(
        found.seats,
        key=lambda seat: (seat.slot.day, seat.worker.folded_name, seat.slot.start_minute),
    )
