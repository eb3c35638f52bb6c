"""The compliance clock: what is due, what is done, and the calendar that other programs read."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_scopes import scope

from maillage.run.group.actions import look_again, mark_done, mark_undone, renew_calendar
from maillage.run.group.clock import BY_PAPER
from maillage.run.group.feed import calendar_of, opened_by, path_of
from maillage.run.group.models import Deadline
from maillage.run.group.permissions import can_manage_group
from maillage.run.group.queries import deadlines_of, split
from maillage.run.group.refusals import GroupError
from maillage.run.group.rules import ClockRule, articles_in_words, in_words, rule_called
from maillage.web.group.forms import DoneForm
from maillage.web.group.reading import one_of, the_group, to
from maillage.web.ui.acting import NetworkRequest
from maillage.web.ui.formats import nice_date
from maillage.web.ui.forms import invalid_status
from maillage.web.ui.gates import in_network
from maillage.web.ui.toasts import said

FORM = ["GET", "HEAD", "POST"]
MOST_DONE = 50


@dataclass(frozen=True, slots=True)
class ClockLine:
    """A line as its page shows it: what, why, by when, and whether it is done."""

    deadline: Deadline
    what: str
    why: str
    article: str
    by_law: bool
    late: bool
    by_paper: bool


def in_lines(deadlines: Iterable[Deadline], today: date) -> list[ClockLine]:
    """Return lines in words."""
    return [_in_words(one, rule_called(one.rule), today) for one in deadlines]


def _in_words(one: Deadline, rule: ClockRule, today: date) -> ClockLine:
    return ClockLine(
        deadline=one,
        what=in_words(rule.title),
        why=in_words(rule.why),
        article=articles_in_words(rule.article),
        by_law=rule.fixed_by == "law",
        late=one.done_on is None and one.due_on < today,
        by_paper=one.rule in BY_PAPER,
    )


@require_safe
@in_network("read_group")
def clock(request: NetworkRequest) -> HttpResponse:
    """Show everything that is due, and what was done."""
    group = the_group(request)
    today = localdate()
    open_lines, done_lines = split(list(deadlines_of(group)))
    context = {
        "network": request.network,
        "manages": can_manage_group(request.acting),
        "open": in_lines(open_lines, today),
        "done": in_lines(done_lines[:MOST_DONE], today),
        "calendar": request.build_absolute_uri(path_of(group)),
    }
    return render(request, "group/clock.html", context)


@require_POST
@in_network("manage_group")
def look(request: NetworkRequest) -> HttpResponseBase:
    """Look at what changed now rather than tomorrow morning."""
    look_again(acting=request.acting, group=the_group(request))
    said(request, _("The deadlines are up to date."))
    return to(request, "clock")


@require_POST
@in_network("manage_group")
def renew(request: NetworkRequest) -> HttpResponseBase:
    """Give the calendar another address."""
    renew_calendar(acting=request.acting, group=the_group(request))
    said(request, _("The calendar has another address; the one before opens nothing any more."))
    return to(request, "clock")


@require_http_methods(FORM)
@in_network("manage_group")
def done(request: NetworkRequest, deadline_id: UUID) -> HttpResponseBase:
    """Say that a line is done, and what shows it."""
    line = one_of(deadlines_of(the_group(request)).select_related("group__network"), deadline_id)
    if line.rule in BY_PAPER:
        return to(request, "dossier")
    form = DoneForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            mark_done(acting=request.acting, deadline=line, **form.cleaned_data)
        except GroupError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        else:
            undo = reverse("group:undone", args=[request.network.slug, deadline_id])
            said(request, _("It is done."), undo=undo)
            return to(request, "clock")
    rule = rule_called(line.rule)
    context = {
        "title": in_words(rule.title),
        "lede": _("%(why)s To be done by %(day)s.")
        % {"why": in_words(rule.why), "day": nice_date(line.due_on, "year")},
        "form": form,
        "submit": _("It is done"),
        "cancel": reverse("group:clock", args=[request.network.slug]),
    }
    return render(request, "ui/form_page.html", context, status=invalid_status(form))


@require_POST
@in_network("manage_group")
def undone(request: NetworkRequest, deadline_id: UUID) -> HttpResponseBase:
    """Say that a line is still to be done."""
    line = one_of(deadlines_of(the_group(request)).select_related("group__network"), deadline_id)
    try:
        mark_undone(acting=request.acting, deadline=line)
        said(request, _("It is still to be done."))
    except GroupError as error:
        said(request, str(error))
    return to(request, "clock")


@never_cache
@require_safe
def calendar(request: HttpRequest, token: str) -> HttpResponse:
    """Give the deadlines as a calendar, to whoever holds its address."""
    group = opened_by(token)
    if group is None:
        raise Http404
    with scope(network=group.network, register=group.network.register):
        content = calendar_of(group)
    answer = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'inline; filename="deadlines.ics"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
