"""Somebody is away: their slots are taken out of the plan, and each becomes a call.

Whoever plans may say it (a telephone call at 05:40), the worker from their own page, or a firm
where nobody came.
"""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Final
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.timezone import get_current_timezone, localdate, localtime, now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from maillage.foundation.audit.actions import record
from maillage.foundation.networks.acting import Acting
from maillage.run.employment.enums import AbsenceKind
from maillage.run.employment.models import Absence, EmploymentContract, Worker
from maillage.run.employment.queries import in_force
from maillage.run.planning.calling.errors import CallError
from maillage.run.planning.calling.looking import look
from maillage.run.planning.calling.shifts import tell_again, untell
from maillage.run.planning.calling.telling import said_slot, tell_firm, tell_planners
from maillage.run.planning.enums import CallCause, CallState, OfferState
from maillage.run.planning.models import Assignment, Call, CallOffer, Slot
from maillage.run.planning.permissions import can_plan_work
from maillage.run.planning.placing import PlacementError, Step, carry_out

LONGEST_AGO: Final = timedelta(days=7)
FARTHEST: Final = timedelta(days=366)
UNKNOWN: Final = timedelta(days=7)  # how far slots are opened while no return is expected
DAY_MINUTES: Final = 24 * 60


@transaction.atomic
def declare_absence(
    *,
    worker: Worker,
    starts_at: datetime,
    expected_on: date | None,
    kind: str,
    acting: Acting | None = None,
    said_by: str = "",
    at: datetime | None = None,
) -> Absence:
    """Write down that somebody is away, and open a call for each slot they leave.

    By whoever plans, or by the worker (`acting` None). Without an expected return the slots of
    seven days are opened. Raises CallError. Slots that are over stay as they are.
    """
    moment = at or now()
    if acting is not None and (acting.network != worker.network or not can_plan_work(acting)):
        raise PermissionDenied
    Worker.objects.select_for_update(of=("self",)).get(pk=worker.pk)
    _refuse_impossible(worker, starts_at, expected_on, moment)
    actor_id = acting.person.public_id if acting is not None else None
    absence = Absence.objects.create(
        worker=worker,
        kind=AbsenceKind(kind),
        starts_at=starts_at,
        expected_on=expected_on,
        said_by=said_by or (str(acting.person) if acting is not None else worker.name),
    )
    if absence.kind == AbsenceKind.ACCIDENT:
        _note_where(absence)
    record(
        actor_id=actor_id,
        act="declare_absence",
        subject_type="Absence",
        subject_id=absence.public_id,
        network_id=worker.network.public_id,
        after={
            "worker": str(worker.public_id),
            "starts_at": starts_at.isoformat(),
            "expected_on": expected_on.isoformat() if expected_on else None,
        },
    )
    calls = _open(absence, actor_id, moment)
    _tell(absence, calls, actor_id)
    return absence


def nobody_came(
    *, acting: Acting, slot: Slot, worker: Worker, at: datetime | None = None
) -> Absence:
    """Say, for a firm, that somebody it expected did not come: they count as away that day.

    Raises CallError when the slot has not begun, or the worker was not expected there.
    """
    moment = at or now()
    firm = acting.firm
    if firm is None or slot.organisation_id != firm.pk or not acting.can("ask_help"):
        raise PermissionDenied
    if not Assignment.objects.filter(slot=slot, worker=worker).exists():
        raise CallError(_("%(worker)s is not expected there any more.") % {"worker": worker})
    starts_at = moment_of(slot.day, slot.start_minute)
    if moment < starts_at:
        raise CallError(_("Wait until the time has come: it has not begun yet."))
    if moment_of(slot.day, slot.end_minute) <= moment:
        raise CallError(_("It is over: tell whoever runs the network by telephone."))
    return declare_absence(
        worker=worker,
        starts_at=starts_at,
        expected_on=slot.day + timedelta(days=1),
        kind=AbsenceKind.OTHER,
        said_by=firm.name,
        at=moment,
    )


@transaction.atomic
def put_off_return(
    *, acting: Acting, absence: Absence, expected_on: date, at: datetime | None = None
) -> list[Call]:
    """Say that somebody comes back later; open the slots they leave until then."""
    kept = _kept(acting, absence)
    known = kept.expected_on or localdate(kept.starts_at) + timedelta(days=1)
    if expected_on < known:
        raise CallError(
            _("Choose a later day: to say that they are back sooner, say that they are back."),
            "expected_on",
        )
    if expected_on > localdate() + FARTHEST:
        raise CallError(_("Choose a day within a year."), "expected_on")
    before, kept.expected_on = kept.expected_on, expected_on
    kept.save(update_fields=["expected_on"])
    record(
        actor_id=acting.person.public_id,
        act="put_off_return",
        subject_type="Absence",
        subject_id=kept.public_id,
        network_id=kept.worker.network.public_id,
        before={"expected_on": before.isoformat() if before else None},
        after={"expected_on": expected_on.isoformat()},
    )
    calls = _open(kept, acting.person.public_id, at or now())
    for call in calls:
        _tell_firm_of(call, kept.worker)
    return calls


@transaction.atomic
def came_after_all(*, acting: Acting, absence: Absence) -> int:
    """Say that somebody is there after all: back into the slots that nobody took; return how many.

    Raises CallError when a rule now stands in the way of one of them.
    """
    kept = _kept(acting, absence)
    before, kept.back_on = kept.back_on, localdate(kept.starts_at)
    kept.save(update_fields=["back_on"])
    calls = list(_calls_of(kept).filter(state=CallState.OPEN))
    steps = [Step(call.slot, kept.worker) for call in calls]
    try:
        carry_out(
            network=kept.worker.network,
            actor_id=acting.person.public_id,
            steps=steps,
            why=_("There after all"),
        )
    except PlacementError as error:
        raise CallError(str(error)) from None
    for call in calls:
        call.state, call.settled_at = CallState.WITHDRAWN, now()
        call.save(update_fields=["state", "settled_at"])
        tell_again(call.slot, kept.worker, seen=True)
        _tell_back(call.slot, kept.worker)
    CallOffer.objects.filter(call__in=calls, state=OfferState.PROPOSED).update(
        state=OfferState.WITHDRAWN
    )
    record(
        actor_id=acting.person.public_id,
        act="end_absence",
        subject_type="Absence",
        subject_id=kept.public_id,
        network_id=kept.worker.network.public_id,
        before={"back_on": before.isoformat() if before else None},
        after={"back_on": localdate(kept.starts_at).isoformat()},
    )
    return len(calls)


def moment_of(day: date, minute: int) -> datetime:
    """Return the moment of a minute counted from midnight of a day, on the clock of the place."""
    whole, rest = divmod(minute, DAY_MINUTES)
    clock = time(rest // 60, rest % 60)
    return datetime.combine(day + timedelta(days=whole), clock, get_current_timezone())


def _open(absence: Absence, actor_id: UUID | None, moment: datetime) -> list[Call]:
    """Take the slots that somebody leaves out of the plan; each becomes a call."""
    worker = absence.worker
    held = [each for each in _left(absence, moment) if moment_of_end(each.slot) > moment]
    steps = [Step(each.slot, None, worker) for each in held]
    if not steps:
        return []
    try:
        carry_out(network=worker.network, actor_id=actor_id, steps=steps, why=_("Away"))
    except PlacementError as error:
        raise CallError(str(error)) from None
    untell((each.slot for each in held), worker)
    calls = [
        Call.objects.create(
            network=worker.network,
            slot=each.slot,
            absence=absence,
            cause=CallCause.ABSENCE,
            made_by_id=actor_id,
        )
        for each in held
    ]
    CallOffer.objects.filter(
        worker=worker,
        state=OfferState.PROPOSED,
        call__slot__day__gte=localdate(absence.starts_at),
        call__slot__day__lt=_until(absence),
    ).update(state=OfferState.WITHDRAWN)
    look(calls, moment)
    return calls


def moment_of_end(slot: Slot) -> datetime:
    """Return when a slot ends."""
    return moment_of(slot.day, slot.end_minute)


def _until(absence: Absence) -> date:
    """Return the day of the return, as far as slots are opened for it."""
    return absence.expected_on or localdate(absence.starts_at) + UNKNOWN


def _left(absence: Absence, moment: datetime) -> Sequence[Assignment]:
    first, until = localdate(absence.starts_at), _until(absence)
    rows = Assignment.objects.filter(
        worker=absence.worker,
        slot__day__gte=first - timedelta(days=1),
        slot__day__lt=until,
        slot__cancelled_at=None,
    ).select_related("slot__organisation", "slot__network", "worker")
    since = max(localtime(absence.starts_at), localtime(moment) - timedelta(days=1))
    return [
        each
        for each in rows.order_by("slot__day", "slot__start_minute", "pk")
        if moment_of_end(each.slot) > since
    ]


def _refuse_impossible(
    worker: Worker, starts_at: datetime, expected_on: date | None, moment: datetime
) -> None:
    first = localdate(starts_at)
    if starts_at < moment - LONGEST_AGO or starts_at > moment + FARTHEST:
        raise CallError(
            _("Choose a beginning within the last seven days, or to come."), "starts_at"
        )
    if expected_on is not None and expected_on <= first:
        raise CallError(_("Choose a return after the first day away."), "expected_on")
    if expected_on is not None and expected_on > first + FARTHEST:
        raise CallError(_("Choose a return within a year."), "expected_on")
    if not EmploymentContract.objects.filter(in_force(first, first), worker=worker).exists():
        raise CallError(_("No contract runs on that day."), "starts_at")
    lasting = Absence.objects.filter(
        Q(back_on=None) | Q(back_on__gt=first), worker=worker, starts_at__lte=starts_at
    ).exclude(back_on=None, expected_on__lte=first)
    if lasting.exists():
        raise CallError(
            _("%(worker)s is written down as away at that time already.") % {"worker": worker},
            "starts_at",
        )


def _note_where(absence: Absence) -> None:
    """Keep the firm in which an accident happened, as the plan has it: it owes a report."""
    day = localdate(absence.starts_at)
    clock = localtime(absence.starts_at)
    minute = clock.hour * 60 + clock.minute
    rows = Assignment.objects.filter(
        worker=absence.worker, slot__day=day, slot__start_minute__lte=minute
    )
    last = rows.select_related("slot").order_by("-slot__start_minute").first()
    if last is not None:
        absence.organisation_id = last.slot.organisation_id
        absence.save(update_fields=["organisation"])


def _kept(acting: Acting, absence: Absence) -> Absence:
    kept = (
        Absence.objects.select_for_update(of=("self",))
        .select_related("worker__network")
        .get(pk=absence.pk)
    )
    if acting.network != kept.worker.network or not can_plan_work(acting):
        raise PermissionDenied
    return kept


def _calls_of(absence: Absence) -> QuerySet[Call]:
    return Call.objects.filter(absence=absence).select_related(
        "slot__organisation", "slot__network", "network"
    )


def _tell(absence: Absence, calls: Sequence[Call], actor_id: UUID | None) -> None:
    worker = absence.worker

    def title() -> str:
        words = {"name": worker.name, "n": len(calls), "said_by": absence.said_by}
        return (
            ngettext(
                "%(name)s is away: %(n)s slot lacks somebody (said by %(said_by)s).",
                "%(name)s is away: %(n)s slots lack somebody (said by %(said_by)s).",
                len(calls),
            )
            % words
        )

    network = worker.network
    tell_planners(network, title, path=f"/n/{network.slug}/calls/", but=actor_id)
    for call in calls:
        _tell_firm_of(call, worker)


def _tell_firm_of(call: Call, worker: Worker) -> None:
    def title() -> str:
        return _("%(name)s will not come (%(slot)s). Somebody is being looked for.") % {
            "name": worker.name,
            "slot": said_slot(call.slot),
        }

    tell_firm(call.slot, title)


def _tell_back(slot: Slot, worker: Worker) -> None:
    def title() -> str:
        words = {"name": worker.name, "slot": said_slot(slot)}
        return _("%(name)s comes after all (%(slot)s).") % words

    tell_firm(slot, title)
