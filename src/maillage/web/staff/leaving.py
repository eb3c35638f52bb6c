"""A firm leaves the group: what its departure comes to, then its agreements end."""

from datetime import date
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from maillage.foundation.organisations.models import Organisation
from maillage.run.employment.checks import hours_in_words
from maillage.run.employment.firm_leaving import Leaving, departure_of, firm_leaves
from maillage.run.planning.departures import assigned_at_after
from maillage.web.staff.fields import member_firms
from maillage.web.staff.lending_forms import LeavesForm, LeavingForm
from maillage.web.staff.reading import FORM
from maillage.web.ui.acting import NetworkRequest
from maillage.web.ui.forms import invalid_status
from maillage.web.ui.gates import access_organisation, in_network
from maillage.web.ui.toasts import said


@require_safe
@in_network("manage_staff")
def leaving(request: NetworkRequest) -> HttpResponse:
    """Choose a firm and its last day."""
    firms = member_firms(request.network, localdate())
    form = LeavingForm(request.GET or None, firms=firms)
    if request.GET and form.is_valid() and form.cleaned_data["firm"] is not None:
        firm, day = form.cleaned_data["firm"], form.cleaned_data["day"]
        page = reverse("staff:firm-leaves", args=[request.network.slug, firm.public_id])
        return redirect(f"{page}?day={day.isoformat()}")
    return render(request, "staff/leaving.html", {"network": request.network, "form": form})


@require_http_methods(FORM)
@in_network("manage_staff")
def firm(request: NetworkRequest, public_id: UUID) -> HttpResponse:
    """Show what the departure of a firm on a day comes to; a POST keeps it."""
    seen = access_organisation(request, public_id)
    organisation = Organisation.objects.get(pk=seen.pk)
    day = _day(request)
    form = LeavesForm(request.POST or None, initial={"day": day})
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        firm_leaves(
            acting=request.acting,
            organisation=organisation,
            leaves_on=typed["day"],
            reason=typed["reason"],
        )
        said(request, _("Its agreements end on this day; the amendments are drawn up."))
        page = reverse("staff:firm-leaves", args=[request.network.slug, public_id])
        return redirect(f"{page}?day={typed['day'].isoformat()}")
    found = departure_of(request.network, organisation, day)
    context = {
        "network": request.network,
        "firm": organisation,
        "day": day,
        "found": found,
        "rows": _rows(found),
        "owed": hours_in_words(found.owed_minutes),
        "loose": hours_in_words(found.loose_minutes),
        "form": form,
    }
    return render(request, "staff/firm_leaves.html", context, status=invalid_status(form))


def _day(request: NetworkRequest) -> date:
    typed = request.POST.get("day") or request.GET.get("day") or ""
    try:
        day = parse_date(typed) if typed else localdate()
    except ValueError as error:
        raise Http404 from error
    if day is None:
        raise Http404
    return day


def _rows(found: Leaving) -> list[dict[str, object]]:
    slots = assigned_at_after(found.organisation, found.leaves_on)
    return [
        {
            "worker": one.lending.contract.worker,
            "notice_ends_on": one.notice_ends_on,
            "given": one.lending.notice_given_on,
            "short": one.short_of_notice,
            "owed": hours_in_words(one.owed_minutes),
            "loose": hours_in_words(one.loose_minutes) if one.loose_minutes else "",
            "slots": slots.get(one.lending.contract.worker_id, 0),
        }
        for one in found.lendings
    ]
