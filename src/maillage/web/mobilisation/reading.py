"""Finding what an address of the area names, and noting who looked at it."""

from collections.abc import Iterable
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from maillage.foundation.audit.actions import record_reads
from maillage.foundation.organisations.models import Organisation
from maillage.launch.mobilisation.models import Attempt, Obstacle
from maillage.launch.mobilisation.queries import with_stage
from maillage.web.ui.acting import NetworkRequest

MOBILISATION = "mobilisation"  # what a firm reads that somebody looked at


def access_firm(request: NetworkRequest, public_id: UUID, page: str) -> Organisation:
    """Return a firm of the open network with its `stage`, for who follows firms; 404 for others.

    The firm sees that somebody looked.
    """
    rows = with_stage(Organisation.objects.all(), request.network)
    found = rows.filter(public_id=public_id).first()
    if found is None:
        raise Http404
    note_reads(request, [found.public_id], page)
    return found


def access_obstacle(firm: Organisation, obstacle_id: UUID) -> Obstacle:
    """Return an obstacle of a firm in the open network; 404 for another's, as for none."""
    rows = Obstacle.objects.filter(public_id=obstacle_id, approach__organisation=firm)
    found = rows.select_related("approach__organisation").first()
    if found is None:
        raise Http404
    return found


def access_attempt(firm: Organisation, attempt_id: UUID) -> Attempt:
    """Return what was tried for a firm in the open network; 404 for another's, as for none."""
    rows = Attempt.objects.filter(public_id=attempt_id, obstacle__approach__organisation=firm)
    found = rows.select_related("obstacle__approach__organisation").first()
    if found is None:
        raise Http404
    return found


def own_firm(request: NetworkRequest) -> Organisation:
    """Return the firm of the role in use; 403 when the role speaks for none."""
    firm = request.acting.firm
    if firm is None:
        raise PermissionDenied(_("This page is for the people of a firm."))
    return firm


def note_reads(request: NetworkRequest, firms: Iterable[UUID], page: str) -> None:
    """Write down whose record was looked at: each firm sees that somebody did."""
    wanted = sorted(set(firms))
    if wanted:
        record_reads(
            reader_id=request.acting.person.public_id,
            network_id=request.network.public_id,
            organisation_ids=wanted,
            fields=[MOBILISATION],
            page=page,
        )


def record_url(request: NetworkRequest, firm: Organisation) -> str:
    """Return the address of the record of a firm."""
    return reverse("mobilisation:firm", args=[request.network.slug, firm.public_id])
