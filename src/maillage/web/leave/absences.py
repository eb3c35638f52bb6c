"""Absences that last, and their papers before their time."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from maillage.run.employment.models import Absence
from maillage.run.employment.papers import (
    Clock,
    Paper,
    PaperError,
    absences_followed,
    clocks_of,
    end_absence,
    record_declaration,
    record_note,
    record_report,
)
from maillage.web.leave.forms import PaperOfAbsence
from maillage.web.ui.acting import NetworkRequest
from maillage.web.ui.formats import nice_date, nice_datetime
from maillage.web.ui.forms import invalid_status
from maillage.web.ui.gates import in_network
from maillage.web.ui.toasts import said

FORM = ["GET", "HEAD", "POST"]
BACK = "back"
PAPERS: Mapping[Paper, Promise] = {
    Paper.NOTE: gettext_lazy("Sick note received from the worker"),
    Paper.REPORT: gettext_lazy("Report of the firm where it happened received"),
    Paper.DECLARATION: gettext_lazy("Accident declared to the health insurance"),
    Paper.VISIT: gettext_lazy("Visit to the occupational doctor on return"),
}
RECORDS: Mapping[Paper, Callable[..., Absence]] = {
    Paper.NOTE: record_note,
    Paper.REPORT: record_report,
    Paper.DECLARATION: record_declaration,
}


@dataclass(frozen=True, slots=True)
class ClockLine:
    """A paper as a page shows it."""

    name: Promise
    article: str
    state: str
    kind: str


def lines_of(absence: Absence) -> list[ClockLine]:
    """Return the papers of an absence, each with its article and where it stands."""
    return [_line(clock) for clock in clocks_of(absence)]


def _line(clock: Clock) -> ClockLine:
    if clock.done_on is not None:
        state, kind = _("there since %(day)s") % {"day": nice_date(clock.done_on)}, "ok"
    elif clock.paper == Paper.VISIT:
        state, kind = _("before %(day)s") % {"day": nice_date(clock.due_at)}, "watch"
    elif clock.is_late(now()):
        state, kind = _("late since %(moment)s") % {"moment": nice_datetime(clock.due_at)}, "no"
    else:
        state, kind = _("before %(moment)s") % {"moment": nice_datetime(clock.due_at)}, "watch"
    return ClockLine(PAPERS[clock.paper], clock.article, state, kind)


@require_safe
@in_network("manage_staff", hidden=True)
def absences(request: NetworkRequest) -> HttpResponse:
    """List the absences that last, and those whose papers are still to come."""
    found = absences_followed(request.network, localdate())
    context = {
        "network": request.network,
        "absences": [(one, lines_of(one)) for one in found],
    }
    return render(request, "leave/absences.html", context)


@require_http_methods(FORM)
@in_network("manage_staff", hidden=True)
def absence(request: NetworkRequest, absence_id: UUID) -> HttpResponse:
    """Show an absence and its papers; write down what came, or the return."""
    rows = Absence.objects.filter(worker__network=request.network, public_id=absence_id)
    found = rows.select_related("worker", "organisation").first()
    if found is None:
        raise Http404
    papers = [clock.paper for clock in clocks_of(found) if clock.paper in RECORDS]
    choices = [*((paper.value, PAPERS[paper]) for paper in papers), (BACK, _("Back at work"))]
    form = PaperOfAbsence(request.POST or None, choices=choices)
    if request.method == "POST" and form.is_valid():
        try:
            _record(request, found, form)
        except PaperError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        else:
            said(request, _("It is kept, with its day."))
            return redirect("leave:absences", request.network.slug)
    context = {
        "network": request.network,
        "absence": found,
        "lines": lines_of(found),
        "form": form,
    }
    return render(request, "leave/absence.html", context, status=invalid_status(form))


def _record(request: NetworkRequest, absence: Absence, form: PaperOfAbsence) -> None:
    what, on = form.cleaned_data["what"], form.cleaned_data["on"]
    if what == BACK:
        end_absence(acting=request.acting, absence=absence, back_on=on)
    else:
        RECORDS[Paper(what)](acting=request.acting, absence=absence, on=on)
