"""Applying the rows of an import, some hundreds at a time.

Each batch is one short transaction: whatever interrupts the work, the rows of the batches that were
saved are marked as applied, the others are not, and starting again goes on from there.
"""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from maillage.foundation.jobs.handle import RunHandle
from maillage.foundation.organisations.enums import ImportState, RowFate
from maillage.foundation.organisations.imports.deeds import PLANNED, done, planned, within
from maillage.foundation.organisations.imports.door import Door
from maillage.foundation.organisations.imports.judging import SITE, Judge, Verdict, read_row
from maillage.foundation.organisations.imports.known import Known, known_records
from maillage.foundation.organisations.imports.reading import save_rows
from maillage.foundation.organisations.imports.reasons import Reason, reason
from maillage.foundation.organisations.imports.refusals import ImportRefusedError
from maillage.foundation.organisations.imports.writing import Writing
from maillage.foundation.organisations.models import ImportRow, OrganisationImport, Register

BATCH: Final = 250
APPLIED: Final = {RowFate.CREATE: RowFate.CREATED, RowFate.CHANGE: RowFate.CHANGED}


def apply_rows(*, source: OrganisationImport, door: Door, run: RunHandle) -> None:
    """Apply the rows that are to be created or changed; the import is then applied.

    Raises ImportRefusedError when the import is not being applied any more.
    """
    waiting = ImportRow.objects.filter(source=source, fate__in=PLANNED)
    total = source.rows.filter(fate__in=(*PLANNED, *APPLIED.values())).count()
    while left := waiting.count():
        run.progress(total - left, total, lambda: _("Writing into the directory."))
        with transaction.atomic():
            run.hold()
            _refuse_unless_applying(source)
            # Whoever creates a firm by hand takes the same lock: one SIREN, one record.
            Register.objects.select_for_update().get(pk=source.register_id)
            _apply_batch(list(waiting.order_by("line")[:BATCH]), source, door, run.owner_id)
    with transaction.atomic():
        run.hold()
        OrganisationImport.objects.filter(pk=source.pk, state=ImportState.APPLYING).update(
            state=ImportState.APPLIED, applied_at=now()
        )
    run.progress(total, total)


def _refuse_unless_applying(source: OrganisationImport) -> None:
    state = OrganisationImport.objects.select_for_update().values_list("state", flat=True)
    if state.get(pk=source.pk) != ImportState.APPLYING:
        raise ImportRefusedError(_("This import is not being applied any more."))


def _apply_batch(
    rows: Sequence[ImportRow], source: OrganisationImport, door: Door, actor_id: UUID | None
) -> None:
    fields, titles = source.columns["fields"], source.columns["titles"]
    readings = [read_row(row.line, row.cells, fields, titles) for row in rows]
    known = known_records([one.keys for one in readings], door)
    judge, writing = Judge(), Writing(source, known, actor_id)
    applied: list[tuple[ImportRow, Verdict]] = []
    for row, reading in zip(rows, readings, strict=True):
        verdict = judge.judge(reading, known)
        why = _why_not(row, verdict, known)
        if why is not None:
            row.fate, row.reasons = RowFate.REFUSED, why
        elif verdict.fate in APPLIED:
            row.version = writing.add(verdict, row.line)
            applied.append((row, verdict))
        else:
            row.fate, row.reasons, row.before = verdict.fate, verdict.reasons, planned(verdict)
    writing.save(door)
    for row, verdict in applied:
        row.fate, row.reasons = APPLIED[verdict.fate], verdict.reasons
        row.organisation, row.before = verdict.organisation, done(verdict)
    save_rows(rows)


def _why_not(row: ImportRow, verdict: Verdict, known: Known) -> list[Reason] | None:
    """Return why a row is not applied after all; None when it is, or needs not be."""
    if verdict.fate == RowFate.SAME:
        return None
    if verdict.fate not in APPLIED:
        return verdict.reasons
    if verdict.fate == row.fate and within(verdict, row.before or {}):
        return None
    return [reason(_misfit(row, known))]


def _misfit(row: ImportRow, known: Known) -> str:
    """Return what changed in the register since the row was read."""
    if row.fate == RowFate.CREATE:
        return "entered_since"
    if row.organisation_id is None and SITE in (row.before or {})["makes"]:
        return "depends"
    listed = row.organisation_id is not None and row.organisation_id in known.listed
    return "record_changed" if listed else "left_directory"
