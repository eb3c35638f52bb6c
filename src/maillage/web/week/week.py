"""This week in a firm: who comes and when, help in three fields."""

from datetime import date, timedelta

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from maillage.foundation.networks.queries import animators
from maillage.foundation.organisations.models import Organisation
from maillage.run.planning.calling.asking import Help, ask_help
from maillage.run.planning.calling.errors import CallError
from maillage.run.planning.calling.queries import occupations_in, slots_of_firm, told_of_firm
from maillage.run.planning.models import Publication, Slot
from maillage.web.ui.acting import NetworkRequest
from maillage.web.ui.forms import invalid_status
from maillage.web.ui.gates import in_network
from maillage.web.ui.shifts import monday_asked, span
from maillage.web.ui.toasts import said
from maillage.web.week.forms import HelpForm
from maillage.web.week.reading import days_of, own_firm

FORM = ["GET", "HEAD", "POST"]
WEEK = timedelta(days=7)
USUAL = timedelta(weeks=8)  # how far back the usual hours are looked for
MOST_USUAL = 6


@require_http_methods(FORM)
@in_network("see_own_week")
def home(request: NetworkRequest) -> HttpResponse:
    """Show a week of one's own firm; take a request for help."""
    firm, today = own_firm(request), localdate()
    monday = monday_asked(request.GET.get("week", ""), today)
    usual = _usual(firm, today)
    may_ask = request.acting.can("ask_help")
    occupations = list(dict(row[:2] for row in usual).items()) or occupations_in(request.network)
    form = HelpForm(request.POST or None, occupations=occupations) if may_ask else None
    if request.method == "POST" and form is not None and form.is_valid():
        day = _asked(request, form, firm, dict(occupations))
        if day is not None:
            said(request, _("It is asked. You are told as soon as somebody says yes."))
            here = reverse("week:home", args=[request.network.slug])
            return redirect(f"{here}?week={day.isoformat()}")
    last = monday + timedelta(days=6)
    told = list(told_of_firm(request.network, firm, monday, last))
    context = {
        "network": request.network,
        "firm": firm,
        "monday": monday,
        "this_week": monday <= today <= last,
        "before": monday - WEEK,
        "after": monday + WEEK,
        "number": monday.isocalendar().week,
        "published": bool(told) or _is_published(request, monday),
        "days": days_of(slots_of_firm(request.network, firm, monday, last), told, now(), today),
        "form": form,
        "usual": list(dict.fromkeys(span(start, end) for *_what, start, end in usual))[:MOST_USUAL],
        "animator": next((str(role.person) for role in animators(request.network)), ""),
    }
    return render(request, "week/home.html", context, status=invalid_status(form) if form else 200)


def _is_published(request: NetworkRequest, monday: date) -> bool:
    return Publication.objects.filter(network=request.network, monday=monday).exists()


def _usual(firm: Organisation, today: date) -> list[tuple[str, str, int, int]]:
    """Return what the firm asked for lately: occupation, its words, from when to when."""
    rows = Slot.objects.filter(organisation=firm, day__gte=today - USUAL).order_by()
    fields = ("occupation", "occupation_label", "start_minute", "end_minute")
    return sorted(rows.values_list(*fields).distinct(), key=lambda row: (row[1], row[2]))


def _asked(
    request: NetworkRequest, form: HelpForm, firm: Organisation, labels: dict[str, str]
) -> date | None:
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
        ask_help(acting=request.acting, organisation=firm, wanted=wanted)
    except CallError as error:
        form.add_error(error.field if error.field in form.fields else None, str(error))
        return None
    return wanted.day
