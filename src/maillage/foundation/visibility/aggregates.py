"""Figures from which nothing about one firm can be worked out.

A breakdown shows a cell that rests on five answers or more. The smaller ones are put together as
one cell, "others", and are not named; when even that would let one of them be worked out, the
smallest of the cells shown joins them. A quantity (employees, hours) is shown only where no single
answer makes more than a quarter of it.

This is the *threshold* and the *dominance* rule of official statistics, held by grouping cells
rather than by blanking them: what is published adds up, and every published sum is safe by itself.
Source: Hundepool and others, *Statistical Disclosure Control* (Wiley, 2012), chapters 4 and 5.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

FEWEST = 5
LARGEST_SHARE = Fraction(1, 4)
# The group put together; no cell can bear this name, since cells are named by texts ("" included).
OTHERS = None


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: the cell it falls in, and the quantity it brings (0 when only counted)."""

    cell: str
    quantity: int = 0


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure that may be shown: how many answers, and their quantity unless it tells too much."""

    answers: int
    quantity: int | None


@dataclass(frozen=True, slots=True)
class Breakdown:
    """A breakdown that may be shown.

    `others` stands for the cells that may not be shown one by one; None when every cell is shown.
    `total` is None when there are too few answers to show anything.
    """

    cells: Mapping[str, Cell]
    others: Cell | None
    total: Cell | None


def protected(answers: Iterable[Answer]) -> Breakdown:
    """Return the breakdown of these answers by cell, with what must be hidden put together."""
    by_cell: dict[str, list[int]] = defaultdict(list)
    for answer in answers:
        by_cell[answer.cell].append(answer.quantity)
    everything = [quantity for quantities in by_cell.values() for quantity in quantities]
    if len(everything) < FEWEST:
        return Breakdown({}, None, None)
    # The smallest first; the name settles ties, so that the same answers give the same figures.
    order = sorted(by_cell, key=lambda name: (len(by_cell[name]), name))
    hidden = [name for name in order if len(by_cell[name]) < FEWEST]
    shown = order[len(hidden) :]
    while hidden and shown and not hides_enough([len(by_cell[name]) for name in hidden]):
        hidden.append(shown.pop(0))
    if hidden and not shown:
        return Breakdown({}, None, _cell(everything))
    groups: dict[str | None, list[int]] = {name: by_cell[name] for name in sorted(shown)}
    others = [quantity for name in hidden for quantity in by_cell[name]]
    if hidden:
        groups[OTHERS] = others
    untold = _untold(groups, everything)
    cells = {
        name: Cell(len(quantities), None if name in untold else sum(quantities))
        for name, quantities in groups.items()
    }
    named = {name: cell for name, cell in cells.items() if name is not None}
    return Breakdown(named, cells.get(OTHERS), _cell(everything))


def hides_enough(counts: Sequence[int]) -> bool:
    """Whether cells shown as one sum cannot be told apart, even by who knows this rule.

    Each small cell holds 1 to 4 answers and each other one 5 or more. The sum must leave at least
    two possible values for every cell.
    """
    total, small = sum(counts), sum(count < FEWEST for count in counts)
    large = len(counts) - small
    if total < FEWEST or len(counts) == 1:
        return False
    spare = total - small - FEWEST * large  # what lies above the least each cell must hold
    if large == 0:
        room = (FEWEST - 2) * small - spare  # what lies below the most they may hold
        return spare > 0 and room > 0
    return spare > 0


def _cell(quantities: Sequence[int]) -> Cell:
    return Cell(len(quantities), None if _tells(quantities) else sum(quantities))


def _tells(quantities: Sequence[int]) -> bool:
    """Whether one answer makes too much of a sum."""
    total = sum(quantities)
    return total > 0 and Fraction(max(quantities), total) > LARGEST_SHARE


def _untold(
    groups: Mapping[str | None, Sequence[int]], everything: Sequence[int]
) -> set[str | None]:
    """Return the groups whose quantity is not shown.

    They are those in which one answer weighs too much, and as many of the smallest others as it
    takes for the sum of the hidden ones, which subtraction gives, to tell nothing either.
    """
    if _tells(everything):
        return set(groups)
    untold = {name for name, quantities in groups.items() if _tells(quantities)}
    known = sorted(groups.keys() - untold, key=lambda name: (sum(groups[name]), name or ""))
    while (
        untold
        and known
        and (len(untold) == 1 or _tells([one for name in untold for one in groups[name]]))
    ):
        untold.add(known.pop(0))
    return untold
