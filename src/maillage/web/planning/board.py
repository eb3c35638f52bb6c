"""The board of a week: a row for each worker, or each firm; a cell for each half-day."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Final
from uuid import UUID

from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from maillage.foundation.vocabularies.folding import plain
from maillage.run.employment.models import EmploymentContract
from maillage.run.planning.models import Assignment, PublishedShift, Slot
from maillage.run.planning.publishing import Change
from maillage.web.planning.reading import Found
from maillage.web.planning.weeks import Week, length, times

NOON: Final = 12 * 60 + 30  # a slot that begins before is of the morning
COLOURS: Final = 5  # firms told apart by a colour and a pattern; the others share one
OPEN_DAYS: Final = 5  # over which a contract's weekly hours are spread
SUNDAY: Final = 6
LAST_WORD, SHORT_WORD = 14, 3  # letters of a name that fit on a chip; of “Le”, “Au”…


@dataclass(frozen=True, slots=True)
class Chip:
    """One shift on the board; `mark` says what changed since it was published."""

    name: str
    says: str
    kind: str
    shift_id: UUID | None
    mark: str = ""
    mark_kind: str = ""
    fixed: bool = False


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


@dataclass(frozen=True, slots=True)
class Day:
    """A day as a heading; `shift` is its place in the week."""

    rank: int
    date: date
    label: str
    today: bool
    holiday: str


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


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to show: rows by worker or by firm, holding some words, for one occupation."""

    by_firm: bool = False
    q: str = ""
    occupation: str = ""


def board_of(found: Found, changes: Sequence[Change], wanted: Wanted) -> Board:
    """Lay a week out."""
    days = _days(found)
    kinds = _kinds(found.seats)
    marks = {(c.worker.pk, c.slot.pk): c for c in changes if c.slot is not None}
    gone = [c.was for c in changes if c.kind == "removed" and c.was is not None]
    maker = _Maker(found, days, kinds, marks, gone)
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
        gaps=maker.gaps(gaps),
        missing=missing,
        missing_hours=length(minutes),
        legend=[(name, kind) for name, kind in maker.legend() if kind != "0"],
        idle_hours=length(idle) if idle else "",
        idle_cost=cost,
        people=len(found.contracts),
    )


@dataclass(frozen=True)
class _Maker:
    """Makes the rows of a week."""

    found: Found
    days: tuple[Day, ...]
    kinds: Mapping[int, str]
    marks: Mapping[tuple[int, int], Change]
    gone: Sequence[PublishedShift]

    def workers(self) -> list[Row]:
        """A row for each worker of the week."""
        seats: dict[int, list[Assignment]] = defaultdict(list)
        for seat in self.found.seats:
            seats[seat.worker_id].append(seat)
        lost: dict[int, list[PublishedShift]] = defaultdict(list)
        for shift in self.gone:
            lost[shift.worker_id].append(shift)
        rows = []
        for contract in self.found.contracts:
            mine = seats.get(contract.worker_id, [])
            cells = self._cells(away=self.found.away.get(contract.worker_id, []))
            for seat in mine:
                chip = self._chip(seat, seat.slot.organisation.name, self.kinds)
                self._put(cells, seat.slot.day, seat.slot.start_minute, chip)
            for shift in lost.get(contract.worker_id, []):
                self._put(cells, shift.day, shift.start_minute, self._lost(shift))
            planned = sum(seat.slot.minutes for seat in mine)
            rows.append(
                Row(
                    name=contract.worker.name,
                    detail=contract.title,
                    hours=_("%(planned)s of %(promised)s")
                    % {
                        "planned": length(planned),
                        "promised": length(contract.promised),  # type: ignore[attr-defined]
                    },
                    cells=cells,
                    worker_id=contract.worker.public_id,
                )
            )
        return rows

    def firms(self) -> list[Row]:
        """A row for each firm that somebody goes to this week, or that lacks somebody."""
        seats: dict[int, list[Assignment]] = defaultdict(list)
        for seat in self.found.seats:
            seats[seat.slot.organisation_id].append(seat)
        names = {slot.organisation_id: slot.organisation.name for slot in self.found.slots.values()}
        rows = []
        for pk in sorted(names, key=lambda pk: plain(names[pk])):
            cells = self._cells()
            for seat in seats.get(pk, []):
                chip = self._chip(seat, seat.worker.name, {})
                self._put(cells, seat.slot.day, seat.slot.start_minute, chip)
            faces = len({seat.worker_id for seat in seats.get(pk, [])})
            planned = sum(seat.slot.minutes for seat in seats.get(pk, []))
            rows.append(
                Row(
                    name=names[pk],
                    detail=_("one face") if faces == 1 else _("%(n)d faces") % {"n": faces},
                    hours=length(planned),
                    cells=cells,
                )
            )
        return rows

    def gaps(self, gaps: Iterable[tuple[Slot, int]]) -> Row:
        """The last row: what is not covered."""
        cells = self._cells()
        for slot, count in gaps:
            hole = Hole(
                slot_id=slot.public_id,
                hours=length(slot.minutes * count),
                firm=slot.organisation.name,
                says=f"{slot.occupation_label}, {times(slot.start_minute, slot.end_minute)}",
            )
            self._cell(cells, slot.day, slot.start_minute).holes.append(hole)
        return Row(name=_("Not covered"), detail="", hours="", cells=cells)

    def legend(self) -> list[tuple[str, str]]:
        """The firms that have a colour of their own."""
        names = {
            seat.slot.organisation_id: seat.slot.organisation.name for seat in self.found.seats
        }
        return sorted((names[pk], kind) for pk, kind in self.kinds.items() if pk in names)

    def _cells(self, away: Sequence[tuple[date, date, str]] = ()) -> list[Cell]:
        said = {"leave": _("On leave"), "away": _("Away")}
        cells = []
        for day in self.days:
            for half in (_("morning"), _("afternoon")):
                why = [kind for first, last, kind in away if first <= day.date <= last]
                cells.append(
                    Cell(
                        day=day.rank,
                        starts_day=half == _("morning"),
                        label=f"{day.label} {half}",
                        away=said[why[0]] if why else "",
                        holiday=day.holiday,
                    )
                )
        return cells

    def _cell(self, cells: list[Cell], day: date, minute: int) -> Cell:
        rank = next(n for n, one in enumerate(self.days) if one.date == day)
        return cells[2 * rank + (minute >= NOON)]

    def _put(self, cells: list[Cell], day: date, minute: int, chip: Chip) -> None:
        self._cell(cells, day, minute).chips.append(chip)

    def _chip(self, seat: Assignment, name: str, kinds: Mapping[int, str]) -> Chip:
        change = self.marks.get((seat.worker_id, seat.slot_id))
        words = {"added": _("added"), "moved": _("moved")}
        signs = {"added": ("+", "new"), "moved": ("↔", "moved")}
        sign, kind = signs[change.kind] if change is not None else ("", "")
        return Chip(
            name=_short(name),
            says=times(seat.slot.start_minute, seat.slot.end_minute),
            kind=kinds.get(seat.slot.organisation_id, "0"),
            shift_id=seat.public_id,
            mark=f"{sign} {words[change.kind]}" if change is not None else "",
            mark_kind=kind,
            fixed=seat.fixed,
        )

    def _lost(self, shift: PublishedShift) -> Chip:
        return Chip(
            name=_short(shift.organisation.name),
            says=times(shift.start_minute, shift.end_minute),
            kind=self.kinds.get(shift.organisation_id, "0"),
            shift_id=None,
            mark=f"\N{MINUS SIGN} {_('removed')}",
            mark_kind="gone",
        )


def _days(found: Found) -> tuple[Day, ...]:
    """Monday to Saturday; Sunday when somebody works or is missed that day."""
    today = localdate()
    sunday = any(slot.day.weekday() == SUNDAY for slot in found.slots.values())
    return tuple(
        Day(
            rank=rank,
            date=day,
            label=date_format(day, "l j"),
            today=day == today,
            holiday=found.holidays.get(day, ""),
        )
        for rank, day in enumerate(found.week.days)
        if rank < SUNDAY or sunday
    )


def _kinds(seats: Iterable[Assignment]) -> dict[int, str]:
    """Give the firms most served a colour and a pattern each; the others share the plain one."""
    most = Counter(seat.slot.organisation_id for seat in seats).most_common(COLOURS)
    return {pk: str(rank) for rank, (pk, _count) in enumerate(most, start=1)}


def _short(name: str) -> str:
    """Return what tells a firm or a person apart on a chip: the trade in front is left out."""
    first, _space, rest = name.partition(" ")
    return rest if rest and len(name) > LAST_WORD and len(first) > SHORT_WORD else name


def _holds(row: Row, q: str) -> bool:
    """Whether a row has some words in its name, its trade, or where or who it goes to."""
    if not q:
        return True
    said = " ".join([row.name, row.detail, *(c.name for cell in row.cells for c in cell.chips)])
    return all(word in plain(said) for word in plain(q).split())


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
