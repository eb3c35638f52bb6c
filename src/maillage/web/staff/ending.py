"""The end of a contract: how, what is left to work, what is to be re-placed."""

from datetime import date
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_date
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from maillage.run.employment.checks import hours_in_words
from maillage.run.employment.departure import last_hours
from maillage.run.employment.enums import EndReason
from maillage.run.employment.models import EmploymentContract
from maillage.run.employment.refusals import StaffError
from maillage.run.planning.departures import assigned_after, assigned_until, end_and_open
from maillage.web.staff.contracts import record_url
from maillage.web.staff.fields import member_firms
from maillage.web.staff.lending_forms import EndForm
from maillage.web.staff.reading import FORM, access_contract, tell
from maillage.web.ui.acting import NetworkRequest
from maillage.web.ui.forms import invalid_status
from maillage.web.ui.gates import in_network
from maillage.web.ui.toasts import said


@require_http_methods(FORM)
@in_network("manage_staff")
def end(request: NetworkRequest, contract_id: UUID) -> HttpResponse:
    """End a contract; beside the form, what is left until the day typed or asked for."""
    contract = access_contract(contract_id)
    back = record_url(request, contract)
    day = _day(request) or contract.ends_on or localdate()
    firms = member_firms(request.network, localdate())
    form = EndForm(request.POST or None, firms=firms, initial={"ended_on": day})
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            end_and_open(
                acting=request.acting,
                contract=contract,
                ended_on=typed["ended_on"],
                reason=EndReason(typed["reason"]),
                hired_by=typed["hired_by"],
                replace=typed["replace"],
            )
        except StaffError as error:
            tell(form, error)
        else:
            said(request, _("The end is kept: the papers to hand over are among the tasks."))
            return redirect(back)
    context = {
        "network": request.network,
        "contract": contract,
        "form": form,
        "back": back,
        "day": day,
        **_left(contract, day),
    }
    return render(request, "staff/end.html", context, status=invalid_status(form))


def _day(request: NetworkRequest) -> date | None:
    typed = request.POST.get("ended_on") or request.GET.get("day") or ""
    try:
        return parse_date(typed)
    except ValueError:  # a day that is in no calendar: the form says so
        return None


def _left(contract: EmploymentContract, day: date) -> dict[str, object]:
    return {
        "hours": [
            (
                one.lending.organisation.name,
                hours_in_words(one.left_minutes),
                hours_in_words(one.loose_minutes) if one.loose_minutes else "",
            )
            for one in last_hours(contract, day)
        ],
        "planned": hours_in_words(assigned_until(contract.worker, localdate(), day)),
        "slots": assigned_after(contract.worker, day).count(),
    }
