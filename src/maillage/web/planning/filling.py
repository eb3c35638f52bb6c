"""Filling a slot in the way that was proposed, with the slots that others hand over."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from maillage.run.planning.filling import Handover, fill
from maillage.run.planning.placing import PlacementError
from maillage.web.planning.reading import access_slot
from maillage.web.ui.acting import NetworkRequest
from maillage.web.ui.gates import in_network
from maillage.web.ui.toasts import refused, said


@require_POST
@in_network("plan_work")
def fill_so(request: NetworkRequest, slot_id: UUID) -> HttpResponse:
    """Have somebody take a slot, and others those that are handed over; law judges each again."""
    slot = access_slot(slot_id)
    try:
        worker_id = UUID(request.POST.get("worker", ""))
        handovers = [_handover(words) for words in request.POST.getlist("handover")]
    except (ValueError, TypeError):
        raise Http404 from None
    try:
        made = fill(acting=request.acting, slot=slot, worker_id=worker_id, handovers=handovers)
    except PlacementError as error:
        refused(request, str(error))
        return redirect("planning:gap", request.network.slug, slot.public_id)
    said(request, _("%(name)s takes this slot.") % {"name": made.worker.name})
    return redirect("planning:shift", request.network.slug, made.public_id)


def _handover(words: str) -> Handover:
    slot_id, from_id, to_id = (UUID(word) for word in words.split())
    return Handover(slot_id, from_id, to_id)
