"""Reading a table that somebody made: CSV or Excel, as spreadsheets and people write them.

`read_table` finds the encoding, the delimiter, the sheet and the line of the headings by itself,
and says in words what it cannot read. Nothing here knows what the columns mean.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from openpyxl.utils import get_column_letter

from maillage.foundation.files.delimited import read_delimited
from maillage.foundation.files.grids import Broken, Grid, Line, TableError
from maillage.foundation.files.headings import Headings, KnownTitle, find_headings
from maillage.foundation.files.workbooks import read_workbook

__all__ = ["Row", "Table", "TableError", "read_table"]

MAX_BYTES: Final = 50_000_000
MAX_COLUMNS: Final = 2_000

_ZIP: Final = b"PK\x03\x04"
_OLD_OFFICE: Final = b"\xd0\xcf\x11\xe0"
_OPEN_DOCUMENT: Final = b"mimetypeapplication/vnd.oasis.opendocument"

type Value = str | int | float


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table, numbered as a spreadsheet shows it; a blank cell is an empty text.

    `faults` gives, by column, why a cell cannot be trusted; under "" why the whole row cannot.
    """

    number: int
    cells: Mapping[str, Value]
    faults: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """A table as it was read: its columns in order, its rows, and what people should know.

    Titles that appear several times are in `repeated`; all but the first got a number.
    """

    file: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    repeated: tuple[str, ...]
    encoding: str
    delimiter: str
    sheet: str
    notes: tuple[str, ...]


def read_table(path: Path, *, known_title: KnownTitle = None) -> Table:
    """Read a CSV file (comma, semicolon or tab) or an Excel workbook.

    `known_title` tells whether a text is the title of a column that is looked for: the delimiter,
    the sheet and the line of the headings are those that show the most of them. Without it, the
    headings are the first line with two titles. Raises `TableError` with a sentence for the person
    who gave the file.
    """
    grid = _read_grid(path, known_title)
    if not grid.lines:
        raise TableError(_("%(file)s is empty: there is nothing to read.") % {"file": path.name})
    headings = find_headings(grid.lines, known_title) or find_headings(grid.lines, None)
    if headings is None:
        raise TableError(
            _("%(file)s cannot be read, from its first line: %(reason)s.")
            % {"file": path.name, "reason": grid.lines[0].fault}
        )
    return _table(path.name, grid, headings)


def _read_grid(path: Path, known_title: KnownTitle) -> Grid:
    name = {"file": path.name}
    try:
        if path.exists() and not path.is_file():
            raise TableError(_("%(file)s is a folder or a device, not a file.") % name)
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise TableError(
                _(
                    "%(file)s is too big (%(size)d MB): files of up to %(limit)d MB are read. "
                    "Keep the columns and rows of the survey only, or split it."
                )
                % {
                    "file": path.name,
                    "size": size // 1_000_000,
                    "limit": MAX_BYTES // 1_000_000,
                }
            )
        with path.open("rb") as stream:
            start = stream.read(len(_ZIP) + 100)
            if start.startswith(_ZIP) and _OPEN_DOCUMENT not in start:
                return read_workbook(path, known_title)
            _refuse_old_formats(start, path.name)
            return read_delimited(start + stream.read(MAX_BYTES), path.name, known_title)
    except FileNotFoundError as error:
        raise TableError(_("%(file)s does not exist: check its name.") % {"file": path}) from error
    except OSError as error:
        raise TableError(
            _("%(file)s cannot be opened: check that you may read it.") % {"file": path}
        ) from error


def _refuse_old_formats(start: bytes, name: str) -> None:
    if start.startswith(_OLD_OFFICE):
        raise TableError(
            _(
                "%(file)s is an old Excel workbook (.xls) or is protected by a password: open it, "
                "and save it as CSV or XLSX without a password."
            )
            % {"file": name}
        )
    if _OPEN_DOCUMENT in start:
        raise TableError(
            _("%(file)s is an OpenDocument file (.ods): open it, and save it as CSV or XLSX.")
            % {"file": name}
        )


def _table(name: str, grid: Grid, headings: Headings) -> Table:
    top = grid.lines[headings.position]
    # Surveys pasted one under the other repeat their headings.
    lines = [line for line in grid.lines[headings.position + 1 :] if line.cells != top.cells]
    titles = headings.titles
    if not grid.fixed_width:
        widest = max((len(line.cells) for line in lines), default=0)
        titles += [""] * (widest - len(titles))
    if len(titles) > MAX_COLUMNS:
        raise TableError(
            _("%(file)s has %(count)d columns: tables of up to %(limit)d are read.")
            % {"file": name, "count": len(titles), "limit": MAX_COLUMNS}
        )
    columns, repeated = _named(titles, lines)
    return Table(
        file=name,
        columns=tuple(filter(None, columns)),
        rows=tuple(_row(line, columns) for line in lines),
        repeated=repeated,
        encoding=grid.encoding,
        delimiter=grid.delimiter,
        sheet=grid.sheet,
        notes=grid.notes,
    )


def _named(titles: Sequence[str], lines: Sequence[Line]) -> tuple[list[str], tuple[str, ...]]:
    """Return a name of its own for each column, and the titles that appear several times.

    A column without a title is called after its letter, or gets no name when it is blank.
    """
    repeated = tuple(title for title, times in Counter(titles).items() if title and times > 1)
    names: list[str] = []
    for at, title in enumerate(titles):
        name = title
        if not title and any(line.cells[at : at + 1] not in ([], [""]) for line in lines):
            name = _("column %(letter)s") % {"letter": get_column_letter(at + 1)}
        base, times = name, 1
        while name and name in names:
            times += 1
            name = f"{base} ({times})"
        names.append(name)
    return names, repeated


def _row(line: Line, columns: Sequence[str]) -> Row:
    """Return a line as a row; `columns` are the names of its cells, "" where one is ignored."""
    if line.fault:
        return Row(line.number, {}, {"": line.fault})
    cells: dict[str, Value] = dict.fromkeys(filter(None, columns), "")
    faults: dict[str, str] = {}
    for column, cell in zip(columns, line.cells, strict=False):
        if isinstance(cell, Broken):
            cells[column], faults[column] = cell.shown, cell.reason
        elif column:
            cells[column] = cell
    surplus = [cell for cell in line.cells[len(columns) :] if cell != ""]
    if surplus:
        faults[""] = ngettext(
            "the row has %(count)d cell more than the headings: put numbers and texts that hold "
            "the delimiter between quotation marks",
            "the row has %(count)d cells more than the headings: put numbers and texts that hold "
            "the delimiter between quotation marks",
            len(surplus),
        ) % {"count": len(surplus)}
    return Row(line.number, cells, faults)
