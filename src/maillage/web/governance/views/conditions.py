"""The checklist of a start, and what is to be done for it."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.foundation.networks.actions.conditions import (
    can_do_task,
    do_task,
    meet_condition,
    solve_condition,
    undo_task,
)
from maillage.foundation.networks.conditions import CONDITIONS, Condition
from maillage.foundation.networks.models import StartCondition, Task
from maillage.foundation.networks.queries import open_tasks
from maillage.web.governance.acts import Done, FormPage, do_now, fill_in
from maillage.web.governance.forms import ProofForm, SolveForm
from maillage.web.ui.acting import NetworkRequest
from maillage.web.ui.gates import in_network

FORM = ["GET", "HEAD", "POST"]
A_MONTH = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the checklist: the condition, where it stands, what is to be done for it."""

    condition: Condition
    row: StartCondition
    task: Task | None
    late: bool


@require_safe
@in_network("manage_conditions")
def conditions(request: NetworkRequest) -> HttpResponse:
    """Show the checklist; what is not met comes first."""
    here = request.network
    tasks = {task.condition_id: task for task in open_tasks(here)}
    rows = StartCondition.objects.filter(network=here).order_by("met", "id")
    today = localdate()
    lines = [
        Line(
            CONDITIONS[row.key],
            row,
            tasks.get(row.pk),
            (task := tasks.get(row.pk)) is not None and task.due_on < today,
        )
        for row in rows
        if row.key in CONDITIONS
    ]
    context = {
        "network": here,
        "lines": lines,
        "met": sum(line.row.met for line in lines),
        "total": len(lines),
    }
    return render(request, "governance/conditions.html", context)


@require_http_methods(FORM)
@in_network("manage_conditions")
def met(request: NetworkRequest, public_id: UUID) -> HttpResponse:
    """Say that a condition is met, and what shows it."""
    row = _access_condition(request, public_id)

    def act(said: dict[str, Any]) -> Done:
        meet_condition(acting=request.acting, condition=row, proof=said["proof"])
        return Done(_("The condition is met."))

    form = ProofForm(request.POST or None, initial={"proof": row.proof})
    return fill_in(request, form, act, _page(request, row, _("Record as met")))


@require_http_methods(FORM)
@in_network("manage_conditions")
def solve(request: NetworkRequest, public_id: UUID) -> HttpResponse:
    """Say that a condition is not met yet, and what is to be done before a day."""
    row = _access_condition(request, public_id)
    task = Task.objects.filter(condition=row, done_at=None).first()

    def act(said: dict[str, Any]) -> Done:
        solve_condition(
            acting=request.acting,
            condition=row,
            assignee=task.assignee if task else None,
            **said,
        )
        return Done(_("It is on the list of things to do."))

    initial = {
        "title": task.title if task else str(CONDITIONS[row.key].to_do),
        "due_on": task.due_on if task else localdate() + A_MONTH,
    }
    form = SolveForm(request.POST or None, initial=initial)
    return fill_in(request, form, act, _page(request, row, _("Put it on the list")))


@require_POST
@in_network()
def task_done(request: NetworkRequest, public_id: UUID) -> HttpResponse:
    """Say that something is done."""
    task = _access_task(request, public_id)

    def act() -> Done:
        do_task(acting=request.acting, task=task)
        undo = reverse("governance:task-undone", args=[request.network.slug, public_id])
        return Done(_("Done: %(task)s.") % {"task": task.title}, undo=undo)

    return do_now(request, act, _after_task(request))


@require_POST
@in_network()
def task_undone(request: NetworkRequest, public_id: UUID) -> HttpResponse:
    """Say that something is still to be done."""
    task = _access_task(request, public_id)

    def act() -> Done:
        undo_task(acting=request.acting, task=task)
        return Done(_("Still to be done: %(task)s.") % {"task": task.title})

    return do_now(request, act, _after_task(request))


def _access_condition(request: NetworkRequest, public_id: UUID) -> StartCondition:
    return get_object_or_404(
        StartCondition, network=request.network, public_id=public_id, key__in=CONDITIONS
    )


def _access_task(request: NetworkRequest, public_id: UUID) -> Task:
    task = get_object_or_404(Task, network=request.network, public_id=public_id)
    if not can_do_task(request.acting, task):
        raise PermissionDenied
    return task


def _after_task(request: NetworkRequest) -> str:
    page = "conditions" if request.acting.can("manage_conditions") else "home"
    return reverse(f"governance:{page}", args=[request.network.slug])


def _page(request: NetworkRequest, row: StartCondition, submit: str) -> FormPage:
    condition = CONDITIONS[row.key]
    return FormPage(
        title=str(condition.name),
        submit=submit,
        back=reverse("governance:conditions", args=[request.network.slug]),
        lede=str(condition.question),
    )
