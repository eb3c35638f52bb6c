"""Proposing a job to its firms and following their answers."""

from datetime import timedelta
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.foundation.notify.pressure import PressureError
from maillage.foundation.notify.sending import SendingError
from maillage.launch.shared_jobs.enums import ENGAGED, JobState, ShareAnswer
from maillage.launch.shared_jobs.links import path_of
from maillage.launch.shared_jobs.models import JobProposal, JobShare
from maillage.launch.shared_jobs.proposing import (
    DAYS_TO_ANSWER,
    PROPOSABLE,
    ProposalError,
    ask_again,
    misfit,
    propose_job,
    stands,
    terms_for,
    withdraw_proposal,
    write_proposal,
)
from maillage.launch.shared_jobs.queries import proposals_of
from maillage.launch.shared_jobs.reports.figures import hours
from maillage.web.ui.acting import NetworkRequest
from maillage.web.ui.formats import nice_date, number
from maillage.web.ui.forms import invalid_status
from maillage.web.ui.gates import in_network
from maillage.web.ui.lists import Column, Empty, Listing, QuerySetRows
from maillage.web.ui.toasts import refused, said, warned
from maillage.web.workshop.forms import GivingUp, Proposing
from maillage.web.workshop.reading import ANSWERS, STATES, access_job

FORM = ["GET", "HEAD", "POST"]
YEAR = 12


def _listing(slug: str) -> Listing:
    return Listing(
        name="proposals",
        columns=(
            Column(
                "title",
                gettext_lazy("Job"),
                lambda row: row.title,
                sort=True,
                main=True,
                link=lambda row: reverse("workshop:job", args=[slug, row.public_id]),
            ),
            Column("state", gettext_lazy("Where it stands"), lambda row: row.get_state_display()),
            Column(
                "sent_at",
                gettext_lazy("Proposed on"),
                lambda row: row.sent_at,
                sort=True,
                text=nice_date,
            ),
            Column(
                "answer_by",
                gettext_lazy("Answer by"),
                lambda row: row.answer_by,
                sort=True,
                text=nice_date,
            ),
            Column("firms", gettext_lazy("Firms"), lambda row: row.firms, numeric=True),
            Column(
                "waiting",
                gettext_lazy("Still to answer"),
                # Nothing more is asked of anybody once a job is settled.
                lambda row: row.waiting if row.state == JobState.SENT else 0,
                numeric=True,
            ),
        ),
        default_sort="-sent_at",
        search=gettext_lazy("Search a job"),
        caption=lambda n: (
            ngettext("%(count)s job proposed", "%(count)s jobs proposed", n) % {"count": number(n)}
        ),
        empty=Empty(
            gettext_lazy("No job proposed yet"),
            gettext_lazy("Search jobs, then propose those you like to their firms."),
            url=reverse("workshop:home", args=[slug]),
            label=gettext_lazy("Open the workshop"),
        ),
    )


@require_safe
@in_network("compose_jobs")
def proposals(request: NetworkRequest) -> HttpResponseBase:
    """List the jobs that firms were asked about."""
    sorts = {"title": "title", "sent_at": "sent_at", "answer_by": "answer_by"}

    def rows(q: str = "") -> QuerySetRows[JobProposal]:
        found = proposals_of(request.network)
        return QuerySetRows(found.filter(title__icontains=q) if q else found, sorts=sorts)

    listing = _listing(request.network.slug).read(request, lambda wanted: rows(**wanted))
    return listing.respond("workshop/proposals.html", {"network": request.network})


@require_http_methods(FORM)
@in_network("compose_jobs")
def propose(request: NetworkRequest, job_id: UUID) -> HttpResponse:
    """Propose a job to its firms."""
    found = access_job(job_id)
    if found.state not in PROPOSABLE:
        return redirect("workshop:job", request.network.slug, job_id)
    initial = {"answer_by": localdate() + timedelta(days=DAYS_TO_ANSWER), "write": True}
    form = Proposing(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        day = form.cleaned_data["answer_by"]
        try:
            sent = propose_job(acting=request.acting, job=found, answer_by=day)
        except ProposalError as error:
            form.add_error(error.field or None, str(error))
        else:
            said(request, _("The job is proposed: each firm answers without seeing the others."))
            if form.cleaned_data["write"]:
                for share in _shares(sent):
                    _write(request, share)
            return redirect("workshop:job", request.network.slug, job_id)
    context = {
        "network": request.network,
        "job": found,
        "form": form,
        "shares": _shown(found),
        "hours": hours(sum(found.half_hours) / 2 / YEAR),
    }
    return render(request, "workshop/propose.html", context, status=invalid_status(form))


@require_safe
@in_network("compose_jobs")
def job(request: NetworkRequest, job_id: UUID) -> HttpResponse:
    """Show a job that was proposed: who answered what, and what can be done."""
    found = access_job(job_id)
    if found.sent_at is None:
        raise Http404
    state = JobState(found.state)
    answered = [share.agreed_half_hours for share in _shares(found)]
    now_together = [sum(month) for month in zip(*answered, strict=True)]
    context = {
        "network": request.network,
        "job": found,
        "state": state.label,
        "state_kind": STATES[state],
        "engaged": state in ENGAGED,
        "confirmed": state == JobState.CONFIRMED,
        "fallen": state == JobState.FALLEN,
        "unfit": misfit(now_together, terms_for(found)) if state == JobState.UNFIT else "",
        "late": state == JobState.SENT and found.answer_by and found.answer_by < localdate(),
        "stands": state not in ENGAGED or stands(found),
        "shares": _shown(found),
        "hours": hours(sum(now_together) / 2 / YEAR),
    }
    return render(request, "workshop/job.html", context)


@require_POST
@in_network("compose_jobs")
def write(request: NetworkRequest, job_id: UUID, share_id: UUID) -> HttpResponse:
    """Send a firm its link by mail."""
    share = next((one for one in _shares(access_job(job_id)) if one.public_id == share_id), None)
    if share is None:
        raise Http404
    if _write(request, share):
        said(request, _("%(firm)s was written to.") % {"firm": share.organisation.name})
    return redirect("workshop:job", request.network.slug, job_id)


@require_POST
@in_network("compose_jobs")
def again(request: NetworkRequest, job_id: UUID) -> HttpResponse:
    """Ask all the firms again with the hours that each answered."""
    try:
        ask_again(acting=request.acting, job=access_job(job_id))
    except ProposalError as error:
        refused(request, str(error))
    else:
        said(request, _("Every firm is asked again, with the hours it answered."))
    return redirect("workshop:job", request.network.slug, job_id)


@require_http_methods(FORM)
@in_network("compose_jobs")
def give_up(request: NetworkRequest, job_id: UUID) -> HttpResponse:
    """Give up a job that was proposed."""
    found = access_job(job_id)
    back = reverse("workshop:job", args=[request.network.slug, job_id])
    if found.sent_at is None:
        raise Http404
    form = GivingUp(request.POST or None)
    if request.method == "POST" and form.is_valid():
        because = form.cleaned_data["because"]
        try:
            withdraw_proposal(acting=request.acting, job=found, because=because)
        except ProposalError as error:
            form.add_error(error.field or None, str(error))
        else:
            said(request, _("The job is given up: its needs are free again."))
            return redirect(back)
    context = {
        "title": _("Give up this job"),
        "eyebrow": found.title,
        "form": form,
        "submit": _("Give it up"),
        "cancel": back,
    }
    return render(request, "ui/form_page.html", context, status=invalid_status(form))


def _write(request: NetworkRequest, share: JobShare) -> bool:
    try:
        write_proposal(acting=request.acting, share=share)
    except (PressureError, SendingError, ProposalError) as error:
        words = {"firm": share.organisation.name, "why": str(error)}
        warned(request, _("%(firm)s was not written to: %(why)s") % words)
        return False
    return True


def _shares(found: JobProposal) -> list[JobShare]:
    rows = JobShare.objects.filter(job=found).select_related("organisation", "job__composition")
    return list(rows)


def _shown(found: JobProposal) -> list[dict[str, object]]:
    return [
        {
            "share": share,
            "firm": share.organisation.name,
            "answer": ShareAnswer(share.answer).label,
            "kind": ANSWERS[ShareAnswer(share.answer)],
            "waiting": share.answer == ShareAnswer.WAITING,
            "asked": hours(sum(share.half_hours) / 2 / YEAR),
            "agreed": hours(sum(share.agreed_half_hours) / 2 / YEAR),
            "link": path_of(share),
        }
        for share in _shares(found)
    ]
