"""The workshop itself: choosing rules, searching, reading what was found."""

from dataclasses import replace
from typing import Any, Final
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from maillage.foundation.jobs.actions import RunError, cancel_run
from maillage.foundation.jobs.models import Run
from maillage.launch.shared_jobs.composing import CompositionError, compose, latest
from maillage.launch.shared_jobs.cost import rate_on
from maillage.launch.shared_jobs.enums import CompositionState, JobState
from maillage.launch.shared_jobs.gathering import free_needs
from maillage.launch.shared_jobs.keeping import outcome_in
from maillage.launch.shared_jobs.models import Composition, JobProposal
from maillage.launch.shared_jobs.outcome import Outcome
from maillage.launch.shared_jobs.queries import compositions_of
from maillage.launch.shared_jobs.reports.figures import hours
from maillage.launch.shared_jobs.reports.page import Card, context_of, piece, render_page
from maillage.launch.shared_jobs.reports.spreadsheet import render_spreadsheet
from maillage.web.ui.acting import NetworkRequest
from maillage.web.ui.forms import invalid_status
from maillage.web.ui.gates import in_network
from maillage.web.ui.toasts import refused, said
from maillage.web.workshop.drawing import curve_of
from maillage.web.workshop.forms import Settings, settings_of
from maillage.web.workshop.reading import (
    STATES,
    access_composition,
    assumptions,
    cost_in_words,
    note_reads,
)

DRAWN: Final = 12  # jobs whose year is drawn before somebody asks for all
EASIEST: Final = 12  # needs left alone, before somebody asks for all
HISTORY: Final = 6
# Handed over as files: the page carries its own styles, and is not one of the site.
KINDS: Final = {"html": render_page, "xlsx": render_spreadsheet}


@require_safe
@in_network("compose_jobs")
def home(request: NetworkRequest) -> HttpResponse:
    """Show the last search and what it found, or invite to a first one."""
    return _page(request, latest(request.network))


@require_safe
@in_network("compose_jobs")
def composition(request: NetworkRequest, composition_id: UUID) -> HttpResponse:
    """Show an earlier search."""
    return _page(request, access_composition(composition_id))


@require_POST
@in_network("compose_jobs")
def search(request: NetworkRequest) -> HttpResponse:
    """Search with the rules chosen."""
    form = Settings(request.POST)
    if form.is_valid():
        try:
            compose(acting=request.acting, wanted=form.wanted())
        except CompositionError as error:
            form.add_error(None, str(error))
        else:
            said(request, _("The search has begun: you may leave this page and come back."))
            return redirect("workshop:home", request.network.slug)
    return _page(request, latest(request.network), form)


@require_POST
@in_network("compose_jobs")
def stop(request: NetworkRequest, composition_id: UUID) -> HttpResponse:
    """Stop a search: the best it has found stays."""
    found = access_composition(composition_id)
    if found.run_id is None:
        raise Http404
    run = Run.objects.get(public_id=found.run_id)
    try:
        cancel_run(run=run, actor_id=request.acting.person.public_id)
    except RunError as error:
        refused(request, str(error))
    else:
        said(request, _("Stopping: the best jobs found so far are kept."))
    return redirect("workshop:composition", request.network.slug, composition_id)


@require_safe
@in_network("compose_jobs")
def progress(request: NetworkRequest, composition_id: UUID) -> HttpResponse:
    """Say how far a search is, to a page that waits; once it is over it is read again whole."""
    found = access_composition(composition_id)
    if not request.headers.get("HX-Request"):
        return redirect("workshop:composition", request.network.slug, composition_id)
    page = render(
        request, "workshop/_running.html", {"network": request.network, **_running(found)}
    )
    if found.state != CompositionState.SEARCHING:
        page["HX-Refresh"] = "true"
    return page


@require_safe
@in_network("compose_jobs")
def report(request: NetworkRequest, composition_id: UUID, kind: str) -> HttpResponseBase:
    """Hand over what a search found: a page that stands alone, or a workbook."""
    outcome = outcome_in(access_composition(composition_id))
    if outcome is None or kind not in KINDS:
        raise Http404
    note_reads(request, outcome)
    response = HttpResponse(KINDS[kind](outcome), content_type="application/octet-stream")
    name = f"{request.network.slug}-{localdate():%Y-%m-%d}.{kind}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _page(
    request: NetworkRequest, found: Composition | None, form: Settings | None = None
) -> HttpResponse:
    network = request.network
    outcome = outcome_in(found) if found is not None else None
    context: dict[str, Any] = {
        "network": network,
        "form": form or Settings(initial=settings_of(found)),
        "composition": found,
        "history": list(compositions_of(network)[:HISTORY]),
        "pieces": None,
        "free": len(free_needs(network)) if found is None else 0,
    }
    if found is not None:
        context |= _running(found)
    if found is not None and outcome is not None:
        note_reads(request, outcome)
        context["pieces"] = _pieces(request, found, outcome)
        context["rate"] = assumptions(rate_on(localdate()))
    return render(request, "workshop/home.html", context, status=invalid_status(context["form"]))


def _running(found: Composition) -> dict[str, Any]:
    units = 2 * len(found.asked["needs"][0]["half_hours"])
    return {
        "composition": found,
        "searching": found.state == CompositionState.SEARCHING,
        "stopped": found.state == CompositionState.STOPPED,
        "best": hours(found.covered_units / units) if found.best is not None else "",
        "jobs_so_far": len(found.best or ()),
        "curve": curve_of(found),
        "seconds": round(found.seconds),
    }


def _pieces(request: NetworkRequest, found: Composition, outcome: Outcome) -> dict[str, Any]:
    """Return the parts of the page that the report has too, with what to do with each job."""
    context = context_of(outcome, len(outcome.jobs) if "all" in request.GET else DRAWN)
    jobs = {job.number: job for job in found.jobs.all()}
    acts = _Acts(request, found)
    context["cards"] = [acts.on(card, jobs.get(card.number)) for card in context["cards"]]
    context["rows"] = []
    lone = context["lone"]
    context["lone"] = lone if "alone" in request.GET else lone[:EASIEST]
    return {
        "patterns": piece("patterns", context),
        "cover": piece("cover", context),
        "map": piece("map", context) if outcome.jobs else "",
        "jobs": piece("jobs", context),
        "alone": piece("alone", context) if outcome.alone else "",
        "more": max(0, len(outcome.jobs) - len(context["cards"])),
        "more_alone": len(lone) - len(context["lone"]),
        "rivals": len(outcome.survey.competitors),
        "locked": len(found.asked["locked"]),
    }


class _Acts:
    """What the animator may do with each job of a search."""

    def __init__(self, request: NetworkRequest, found: Composition) -> None:
        self.request = request
        last = latest(request.network)
        self.current = last is not None and last.pk == found.pk
        self.today = localdate()

    def on(self, card: Card, job: JobProposal | None) -> Card:
        """Return a card with where its job stands and its buttons."""
        if job is None:
            return card
        state = JobState(job.state)
        context = {
            "network": self.request.network,
            "job": job,
            "state": state.label if state != JobState.FOUND else "",
            "state_kind": STATES.get(state, "plain"),
            "locked": state == JobState.LOCKED,
            "aside": state == JobState.SET_ASIDE,
            "open": self.current and state in {JobState.FOUND, JobState.LOCKED, JobState.SET_ASIDE},
            "asked": job.sent_at is not None,
            "cost": cost_in_words(job.half_hours, self.today),
            "firms": len(card.shares),
        }
        request = self.request
        return replace(
            card,
            locked=state == JobState.LOCKED,
            tag=SafeString(render_to_string("workshop/_tag.html", context, request)),
            actions=SafeString(render_to_string("workshop/_acts.html", context, request)),
        )
