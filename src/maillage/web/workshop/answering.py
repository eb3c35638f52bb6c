"""A firm answers a proposal: on its own pages, or by a link without an account."""

from datetime import date
from http import HTTPStatus
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from django_scopes import scope

from maillage.foundation.networks.acting import Acting
from maillage.launch.shared_jobs.cost import rate_on
from maillage.launch.shared_jobs.enums import JobState, ShareAnswer
from maillage.launch.shared_jobs.links import opened_by
from maillage.launch.shared_jobs.models import JobShare
from maillage.launch.shared_jobs.proposing import ProposalError, answer_proposal
from maillage.launch.shared_jobs.queries import partners_of, shares_shown_to
from maillage.launch.shared_jobs.reports.figures import hours, kilometres_up
from maillage.launch.shared_jobs.reports.periods import MONTHS, month_name
from maillage.web.ui.acting import NetworkRequest
from maillage.web.ui.formats import number, told_apart
from maillage.web.ui.forms import invalid_status
from maillage.web.ui.gates import in_network
from maillage.web.ui.parts import Bar
from maillage.web.ui.toasts import said, warned
from maillage.web.workshop.forms import Reply
from maillage.web.workshop.reading import ANSWERS, access_share, assumptions, cost_in_words

FORM = ["GET", "HEAD", "POST"]
OPEN = frozenset({JobState.SENT, JobState.UNFIT})


@require_safe
@in_network("answer_proposals")
def mine(request: NetworkRequest) -> HttpResponse:
    """List the jobs proposed to one's own firm."""
    firm = request.acting.firm
    shares = shares_shown_to(firm, request.network) if firm is not None else []
    titles = told_apart([share.job.title for share in shares])
    rows = [
        {
            "share": share,
            "title": title,
            "url": reverse("workshop:own", args=[request.network.slug, share.public_id]),
            "hours": hours(sum(share.agreed_half_hours) / 2 / MONTHS),
            "answer": ShareAnswer(share.answer).label,
            "kind": ANSWERS[ShareAnswer(share.answer)],
            "standing": _standing(share),
            "waiting": share.job.state == JobState.SENT and share.answer == ShareAnswer.WAITING,
        }
        for share, title in zip(shares, titles, strict=True)
    ]
    return render(request, "workshop/mine.html", {"network": request.network, "rows": rows})


@require_http_methods(FORM)
@in_network("answer_proposals")
def own(request: NetworkRequest, share_id: UUID) -> HttpResponse:
    """Show one's own firm a job proposed to it, and take its answer."""
    share = access_share(request, share_id)
    back = reverse("workshop:own", args=[request.network.slug, share_id])
    return _page(request, share, "workshop/own.html", back, acting=request.acting)


@never_cache
@require_http_methods(FORM)
def by_link(request: HttpRequest, token: str) -> HttpResponseBase:
    """Show a firm a job proposed to it, by its own link."""
    share = opened_by(token)
    if share is None or share.job.sent_at is None:
        sentence = _("This link leads nowhere. Check that it is whole.")
        context = {"sentence": sentence}
        return render(request, "workshop/closed.html", context, status=HTTPStatus.GONE)
    network = share.job.composition.network
    with scope(network=network, register=network.register):
        if network.closed_on is not None:
            context = {"sentence": _("This proposal is settled: it takes no more answers.")}
            return render(request, "workshop/closed.html", context, status=HTTPStatus.GONE)
        return _page(request, share, "workshop/link.html", request.path)


def _page(
    request: HttpRequest, share: JobShare, template: str, back: str, acting: Acting | None = None
) -> HttpResponse:
    form = Reply(request.POST or None, half_hours=share.agreed_half_hours)
    if request.method == "POST" and form.is_valid():
        answer = ShareAnswer(form.cleaned_data["answer"])
        try:
            answer_proposal(
                share=share,
                answer=answer,
                adjusted=form.adjusted() if answer == ShareAnswer.ADJUSTED else (),
                reason=form.cleaned_data["reason"] if answer == ShareAnswer.REFUSED else "",
                acting=acting,
            )
        except ProposalError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        else:
            share.job.refresh_from_db()
            if share.job.state == JobState.FALLEN and answer != ShareAnswer.REFUSED:
                warned(request, _("This proposal no longer stands: nothing is asked of you."))
            else:
                said(request, _("Your answer is kept. You may change it until all have answered."))
            return redirect(back)
    context = {
        "network": share.job.composition.network,
        **_told(share, localdate()),
        "form": form if JobState(share.job.state) in OPEN else None,
        "here": back,
    }
    return render(request, template, context, status=invalid_status(form))


def _told(share: JobShare, today: date) -> dict[str, object]:
    """Return what a firm may know of a job: its own part, and nobody's name before all agree."""
    job = share.job
    others = JobShare.objects.filter(job=job).count() - 1
    wanted = share.agreed_half_hours
    return {
        "share": share,
        "job": job,
        "standing": _standing(share),
        "answer": ShareAnswer(share.answer).label if share.answer != ShareAnswer.WAITING else "",
        "confirmed": job.state == JobState.CONFIRMED,
        "others": others,
        "partners": [one.organisation.name for one in partners_of(share)],
        "distance": kilometres_up(job.metres),
        "own_hours": hours(sum(wanted) / 2 / MONTHS),
        "job_hours": hours(sum(job.half_hours) / 2 / MONTHS),
        "year": [
            Bar(month_name(month), value / 2, hours(value / 2))
            for month, value in enumerate(wanted)
        ],
        "cost": cost_in_words(wanted, today),
        "assumptions": assumptions(rate_on(today)),
        "count": number(others),
    }


def _standing(share: JobShare) -> str:
    state = JobState(share.job.state)
    if state == JobState.SENT:
        waiting = share.answer == ShareAnswer.WAITING
        return _("It waits for your answer") if waiting else _("It waits for the other firms")
    if state == JobState.UNFIT:
        return _("The hours are being agreed again")
    if state == JobState.CONFIRMED:
        return _("All have said yes: the job is to be hired for")
    return _("It is given up")
