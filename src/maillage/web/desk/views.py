"""The desk: what needs somebody today."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from maillage.foundation.networks.acting import Acting
from maillage.foundation.networks.actions.conditions import can_do_task, do_task, undo_task
from maillage.foundation.networks.models import Task
from maillage.foundation.networks.queries import closed_networks_of
from maillage.foundation.networks.refusals import ConditionError
from maillage.web.desk.page import desk_of
from maillage.web.desk.situation import Situation
from maillage.web.ui.acting import ActingRequest, NetworkRequest
from maillage.web.ui.frame import frame_of
from maillage.web.ui.gates import in_network, signed_in
from maillage.web.ui.toasts import refused, said


@require_safe
@signed_in
def home(request: ActingRequest) -> HttpResponse:
    """Lead to the desk of the role in use; explain the next step to who has none."""
    network = request.acting.network
    if network is not None:
        return redirect(_first_page(request.acting), network.slug)
    person = request.acting.person
    context = {"email": person.email, "closed": closed_networks_of(person)}
    return render(request, "desk/nowhere.html", context)


def _first_page(acting: Acting) -> str:
    """Return the name of the first page of a role: a firm that shares workers opens its week."""
    week = acting.firm is not None and acting.can("see_own_week")
    return "week:home" if week and "planning" in frame_of(acting).modules else "desk:network"


@require_POST
@in_network()
def task(request: NetworkRequest, public_id: UUID) -> HttpResponse:
    """Say that something is done, or that it is still to be done, without leaving the desk."""
    found = get_object_or_404(Task, network=request.network, public_id=public_id)
    if not can_do_task(request.acting, found):
        raise PermissionDenied
    try:
        if request.POST.get("done") == "yes":
            do_task(acting=request.acting, task=found)
            undo = reverse("desk:task", args=[request.network.slug, public_id])
            said(request, _("Done: %(task)s.") % {"task": found.title}, undo=undo)
        else:
            undo_task(acting=request.acting, task=found)
            said(request, _("Still to be done: %(task)s.") % {"task": found.title})
    except ConditionError as error:
        refused(request, str(error))
    return redirect("desk:network", request.network.slug)


@require_safe
@in_network()
def network_desk(request: NetworkRequest) -> HttpResponse:
    """Show what needs the role in use today."""
    everything = "all" in request.GET
    modules = request.frame.modules  # type: ignore[attr-defined]  # set by NetworkScope
    desk = desk_of(Situation(request.acting, request.network, modules), everything=everything)
    here = reverse("desk:network", args=[request.network.slug])
    return render(
        request,
        "desk/desk.html",
        {"desk": desk, "network": request.network, "all_url": f"{here}?all=1"},
    )
