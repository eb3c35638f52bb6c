"""What a firm says of its own week: somebody did not come, nobody is needed any more."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from maillage.run.employment.models import Worker
from maillage.run.planning.calling.asking import no_longer_needed
from maillage.run.planning.calling.declaring import nobody_came
from maillage.run.planning.calling.errors import CallError
from maillage.run.planning.models import Call, Slot
from maillage.web.ui.acting import NetworkRequest
from maillage.web.ui.gates import in_network
from maillage.web.ui.toasts import refused, said
from maillage.web.week.reading import own_firm


@require_POST
@in_network("ask_help")
def nobody(request: NetworkRequest, slot_id: UUID, worker_id: UUID) -> HttpResponse:
    """Say that somebody who was expected did not come."""
    firm = own_firm(request)
    slot = (
        Slot.objects.filter(network=request.network, organisation=firm, public_id=slot_id)
        .select_related("organisation", "network")
        .first()
    )
    expected = Worker.objects.filter(
        network=request.network, public_id=worker_id, assignments__slot=slot
    )
    worker = expected.select_related("network").first() if slot is not None else None
    if slot is None or worker is None:
        raise Http404
    try:
        nobody_came(acting=request.acting, slot=slot, worker=worker)
    except CallError as error:
        refused(request, str(error))
    else:
        said(request, _("It is said at once to whoever plans: somebody is being looked for."))
    return redirect("week:home", request.network.slug)


@require_POST
@in_network("ask_help")
def withdraw(request: NetworkRequest, call_id: UUID) -> HttpResponse:
    """Say that nobody is needed any more."""
    firm = own_firm(request)
    call = Call.objects.filter(
        network=request.network, slot__organisation=firm, public_id=call_id
    ).first()
    if call is None:
        raise Http404
    try:
        no_longer_needed(acting=request.acting, call=call)
    except CallError as error:
        refused(request, str(error))
    else:
        said(request, _("It is withdrawn: nobody is looked for any more."))
    return redirect("week:home", request.network.slug)
