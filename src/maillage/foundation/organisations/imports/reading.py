"""Judging every row of a file without touching the register: the dry run."""

import json
from collections.abc import Iterator, Sequence
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from maillage.foundation.jobs.handle import RunHandle
from maillage.foundation.organisations.enums import ImportState, RowFate
from maillage.foundation.organisations.imports.deeds import planned
from maillage.foundation.organisations.imports.door import Door
from maillage.foundation.organisations.imports.judging import Judge, read_row
from maillage.foundation.organisations.imports.known import known_records
from maillage.foundation.organisations.models import ImportRow, OrganisationImport

BATCH: Final = 500
JUDGED: Final = ("fate", "reasons", "organisation", "before", "version")


def read_rows(*, source: OrganisationImport, door: Door, run: RunHandle) -> None:
    """Judge the rows by batches; the import is then ready. Begins again when it is called again."""
    total = ImportRow.objects.filter(source=source).count()
    judge, done = Judge(_repeats(source)), 0
    for rows in batches(source):
        run.progress(done, total, lambda: _("Comparing each line with the directory."))
        judge_rows(judge, rows, source, door)
        with transaction.atomic():
            run.hold()
            save_rows(rows)
        done += len(rows)
    with transaction.atomic():
        run.hold()
        OrganisationImport.objects.filter(pk=source.pk, state=ImportState.READING).update(
            state=ImportState.READY
        )
    run.progress(total, total)


def judge_rows(
    judge: Judge, rows: Sequence[ImportRow], source: OrganisationImport, door: Door
) -> None:
    """Write into rows what becomes of them, without saving."""
    fields, titles = source.columns["fields"], source.columns["titles"]
    readings = [read_row(row.line, row.cells, fields, titles) for row in rows]
    known = known_records([one.keys for one in readings], door)
    for row, reading in zip(rows, readings, strict=True):
        verdict = judge.judge(reading, known, said=_said(row.cells))
        row.fate, row.reasons = verdict.fate, verdict.reasons
        row.before, row.version = planned(verdict), None
        named = verdict.organisation is not None and verdict.organisation.pk in known.listed
        row.organisation = verdict.organisation if named else None


def _repeats(source: OrganisationImport) -> frozenset[str]:
    """Return what was said by the lines that applied imports of this network read as repeats."""
    rows = ImportRow.objects.filter(
        fate=RowFate.DUPLICATE,
        source__state=ImportState.APPLIED,
        source__network_id=source.network_id,
    )
    return frozenset(map(_said, rows.order_by().values_list("cells", flat=True)))


def _said(cells: dict[str, Any]) -> str:
    return json.dumps(cells, sort_keys=True)


def batches(source: OrganisationImport) -> Iterator[list[ImportRow]]:
    """Yield the rows of an import in order, some hundreds at a time."""
    line = -1
    while rows := list(
        ImportRow.objects.filter(source=source, line__gt=line).order_by("line")[:BATCH]
    ):
        yield rows
        line = rows[-1].line


def save_rows(rows: Sequence[ImportRow]) -> None:
    """Save what became of rows, in one statement whatever their number."""
    ImportRow.objects.bulk_create(
        rows,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=JUDGED,
    )
