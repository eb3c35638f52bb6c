"""Finding what an address of the area names, and saying it in words."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.dates import MONTHS
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from maillage.foundation.audit.actions import record_reads
from maillage.foundation.organisations.models import Organisation
from maillage.launch.needs.models import Need
from maillage.web.ui.acting import NetworkRequest
from maillage.web.ui.formats import number

NEEDS = "needs"  # what a firm reads that somebody looked at


def access_need(need_id: UUID) -> Need:
    """Return a need of the open network, for who follows needs; 404 when there is none."""
    rows = Need.objects.filter(public_id=need_id)
    found = rows.select_related("organisation", "territory", "network").first()
    if found is None:
        raise Http404
    return found


def access_own_need(request: NetworkRequest, need_id: UUID) -> Need:
    """Return a need of the firm of the role in use; 404 for another's, as for none."""
    found = access_need(need_id)
    if found.organisation_id != own_firm(request).pk:
        raise Http404
    return found


def own_firm(request: NetworkRequest) -> Organisation:
    """Return the firm of the role in use; 403 when the role speaks for none."""
    firm = request.acting.firm
    if firm is None:
        raise PermissionDenied(_("This page is for the people of a firm."))
    return firm


def note_reads(request: NetworkRequest, needs: list[Need], page: str) -> None:
    """Write down whose needs were looked at: each firm sees that somebody did."""
    firms = {need.organisation.public_id for need in needs}
    if firms:
        record_reads(
            reader_id=request.acting.person.public_id,
            network_id=request.network.public_id,
            organisation_ids=sorted(firms),
            fields=[NEEDS],
            page=page,
        )


def hours_in_words(half_hours: list[int]) -> str:
    """Return hours by month in words: which months, and how many hours a week."""
    worked = [(month, hours) for month, hours in enumerate(half_hours, start=1) if hours]
    if not worked:
        return ""
    if len({hours for _month, hours in worked}) > 1:
        mean = sum(hours for _month, hours in worked) / 2 / len(worked)
        return ngettext(
            "%(months)s month, %(hours)s hours a week on average",
            "%(months)s months, %(hours)s hours a week on average",
            len(worked),
        ) % {"months": len(worked), "hours": number(round(mean, 1))}
    hours = number(worked[0][1] / 2)
    if len(worked) == len(half_hours):
        return _("%(hours)s hours a week, all year") % {"hours": hours}
    names = ", ".join(str(MONTHS[month]) for month, _hours in worked)
    return _("%(hours)s hours a week in %(months)s") % {"hours": hours, "months": names}
