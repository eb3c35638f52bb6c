"""One absence: the slots it left, what is still planned after it, a later return, or none."""

from datetime import timedelta
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from maillage.run.planning.calling.declaring import came_after_all, put_off_return
from maillage.run.planning.calling.errors import CallError
from maillage.run.planning.calling.queries import calls_of_absence, still_held
from maillage.run.planning.enums import CallState, OfferState
from maillage.run.planning.models import Call
from maillage.web.calls.forms import LaterForm
from maillage.web.calls.reading import access_absence
from maillage.web.calls.shown import title_of
from maillage.web.ui.acting import NetworkRequest
from maillage.web.ui.formats import number
from maillage.web.ui.forms import invalid_status
from maillage.web.ui.gates import in_network
from maillage.web.ui.toasts import refused, said

FORM = ["GET", "HEAD", "POST"]
MOST_HELD = 10


@require_http_methods(FORM)
@in_network("plan_work", hidden=True)
def absence(request: NetworkRequest, absence_id: UUID) -> HttpResponse:
    """Show what an absence left open; put the return off."""
    kept = access_absence(request, absence_id)
    form = LaterForm(request.POST or None, initial={"expected_on": kept.expected_on})
    if request.method == "POST" and form.is_valid():
        try:
            calls = put_off_return(
                acting=request.acting, absence=kept, expected_on=form.cleaned_data["expected_on"]
            )
        except CallError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        else:
            text = ngettext(
                "It is written down: %(n)s more slot lacks somebody.",
                "It is written down: %(n)s more slots lack somebody.",
                len(calls),
            )
            said(request, text % {"n": number(len(calls))} if calls else _("It is written down."))
            return redirect("calls:absence", request.network.slug, absence_id)
    calls = list(calls_of_absence(kept))
    since = max(kept.expected_on or localdate(kept.starts_at) + timedelta(days=1), localdate())
    context = {
        "network": request.network,
        "absence": kept,
        "over": kept.back_on is not None,
        "calls": [(one, title_of(one), _taker(one)) for one in calls],
        "waiting": sum(one.state == CallState.OPEN for one in calls),
        "held": list(still_held(kept.worker, since)[:MOST_HELD]),
        "form": form,
    }
    return render(request, "calls/absence.html", context, status=invalid_status(form))


@require_POST
@in_network("plan_work", hidden=True)
def back(request: NetworkRequest, absence_id: UUID) -> HttpResponse:
    """Say that somebody is there after all."""
    kept = access_absence(request, absence_id)
    try:
        count = came_after_all(acting=request.acting, absence=kept)
    except CallError as error:
        refused(request, str(error))
    else:
        text = ngettext(
            "%(name)s has %(n)s slot back; those concerned are told.",
            "%(name)s has %(n)s slots back; those concerned are told.",
            count,
        )
        said(request, text % {"name": kept.worker.name, "n": number(count)})
    return redirect("calls:absence", request.network.slug, absence_id)


def _taker(call: Call) -> str:
    taken = (one.worker.name for one in call.offers.all() if one.state == OfferState.ACCEPTED)
    return next(taken, "")
