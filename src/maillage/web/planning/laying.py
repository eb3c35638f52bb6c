"""Laying a week out in rows and half-days."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from maillage.foundation.vocabularies.folding import plain
from maillage.run.planning.models import Assignment, PublishedShift, Slot
from maillage.run.planning.publishing import Change
from maillage.web.planning.cells import Cell, Chip, Day, Hole, Row
from maillage.web.planning.reading import Found
from maillage.web.planning.weeks import brief, length, times

NOON: Final = 12 * 60 + 30  # a slot that begins before is of the morning
COLOURS: Final = 5  # firms told apart by a colour and a pattern; the others share one
SUNDAY: Final = 6
MOST_HOLES: Final = 4  # shown in half a day; with more, the last line leads to them all
LAST_WORD, SHORT_WORD = 14, 3  # letters of a name that fit on a chip; of “Le”, “Au”…


@dataclass(frozen=True)
class Maker:
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

    def gaps(self, gaps: Sequence[tuple[Slot, int]]) -> Row:
        """The last row: what is not covered, a few for each half-day."""
        cells = self._cells()
        for slot, count in gaps:
            hole = Hole(
                slot_id=slot.public_id,
                hours=length(slot.minutes * count),
                firm=slot.organisation.name,
                says=f"{slot.occupation_label}, {times(slot.start_minute, slot.end_minute)}",
            )
            cells[self._rank(slot.day, slot.start_minute)].holes.append(hole)
        for cell in cells:
            if len(cell.holes) > MOST_HOLES:
                cell.more_holes = len(cell.holes) - MOST_HOLES + 1
                del cell.holes[MOST_HOLES - 1 :]
        minutes = sum(slot.minutes * count for slot, count in gaps)
        return Row(name=_("Not covered"), detail="", hours=length(minutes), cells=cells)

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

    def _rank(self, day: date, minute: int) -> int:
        return 2 * (day - self.found.week.monday).days + (minute >= NOON)

    def _put(self, cells: list[Cell], day: date, minute: int, chip: Chip) -> None:
        rank = self._rank(day, minute)
        if not cells[rank].starts_day:
            morning = cells[rank - 1].chips
            chip = replace(chip, again=any(chip.name == one.name for one in morning))
        cells[rank].chips.append(chip)

    def _chip(self, seat: Assignment, name: str, kinds: Mapping[int, str]) -> Chip:
        change = self.marks.get((seat.worker_id, seat.slot_id))
        words = {"added": _("added"), "moved": _("moved")}
        signs = {"added": ("+", "new"), "moved": ("↔", "moved")}
        sign, kind = signs[change.kind] if change is not None else ("", "")
        return Chip(
            name=_short(name),
            says=times(seat.slot.start_minute, seat.slot.end_minute),
            brief=brief(seat.slot.start_minute, seat.slot.end_minute),
            kind=kinds.get(seat.slot.organisation_id, "0"),
            shift_id=seat.public_id,
            mark=(sign, words[change.kind]) if change is not None else None,
            mark_kind=kind,
            fixed=seat.fixed,
        )

    def _lost(self, shift: PublishedShift) -> Chip:
        return Chip(
            name=_short(shift.organisation.name),
            says=times(shift.start_minute, shift.end_minute),
            brief=brief(shift.start_minute, shift.end_minute),
            kind=self.kinds.get(shift.organisation_id, "0"),
            shift_id=None,
            mark=("\N{MINUS SIGN}", _("removed")),
            mark_kind="gone",
        )


def days_of(found: Found) -> tuple[Day, ...]:
    """Return Monday to Saturday; Sunday when somebody works or is missed that day."""
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


def kinds_of(seats: Iterable[Assignment]) -> dict[int, str]:
    """Give the firms most served a colour and a pattern each; the others share the plain one."""
    most = Counter(seat.slot.organisation_id for seat in seats).most_common(COLOURS)
    return {pk: str(rank) for rank, (pk, _count) in enumerate(most, start=1)}


def _short(name: str) -> str:
    """Return what tells a firm or a person apart on a chip: the trade in front is left out."""
    first, _space, rest = name.partition(" ")
    return rest if rest and len(name) > LAST_WORD and len(first) > SHORT_WORD else name
