"""Keeping a table as it was received: titles, and rows of texts with what cannot be trusted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.utils.translation import gettext as _

from maillage.foundation.files.grids import TableError
from maillage.foundation.files.headings import KnownTitle
from maillage.foundation.files.tables import Row, read_table

MOST_BYTES: Final = 5_000_000
MOST_COLUMNS: Final = 200
LONGEST_TITLE: Final = 200


@dataclass(frozen=True, slots=True)
class Received:
    """A table, ready to be kept: each row has its line, its cells as texts and its faults."""

    titles: list[str]
    rows: list[dict[str, object]]


@dataclass(frozen=True, slots=True)
class ReceivedRow:
    """A row that was kept, with its cells by the field chosen for their columns."""

    line: int
    cells: Mapping[str, str]
    faults: Sequence[str]


def receive_table(path: Path, *, known_title: KnownTitle, most_rows: int) -> Received:
    """Read a table to keep it whole. Raises TableError with a sentence for whoever gave it."""
    name = {"file": path.name}
    if path.stat().st_size > MOST_BYTES:
        raise TableError(_("%(file)s weighs more than 5 MB: split it.") % name)
    table = read_table(path, known_title=known_title)
    if not table.rows:
        raise TableError(
            _("%(file)s has a line of headings and no row under it: there is nothing to import.")
            % name
        )
    if len(table.rows) > most_rows or len(table.columns) > MOST_COLUMNS:
        raise TableError(
            _("Files of up to %(rows)s rows and %(columns)s columns are read: split %(file)s.")
            % {**name, "rows": most_rows, "columns": MOST_COLUMNS}
        )
    return Received(
        [title[:LONGEST_TITLE] for title in table.columns],
        [_kept(row, table.columns) for row in table.rows],
    )


def read_back(kept: Mapping[str, object], fields: Sequence[str]) -> ReceivedRow:
    """Return a row that was kept, under the fields of its columns ("" for one that is not read)."""
    texts = [str(cell) for cell in kept["cells"]]  # type: ignore[attr-defined]  # JSON of `_kept`
    return ReceivedRow(
        line=int(str(kept["line"])),
        cells={name: text.strip() for name, text in zip(fields, texts, strict=False) if name},
        faults=[str(one) for one in kept["faults"]],  # type: ignore[attr-defined]  # as above
    )


def _kept(row: Row, columns: Sequence[str]) -> dict[str, object]:
    cells = [str(row.cells.get(column, "")) for column in columns]
    faults = [f"{column}: {why}" if column else why for column, why in row.faults.items()]
    return {"line": row.number, "cells": cells, "faults": faults}
