"""Receiving a file of slots, saying what its columns hold, entering its rows, undoing them.

Every row stays as it was received, whatever becomes of it.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from maillage.foundation.audit.actions import record
from maillage.foundation.files.received import receive_table
from maillage.foundation.files.tables import TableError
from maillage.foundation.networks.acting import Acting
from maillage.foundation.networks.models import Network
from maillage.foundation.networks.naming import NAMING
from maillage.run.planning.enums import FileState
from maillage.run.planning.models import Slot, SlotSeries, SlotsImport
from maillage.run.planning.settling import lock_plan
from maillage.run.planning.slots import SlotError, add_series, add_slot, planned_network
from maillage.run.planning.slots_file.columns import FIELDS, NEEDED, is_known, recognise
from maillage.run.planning.slots_file.judging import Fate, Judged, judge

MOST_ROWS: Final = 1_000
SERIES: Final = "series"
SLOT: Final = "slot"
# By these undoing knows that nobody changed what a row made.
COMPARED: Final = (
    "occupation", "level", "start_minute", "end_minute", "people", "importance",
)  # fmt: skip


def receive(*, acting: Acting, path: Path) -> SlotsImport:
    """Keep the rows of a table; nothing is in the plan yet. Raises SlotError."""
    network = planned_network(acting)
    try:
        table = receive_table(path, known_title=is_known, most_rows=MOST_ROWS)
    except TableError as error:
        raise SlotError(str(error), "file") from error
    with transaction.atomic():
        source = SlotsImport.objects.create(
            network=network,
            file_name=path.name[:200],
            titles=table.titles,
            fields=recognise(table.titles),
            rows=table.rows,
            started_by_id=acting.person.public_id,
        )
        _trail(acting, "receive", source, {"file": source.file_name, "rows": len(source.rows)})
    return source


def missing_fields(source: SlotsImport) -> list[str]:
    """Return what no column of a file holds and must be there, in words."""
    lacking = [str(FIELDS[name]) for name in NEEDED if name not in source.fields]
    if not set(source.fields) & set(NAMING):
        lacking.insert(0, _("Firm: its SIRET number, or its name"))
    return lacking


@transaction.atomic
def choose_columns(*, acting: Acting, source: SlotsImport, fields: Sequence[str]) -> None:
    """Say what each column holds, "" for one that is not read. Raises SlotError."""
    locked = _locked(acting, source)
    if locked.state != FileState.READY:
        raise SlotError(_("This file was applied: its columns no longer change."))
    if len(fields) != len(locked.titles) or not set(fields) <= {"", *FIELDS}:
        raise SlotError(_("Choose what each column holds among the choices offered."))
    chosen = [one for one in fields if one]
    twice = next((one for one in chosen if chosen.count(one) > 1), "")
    if twice:
        raise SlotError(
            _("Two columns hold “%(field)s”: choose one of them.") % {"field": FIELDS[twice]}
        )
    locked.fields = list(fields)
    lacking = missing_fields(locked)
    if lacking:
        raise SlotError(
            _("No column holds: %(fields)s. Choose which one does.")
            % {"fields": ", ".join(lacking)}
        )
    locked.save(update_fields=["fields"])


@transaction.atomic
def apply_slots(*, acting: Acting, source: SlotsImport) -> int:
    """Enter the slots of a file, all or none; return how many rows. Raises SlotError."""
    locked = _locked(acting, source)
    if locked.state != FileState.READY:
        raise SlotError(_("This file is applied already: nothing was done twice."))
    rows = [one for one in judge(locked) if one.fate == Fate.NEW]
    if not rows:
        raise SlotError(_("There is no row to bring in."))
    locked.made = [_entered(acting, row) for row in rows]
    locked.state = FileState.APPLIED
    locked.save(update_fields=["state", "made"])
    _trail(acting, "apply", locked, {"rows": len(rows)})
    return len(rows)


@transaction.atomic
def undo_slots(*, acting: Acting, source: SlotsImport) -> tuple[int, int]:
    """Take out what a file entered, but what was used or changed since; return gone, kept.

    A slot is used once somebody was placed in it, told of it or called for it. Raises SlotError.
    """
    locked = _locked(acting, source)
    if locked.state != FileState.APPLIED:
        raise SlotError(_("There is nothing to undo: this file is not applied."))
    lock_plan(locked.network)
    gone = sum(_undone(locked.network, made) for made in locked.made)
    locked.state = FileState.UNDONE
    locked.save(update_fields=["state"])
    kept = len(locked.made) - gone
    _trail(acting, "undo", locked, {"gone": gone, "kept": kept})
    return gone, kept


@transaction.atomic
def discard(*, acting: Acting, source: SlotsImport) -> None:
    """Forget a file that was not applied; raises SlotError for one that was."""
    locked = _locked(acting, source)
    if locked.state != FileState.READY:
        raise SlotError(_("This file was applied: it is kept."))
    _trail(acting, "discard", locked, {"file": locked.file_name})
    locked.delete()


def _entered(acting: Acting, row: Judged) -> dict[str, object]:
    """Enter a row by the same acts as a person does; return what undoing needs to know."""
    assert row.asked is not None  # noqa: S101 -- the row was judged as one to enter
    made: SlotSeries | Slot
    if row.weekday is None:
        made = add_slot(acting=acting, asked=row.asked, day=row.day or localdate())
    else:
        (made,) = add_series(
            acting=acting,
            asked=row.asked,
            weekdays=[row.weekday],
            starts_on=row.starts_on or localdate(),
            ends_on=row.ends_on,
        )
    return {
        "line": row.line,
        "kind": SLOT if row.weekday is None else SERIES,
        "id": str(made.public_id),
        "values": {name: getattr(made, name) for name in COMPARED},
    }


def _undone(network: Network, made: Mapping[str, object]) -> bool:
    """Delete what a row made, if nobody used or changed it."""
    rows: SlotSeries | Slot | None
    if made["kind"] == SLOT:
        rows = Slot.objects.filter(network=network, public_id=str(made["id"])).first()
        slots = Slot.objects.filter(pk=rows.pk) if rows is not None else Slot.objects.none()
    else:
        rows = SlotSeries.objects.filter(network=network, public_id=str(made["id"])).first()
        slots = Slot.objects.filter(series=rows) if rows is not None else Slot.objects.none()
    if rows is None or {name: getattr(rows, name) for name in COMPARED} != made["values"]:
        return False
    used = (
        slots.filter(assignments__isnull=False)
        | slots.filter(published_shifts__isnull=False)
        | slots.filter(calls__isnull=False)
    )
    if used.exists():
        return False
    slots.delete()
    if isinstance(rows, SlotSeries):
        rows.delete()
    return True


def _locked(acting: Acting, source: SlotsImport) -> SlotsImport:
    network = planned_network(acting)
    # The network first: two files of the same slots are applied one after the other.
    Network.objects.select_for_update().get(pk=network.pk)
    found = (
        SlotsImport.objects.select_for_update(of=("self",))
        .select_related("network")
        .filter(pk=source.pk, network=network)
        .first()
    )
    if found is None:
        raise SlotError(_("This file is no longer there: somebody discarded it."))
    return found


def _trail(acting: Acting, act: str, source: SlotsImport, after: dict[str, object]) -> None:
    record(
        actor_id=acting.person.public_id,
        act=act,
        subject_type="SlotsImport",
        subject_id=source.public_id,
        network_id=source.network.public_id,
        after=after,
    )
