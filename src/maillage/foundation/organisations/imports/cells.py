"""The cells of a row as an import keeps them: texts by place, and what could not be read.

They are kept as they were given, so that the meaning of a column can be corrected without sending
the file again.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Final, TypedDict

from maillage.foundation.files.tables import Row
from maillage.foundation.jobs.words import Kept

WHOLE_ROW: Final = ""
LONGEST_CELL: Final = 5_000  # characters kept of one cell: more than any field holds
# An apostrophe before one of these disarms a formula, in the files that the site itself gives.
DISARMED: Final = re.compile(r"^'(?=[=+@-])")


class Cells(TypedDict, total=False):
    """What a row holds: `values` by place; `faults` by place ("" for the row), in each language."""

    values: list[str]
    faults: dict[str, Kept]


def text_of(value: object) -> str:
    """Return what a cell holds as text, without what spreadsheets and our own files add to it.

    Whole numbers lose their decimals, and a text the apostrophe that keeps it from being taken for
    a formula.
    """
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return DISARMED.sub("", str(value).replace("\0", "")[:LONGEST_CELL].strip())


def kept_cells(row: Row, titles: Sequence[str], faults: Mapping[str, Kept]) -> Cells:
    """Return the cells of a row of a table; `faults` as the row gives them, in each language."""
    cells = Cells(values=[text_of(row.cells.get(title, "")) for title in titles])
    if faults:
        places = {title: str(at) for at, title in enumerate(titles)}
        cells["faults"] = {
            places.get(title, WHOLE_ROW): sentence for title, sentence in faults.items()
        }
    return cells


def by_field(cells: Cells, fields: Sequence[str]) -> dict[str, str]:
    """Return the cells that are not empty, by the field their column holds."""
    values = cells.get("values", [])
    return {field: value for field, value in zip(fields, values, strict=False) if field and value}
