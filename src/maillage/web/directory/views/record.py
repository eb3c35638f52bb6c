"""The page of an organisation, and the same for one's own firm."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from maillage.web.directory.record_page import access_record
from maillage.web.ui.acting import NetworkRequest
from maillage.web.ui.gates import in_network


@require_safe
@in_network("see_network")
def organisation(request: NetworkRequest, public_id: UUID) -> HttpResponse:
    """Show an organisation: the parts of its record that the role in use sees."""
    return render(request, "directory/organisation.html", access_record(request, public_id))


@require_safe
@in_network("see_own_firm")
def mine(request: NetworkRequest) -> HttpResponse:
    """Show somebody the record of the firm they belong to in the role in use."""
    firm = request.acting.firm
    if firm is None:
        raise Http404
    return render(request, "directory/mine.html", access_record(request, firm.public_id))
