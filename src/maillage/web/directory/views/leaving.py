"""An organisation that never was a member leaves the directory, and comes back."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from maillage.foundation.visibility.entry import put_back_in_directory, take_off_directory
from maillage.foundation.visibility.refusals import EntryError
from maillage.web.directory.views.editing import page_of
from maillage.web.ui.acting import NetworkRequest
from maillage.web.ui.gates import access_own_record, in_network
from maillage.web.ui.toasts import refused, said


@require_POST
@in_network("edit_organisations")
def take_off(request: NetworkRequest, public_id: UUID) -> HttpResponse:
    """Take an organisation off the directory."""
    organisation = access_own_record(request, public_id)
    slug = request.network.slug
    try:
        take_off_directory(acting=request.acting, organisation=organisation)
    except EntryError as error:
        refused(request, str(error))
        return redirect(page_of(request, public_id))
    said(
        request,
        _("%(name)s is off the directory.") % {"name": organisation.name},
        undo=reverse("directory:put-back", args=[slug, public_id]),
    )
    return redirect("directory:firms", slug)


@require_POST
@in_network("edit_organisations")
def put_back(request: NetworkRequest, public_id: UUID) -> HttpResponse:
    """Put back an organisation that was taken off; any other is as if it did not exist."""
    try:
        organisation = put_back_in_directory(acting=request.acting, public_id=public_id)
    except EntryError as error:
        raise Http404(str(error)) from error
    said(request, _("%(name)s is in the directory again.") % {"name": organisation.name})
    return redirect(page_of(request, public_id))
