"""Survey files as Alice receives them, for the tests of their reading."""

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

from openpyxl import Workbook

type Value = str | int | float | None

MONTHS = [f"m{month:02}" for month in range(1, 13)]
BOB: Mapping[str, Value] = {
    "need_id": "till",
    "firm_id": "bob",
    "firm": "Bob's bakery",
    "occupation": "D1106",
    "postcode": "41000",
    "commune": "Blois",
    **dict.fromkeys(MONTHS, "17.5"),
}
EMMA = {**BOB, "need_id": "oven", "firm_id": "emma", "firm": "Emma's bread"}


def write_survey(folder: Path, *needs: Mapping[str, Value], name: str = "needs.csv") -> Path:
    """Write needs as a file, with the columns of the first; an .xlsx name makes a workbook."""
    columns = list(needs[0])
    return write_rows(folder, [columns, *([need.get(c) for c in columns] for need in needs)], name)


def write_rows(folder: Path, rows: Sequence[Sequence[Value]], name: str) -> Path:
    """Write rows as a file of the kind that its name tells."""
    path = folder / name
    if path.suffix == ".xlsx":
        book = Workbook()
        for row in rows:
            book.active.append(list(row))
        book.save(path)
    else:
        with path.open("w", newline="", encoding="utf-8") as stream:
            csv.writer(stream).writerows(rows)
    return path


def without(need: Mapping[str, Value], *columns: str) -> dict[str, Value]:
    """Return a need without some columns."""
    return {column: value for column, value in need.items() if column not in columns}


def renamed(need: Mapping[str, Value], titles: Mapping[str, str]) -> dict[str, Value]:
    """Return a need with other titles for some columns."""
    return {titles.get(column, column): value for column, value in need.items()}
