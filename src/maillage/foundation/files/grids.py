"""What a file of any kind becomes before its headings are known: lines of cells."""

from dataclasses import dataclass
from typing import Final, NamedTuple

MAX_LINES: Final = 1_048_576  # what a spreadsheet can hold
MAX_FILLED_LINES: Final = 200_000  # beyond, memory would not be safe on a small machine


class TableError(ValueError):
    """A file that cannot be read as a table; the message is for the person who gave it."""


class Broken(NamedTuple):
    """A cell whose value cannot be trusted: what it shows, and why, in words."""

    shown: str
    reason: str


type Cell = str | int | float | Broken


class Line(NamedTuple):
    """A line of a file, numbered as a spreadsheet shows it; `fault` says why it is unreadable."""

    number: int
    cells: list[Cell]
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """The lines of a file that are not blank, and how they were read.

    In a grid of `fixed_width` (a delimited text), a line longer than the headings is a mistake.
    """

    lines: list[Line]
    fixed_width: bool
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    notes: tuple[str, ...] = ()
