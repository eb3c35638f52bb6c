"""Who is away this month, day by day, and the requests that wait for an answer."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from math import ceil

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from maillage.bricks.indicators.measures import months_before
from maillage.run.employment.away import Away, AwayKind, away_between
from maillage.run.employment.balances import days_counted
from maillage.run.employment.enums import LeaveState
from maillage.run.employment.models import Leave
from maillage.run.employment.papers import late_papers
from maillage.run.employment.working_days import days_between, is_holiday
from maillage.web.ui.acting import NetworkRequest
from maillage.web.ui.formats import number
from maillage.web.ui.gates import in_network

FARTHEST = 24  # months before and after the present one
SUNDAY = 6
MOST_ASKED = 50


@dataclass(frozen=True, slots=True)
class Day:
    """A column of the calendar."""

    day: date
    off: bool
    today: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A worker of the calendar: for each day, how they are away ("" when they are not)."""

    name: str
    days: tuple[str, ...]
    spans: tuple[Away, ...]


@require_safe
@in_network("manage_staff", hidden=True)
def home(request: NetworkRequest) -> HttpResponse:
    """Show the requests to answer, then the month."""
    today = localdate()
    month = _month(request.GET.get("month", ""), today)
    last = months_before(month, -1) - timedelta(days=1)
    waiting = Leave.objects.filter(worker__network=request.network, state=LeaveState.ASKED)
    asked = list(waiting.select_related("worker").order_by("starts_on", "id")[:MOST_ASKED])
    days = [
        Day(day, day.weekday() == SUNDAY or is_holiday(day), day == today)
        for day in days_between(month, last)
    ]
    context = {
        "network": request.network,
        "asked": [(leave, said_days(days_counted(leave))) for leave in asked],
        "title": date_format(month, "F Y"),
        "before": months_before(month, 1),
        "after": months_before(month, -1),
        "days": days,
        "rows": rows_of(away_between(request.network, month, last), [one.day for one in days]),
        "late": len(late_papers(request.network)),
    }
    return render(request, "leave/home.html", context)


def said_days(days: Decimal) -> str:
    """Return working days in words; half a day makes one more."""
    text = ngettext("%(n)s working day", "%(n)s working days", ceil(days))
    return text % {"n": number(days)}


def rows_of(away: Sequence[Away], days: Sequence[date]) -> list[Row]:
    """Return a row for each worker who is away, in the order of their names."""
    by_worker: dict[int, list[Away]] = defaultdict(list)
    for one in away:
        by_worker[one.worker_id].append(one)
    return [
        Row(spans[0].name, tuple(_how(spans, day) for day in days), tuple(spans))
        for spans in by_worker.values()
    ]


def _how(spans: Sequence[Away], day: date) -> str:
    """Return how somebody is away on a day: what is sure before what is only asked."""
    kinds = {one.kind for one in spans if one.covers(day)}
    order = (AwayKind.ABSENT, AwayKind.LEAVE, AwayKind.ASKED)
    return next((kind.value for kind in order if kind in kinds), "")


def _month(asked: str, today: date) -> date:
    """Return the first day of the month asked for ("2026-12"), else of the present one."""
    present = today.replace(day=1)
    try:
        month = date.fromisoformat(f"{asked}-01")
    except ValueError:
        return present
    near = months_before(present, FARTHEST) <= month <= months_before(present, -FARTHEST)
    return month if near else present
