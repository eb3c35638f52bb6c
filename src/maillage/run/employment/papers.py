"""The papers of an absence, each before its time: sick note, accident, visit on return.

No diagnosis is ever asked for or kept. The absence itself is declared where calls are answered.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils.timezone import get_current_timezone, localdate, localtime, now
from django.utils.translation import gettext as _

from maillage.foundation.audit.actions import record
from maillage.foundation.networks.acting import Acting
from maillage.foundation.networks.models import Network
from maillage.run.employment.enums import AbsenceKind
from maillage.run.employment.models import Absence
from maillage.run.employment.working_days import hours_later

NOTE_HOURS: Final = 48
DECLARATION_HOURS: Final = 48
REPORT_HOURS: Final = 24
VISIT_AFTER: Final = {AbsenceKind.ACCIDENT: 30, AbsenceKind.SICKNESS: 60}  # days away
VISIT_DAYS: Final = 8  # after the return
KEPT_DAYS: Final = 60  # an absence that ended is listed this long while a paper is missing


class PaperError(Exception):
    """Something that cannot be written down of an absence: a sentence says why; `field` where."""

    def __init__(self, text: str, field: str = "") -> None:
        super().__init__(text)
        self.field = field


class Paper(StrEnum):
    """What the law asks for around an absence."""

    NOTE = "note"
    REPORT = "report"
    DECLARATION = "declaration"
    VISIT = "visit"


@dataclass(frozen=True, slots=True)
class Clock:
    """A paper of an absence: what, by which article, before when, and since when it is there."""

    absence: Absence
    paper: Paper
    article: str
    due_at: datetime
    done_on: date | None = None

    def is_late(self, moment: datetime) -> bool:
        """Whether the paper is missing and its time is past."""
        return self.done_on is None and moment > self.due_at


def clocks_of(absence: Absence) -> tuple[Clock, ...]:
    """Return the papers that an absence asks for, in the order in which they are due."""
    began = localtime(absence.starts_at)
    clocks = []
    if absence.kind in {AbsenceKind.SICKNESS, AbsenceKind.ACCIDENT}:
        due = began + timedelta(hours=NOTE_HOURS)
        clocks.append(Clock(absence, Paper.NOTE, "CSS R321-2", due, absence.paper_received_on))
    if absence.kind == AbsenceKind.ACCIDENT:
        if absence.organisation_id is not None:
            due = began + timedelta(hours=REPORT_HOURS)
            article = "CSS L412-4, L412-9, R412-2"
            clocks.append(Clock(absence, Paper.REPORT, article, due, absence.reported_on))
        due = hours_later(localtime(absence.said_at), DECLARATION_HOURS)
        clocks.append(Clock(absence, Paper.DECLARATION, "CSS R441-3", due, absence.declared_on))
    if _needs_visit(absence) and absence.back_on is not None:
        end = absence.back_on + timedelta(days=VISIT_DAYS)
        due = datetime.combine(end, time.max, get_current_timezone())
        clocks.append(Clock(absence, Paper.VISIT, "CT R4624-31", due))
    return tuple(sorted(clocks, key=lambda one: one.due_at))


def absences_followed(network: Network, day: date) -> list[Absence]:
    """Return the absences that last, and those whose papers are still to come. One query."""
    recent = Q(back_on=None) | Q(back_on__gte=day - timedelta(days=KEPT_DAYS))
    rows = Absence.objects.filter(recent, worker__network=network, starts_at__date__lte=day)
    found = rows.select_related("worker", "organisation").order_by("-starts_at", "-id")
    return [one for one in found if one.back_on is None or _waits(one, day)]


def late_papers(network: Network, moment: datetime | None = None) -> list[Clock]:
    """Return the papers whose time is past, the oldest first: for the desk. One query."""
    at = moment or now()
    clocks = [
        clock
        for absence in absences_followed(network, localdate(at))
        for clock in clocks_of(absence)
        if clock.paper != Paper.VISIT and clock.is_late(at)
    ]
    return sorted(clocks, key=lambda one: one.due_at)


def record_note(*, acting: Acting, absence: Absence, on: date) -> Absence:
    """Write down that the sick note was received; what it says of health is not kept."""
    return _record(acting, absence, "paper_received_on", on)


def record_declaration(*, acting: Acting, absence: Absence, on: date) -> Absence:
    """Write down that the group declared an accident to the health insurance."""
    return _record(acting, absence, "declared_on", on)


def record_report(*, acting: Acting, absence: Absence, on: date) -> Absence:
    """Write down that the firm told the group what it knows of an accident."""
    return _record(acting, absence, "reported_on", on)


@transaction.atomic
def end_absence(*, acting: Acting, absence: Absence, back_on: date) -> Absence:
    """Say on which day somebody is back; it may be to come. Raises PaperError."""
    kept = _kept(acting, absence)
    if back_on < localdate(kept.starts_at):
        raise PaperError(_("Nobody comes back before having left."), "on")
    before, kept.back_on = kept.back_on, back_on
    kept.save(update_fields=["back_on"])
    was = before.isoformat() if before else None
    _trail(acting, "end_absence", kept, {"back_on": was}, {"back_on": back_on.isoformat()})
    return kept


@transaction.atomic
def _record(acting: Acting, absence: Absence, field: str, on: date) -> Absence:
    kept = _kept(acting, absence)
    if not localdate(kept.starts_at) <= on <= localdate():
        raise PaperError(_("Choose a day from the first one away to today."), "on")
    accident_only = field in {"declared_on", "reported_on"}
    if accident_only and kept.kind != AbsenceKind.ACCIDENT:
        raise PaperError(_("Only an accident is declared."))
    before = getattr(kept, field)
    setattr(kept, field, on)
    kept.save(update_fields=[field])
    was = before.isoformat() if before else None
    _trail(acting, "record_paper", kept, {field: was}, {field: on.isoformat()})
    return kept


def _kept(acting: Acting, absence: Absence) -> Absence:
    kept = (
        Absence.objects.select_for_update(of=("self",))
        .select_related("worker__network")
        .get(pk=absence.pk)
    )
    if acting.network != kept.worker.network or not acting.can("manage_staff"):
        raise PermissionDenied
    return kept


def _needs_visit(absence: Absence) -> bool:
    """Whether the occupational doctor sees the worker on their return."""
    long = VISIT_AFTER.get(AbsenceKind(absence.kind))
    if long is None or absence.back_on is None:
        return False
    return (absence.back_on - localdate(absence.starts_at)).days >= long


def _waits(absence: Absence, day: date) -> bool:
    """Whether a paper of an absence that ended is still to come, or its visit."""
    return any(
        clock.done_on is None and (clock.paper != Paper.VISIT or localdate(clock.due_at) >= day)
        for clock in clocks_of(absence)
    )


def _trail(
    acting: Acting, act: str, absence: Absence, before: dict[str, object], after: dict[str, object]
) -> None:
    record(
        actor_id=acting.person.public_id,
        act=act,
        subject_type="Absence",
        subject_id=absence.public_id,
        network_id=acting.network.public_id if acting.network else None,
        before=before,
        after=after,
    )
