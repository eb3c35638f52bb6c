"""Finding what an address of the area names, and noting who looked at it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef
from django.http import Http404
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from maillage.foundation.audit.actions import record_reads
from maillage.foundation.networks.queries import members_on
from maillage.foundation.organisations.models import Organisation
from maillage.launch.mobilisation.enums import Stage
from maillage.launch.mobilisation.models import Approach, Attempt, Obstacle
from maillage.launch.mobilisation.queries import with_stage
from maillage.web.ui.acting import NetworkRequest
from maillage.web.ui.frame import modules_on

MOBILISATION = "mobilisation"  # what a firm reads that somebody looked at


@dataclass(frozen=True, slots=True)
class Followed:
    """A firm that somebody follows: where it stands, and whether it is a member today."""

    organisation: Organisation
    approach: Approach | None
    stage: Stage
    since: date
    member: bool


def access_firm(request: NetworkRequest, public_id: UUID, page: str) -> Followed:
    """Return a firm of the open network, for who follows firms; 404 for others.

    The firm sees that somebody looked. Two queries, three for a firm without an approach.
    """
    known = with_stage(Organisation.objects.all(), request.network).filter(public_id=public_id)
    here = members_on(request.network, localdate())
    approach = (
        Approach.objects.filter(network=request.network, organisation__in=known.values("pk"))
        .select_related("organisation", "relay", "network")
        .annotate(member=Exists(here.filter(membership__organisation=OuterRef("organisation"))))
        .first()
    )
    if approach is not None:
        found = Followed(
            approach.organisation,
            approach,
            Stage(approach.stage),
            approach.since,
            approach.member,
        )
    else:
        found = _without_approach(
            known.annotate(
                member=Exists(here.filter(membership__organisation=OuterRef("pk")))
            ).first()
        )
    note_reads(request, [found.organisation.public_id], page)
    return found


def _without_approach(firm: Organisation | None) -> Followed:
    if firm is None:
        raise Http404
    return Followed(firm, None, Stage.NOT_AWARE, firm.since, firm.member)  # type: ignore[attr-defined]  # annotated


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


def visit_url(request: NetworkRequest, found: Followed) -> str:
    """Return where a visit to a firm is written down, "" when that is nowhere.

    The first one says that it was met; the next ones go to the log of contacts.
    """
    here = [request.network.slug, found.organisation.public_id]
    if found.stage in {Stage.NOT_AWARE, Stage.PROSPECT}:
        return reverse("mobilisation:move", args=[*here, Stage.MET])
    return reverse("contacts:record", args=here) if "contacts" in modules_on(request) else ""


def record_url(request: NetworkRequest, firm: Organisation) -> str:
    """Return the address of the record of a firm."""
    return reverse("mobilisation:firm", args=[request.network.slug, firm.public_id])
