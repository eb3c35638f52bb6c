"""The one screen of calls; somebody is away, or a firm asks for help, as said on the telephone."""

from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from maillage.foundation.organisations.models import Organisation
from maillage.run.employment.models import Worker
from maillage.run.planning.calling.asking import Help, ask_help
from maillage.run.planning.calling.declaring import declare_absence
from maillage.run.planning.calling.errors import CallError
from maillage.run.planning.calling.queries import (
    calls_of_absence,
    named_in,
    occupations_in,
    open_calls,
    settled_calls,
    workers_on,
)
from maillage.run.planning.enums import CallState
from maillage.run.planning.models import Call
from maillage.web.calls.forms import AwayForm, HelpForm
from maillage.web.calls.reading import member_firms
from maillage.web.calls.shown import shown, title_of
from maillage.web.ui.acting import NetworkRequest
from maillage.web.ui.formats import number
from maillage.web.ui.forms import invalid_status
from maillage.web.ui.gates import in_network
from maillage.web.ui.toasts import said

FORM = ["GET", "HEAD", "POST"]
SHOWN_WHOLE = 3  # calls that are shown with their answers; the next ones are lines
MOST_SETTLED = 10
SETTLED_DAYS = timedelta(days=7)
STATES = {
    CallState.ANSWERED: "ok",
    CallState.UNANSWERED: "no",
    CallState.WITHDRAWN: "plain",
}


@require_safe
@in_network("plan_work", hidden=True)
def home(request: NetworkRequest) -> HttpResponse:
    """Show the calls that wait, the nearest first, with who could come."""
    waiting = list(open_calls(request.network))
    first, next_ones = waiting[:SHOWN_WHOLE], waiting[SHOWN_WHOLE:]
    named = named_in(request.network, first)
    settled = settled_calls(request.network, localdate() - SETTLED_DAYS)[:MOST_SETTLED]
    context = {
        "network": request.network,
        "calls": [shown(call, named) for call in first],
        "next": [(call, title_of(call)) for call in next_ones],
        "settled": [(call, title_of(call), STATES[CallState(call.state)]) for call in settled],
    }
    return render(request, "calls/home.html", context)


@require_http_methods(FORM)
@in_network("plan_work", hidden=True)
def away(request: NetworkRequest) -> HttpResponse:
    """Write down that somebody is away, and open their slots."""
    workers = {one.public_id: one for one in workers_on(request.network, localdate())}
    form = AwayForm(
        request.POST or None,
        initial={"worker": request.GET.get("worker", "")},
        workers=[(one.public_id, one.name) for one in workers.values()],
    )
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            absence = declare_absence(
                worker=Worker.objects.get(public_id=typed["worker"]),
                starts_at=form.starts_at(),
                expected_on=typed["expected_on"],
                kind=typed["kind"],
                acting=request.acting,
            )
        except CallError as error:
            where = {"starts_at": "day"}.get(error.field, error.field)
            form.add_error(where if where in form.fields else None, str(error))
        else:
            calls = list(calls_of_absence(absence))
            said(request, _opened(len(calls)))
            if len(calls) == 1:
                return redirect("calls:call", request.network.slug, calls[0].public_id)
            return redirect("calls:absence", request.network.slug, absence.public_id)
    return _form(request, form, _("Somebody is away"), _("Open the slots"))


@require_http_methods(FORM)
@in_network("plan_work", hidden=True)
def help_asked(request: NetworkRequest) -> HttpResponse:
    """Write down that a firm asks for help, on the telephone."""
    firms = {firm.public_id: firm for firm in member_firms(request)}
    occupations = occupations_in(request.network)
    form = HelpForm(
        request.POST or None,
        firms=[(firm.public_id, firm.name) for firm in firms.values()],
        occupations=occupations,
    )
    if request.method == "POST" and form.is_valid():
        call = _asked(request, form, firms[form.cleaned_data["organisation"]], dict(occupations))
        if call is not None:
            return redirect("calls:call", request.network.slug, call.public_id)
    return _form(request, form, _("A firm asks for help"), _("Look for somebody"))


def _asked(
    request: NetworkRequest, form: HelpForm, firm: Organisation, labels: dict[str, str]
) -> Call | None:
    typed = form.cleaned_data
    start, end = typed["hours"]
    wanted = Help(
        day=typed["day"],
        start_minute=start,
        end_minute=end,
        occupation=typed["what"],
        occupation_label=labels[typed["what"]],
    )
    try:
        return ask_help(acting=request.acting, organisation=firm, wanted=wanted)
    except CallError as error:
        form.add_error(error.field if error.field in form.fields else None, str(error))
        return None


def _opened(count: int) -> str:
    if not count:
        return _("It is written down. Nothing is planned at that time: nobody is to be found.")
    return ngettext(
        "It is written down: %(n)s slot lacks somebody.",
        "It is written down: %(n)s slots lack somebody.",
        count,
    ) % {"n": number(count)}


def _form(
    request: NetworkRequest, form: AwayForm | HelpForm, title: str, submit: str
) -> HttpResponse:
    context = {
        "title": title,
        "form": form,
        "submit": submit,
        "cancel": reverse("calls:home", args=[request.network.slug]),
        "eyebrow": request.network.name,
    }
    return render(request, "ui/form_page.html", context, status=invalid_status(form))
