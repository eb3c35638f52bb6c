"""Receiving a file: all of its rows are kept, or nothing is."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from maillage.foundation.audit.actions import record
from maillage.foundation.files.tables import Row, Table, TableError, read_table
from maillage.foundation.jobs.words import Kept
from maillage.foundation.organisations.enums import ImportState, RowFate
from maillage.foundation.organisations.imports.cells import kept_cells
from maillage.foundation.organisations.imports.columns import known_title, recognise
from maillage.foundation.organisations.imports.refusals import ImportRefusedError
from maillage.foundation.organisations.models import ImportRow, OrganisationImport, Register

MOST_BYTES: Final = 20_000_000
MOST_ROWS: Final = 50_000
MOST_COLUMNS: Final = 200
BATCH: Final = 1_000
LONGEST_TITLE: Final = 120

type Faults = Mapping[int, dict[str, Kept]]


def refuse_heavy(name: str, size: int) -> None:
    """Raise ImportRefusedError for a file of more bytes than are read."""
    if size > MOST_BYTES:
        raise ImportRefusedError(
            _(
                "%(file)s weighs %(size)s MB: files of up to %(limit)s MB are read. Keep the sheet"
                " and the columns about firms only, or split the file."
            )
            % {"file": name, "size": round(size / 1_000_000), "limit": MOST_BYTES // 1_000_000}
        )


def receive_file(
    *, register: Register, network_id: UUID, path: Path, actor_id: UUID
) -> OrganisationImport:
    """Keep the rows of a table, with what its columns seem to hold; nothing is judged yet.

    Raises ImportRefusedError, with a sentence, for anything that cannot be read as a table.
    """
    refuse_heavy(path.name, path.stat().st_size)
    table = _table(path)
    titles = [title[:LONGEST_TITLE] for title in table.columns]
    notes, faults = _in_each_language(path, table)
    columns = {
        "titles": titles,
        "fields": recognise(titles),
        "notes": notes,
        "repeated": [title[:LONGEST_TITLE] for title in table.repeated],
    }
    with transaction.atomic():
        source = OrganisationImport.objects.create(
            register=register,
            file_name=path.name[:200],
            state=ImportState.READING,
            columns=columns,
            started_by_id=actor_id,
            network_id=network_id,
        )
        rows = _rows(source, table.rows, table.columns, faults)
        ImportRow.objects.bulk_create(rows, batch_size=BATCH)
        record(
            actor_id=actor_id,
            act="receive",
            subject_type="OrganisationImport",
            subject_id=source.public_id,
            network_id=network_id,
            after={"file": source.file_name, "rows": len(table.rows)},
        )
    return source


def _table(path: Path) -> Table:
    try:
        table = read_table(path, known_title=known_title)
    except TableError as error:
        raise ImportRefusedError(str(error)) from error
    name = {"file": path.name}
    if not table.rows:
        raise ImportRefusedError(
            _("%(file)s has a line of headings and no row under it: there is nothing to import.")
            % name
        )
    if len(table.rows) > MOST_ROWS:
        raise ImportRefusedError(
            _("%(file)s has %(rows)s rows: files of up to %(limit)s rows are imported. Split it.")
            % {**name, "rows": len(table.rows), "limit": MOST_ROWS}
        )
    if len(table.columns) > MOST_COLUMNS:
        raise ImportRefusedError(
            _(
                "%(file)s has %(columns)s columns: files of up to %(limit)s columns are imported."
                " Keep the columns about firms only."
            )
            % {**name, "columns": len(table.columns), "limit": MOST_COLUMNS}
        )
    return table


def _in_each_language(path: Path, table: Table) -> tuple[list[Kept], Faults]:
    """Return what the reader of tables says of the file and of its rows, in each language.

    It speaks one language at a time: a file with something to say, which is rare, is read again.
    """
    if not table.notes and not any(row.faults for row in table.rows):
        return [], {}
    said = {get_language() or settings.LANGUAGE_CODE: table}
    for language, _name in settings.LANGUAGES:
        if language not in said:
            with override(language):
                said[language] = _table(path)
    notes = [
        {language: one.notes[at] for language, one in said.items()}
        for at in range(len(table.notes))
    ]
    faults = {
        at: {
            title: {language: _fault(one, at, place) for language, one in said.items()}
            for title, place in _faulty(table, row)
        }
        for at, row in enumerate(table.rows)
        if row.faults
    }
    return notes, faults


def _faulty(table: Table, row: Row) -> Iterable[tuple[str, int | None]]:
    """Yield the columns of the faults of a row with their places; "" and None for all of it."""
    for title in row.faults:
        yield title, table.columns.index(title) if title else None


def _fault(table: Table, at: int, place: int | None) -> str:
    # Columns without a heading are called after their letter, in each language.
    title = "" if place is None else table.columns[place]
    return table.rows[at].faults[title]


def _rows(
    source: OrganisationImport, rows: Sequence[Row], titles: Sequence[str], faults: Faults
) -> Iterable[ImportRow]:
    for at, row in enumerate(rows):
        cells = kept_cells(row, titles, faults.get(at, {}))
        yield ImportRow(source=source, line=row.number, cells=cells, fate=RowFate.WAITING)
