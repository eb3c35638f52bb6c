"""The board of a week: a row for each worker, or each firm; a cell for each half-day."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from maillage.foundation.vocabularies.folding import plain
from maillage.run.employment.models import EmploymentContract
from maillage.run.planning.models import Slot
from maillage.run.planning.publishing import Change
from maillage.web.planning.cells import Day, Row
from maillage.web.planning.laying import Maker, days_of, kinds_of
from maillage.web.planning.reading import Found
from maillage.web.planning.weeks import Week, length

OPEN_DAYS: Final = 5  # over which a contract's weekly hours are spread
ROOMY_LINES: Final = 22  # on a sheet of paper, as large as on the screen


@dataclass(frozen=True, slots=True)
class Board:
    """A week laid out."""

    week: Week
    days: tuple[Day, ...]
    rows: list[Row]
    gaps: Row
    missing: int
    missing_hours: str
    legend: list[tuple[str, str]]
    idle_hours: str
    idle_cost: Decimal
    people: int

    @property
    def is_dense(self) -> bool:
        """Whether one sheet of paper holds its lines only when each is as low as can be read."""
        return sum(row.lines for row in self.rows) > ROOMY_LINES


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to show: rows by worker or by firm, holding some words, for one occupation."""

    by_firm: bool = False
    q: str = ""
    occupation: str = ""


def board_of(found: Found, changes: Sequence[Change], wanted: Wanted) -> Board:
    """Lay a week out."""
    days = days_of(found)
    kinds = kinds_of(found.seats)
    marks = {(c.worker.pk, c.slot.pk): c for c in changes if c.slot is not None}
    gone = [c.was for c in changes if c.kind == "removed" and c.was is not None]
    maker = Maker(found, days, kinds, marks, gone)
    rows = maker.firms() if wanted.by_firm else maker.workers()
    rows = [row for row in rows if _holds(row, wanted.q)]
    idle, cost = _idle(found)
    gaps = found.gaps
    missing = sum(count for _slot, count in gaps)
    minutes = sum(slot.minutes * count for slot, count in gaps)
    return Board(
        week=found.week,
        days=days,
        rows=rows,
        gaps=maker.gaps(_asked(gaps, wanted.q)),
        missing=missing,
        missing_hours=length(minutes),
        legend=[(name, kind) for name, kind in maker.legend() if kind != "0"],
        idle_hours=length(idle) if idle else "",
        idle_cost=cost,
        people=len(found.contracts),
    )


def _holds(row: Row, q: str) -> bool:
    """Whether a row has some words in its name, its trade, or where or who it goes to."""
    if not q:
        return True
    said = " ".join([row.name, row.detail, *(c.name for cell in row.cells for c in cell.chips)])
    return all(word in plain(said) for word in plain(q).split())


def _asked(gaps: list[tuple[Slot, int]], q: str) -> list[tuple[Slot, int]]:
    """Return the gaps of the firms or occupations searched for; all when a worker is."""
    words = plain(q).split()
    said = {
        slot.pk: plain(f"{slot.organisation.name} {slot.occupation_label}") for slot, _n in gaps
    }
    found = [(slot, n) for slot, n in gaps if all(word in said[slot.pk] for word in words)]
    return found or gaps


def _idle(found: Found) -> tuple[int, Decimal]:
    """Return the minutes of contracts without work planned, and their gross pay in euros."""
    planned: Counter[int] = Counter()
    for seat in found.seats:
        planned[seat.worker_id] += seat.slot.minutes
    idle, cost = 0, Decimal(0)
    for contract in found.contracts:
        left = _promised(found, contract) - planned[contract.worker_id]
        if left > 0:
            idle += left
            cost += contract.hourly_pay * left / 60
    return idle, cost.quantize(Decimal(1), ROUND_HALF_UP)


def _promised(found: Found, contract: EmploymentContract) -> int:
    """Return the minutes of a contract in a week, less the days away and public holidays."""
    away = found.away.get(contract.worker_id, [])
    days = sum(
        day not in found.holidays
        and contract.starts_on <= day
        and not any(first <= day <= last for first, last, _kind in away)
        for day in (found.week.monday + timedelta(days=n) for n in range(OPEN_DAYS))
    )
    minutes: int = contract.promised  # type: ignore[attr-defined]  # annotated where it is read
    return minutes * days // OPEN_DAYS
