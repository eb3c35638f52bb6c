"""Reading Excel workbooks (.xlsx) without trusting them: sizes, formulas, several sheets."""

import warnings
from collections.abc import Iterator
from datetime import datetime, time
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO, Final
from zipfile import ZipFile

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.cell.cell import ERROR_CODES

from maillage.foundation.files.grids import (
    MAX_FILLED_LINES,
    MAX_LINES,
    Broken,
    Cell,
    Grid,
    Line,
    TableError,
)
from maillage.foundation.files.headings import LINES_SEARCHED, KnownTitle, find_headings

MAX_UNPACKED: Final = 100_000_000  # bytes; a workbook that holds more is a trap or a mistake
SHEETS_SEARCHED: Final = 20
_FORMULA_TAGS: Final = (b"<f>", b"<f ", b"<f/>")
_CHUNK: Final = 1 << 20


def read_workbook(path: Path, known_title: KnownTitle) -> Grid:
    """Read the sheet of a workbook that has the most known titles; raise `TableError` if it fails.

    Formulas count for the value they had when the workbook was saved; cells whose formula was
    never computed, or gave an error, are `Broken`.
    """
    try:
        formulas = _check_archive(path)
        with warnings.catch_warnings():
            # Styles and pictures that cannot be read do not concern whoever reads the values.
            warnings.simplefilter("ignore")
            return _read(path, known_title, formulas=formulas)
    except TableError:
        raise
    except Exception as error:  # a damaged workbook fails anywhere, in any way
        raise TableError(
            _(
                "%(file)s is damaged or protected by a password: open it in a spreadsheet, and "
                "save it again as XLSX or CSV."
            )
            % {"file": path.name}
        ) from error


def _check_archive(path: Path) -> bool:
    """Refuse what is not a workbook or unpacks to too much; tell whether it has formulas."""
    with ZipFile(path) as archive:
        members = {member.filename: member.file_size for member in archive.infolist()}
        if "xl/workbook.xml" not in members:
            raise TableError(
                _("%(file)s is not an Excel workbook: open it, and save it as CSV or XLSX.")
                % {"file": path.name}
            )
        # The reader of archives never gives more than what they announce.
        if sum(members.values()) > MAX_UNPACKED:
            raise TableError(
                _(
                    "%(file)s is too big once opened: remove the sheets that are not needed, or "
                    "save the survey alone as CSV."
                )
                % {"file": path.name}
            )
        sheets = [member for member in members if member.startswith("xl/worksheets/")]
        return any(_has_formulas(archive, sheet) for sheet in sheets)


def _has_formulas(archive: ZipFile, sheet: str) -> bool:
    with archive.open(sheet) as stream:
        end = b""
        while chunk := stream.read(_CHUNK):
            window = end + chunk
            if any(tag in window for tag in _FORMULA_TAGS):
                return True
            end = chunk[-3:]
    return False


def _read(path: Path, known_title: KnownTitle, *, formulas: bool) -> Grid:
    # From a stream, so that what counts is what the file holds, whatever it is called.
    with path.open("rb") as values, path.open("rb") as recipes:
        return _read_sheet(values, recipes if formulas else None, path, known_title)


def _read_sheet(
    values: BinaryIO, formulas: BinaryIO | None, path: Path, known_title: KnownTitle
) -> Grid:
    workbook = load_workbook(values, read_only=True, data_only=True, keep_links=False)
    recipes = load_workbook(formulas, read_only=True, keep_links=False) if formulas else None
    try:
        visible = [sheet for sheet in workbook.worksheets if sheet.sheet_state == "visible"]
        sheets = visible or workbook.worksheets
        if not sheets:
            raise TableError(_("%(file)s has no sheet.") % {"file": path.name})
        sheet = max(
            sheets[:SHEETS_SEARCHED], key=lambda sheet: _known_titles(sheet, path, known_title)
        )
        lines = list(_lines(sheet, path, recipes[sheet.title] if recipes else None))
        note = _("%(file)s has %(count)d sheets: “%(sheet)s” was read.") % {
            "file": path.name,
            "count": len(sheets),
            "sheet": sheet.title,
        }
        notes = (note,) if len(sheets) > 1 else ()
        return Grid(lines, fixed_width=False, sheet=sheet.title, notes=notes)
    finally:
        workbook.close()
        if recipes:
            recipes.close()


def _known_titles(sheet: Any, path: Path, known_title: KnownTitle) -> int:
    headings = find_headings(list(islice(_lines(sheet, path), LINES_SEARCHED)), known_title)
    return headings.known if headings else 0


def _lines(sheet: Any, path: Path, recipes: Any = None) -> Iterator[Line]:
    """Yield the lines of a sheet that are not blank, numbered as the spreadsheet shows them."""
    filled = 0
    for number, cells in enumerate(_values(sheet, recipes), start=1):
        while cells and cells[-1] == "":
            cells.pop()
        filled += bool(cells)
        if number > MAX_LINES or filled > MAX_FILLED_LINES:
            raise TableError(
                _("%(file)s is too long: tables of up to %(rows)d rows are read. Split it.")
                % {"file": path.name, "rows": MAX_FILLED_LINES}
            )
        if cells:
            yield Line(number, cells)


def _values(sheet: Any, recipes: Any) -> Iterator[list[Cell]]:
    # Sheets often announce a size that is not theirs.
    sheet.reset_dimensions()
    if recipes is None:
        for row in sheet.iter_rows(values_only=True):
            yield [_value(value) for value in row]
        return
    recipes.reset_dimensions()
    both = zip(sheet.iter_rows(), recipes.iter_rows(values_only=True), strict=True)
    for row, formulas in both:
        yield [
            _not_computed(formula) if _lacks_result(cell, formula) else _value(cell.value)
            for cell, formula in zip(row, formulas, strict=True)
        ]


def _lacks_result(cell: Any, formula: object) -> bool:
    """Tell whether a cell holds a formula that no spreadsheet has computed; "" is a result."""
    return formula is not None and cell.value is None and cell.data_type != "str"


def _not_computed(formula: object) -> Broken:
    return Broken(
        formula if isinstance(formula, str) else "",
        _(
            "the formula of this cell has no result yet: open the file in a spreadsheet, save it, "
            "and try again"
        ),
    )


def _value(value: object) -> Cell:
    if isinstance(value, str):
        if value in ERROR_CODES:
            return Broken(value, _("the formula of this cell gives an error"))
        return value.strip()
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    return "" if value is None else str(value)
