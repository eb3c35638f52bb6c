"""The parts of a board: shifts, gaps, half-days, rows, days."""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Chip:
    """One shift on the board; `mark` says what changed since it was published.

    `brief` is what paper has room for; `again` says that the morning already named the place.
    """

    name: str
    says: str
    brief: str
    kind: str
    shift_id: UUID | None
    mark: tuple[str, str] | None = None
    mark_kind: str = ""
    fixed: bool = False
    again: bool = False


@dataclass(frozen=True, slots=True)
class Hole:
    """A slot that lacks people."""

    slot_id: UUID
    hours: str
    firm: str
    says: str


@dataclass(slots=True)
class Cell:
    """Half a day of somebody."""

    day: int
    starts_day: bool
    label: str
    chips: list[Chip] = field(default_factory=list)
    holes: list[Hole] = field(default_factory=list)
    more_holes: int = 0
    away: str = ""
    holiday: str = ""


@dataclass(slots=True)
class Row:
    """A worker, or a firm, through the week."""

    name: str
    detail: str
    hours: str
    cells: list[Cell]
    worker_id: UUID | None = None

    @property
    def lines(self) -> int:
        """How many shifts stand one above the other in its fullest half-day."""
        return max(1, *(len(cell.chips) for cell in self.cells))


@dataclass(frozen=True, slots=True)
class Day:
    """A day as a heading; `shift` is its place in the week."""

    rank: int
    date: date
    label: str
    today: bool
    holiday: str
