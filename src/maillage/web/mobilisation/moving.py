"""A firm comes to a stage: the page asks what that stage needs."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from maillage.foundation.networks.queries import usual_ceiling
from maillage.foundation.notify.pressure import pressure_of
from maillage.foundation.organisations.models import Organisation
from maillage.launch.mobilisation.actions.guarding import MobilisationError
from maillage.launch.mobilisation.actions.moving import move_firm
from maillage.launch.mobilisation.cautions import cautions_before
from maillage.launch.mobilisation.enums import Stage, is_step_back
from maillage.launch.mobilisation.queries import IN_PERSON, contacts_with_firm, logged_as
from maillage.web.mobilisation.forms import NEW, Met, Move
from maillage.web.mobilisation.reading import Followed, access_firm, record_url, visit_url
from maillage.web.ui.acting import NetworkRequest
from maillage.web.ui.formats import nice_date
from maillage.web.ui.forms import invalid_status
from maillage.web.ui.gates import in_network
from maillage.web.ui.toasts import said

FORM = ["GET", "HEAD", "POST"]
MOST_LOGGED = 5


@require_http_methods(FORM)
@in_network("manage_mobilisation")
def move(request: NetworkRequest, public_id: UUID, to: str) -> HttpResponse:
    """Say that a firm came to a stage."""
    if to not in Stage.values:
        raise Http404
    found = access_firm(request, public_id, "mobilisation:move")
    firm, wanted, stage = found.organisation, Stage(to), found.stage
    if wanted == stage and request.method != "POST":
        return redirect(record_url(request, firm))
    if wanted == Stage.MET and not is_step_back(stage, wanted):
        return _met(request, found)
    cautions = []
    if wanted == Stage.COMMITTED:
        cautions = [one.sentence for one in cautions_before(request.network, firm)]
    form = Move(request.POST or None, stage=stage, to=wanted, cautions=cautions)
    if request.method == "POST" and form.is_valid() and _moved(request, form, firm, wanted):
        return redirect(record_url(request, firm))
    more = {"cautions": cautions, "visit": visit_url(request, found)}
    return _page(request, found, wanted, form, more)


def _met(request: NetworkRequest, found: Followed) -> HttpResponse:
    """Say that a firm was met, in a contact of the log or in one that is written there now."""
    firm = found.organisation
    contacts = contacts_with_firm(request.network, firm)
    logged = [
        (str(one.public_id), f"{one.get_channel_display()}, {nice_date(one.at)}: {one.subject}")
        for one in contacts
        if one.channel in IN_PERSON
    ][:MOST_LOGGED]
    pressure = pressure_of(logged_as(firm), usual=usual_ceiling(request.network))
    form = Met(
        request.POST or None,
        logged=logged,
        one_too_many=pressure.is_blocked,
        initial={"contact": logged[0][0] if logged else NEW},
    )
    if request.method == "POST" and form.is_valid() and _moved(request, form, firm, Stage.MET):
        return redirect(record_url(request, firm))
    return _page(request, found, Stage.MET, form, {"pressure": pressure})


def _moved(request: NetworkRequest, form: Move | Met, firm: Organisation, to: Stage) -> bool:
    """Do it; what is refused is said beside the field."""
    typed = {name: value for name, value in form.cleaned_data.items() if name in _SAID}
    if isinstance(form, Met) and form.is_new:
        typed["meeting"] = form.meeting()
    elif isinstance(form, Met):
        typed["contact_id"] = UUID(form.cleaned_data["contact"])
    try:
        move_firm(acting=request.acting, organisation=firm, to=to, **typed)
    except MobilisationError as error:
        form.add_error(error.field if error.field in form.fields else None, str(error))
        return False
    said(request, _("It is kept, with its date."))
    return True


_SAID = frozenset({"on", "reason", "code", "commitment", "confirmed"})


def _page(
    request: NetworkRequest,
    found: Followed,
    to: Stage,
    form: Move | Met,
    more: dict[str, Any],
) -> HttpResponse:
    firm = found.organisation
    context = {
        "network": request.network,
        "firm": firm,
        "title": _("%(firm)s: “%(stage)s”") % {"firm": firm.name, "stage": to.label},
        "lede": _("It is now at “%(stage)s”.") % {"stage": found.stage.label},
        "form": form,
        "submit": _("Keep this stage"),
        "cancel": record_url(request, firm),
        **more,
    }
    return render(request, "mobilisation/move.html", context, status=invalid_status(form))
