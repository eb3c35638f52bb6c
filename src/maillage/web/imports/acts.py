"""What one click does to an import. Each leads to the page of the work it starts."""

from collections.abc import Callable
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from maillage.foundation.jobs.models import Run
from maillage.foundation.organisations.imports import starting
from maillage.foundation.organisations.imports.refusals import ImportRefusedError
from maillage.web.imports.gates import access_import
from maillage.web.ui.acting import NetworkRequest
from maillage.web.ui.gates import in_network
from maillage.web.ui.toasts import refused, said


@require_POST
@in_network("import_organisations")
def read(request: NetworkRequest, public_id: UUID) -> HttpResponse:
    """Read the lines again, after an interruption."""
    return _started(request, public_id, starting.read_again)


@require_POST
@in_network("import_organisations")
def apply(request: NetworkRequest, public_id: UUID) -> HttpResponse:
    """Apply an import, or go on where it stopped."""
    return _started(request, public_id, starting.start_applying)


@require_POST
@in_network("import_organisations")
def undo(request: NetworkRequest, public_id: UUID) -> HttpResponse:
    """Undo an import where nobody has touched the records since."""
    return _started(request, public_id, starting.start_undoing)


@require_POST
@in_network("import_organisations")
def discard(request: NetworkRequest, public_id: UUID) -> HttpResponse:
    """Forget a file that was not applied."""
    source = access_import(request, public_id)
    try:
        starting.discard(source=source, actor_id=request.acting.person.public_id)
    except ImportRefusedError as error:
        refused(request, str(error))
        return redirect("imports:page", request.network.slug, public_id)
    said(request, _("%(file)s was discarded: nothing of it is kept.") % {"file": source.file_name})
    return redirect("imports:list", request.network.slug)


def _started(request: NetworkRequest, public_id: UUID, start: Callable[..., Run]) -> HttpResponse:
    source = access_import(request, public_id)
    try:
        start(source=source, actor_id=request.acting.person.public_id)
    except ImportRefusedError as error:
        refused(request, str(error))
    return redirect("imports:page", request.network.slug, public_id)
