"""Finding what an address of the area names, and noting whose data was looked at."""

from collections.abc import Iterable
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from maillage.foundation.audit.actions import record_reads
from maillage.foundation.organisations.models import Organisation
from maillage.run.group.models import EmployerGroup
from maillage.run.group.queries import group_of
from maillage.web.ui.acting import NetworkRequest

GROUP = "group"  # what a firm reads that somebody looked at


def the_group(request: NetworkRequest) -> EmployerGroup:
    """Return the group of the open network; 404 before it is set up."""
    group = group_of(request.network)
    if group is None:
        raise Http404
    group.network = request.network  # known already
    return group


def one_of[M: models.Model](rows: "models.QuerySet[M]", public_id: UUID) -> M:
    """Return one row of the group by its public id; 404 for another's, as for none."""
    return get_object_or_404(rows, public_id=public_id)


def to(request: NetworkRequest, name: str, *args: object) -> HttpResponseBase:
    """Lead to a page of the area."""
    return redirect(f"group:{name}", request.network.slug, *args)


def own_firm(request: NetworkRequest) -> Organisation:
    """Return the firm of the role in use; 403 when the role speaks for none."""
    firm = request.acting.firm
    if firm is None:
        raise PermissionDenied(_("This page is for the people of a firm."))
    return firm


def note_reads(request: NetworkRequest, firms: Iterable[Organisation], page: str) -> None:
    """Write down whose data was looked at: each firm sees that somebody did."""
    wanted = sorted({firm.public_id for firm in firms})
    if wanted:
        record_reads(
            reader_id=request.acting.person.public_id,
            network_id=request.network.public_id,
            organisation_ids=wanted,
            fields=[GROUP],
            page=page,
        )
