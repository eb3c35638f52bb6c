"""A plan proposed by a search: asked for, followed, read, applied by a person."""

from collections import Counter
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.foundation.jobs.actions import RunError, cancel_run
from maillage.foundation.jobs.models import Run
from maillage.run.planning.enums import ProposalState
from maillage.run.planning.models import PlanProposal
from maillage.run.planning.placing import PlacementError
from maillage.run.planning.proposing import (
    ProposalError,
    apply_proposal,
    latest_proposal,
    propose_plan,
    steps_of,
)
from maillage.web.planning.weeks import Week, length, week_of
from maillage.web.ui.acting import NetworkRequest
from maillage.web.ui.forms import invalid_status
from maillage.web.ui.gates import in_network
from maillage.web.ui.toasts import refused, said


class Search(forms.Form):
    """For how many weeks to search a plan, and how long."""

    weeks = forms.IntegerField(
        label=gettext_lazy("How many weeks"), min_value=1, max_value=8, initial=2
    )
    seconds = forms.IntegerField(
        label=gettext_lazy("How long to search"), min_value=5, max_value=3600, initial=60
    )


@require_http_methods(["GET", "HEAD", "POST"])
@in_network("plan_work")
def propose(request: NetworkRequest) -> HttpResponse:
    """Ask for a plan of some weeks."""
    week = week_of(request.GET.get("week", ""))
    form = Search(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = propose_plan(acting=request.acting, monday=week.monday, **form.cleaned_data)
        except ProposalError as error:
            form.add_error(None, str(error))
        else:
            return redirect("planning:proposal", request.network.slug, made.public_id)
    context = {
        "network": request.network,
        "week": week,
        "form": form,
        "latest": latest_proposal(request.network),
    }
    return render(request, "planning/propose.html", context, status=invalid_status(form))


@require_safe
@in_network("plan_work")
def proposal(request: NetworkRequest, proposal_id: UUID) -> HttpResponse:
    """Show what a search found so far, and what applying it would change."""
    found = _access(proposal_id)
    context = _running(request, found)
    if not context["searching"] and found.best is not None:
        context |= _differences(found)
    return render(request, "planning/proposal.html", context)


@require_safe
@in_network("plan_work")
def progress(request: NetworkRequest, proposal_id: UUID) -> HttpResponse:
    """Say how far a search is, to a page that waits; once it is over it is read again whole."""
    found = _access(proposal_id)
    if not request.headers.get("HX-Request"):
        return redirect("planning:proposal", request.network.slug, proposal_id)
    page = render(request, "planning/_running.html", _running(request, found))
    if found.state != ProposalState.SEARCHING:
        page["HX-Refresh"] = "true"
    return page


@require_POST
@in_network("plan_work")
def stop(request: NetworkRequest, proposal_id: UUID) -> HttpResponse:
    """Stop a search: the best it has found stays."""
    found = _access(proposal_id)
    if found.run_id is None:
        raise Http404
    try:
        cancel_run(
            run=Run.objects.get(public_id=found.run_id), actor_id=request.acting.person.public_id
        )
    except RunError as error:
        refused(request, str(error))
    else:
        said(request, _("Stopping: the best plan found so far is kept."))
    return redirect("planning:proposal", request.network.slug, proposal_id)


@require_POST
@in_network("plan_work")
def apply(request: NetworkRequest, proposal_id: UUID) -> HttpResponse:
    """Make the proposed plan the plan."""
    found = _access(proposal_id)
    try:
        removed, added = apply_proposal(acting=request.acting, proposal=found)
    except (PlacementError, ProposalError) as error:
        refused(request, _("Nothing was changed. %(why)s") % {"why": error})
        return redirect("planning:proposal", request.network.slug, proposal_id)
    said(
        request,
        _("The plan is applied: %(added)d shifts added, %(removed)d removed. Nobody is told yet.")
        % {"added": added, "removed": removed},
    )
    page = reverse("planning:board", args=[request.network.slug])
    return redirect(f"{page}?week={Week(found.monday).key}")


def _access(proposal_id: UUID) -> PlanProposal:
    """Return a proposal of the open network; 404 when there is none."""
    found = PlanProposal.objects.select_related("network").filter(public_id=proposal_id).first()
    if found is None:
        raise Http404
    return found


def _running(request: NetworkRequest, found: PlanProposal) -> dict[str, object]:
    figures = found.figures
    return {
        "network": request.network,
        "proposal": found,
        "week": Week(found.monday),
        "searching": found.state == ProposalState.SEARCHING,
        "may_apply": found.best is not None
        and found.state in {ProposalState.DONE, ProposalState.STOPPED},
        "applied": found.state == ProposalState.APPLIED,
        "wanted": figures.get("wanted", 0),
        "missing": figures.get("missing"),
        "covered": figures.get("wanted", 0) - figures.get("missing", 0),
        "idle": length(figures.get("idle_minutes", 0)),
        "elapsed": round(figures.get("seconds", 0)),
    }


def _differences(found: PlanProposal) -> dict[str, object]:
    """Return what applying a proposal would change, by worker."""
    steps = steps_of(found) if found.state != ProposalState.APPLIED else []
    added: Counter[str] = Counter()
    removed: Counter[str] = Counter()
    for step in steps:
        if step.worker is not None:
            added[step.worker.name] += 1
        elif step.left_by is not None:
            removed[step.left_by.name] += 1
    return {
        "added": sum(added.values()),
        "removed": sum(removed.values()),
        "people": [
            (name, added[name], removed[name])
            for name in sorted({*added, *removed}, key=str.casefold)
        ],
    }
