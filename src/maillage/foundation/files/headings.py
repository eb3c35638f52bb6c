"""Finding which line of a file holds the headings of its columns."""

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from maillage.foundation.files.grids import Cell, Line

type KnownTitle = Callable[[str], bool] | None

LINES_SEARCHED: Final = 25
MERGED_LINES: Final = 2  # lines above the headings that a merged cell may start on


class Headings(NamedTuple):
    """The line of the headings (its position), their titles, and how many of these are known."""

    position: int
    titles: list[str]
    known: int


def find_headings(lines: Sequence[Line], known_title: KnownTitle) -> Headings | None:
    """Return the line, among the first ones, with the most known titles, or None without any.

    Titles above the headings, blank lines and cells merged over two lines are seen through: a cell
    left blank in the headings takes the title just above it. When no title is known in advance
    (`known_title` is None), the headings are the first line with two titles, else the first line.
    """
    readable = [at for at, line in enumerate(lines[:LINES_SEARCHED]) if not line.fault]
    best = None
    for position in readable:
        titles = _completed(lines, position)
        known = sum(map(known_title or bool, titles))
        if known and (best is None or known > best.known):
            best = Headings(position, titles, known)
        if known_title is None and known > 1:
            return best
    return best


def _completed(lines: Sequence[Line], position: int) -> list[str]:
    """Return the titles of a line, blanks filled from the lines that touch it from above."""
    titles = [title_of(cell) for cell in lines[position].cells]
    number = lines[position].number
    for above in reversed(lines[max(0, position - MERGED_LINES) : position]):
        if above.number != number - 1:
            break
        number = above.number
        titles += [""] * (len(above.cells) - len(titles))
        for column, cell in enumerate(above.cells):
            titles[column] = titles[column] or title_of(cell)
    return titles


def title_of(cell: Cell) -> str:
    """Return the text of a heading on one line."""
    return " ".join(str(cell).split())
