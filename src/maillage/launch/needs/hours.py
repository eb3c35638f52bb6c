"""Hours a week in each month of the year, counted in half-hours."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Final

MONTHS: Final = 12
MOST: Final = 2 * 24 * 7  # half-hours there are in a week


def spread(hours: Decimal, months: Iterable[int]) -> list[int]:
    """Return the half-hours a week of some months (1 is January); the others have none."""
    wanted = set(months)
    half_hours = int((hours * 2).to_integral_value())
    return [half_hours if month in wanted else 0 for month in range(1, MONTHS + 1)]


def are_possible(half_hours: Sequence[object]) -> bool:
    """Whether these are twelve whole numbers that fit in a week, or nothing at all."""
    if not half_hours:
        return True
    return len(half_hours) == MONTHS and all(
        type(one) is int and 0 <= one <= MOST for one in half_hours
    )
