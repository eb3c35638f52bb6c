"""The pages of background work."""

from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from maillage.foundation.jobs.actions import RunError, cancel_run
from maillage.web.runs.gates import access_run
from maillage.web.runs.lists import RUNS, rows_for
from maillage.web.runs.progress import progress_of
from maillage.web.ui.acting import ActingRequest
from maillage.web.ui.gates import signed_in
from maillage.web.ui.toasts import refused, said


@require_safe
@signed_in
def mine(request: ActingRequest) -> HttpResponseBase:
    """List the long tasks somebody started."""
    owner = request.acting.person.public_id
    return RUNS.read(request, lambda wanted: rows_for(owner, wanted)).respond("runs/mine.html")


@require_safe
@signed_in
def page(request: ActingRequest, public_id: UUID) -> HttpResponse:
    """Show how far a long task is, then how it ended; to htmx, only that part."""
    progress = progress_of(access_run(request, public_id))
    part = bool(request.headers.get("HX-Request"))
    template = "runs/_state.html" if part else "runs/page.html"
    response = render(request, template, {"progress": progress, "part": part})
    response["Vary"] = "HX-Request"
    return response


@require_POST
@signed_in
def cancel(request: ActingRequest, public_id: UUID) -> HttpResponse:
    """Stop a long task."""
    run = access_run(request, public_id)
    try:
        run = cancel_run(run=run, actor_id=request.acting.person.public_id)
    except RunError as error:
        refused(request, str(error))
    else:
        said(request, _("Stopping."))
    return redirect("runs:page", public_id=public_id)
