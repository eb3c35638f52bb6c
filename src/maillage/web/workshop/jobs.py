"""Keeping the jobs one likes, setting others aside."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from maillage.launch.shared_jobs.composing import CompositionError, mark_job
from maillage.launch.shared_jobs.enums import JobState
from maillage.web.ui.acting import NetworkRequest
from maillage.web.ui.gates import in_network
from maillage.web.ui.toasts import refused, said
from maillage.web.workshop.reading import access_job

MARKS = frozenset({JobState.FOUND, JobState.LOCKED, JobState.SET_ASIDE})


@require_POST
@in_network("compose_jobs")
def mark(request: NetworkRequest, job_id: UUID) -> HttpResponse:
    """Lock a job, set it aside, or leave it as it was found."""
    job = access_job(job_id)
    wanted = request.POST.get("state", "")
    if wanted not in MARKS:
        raise Http404
    state = JobState(wanted)
    sentences = {
        JobState.FOUND: _("The job is as it was found."),
        JobState.LOCKED: _("The job is locked: the next search keeps it as it is."),
        JobState.SET_ASIDE: _("The job is set aside: the next search keeps its firms apart."),
    }
    try:
        mark_job(acting=request.acting, job=job, state=state)
    except CompositionError as error:
        refused(request, str(error))
    else:
        said(request, sentences[state])
    slug = request.network.slug
    every = "?all" if job.number > 12 else ""  # noqa: PLR2004 -- those drawn first
    page = reverse("workshop:composition", args=[slug, job.composition.public_id])
    return redirect(f"{page}{every}#j{job.number}")
