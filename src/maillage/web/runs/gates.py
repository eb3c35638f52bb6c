"""Who may open the page of a run."""

from uuid import UUID

from django.http import Http404

from maillage.foundation.jobs.models import Run
from maillage.foundation.jobs.permissions import can_see_run
from maillage.foundation.jobs.queries import run_for
from maillage.foundation.networks.enums import NetworkRoleKind
from maillage.web.ui.acting import ActingRequest


def access_run(request: ActingRequest, public_id: UUID) -> Run:
    """Return a run that the person started, or that works for a network they animate; else 404."""
    run = run_for(public_id)
    animated = {
        role.network.public_id
        for role in request.acting.roles
        if role.kind == NetworkRoleKind.ANIMATOR
    }
    if run is None or not can_see_run(
        run, person_id=request.acting.person.public_id, animates=animated.__contains__
    ):
        raise Http404
    return run
