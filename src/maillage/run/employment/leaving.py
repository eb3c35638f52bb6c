"""Leave is asked for by the worker, granted or refused by whoever runs the network.

Not to be confused with the departure of a worker.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _

from maillage.foundation.audit.actions import Values, record
from maillage.foundation.networks.acting import Acting
from maillage.foundation.networks.queries import animators
from maillage.foundation.notify.days import said_day
from maillage.foundation.notify.notifications import notify_person
from maillage.run.employment.enums import LeaveKind, LeaveState
from maillage.run.employment.mailing import mail_worker
from maillage.run.employment.models import EmploymentContract, Leave, Worker
from maillage.run.employment.queries import in_force

LONGEST: Final = timedelta(days=366)
LIVING: Final = (LeaveState.ASKED, LeaveState.GRANTED)


class LeaveError(Exception):
    """Something that cannot be done with a leave: a sentence says why; `field` says where."""

    def __init__(self, text: str, field: str = "") -> None:
        super().__init__(text)
        self.field = field


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """The leave that somebody asks for; both days are included.

    `from_noon`: the morning of the first day is worked; `until_noon`: the afternoon of the last is.
    """

    kind: LeaveKind
    starts_on: date
    ends_on: date
    from_noon: bool = False
    until_noon: bool = False


@transaction.atomic
def ask_leave(*, worker: Worker, wish: Wish, acting: Acting | None = None) -> Leave:
    """Ask for leave: the worker by their own link, or whoever runs the network for them.

    Whoever runs the network is told of what a worker asks. Raises LeaveError.
    """
    if acting is not None:
        _refuse_strangers(acting, worker)
    Worker.objects.select_for_update(of=("self",)).get(pk=worker.pk)
    if acting is None and wish.starts_on < localdate():
        raise LeaveError(_("Choose a first day from today on."), "starts_on")
    _refuse_impossible(worker, wish)
    leave = Leave.objects.create(
        worker=worker,
        kind=wish.kind,
        starts_on=wish.starts_on,
        ends_on=wish.ends_on,
        from_noon=wish.from_noon,
        until_noon=wish.until_noon,
    )
    by_id = acting.person.public_id if acting is not None else None
    after = {"starts_on": wish.starts_on.isoformat(), "ends_on": wish.ends_on.isoformat()}
    _trail(by_id, "ask_leave", leave, after=after)
    if acting is None:
        _tell_animators(leave)
    return leave


@transaction.atomic
def withdraw_leave(*, worker: Worker, leave: Leave) -> Leave:
    """Withdraw a leave of one's own, as long as it has not begun. Raises LeaveError."""
    kept = Leave.objects.select_for_update(of=("self",)).select_related("worker").get(pk=leave.pk)
    if kept.worker_id != worker.pk:
        raise PermissionDenied
    if kept.state not in LIVING:
        raise LeaveError(_("This leave was already refused or withdrawn."))
    if kept.starts_on <= localdate() and kept.state == LeaveState.GRANTED:
        raise LeaveError(_("This leave has begun: telephone whoever runs the network."))
    was_granted = kept.state == LeaveState.GRANTED
    before, kept.state = kept.state, LeaveState.WITHDRAWN
    kept.save(update_fields=["state"])
    _trail(None, "withdraw_leave", kept, before={"state": before}, after={"state": kept.state})
    if was_granted:
        _tell_animators(kept)
    return kept


def grant_leave(*, acting: Acting, leave: Leave, sentence: str = "") -> Leave:
    """Grant a leave; the worker is told, with a sentence when there is one. Raises LeaveError."""
    return _answer(acting, leave, LeaveState.GRANTED, sentence)


def refuse_leave(*, acting: Acting, leave: Leave, sentence: str) -> Leave:
    """Refuse a leave and say why: the worker reads the sentence. Raises LeaveError."""
    if not sentence.strip():
        raise LeaveError(_("Say why in a sentence: the worker reads it."), "sentence")
    return _answer(acting, leave, LeaveState.REFUSED, sentence)


@transaction.atomic
def _answer(acting: Acting, leave: Leave, state: LeaveState, sentence: str) -> Leave:
    _refuse_strangers(acting, leave.worker)
    kept = (
        Leave.objects.select_for_update(of=("self",))
        .select_related("worker__network")
        .get(pk=leave.pk)
    )
    if kept.state != LeaveState.ASKED:
        raise LeaveError(_("This leave was answered or withdrawn meanwhile."))
    kept.state = state
    kept.reason = " ".join(sentence.split())[:200]
    kept.answered_at, kept.answered_by_id = now(), acting.person.public_id
    kept.save(update_fields=["state", "reason", "answered_at", "answered_by_id"])
    _trail(
        acting.person.public_id,
        "answer_leave",
        kept,
        before={"state": LeaveState.ASKED},
        after={"state": state, "reason": kept.reason},
    )
    _tell_worker(kept)
    return kept


def _refuse_strangers(acting: Acting, worker: Worker) -> None:
    if acting.network != worker.network or not acting.can("manage_staff"):
        raise PermissionDenied


def _refuse_impossible(worker: Worker, wish: Wish) -> None:
    if wish.ends_on < wish.starts_on:
        raise LeaveError(_("The last day comes after the first one."), "ends_on")
    if wish.ends_on - wish.starts_on > LONGEST:
        raise LeaveError(_("A leave lasts a year at most: ask for the next one later."), "ends_on")
    if wish.starts_on == wish.ends_on and wish.from_noon and wish.until_noon:
        raise LeaveError(_("From noon until noon of the same day: nothing is left."), "until_noon")
    contracts = EmploymentContract.objects.filter(
        in_force(wish.starts_on, wish.starts_on), worker=worker
    )
    if not contracts.exists():
        raise LeaveError(_("No contract runs on that day."), "starts_on")
    over = Leave.objects.filter(
        worker=worker, state__in=LIVING, starts_on__lte=wish.ends_on, ends_on__gte=wish.starts_on
    ).first()
    if over is not None:
        words = {"first": said_day(over.starts_on), "last": said_day(over.ends_on)}
        raise LeaveError(
            _("Leave is already asked for or granted from %(first)s to %(last)s.") % words,
            "starts_on",
        )


def _tell_animators(leave: Leave) -> None:
    worker = leave.worker

    def title() -> str:
        words = {"name": worker.name, "first": said_day(leave.starts_on)}
        if leave.state == LeaveState.WITHDRAWN:
            return _("%(name)s withdraws the leave of %(first)s.") % words
        return _("%(name)s asks for leave from %(first)s.") % words

    network = worker.network
    for role in animators(network):
        notify_person(
            person=role.person,
            title=title,
            url=f"/n/{network.slug}/leave/{leave.public_id}/",
            network_id=network.public_id,
        )


def _tell_worker(leave: Leave) -> None:
    def subject() -> str:
        words = {"first": said_day(leave.starts_on), "last": said_day(leave.ends_on)}
        if leave.state == LeaveState.GRANTED:
            return _("Your leave from %(first)s to %(last)s is granted") % words
        return _("Your leave from %(first)s to %(last)s is refused") % words

    mail_worker(leave.worker, subject, leave.reason)


def _trail(
    by_id: UUID | None,
    act: str,
    leave: Leave,
    *,
    before: Values | None = None,
    after: Values | None = None,
) -> None:
    record(
        actor_id=by_id,
        act=act,
        subject_type="Leave",
        subject_id=leave.public_id,
        network_id=leave.worker.network.public_id,
        before=before,
        after=after,
    )
