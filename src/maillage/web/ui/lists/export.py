"""Lists as files: CSV that opens in a spreadsheet as it is, and XLSX.

A file is written whole before it is sent (20,000 firms make some 4 MB), row by row as they are
read: an error in the middle gives an error page, never half a file.
"""

import csv
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO, TextIOWrapper
from typing import IO

from django.http import FileResponse
from django.utils import timezone
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from maillage.web.ui.formats import language
from maillage.web.ui.lists.columns import Column

# A spreadsheet takes a text that begins so for a formula, and a formula can call programs.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
WIDEST_COLUMN = 60  # characters
# Excel and its like cannot hold these in a text.
CONTROL = {code: None for code in range(32) if chr(code) not in "\t\n\r"}

type Cell = str | int | float | Decimal | date | datetime | time | bool | None


def plain(value: object) -> Cell:
    """Return a value as a file holds it: numbers and dates as they are, all the rest as text."""
    if isinstance(value, datetime):
        return timezone.localtime(value).replace(tzinfo=None) if timezone.is_aware(value) else value
    if value is None or isinstance(value, bool | int | float | Decimal | date | time):
        return value
    text = str(value)
    return text if text.isprintable() else text.translate(CONTROL)


def harmless(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula: such a text gets an apostrophe."""
    return f"'{text}" if text.startswith(FORMULA_SIGNS) else text


def csv_cell(value: object) -> str:
    """Return a value as text, with the decimal mark of the language."""
    cell = plain(value)
    if cell is None:
        return ""
    if isinstance(cell, str):
        return harmless(cell)
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ", timespec="minutes")
    if isinstance(cell, float | Decimal) and language() == "fr":
        return str(cell).replace(".", ",")
    return str(cell)


def write_csv(columns: Sequence[Column], rows: Iterable[object], stream: IO[bytes]) -> None:
    """Write rows as CSV: semicolons in French, because that is what French spreadsheets open."""
    text = TextIOWrapper(stream, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text, delimiter=";" if language() == "fr" else ",")
    writer.writerow([harmless(str(column.label)) for column in columns])
    writer.writerows([csv_cell(column.value(row)) for column in columns] for row in rows)
    text.detach()


def write_xlsx(columns: Sequence[Column], rows: Iterable[object], stream: IO[bytes]) -> None:
    """Write rows as a workbook, row by row; texts are stored as texts, never as formulas."""
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet()
    sheet.freeze_panes = "A2"
    for number, column in enumerate(columns, start=1):
        letter = get_column_letter(number)
        sheet.column_dimensions[letter].width = min(WIDEST_COLUMN, len(str(column.label)) + 12)
    head = [WriteOnlyCell(sheet, str(column.label)) for column in columns]
    for cell in head:
        cell.font = Font(bold=True)
    sheet.append(head)
    for row in rows:
        sheet.append([_xlsx_cell(sheet, plain(column.value(row))) for column in columns])
    workbook.save(stream)


def _xlsx_cell(sheet: WriteOnlyWorksheet, value: Cell) -> object:
    if isinstance(value, str) and value.startswith("="):
        cell = WriteOnlyCell(sheet, value)
        cell.data_type = "s"
        return cell
    return value


type Writer = Callable[[Sequence[Column], Iterable[object], IO[bytes]], None]

FORMATS: dict[str, tuple[Writer, str]] = {
    "csv": (write_csv, "text/csv; charset=utf-8"),
    "xlsx": (
        write_xlsx,
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
}


def exported(
    file_format: str, name: str, columns: Sequence[Column], rows: Iterable[object]
) -> FileResponse:
    """Return the file of a list, named after the list and the day."""
    writer, content_type = FORMATS[file_format]
    stream = BytesIO()
    writer(columns, rows, stream)
    stream.seek(0)
    day = timezone.localdate().isoformat()
    return FileResponse(
        stream,
        as_attachment=True,
        filename=f"{name}-{day}.{file_format}",
        content_type=content_type,
    )
