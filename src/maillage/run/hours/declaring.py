"""Workers say what they worked: as planned, otherwise, or what was not planned.

What is declared is what happened, even past a limit of the law: a record that hid it would be
false (Code du travail D3171-8, L3171-4). The plan is where limits are held.
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _

from maillage.foundation.audit.actions import record
from maillage.foundation.networks.acting import Acting
from maillage.foundation.organisations.models import Organisation
from maillage.run.employment.models import Worker
from maillage.run.employment.queries import contract_on, lendings_on
from maillage.run.hours.enums import SIGNED, EntryKind, EntryState
from maillage.run.hours.models import HourEntry
from maillage.run.hours.permissions import can_keep_hours
from maillage.run.hours.queries import is_closed
from maillage.run.hours.refusals import HoursError
from maillage.run.planning.models import DAY_MINUTES

LONGEST_WHY = 200


@dataclass(frozen=True, slots=True)
class Told:
    """Times that somebody says were worked, in minutes from midnight; past midnight goes on."""

    start: int
    end: int
    pause: int = 0

    def refuse_impossible(self) -> None:
        """Refuse what is no time. Raises HoursError."""
        if not 0 <= self.start < DAY_MINUTES:
            raise HoursError(_("Give the time when the work began."), "starts_at")
        if not self.start < self.end <= self.start + DAY_MINUTES:
            raise HoursError(_("It ends before it begins."), "ends_at")
        if not 0 <= self.pause < self.end - self.start:
            raise HoursError(_("The break is longer than the work."), "pause")


@transaction.atomic
def declare(
    *,
    entry: HourEntry,
    told: Told,
    why: str = "",
    key: UUID | None = None,
    acting: Acting | None = None,
) -> HourEntry:
    """Say what was worked in an entry: the worker by their link, or the group for them.

    `key` comes with the form: sent twice by a telephone that lost its connection, it is done
    once. Raises HoursError for what is signed, closed, to come, or impossible.
    """
    _refuse_strangers(acting)
    kept = HourEntry.objects.select_for_update(of=("self",)).get(pk=entry.pk)
    if key is not None and kept.told_key == key:
        return kept
    _refuse_settled(kept)
    reason = _reason(why)
    if (told.start, told.end, told.pause) != _planned(kept) and not reason:
        raise HoursError(_("Say in a few words why it is not as planned."), "why")
    _refuse_overlap(kept.worker, kept.day, told, but=kept)
    before = _said(kept)
    kept.start_minute, kept.end_minute, kept.break_minutes = told.start, told.end, told.pause
    kept.billed_minutes = kept.presence_minutes
    kept.why, kept.state, kept.told_key = reason, EntryState.DECLARED, key
    kept.save(
        update_fields=[
            "start_minute",
            "end_minute",
            "break_minutes",
            "billed_minutes",
            "why",
            "state",
            "told_key",
        ]
    )
    note_entry("declare", kept, acting, before)
    return kept


@transaction.atomic
def add_hours(
    *,
    worker: Worker,
    organisation: Organisation,
    day: date,
    told: Told,
    why: str,
    key: UUID | None = None,
    acting: Acting | None = None,
) -> HourEntry:
    """Say what was worked without being planned, in a firm to which the worker is lent.

    Raises HoursError.
    """
    _refuse_strangers(acting)
    if key is not None:
        done = HourEntry.objects.filter(worker=worker, told_key=key).first()
        if done is not None:
            return done
    reason = _reason(why)
    if not reason:
        raise HoursError(_("Say in a few words why it was not planned."), "why")
    _refuse_day(worker, day)
    contract = contract_on(worker, day)
    lent = [each for each in lendings_on(worker, day) if each.organisation_id == organisation.pk]
    if contract is None or not lent:
        raise HoursError(
            _("No agreement lends %(worker)s to this firm on that day (L1253-1).")
            % {"worker": worker.name},
            "organisation",
        )
    _refuse_overlap(worker, day, told)
    made = HourEntry.objects.create(
        network=worker.network,
        organisation=organisation,
        worker=worker,
        contract=contract,
        kind=EntryKind.WORKED,
        state=EntryState.DECLARED,
        occupation_label=lent[0].post,
        day=day,
        start_minute=told.start,
        end_minute=told.end,
        break_minutes=told.pause,
        billed_minutes=told.end - told.start - told.pause,
        why=reason,
        told_key=key,
    )
    note_entry("declare", made, acting, {})
    return made


@transaction.atomic
def did_not_work(*, entry: HourEntry, why: str, acting: Acting | None = None) -> None:
    """Say that planned hours were not worked: nothing is paid nor billed for them.

    Raises HoursError.
    """
    _refuse_strangers(acting)
    kept = HourEntry.objects.select_for_update(of=("self",)).get(pk=entry.pk)
    _refuse_settled(kept)
    reason = _reason(why)
    if not reason:
        raise HoursError(_("Say in a few words why it is not as planned."), "why")
    before = _said(kept)
    kept.break_minutes = kept.end_minute - kept.start_minute
    kept.billed_minutes, kept.why, kept.state = 0, reason, EntryState.DECLARED
    kept.save(update_fields=["break_minutes", "billed_minutes", "why", "state"])
    note_entry("declare", kept, acting, before)


def note_entry(
    act: str, entry: HourEntry, acting: Acting | None, before: dict[str, object]
) -> None:
    """Write down who changed an entry, from what to what; nobody signed in is the worker's link."""
    record(
        actor_id=acting.person.public_id if acting is not None else None,
        act=act,
        subject_type="HourEntry",
        subject_id=entry.public_id,
        network_id=entry.network.public_id,
        before=before,
        after=_said(entry),
    )


def _said(entry: HourEntry) -> dict[str, object]:
    return {
        "start": entry.start_minute,
        "end": entry.end_minute,
        "break": entry.break_minutes,
        "billed": entry.billed_minutes,
        "state": str(entry.state),
        "why": entry.why,
        "at": now().isoformat(timespec="seconds"),
    }


def _planned(entry: HourEntry) -> tuple[int | None, int | None, int | None]:
    return entry.planned_start, entry.planned_end, entry.planned_break


def _reason(why: str) -> str:
    return " ".join(why.split())[:LONGEST_WHY]


def _refuse_strangers(acting: Acting | None) -> None:
    if acting is not None and not can_keep_hours(acting):
        raise PermissionDenied


def _refuse_settled(entry: HourEntry) -> None:
    _refuse_day(entry.worker, entry.day)
    if entry.kind not in {EntryKind.WORKED, EntryKind.TRAVEL}:
        raise HoursError(_("These hours were not worked: only the group changes them."))
    if entry.state in SIGNED:
        raise HoursError(
            _("The firm has signed these hours. Tell whoever runs the group what is wrong.")
        )


def _refuse_day(worker: Worker, day: date) -> None:
    if day > localdate():
        raise HoursError(_("This day is to come: say what you worked once it is done."), "day")
    if is_closed(worker.network, day):
        raise HoursError(
            _("This month is closed. Tell whoever runs the group: it is put right in the next."),
            "day",
        )


def _refuse_overlap(worker: Worker, day: date, told: Told, *, but: HourEntry | None = None) -> None:
    """Refuse times at which the worker says they were elsewhere. Raises HoursError."""
    told.refuse_impossible()
    if but is not None and but.kind == EntryKind.TRAVEL:
        return
    rows = HourEntry.objects.filter(worker=worker, day=day, kind=EntryKind.WORKED)
    others = rows.filter(start_minute__lt=told.end, end_minute__gt=told.start)
    if any(each.presence_minutes and each != but for each in others):
        raise HoursError(_("Other hours of that day are at the same time."), "starts_at")
