"""Grievances: said to whom the worker chooses, answered in time, followed to their end."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _

from maillage.foundation.audit.actions import record
from maillage.foundation.networks.acting import Acting
from maillage.foundation.networks.models import Network
from maillage.run.employment.models import Worker
from maillage.run.voice.delegates import delegates_of, is_delegate
from maillage.run.voice.enums import READ_BY, Audience, Reader
from maillage.run.voice.models import Grievance, GrievanceWord
from maillage.run.voice.permissions import quality_of
from maillage.run.voice.refusals import VoiceError
from maillage.run.voice.telling import tell_roles, tell_worker

ANSWER_DAYS: Final = 15
LONGEST: Final = 4000


def own_grievances(worker: Worker) -> list[Grievance]:
    """Return what a worker has said to be wrong, the latest first: for that worker."""
    return list(Grievance.objects.filter(worker=worker))


def heard_by(network: Network, reader: Reader) -> QuerySet[Grievance]:
    """Return the grievances that may be read in some quality, and no other one."""
    audiences = [audience for audience, readers in READ_BY.items() if reader in readers]
    rows = Grievance.objects.filter(worker__network=network, audience__in=audiences)
    return rows.select_related("worker")


def heard_as_delegate(worker: Worker) -> list[Grievance]:
    """Return the open grievances addressed to the delegates, when the worker is one."""
    if not is_delegate(worker):
        return []
    rows = heard_by(worker.network, Reader.DELEGATE).filter(settled_at=None)
    return list(rows.exclude(worker=worker))


def late_grievances(network: Network, reader: Reader, day: date) -> QuerySet[Grievance]:
    """Return the grievances addressed to somebody that are past their day without an answer."""
    unanswered = Q(answered_at=None, settled_at=None, due_on__lt=day)
    return heard_by(network, reader).filter(unanswered)


def words_of(grievance: Grievance) -> Sequence[GrievanceWord]:
    """Return what was said, the first word first; for whoever may read the grievance."""
    return list(grievance.words.all())


@transaction.atomic
def say_grievance(*, worker: Worker, audience: Audience, subject: str, text: str) -> Grievance:
    """Say that something is wrong, to some; they are told that they have to answer.

    Raises VoiceError.
    """
    subject, text = " ".join(subject.split()), text.strip()
    if not subject:
        raise VoiceError(_("Say in a few words what it is about."), "subject")
    if not text:
        raise VoiceError(_("Say what is wrong."), "text")
    delegates = [one for one in delegates_of(worker.network) if one.worker_id != worker.pk]
    if audience == Audience.DELEGATES and not delegates:
        raise VoiceError(
            _("There is nobody else among the delegates to read it: choose the board too."),
            "audience",
        )
    grievance = Grievance.objects.create(
        worker=worker,
        audience=audience,
        subject=subject[:120],
        due_on=localdate() + timedelta(days=ANSWER_DAYS),
    )
    _say(grievance, Reader.WORKER, worker.name, text)
    readers = READ_BY[audience]
    path = f"grievances/{grievance.public_id}/"
    tell_roles(worker.network, readers, lambda: _("A worker asks you for an answer."), path)
    if Reader.DELEGATE in readers:
        for one in delegates:
            tell_worker(one.worker, lambda: _("A colleague asks the delegates for an answer"), path)
    return grievance


@transaction.atomic
def add_word(*, worker: Worker, grievance: Grievance, text: str) -> GrievanceWord:
    """Add a word: one's own, or an answer as a delegate. Raises VoiceError."""
    kept = _locked(grievance)
    quality = _quality_of_worker(worker, kept)
    word = _say(kept, quality, worker.name, _told(text))
    if quality == Reader.DELEGATE:
        _answered(kept)
    elif kept.settled_at is not None:  # it was not the last word after all
        kept.settled_at = None
        kept.save(update_fields=["settled_at"])
    return word


@transaction.atomic
def answer_grievance(*, acting: Acting, grievance: Grievance, text: str) -> GrievanceWord:
    """Answer a grievance for the board, or as animator when it is addressed to both.

    Raises VoiceError.
    """
    kept = _locked(grievance)
    quality = quality_of(acting)
    if acting.network != kept.worker.network or quality not in READ_BY[kept.audience]:
        raise PermissionDenied
    word = _say(kept, quality, str(acting.person), _told(text))
    _answered(kept)
    # Who answered is known; what was said stays out of the trail.
    record(
        actor_id=acting.person.public_id,
        act="answer",
        subject_type="Grievance",
        subject_id=kept.public_id,
        network_id=kept.worker.network.public_id,
    )
    return word


@transaction.atomic
def settle_grievance(*, worker: Worker, grievance: Grievance) -> None:
    """Say that it is settled: only the worker who said it was wrong may."""
    kept = _locked(grievance)
    if kept.worker_id != worker.pk:
        raise PermissionDenied
    kept.settled_at = kept.settled_at or now()
    kept.save(update_fields=["settled_at"])


def may_read(worker: Worker, grievance: Grievance) -> bool:
    """Whether a worker reads a grievance by their own link: their own, or as a delegate."""
    if grievance.worker_id == worker.pk:
        return True
    same = grievance.worker.network_id == worker.network_id
    return same and Reader.DELEGATE in READ_BY[grievance.audience] and is_delegate(worker)


def _quality_of_worker(worker: Worker, grievance: Grievance) -> Reader:
    if not may_read(worker, grievance):
        raise PermissionDenied
    return Reader.WORKER if grievance.worker_id == worker.pk else Reader.DELEGATE


def _locked(grievance: Grievance) -> Grievance:
    rows = Grievance.objects.select_for_update(of=("self",)).select_related("worker__network")
    return rows.get(pk=grievance.pk)


def _told(text: str) -> str:
    told = text.strip()[:LONGEST]
    if not told:
        raise VoiceError(_("Write your answer."), "text")
    return told


def _say(grievance: Grievance, quality: Reader, name: str, text: str) -> GrievanceWord:
    return GrievanceWord.objects.create(
        grievance=grievance, quality=quality, name=name, text=text[:LONGEST]
    )


def _answered(grievance: Grievance) -> None:
    if grievance.answered_at is None:
        grievance.answered_at = now()
        grievance.save(update_fields=["answered_at"])
    path = f"grievances/{grievance.public_id}/"
    tell_worker(grievance.worker, lambda: _("You have been answered"), path)
