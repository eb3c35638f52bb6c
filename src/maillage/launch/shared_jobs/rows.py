"""Reading one row of a needs file: either a need, or why it cannot be one."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from django.utils.translation import gettext as _

from maillage.foundation.files.tables import Row
from maillage.foundation.vocabularies.folding import plain
from maillage.launch.shared_jobs.cells import (
    CellError,
    Value,
    half_hours_of,
    identifier_of,
    is_blank,
    text_of,
)
from maillage.launch.shared_jobs.columns import NeedColumns, listed
from maillage.launch.shared_jobs.places import Place, PlaceError, PlaceReader
from maillage.launch.shared_jobs.rejected import RejectedRow

ROME_CODE: Final = re.compile(r"[A-N]\d{4}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class NeedRow:
    """A need as the file gives it: half-hours a week in each period, a place in degrees."""

    row: int
    need_id: str
    firm_id: str
    firm: str
    occupation: str
    latitude: float
    longitude: float
    half_hours: tuple[int, ...]
    place: str


class _Problem(NamedTuple):
    column: str
    value: Value
    reason: str


class NeedReader:
    """Reads the rows of a needs file one after the other, and remembers what they said before."""

    def __init__(self, file: str, columns: NeedColumns) -> None:
        self.rejected: list[RejectedRow] = []
        self.firm_ids: set[str] = set()  # of the rejected rows too
        self.occupations: dict[str, str] = {}  # as first spelt, under their plain spelling
        self.renamed: dict[str, list[tuple[str, int]]] = {}  # names of a firm that has several
        self.blank_periods = 0  # needs with blank months or weeks
        self._file = file
        self._columns = columns
        self._rows: dict[str, int] = {}  # of the needs, under their ids
        self._firms: dict[str, tuple[str, int]] = {}
        self._places = PlaceReader(columns)
        self._known_hours: dict[Value, int] = {}

    def read(self, row: Row) -> NeedRow | None:
        """Return the need of a row, or None after adding the row to those rejected."""
        if "" in row.faults:
            self._reject(row, [_Problem("", "", row.faults[""])])
            return None
        problems: list[_Problem] = []
        titles = self._columns.titles
        need_id = self._identifier(row, titles["need_id"], problems)
        firm_id = self._identifier(row, titles["firm_id"], problems)
        firm = self._text(row, titles["firm"], problems)
        occupation = self._text(row, titles["occupation"], problems)
        place = self._place(row, problems)
        half_hours = self._half_hours(row, problems)
        if firm_id:
            self.firm_ids.add(firm_id)
        if need_id in self._rows:
            reason = _("this id is already the one of row %(row)d: give each need its own")
            problems.append(
                _Problem(titles["need_id"], need_id, reason % {"row": self._rows[need_id]})
            )
        if problems or place is None:
            self._reject(row, problems)
            return None
        self._rows[need_id] = row.number
        return NeedRow(
            row=row.number,
            need_id=need_id,
            firm_id=firm_id,
            firm=self._name_of(firm_id, firm, row.number),
            occupation=self._spelling_of(occupation),
            latitude=place.latitude,
            longitude=place.longitude,
            half_hours=half_hours,
            place=place.name,
        )

    def _text(self, row: Row, title: str, problems: list[_Problem]) -> str:
        value = row.cells[title]
        if title in row.faults:
            problems.append(_Problem(title, value, row.faults[title]))
        elif value == "":
            problems.append(_Problem(title, value, _("this cell is empty")))
        return text_of(value)

    def _identifier(self, row: Row, title: str, problems: list[_Problem]) -> str:
        text = self._text(row, title, problems)
        try:
            return identifier_of(text)
        except CellError as error:
            problems.append(_Problem(title, text, str(error)))
            return text

    def _place(self, row: Row, problems: list[_Problem]) -> Place | None:
        try:
            return self._places.read(row)
        except PlaceError as error:
            problems.append(_Problem(error.column, error.value, str(error)))
            return None

    def _half_hours(self, row: Row, problems: list[_Problem]) -> tuple[int, ...]:
        """Return the hours of the row in half-hours; blank cells count for none."""
        half_hours, blanks, faults = [], 0, len(problems)
        for title in self._columns.periods:
            value = row.cells[title]
            known = self._known_hours.get(value)
            if known is not None and title not in row.faults:
                half_hours.append(known)
                continue
            if title in row.faults:
                problems.append(_Problem(title, value, row.faults[title]))
            elif is_blank(value):
                blanks += 1
                half_hours.append(0)
            else:
                try:
                    self._known_hours[value] = half_hours_of(value)
                    half_hours.append(self._known_hours[value])
                except CellError as error:
                    problems.append(_Problem(title, value, str(error)))
        if len(problems) == faults and not any(half_hours):
            year = f"{self._columns.periods[0]} … {self._columns.periods[-1]}"
            problems.append(_Problem(year, 0, _("this need asks for no hours at all")))
        elif len(problems) == faults:
            self.blank_periods += blanks > 0
        return tuple(half_hours)

    def _name_of(self, firm_id: str, firm: str, row: int) -> str:
        """Return the name under which a firm was first met, and remember when it has another."""
        name, first_row = self._firms.setdefault(firm_id, (firm, row))
        if plain(firm) != plain(name):
            names = self.renamed.setdefault(firm_id, [(name, first_row)])
            if plain(firm) not in {plain(known) for known, _row in names}:
                names.append((firm, row))
        return name

    def _spelling_of(self, occupation: str) -> str:
        """Return an occupation as it was first spelt: accents and capitals do not make another."""
        spelt = occupation.upper() if ROME_CODE.fullmatch(occupation) else occupation
        return self.occupations.setdefault(plain(" ".join(spelt.split())), spelt)

    def _reject(self, row: Row, problems: Sequence[_Problem]) -> None:
        """List the row with its first problem, and name the other cells to correct."""
        first, *others = problems
        reason = first.reason
        if others:
            also = dict.fromkeys(problem.column for problem in others)
            reason = _("%(reason)s (look at %(columns)s too)") % {
                "reason": reason,
                "columns": listed([*also]),
            }
        self.rejected.append(
            RejectedRow(self._file, row.number, first.column, text_of(first.value), reason)
        )
