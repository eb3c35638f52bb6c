"""Starting and cancelling runs."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import get_language, gettext

from maillage.foundation.audit.actions import record
from maillage.foundation.jobs import registry
from maillage.foundation.jobs.endings import conclude
from maillage.foundation.jobs.enums import RunState
from maillage.foundation.jobs.models import Run
from maillage.foundation.jobs.queueing import enqueue
from maillage.foundation.jobs.words import Words, kept


class RunError(Exception):
    """A run that cannot be started or cancelled: a sentence for people says why."""


@transaction.atomic
def start_run(
    *,
    kind: str,
    owner_id: UUID | None = None,
    network_id: UUID | None = None,
    title: Words = "",
    arguments: Mapping[str, Any] | None = None,
) -> Run:
    """Queue a run; it starts once the transaction around this call is saved.

    `kind` is one that an application registers (`registry.background`), else UnknownKindError.
    `arguments` are ids and other JSON values, given by name to the work. `title` is what its owner
    reads; without it, that of its kind. A run without an owner is work of the site itself (a mail,
    a digest): nobody sees a page about it.
    """
    known = registry.kind_of(kind)
    run = Run.objects.create(
        kind=kind,
        owner_id=owner_id,
        network_id=network_id,
        language=get_language() or settings.LANGUAGE_CODE,
        title_words=kept(title or known.title),
        arguments=dict(arguments or {}),
    )
    if owner_id:
        _record(run, owner_id, "start")
    enqueue(run)
    return run


@transaction.atomic
def cancel_run(*, run: Run, actor_id: UUID) -> Run:
    """Cancel a run: at once when it waits, at its next checkpoint when it is in progress.

    Raises RunError when it has already ended.
    """
    waiting = Run.objects.filter(pk=run.pk, state=RunState.QUEUED)
    running = Run.objects.filter(pk=run.pk, state=RunState.RUNNING)
    if not conclude(waiting, RunState.CANCELLED) and not running.update(cancel_requested_at=now()):
        raise RunError(gettext("It has already ended: there is nothing left to cancel."))
    _record(run, actor_id, "cancel")
    run.refresh_from_db()
    return run


def _record(run: Run, actor_id: UUID, act: str) -> None:
    record(
        actor_id=actor_id,
        act=act,
        subject_type="Run",
        subject_id=run.public_id,
        network_id=run.network_id,
        after={"kind": run.kind},
    )
