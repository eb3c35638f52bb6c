"""Sheets of a workbook: titled columns, typed cells, and texts that can never run as formulas."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.utils import get_column_letter

type Value = str | int | float | None
type Kind = Literal["text", "long", "hours", "whole", "share"]

MOST_CHARACTERS: Final = 32_767  # in one cell, for Excel
# Characters that XML cannot hold, and those that would make a spreadsheet read a formula.
FORBIDDEN: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r")
FORMATS: Final = {"hours": "#,##0.0#", "whole": "#,##0", "share": "0.0%"}
INK, GREEN_TINT, RULE = "FF1B211D", "FFE3EDE4", "FF8A8475"
HEADING: Final = "heading"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its title, its width in characters, and what its cells hold."""

    title: str
    width: float
    kind: Kind = "text"


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a sheet; `strong` marks a total, `opens` the first row of a group."""

    values: Sequence[Value]
    strong: bool = False
    opens: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its tab, its columns, its rows, and how many columns stay in sight."""

    tab: str
    columns: Sequence[Column]
    lines: Iterable[Line]
    frozen_columns: int = 1


def workbook_of(sheets: Iterable[Sheet]) -> Workbook:
    """Return a workbook with these sheets, the headings frozen and filters set."""
    book = Workbook(write_only=True)
    for style in _styles():
        book.add_named_style(style)
    for sheet in sheets:
        _add(book, sheet)
    return book


def _styles() -> Iterable[NamedStyle]:
    """Yield one style per kind of cell, plain, strong, and at the top of a group."""
    yield NamedStyle(
        HEADING,
        font=Font(bold=True, color=INK),
        fill=PatternFill("solid", start_color=GREEN_TINT),
        border=Border(bottom=Side("medium", color=INK)),
        alignment=Alignment(vertical="bottom", wrap_text=True),
    )
    kinds: tuple[Kind, ...] = ("text", "long", "hours", "whole", "share")
    for kind in kinds:
        for strong in (False, True):
            for opens in (False, True):
                yield NamedStyle(
                    _style_name(kind, strong=strong, opens=opens),
                    font=Font(bold=strong, color=INK),
                    fill=PatternFill("solid", start_color=GREEN_TINT) if strong else PatternFill(),
                    border=Border(top=Side("thin", color=RULE)) if opens else Border(),
                    alignment=Alignment(vertical="top", wrap_text=kind == "long"),
                    number_format=FORMATS.get(kind, "General"),
                )


def _style_name(kind: Kind, *, strong: bool, opens: bool) -> str:
    return f"{kind}{' strong' if strong else ''}{' opens' if opens else ''}"


def _add(book: Workbook, sheet: Sheet) -> None:
    page: Any = book.create_sheet(sheet.tab)  # its type does not know all that it can do
    page.freeze_panes = f"{get_column_letter(sheet.frozen_columns + 1)}2"
    page.sheet_view.showGridLines = False
    page.page_setup.orientation = "landscape"
    page.page_setup.fitToWidth = 1
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.print_title_rows = "1:1"
    for at, column in enumerate(sheet.columns, start=1):
        page.column_dimensions[get_column_letter(at)].width = column.width
    page.append([_cell(page, column.title, HEADING) for column in sheet.columns])
    rows = 1
    for line in sheet.lines:
        rows += 1
        page.append(
            [
                _cell(page, value, _style_name(column.kind, strong=line.strong, opens=line.opens))
                for column, value in zip(sheet.columns, line.values, strict=True)
            ]
        )
    page.auto_filter.ref = f"A1:{get_column_letter(len(sheet.columns))}{rows}"


def _cell(page: Any, value: Value, style: str) -> Cell:
    """Return a cell; a text stays a text, whatever it looks like."""
    if not isinstance(value, str):
        cell = WriteOnlyCell(page, value)
        cell.style = style
        return cell
    text = FORBIDDEN.sub("", value)[:MOST_CHARACTERS]
    cell = WriteOnlyCell(page, text)
    cell.style = style
    cell.data_type = "s"  # openpyxl takes “=1+1” for a formula and “#N/A” for an error
    if text.startswith(FORMULA_STARTS):
        cell.quotePrefix = True  # and so does Excel, once somebody edits the cell
    return cell
