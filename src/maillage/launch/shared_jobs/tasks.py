"""What shared jobs do in the background: searching, and explaining what a stopped search found."""

import time
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django_scopes import scope

from maillage.foundation.jobs.actions import start_run
from maillage.foundation.jobs.enums import RunState
from maillage.foundation.jobs.handle import RunHandle
from maillage.foundation.jobs.models import Run
from maillage.foundation.jobs.registry import Outcome, background, on_finished
from maillage.foundation.networks.models import Network
from maillage.launch.shared_jobs import composing
from maillage.launch.shared_jobs.bridge import explain_best, search
from maillage.launch.shared_jobs.enums import CompositionState
from maillage.launch.shared_jobs.keeping import free_survey, request_of
from maillage.launch.shared_jobs.models import Composition
from maillage.launch.shared_jobs.outcome import Found, Step
from maillage.launch.shared_jobs.reports.figures import hours

BETWEEN = 1.0  # seconds between two answers that are kept: writing is not searching


@background(
    composing.SEARCH,
    title=_("Search for shared jobs"),
    kept=_("The best jobs found until then are kept: they are in the workshop."),
)
def search_jobs(run: RunHandle, *, composition_id: str) -> Outcome:
    """Search the jobs of a composition, keeping the best so far all along."""
    network = _network(run.network_id)
    with scope(network=network, register=network.register):
        made = _composition(composition_id)
        survey, request = free_survey(made), request_of(made)
        kept_at = 0.0

        def keep(found: Found) -> None:
            nonlocal kept_at
            covered = found.step.covered_hours
            run.best(lambda: str(_("%(hours)s a week so far")) % {"hours": hours(covered)})
            if time.monotonic() - kept_at >= BETWEEN:
                kept_at = time.monotonic()
                composing.note_best(made, found)

        first = len(made.asked["locked"]) + 1
        answer = run.in_child(search, survey, request, first, made.made_at, on_report=keep)
        with transaction.atomic():
            run.hold()
            composing.keep_answer(made, answer)
    jobs = len(answer.jobs)
    return Outcome(
        summary=lambda: (
            ngettext("%(count)d job was found.", "%(count)d jobs were found.", jobs)
            % {"count": jobs}
        ),
        data={"composition": composition_id, "network": network.slug},
    )


@background(composing.EXPLAIN, title=_("Explanation of a stopped search"), again=True)
def explain_jobs(run: RunHandle, *, composition_id: str) -> None:
    """Explain the best answer of a search that was stopped."""
    network = _network(run.network_id)
    with scope(network=network, register=network.register):
        made = _composition(composition_id)
        if made.result is not None or made.best is None:
            return
        survey, request = free_survey(made), request_of(made)
        units = 2 * len(made.asked["needs"][0]["half_hours"])
        step = Step(
            seconds=made.seconds,
            phase="stopped",
            covered_hours=made.covered_units / units,
            bound_hours=None if made.bound_units is None else made.bound_units / units,
        )
        found = Found(step, tuple(tuple(need_ids) for need_ids in made.best))
        first = len(made.asked["locked"]) + 1
        answer = run.in_child(explain_best, survey, request, found, first, made.made_at)
        with transaction.atomic():
            run.hold()
            composing.keep_answer(made, answer)


@on_finished
def keep_the_best(run: Run) -> None:
    """When a search is stopped, by somebody or by a failure, have its best answer explained.

    An answer that cannot be explained is given up, so that another search may begin.
    """
    kinds = {composing.SEARCH, composing.EXPLAIN}
    if run.kind not in kinds or run.state == RunState.SUCCEEDED:
        return
    network = _network(run.network_id)
    with scope(network=network, register=network.register):
        made = Composition.objects.filter(public_id=run.arguments["composition_id"]).first()
        if made is None or made.state != CompositionState.SEARCHING:
            return
        if made.best is None or run.kind == composing.EXPLAIN:
            composing.end_without_answer(made)
            return
        start_run(
            kind=composing.EXPLAIN,
            network_id=network.public_id,
            arguments={"composition_id": str(made.public_id)},
        )


def _network(network_id: Any) -> Network:
    return Network.objects.select_related("register").get(public_id=str(network_id))


def _composition(composition_id: str) -> Composition:
    return Composition.objects.select_related("network").get(public_id=composition_id)
