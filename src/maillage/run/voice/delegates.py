"""Delegates: workers elected by the workers, and the reminder of a group that has none."""

from datetime import date, timedelta
from typing import Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from maillage.foundation.audit.actions import record
from maillage.foundation.networks.acting import Acting
from maillage.foundation.networks.models import Network
from maillage.foundation.networks.queries import current
from maillage.run.employment.models import EmploymentContract, Worker
from maillage.run.employment.queries import in_force
from maillage.run.voice.models import Delegate
from maillage.run.voice.refusals import VoiceError

MANY_WORKERS: Final = 10  # above, the workers elect somebody (L2311-2)


def delegates_of(network: Network, day: date | None = None) -> list[Delegate]:
    """Return who speaks for the workers on a day (today), for everybody in the group."""
    rows = Delegate.objects.filter(current(day or localdate()), worker__network=network)
    return list(rows.select_related("worker").order_by("worker__folded_name"))


def is_delegate(worker: Worker, day: date | None = None) -> bool:
    """Whether a worker speaks for the others on a day (today)."""
    return Delegate.objects.filter(current(day or localdate()), worker=worker).exists()


def lacks_delegate(network: Network, day: date) -> bool:
    """Whether the group has more than ten workers, and nobody elected by them."""
    return without_delegate(network, day).count() > MANY_WORKERS


def without_delegate(network: Network, day: date) -> QuerySet[Worker]:
    """Return the workers under contract on a day for whom nobody speaks: all of them, or none."""
    elected = Delegate.objects.filter(current(day), worker__network=network)
    held = EmploymentContract.objects.filter(in_force(day, day), worker=OuterRef("pk"))
    return Worker.objects.filter(Exists(held), ~Exists(elected), network=network)


@transaction.atomic
def elect_delegate(
    *, acting: Acting, worker: Worker, starts_on: date, ends_on: date | None = None
) -> Delegate:
    """Write down that the workers elected one of them. Raises VoiceError."""
    _refuse_strangers(acting, worker)
    if starts_on > localdate():
        raise VoiceError(_("An election is written down once it has been held."), "starts_on")
    if ends_on is not None and ends_on < starts_on:
        raise VoiceError(_("The last day comes after the first one."), "ends_on")
    if is_delegate(worker):
        raise VoiceError(_("This worker is a delegate already."), "worker")
    delegate = Delegate.objects.create(worker=worker, starts_on=starts_on, ends_on=ends_on)
    _trail(acting, "elect", delegate)
    return delegate


@transaction.atomic
def end_mandate(*, acting: Acting, delegate: Delegate) -> None:
    """End the mandate of a delegate: yesterday was its last day, unless it had just begun."""
    _refuse_strangers(acting, delegate.worker)
    yesterday = localdate() - timedelta(days=1)
    _trail(acting, "end_mandate", delegate)
    if delegate.starts_on > yesterday:
        delegate.delete()
    else:
        delegate.ends_on = yesterday
        delegate.save(update_fields=["ends_on"])


def _refuse_strangers(acting: Acting, worker: Worker) -> None:
    if acting.network != worker.network or not acting.can("hear_workers"):
        raise PermissionDenied


def _trail(acting: Acting, act: str, delegate: Delegate) -> None:
    record(
        actor_id=acting.person.public_id,
        act=act,
        subject_type="Delegate",
        subject_id=delegate.public_id,
        network_id=acting.network.public_id if acting.network else None,
        after={"worker": str(delegate.worker.public_id)},
    )
