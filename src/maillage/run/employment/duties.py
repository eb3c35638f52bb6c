"""What is to be done for a contract before a day: a task of the network, once for each key."""

from datetime import date

from django.utils.timezone import now

from maillage.foundation.accounts.models import Person
from maillage.foundation.networks.models import Task
from maillage.foundation.organisations.models import Organisation
from maillage.run.employment.models import EmploymentContract
from maillage.run.employment.models_of_contracts import ContractTask


def users_key(firm: Organisation) -> str:
    """Return the key of the amendment by which a firm enters or leaves a contract."""
    return f"users {firm.public_id}"


def set_duty(
    contract: EmploymentContract, key: str, title: str, due_on: date, assignee: Person
) -> Task:
    """Have something done for a contract before a day; asked again, it is the same task."""
    network = contract.worker.network
    kept = ContractTask.objects.filter(contract=contract, key=key).select_related("task").first()
    if kept is None:
        task = Task.objects.create(
            network=network, title=title[:200], due_on=due_on, assignee=assignee
        )
        ContractTask.objects.create(contract=contract, key=key, task=task)
        return task
    task = kept.task
    task.title, task.due_on = title[:200], due_on
    task.save(update_fields=["title", "due_on"])
    return task


def finish_duty(contract: EmploymentContract, key: str) -> None:
    """Say that something is done, if it was to be done and is not yet."""
    Task.objects.filter(of_contract__contract=contract, of_contract__key=key, done_at=None).update(
        done_at=now()
    )


def drop_duty(contract: EmploymentContract, key: str) -> None:
    """Forget something that has no reason any more; what was done stays."""
    Task.objects.filter(of_contract__contract=contract, of_contract__key=key, done_at=None).delete()
