"""The checklist of a start: met, with what shows it, or to be solved before a day."""

from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _

from maillage.foundation.accounts.models import Person
from maillage.foundation.networks.acting import Acting
from maillage.foundation.networks.actions.guarding import network_where, trail
from maillage.foundation.networks.conditions import CONDITIONS
from maillage.foundation.networks.models import Network, StartCondition, Task
from maillage.foundation.networks.refusals import ConditionError

TOO_FAR = timedelta(days=366 * 2)


@transaction.atomic
def meet_condition(*, acting: Acting, condition: StartCondition, proof: str) -> StartCondition:
    """Say that a condition is met, and what shows it; what was to be done for it is done."""
    condition = _fresh(network_where(acting, "manage_conditions"), condition)
    proof = proof.strip()
    if not proof:
        raise ConditionError(_("Say in a sentence what shows it."), "proof")
    before = _as_values(condition)
    condition.met, condition.proof, condition.looked_at = True, proof, now()
    condition.save(update_fields=["met", "proof", "looked_at"])
    Task.objects.filter(condition=condition, done_at=None).update(done_at=now())
    trail(acting, "meet", condition, before=before, after=_as_values(condition))
    return condition


@transaction.atomic
def solve_condition(
    *,
    acting: Acting,
    condition: StartCondition,
    due_on: date,
    title: str = "",
    assignee: Person | None = None,
) -> Task:
    """Say that a condition is not met yet, and what is to be done about it before a day."""
    network = network_where(acting, "manage_conditions")
    condition = _fresh(network, condition)
    today = localdate()
    if not today <= due_on <= today + TOO_FAR:
        raise ConditionError(_("Choose a day from today on, within two years."), "due_on")
    title = " ".join(title.split()) or str(CONDITIONS[condition.key].to_do)
    before = _as_values(condition)
    condition.met, condition.looked_at = False, now()
    condition.save(update_fields=["met", "looked_at"])
    task, new = Task.objects.get_or_create(
        network=network,
        condition=condition,
        done_at=None,
        defaults={"title": title, "due_on": due_on, "assignee": assignee},
    )
    if not new:
        task.title, task.due_on, task.assignee = title, due_on, assignee
        task.save(update_fields=["title", "due_on", "assignee"])
    after = _as_values(condition) | {"due_on": due_on.isoformat(), "to_do": title}
    trail(acting, "solve", condition, before=before, after=after)
    return task


@transaction.atomic
def do_task(*, acting: Acting, task: Task) -> Task:
    """Say that something is done; whoever it was given to may say so too."""
    task = _task(acting, task)
    if task.done_at is None:
        task.done_at = now()
        task.save(update_fields=["done_at"])
        trail(acting, "do", task, before={"done": False}, after={"done": True})
    return task


@transaction.atomic
def undo_task(*, acting: Acting, task: Task) -> Task:
    """Say that something is still to be done after all."""
    task = _task(acting, task)
    if task.done_at is not None:
        other = Task.objects.filter(condition=task.condition_id, done_at=None)
        if task.condition_id is not None and other.exists():
            raise ConditionError(_("Something else is already to be done for this condition."))
        task.done_at = None
        task.save(update_fields=["done_at"])
        trail(acting, "undo", task, before={"done": True}, after={"done": False})
    return task


def can_do_task(acting: Acting, task: Task) -> bool:
    """Whether the role in use may say that something is done."""
    return acting.can("manage_conditions") or task.assignee_id == acting.person.pk


def _task(acting: Acting, task: Task) -> Task:
    network = network_where(acting, "see_network")
    if not can_do_task(acting, task):
        raise PermissionDenied
    return Task.objects.select_for_update(of=("self",)).get(pk=task.pk, network=network)


def _fresh(network: Network, condition: StartCondition) -> StartCondition:
    return StartCondition.objects.select_for_update(of=("self",)).get(
        pk=condition.pk, network=network
    )


def _as_values(condition: StartCondition) -> dict[str, object]:
    return {"met": condition.met, "proof": condition.proof}
