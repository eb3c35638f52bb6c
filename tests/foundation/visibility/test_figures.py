"""The fixed breakdowns, read side by side: what one hides, another must not give back."""

from collections.abc import Mapping, Sequence
from dataclasses import fields

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from maillage.foundation.visibility.aggregates import FEWEST, Breakdown
from maillage.foundation.visibility.figures import Member, MemberFigures, figures_of

MEMBERS = st.lists(
    st.builds(
        Member,
        size=st.sampled_from(["1-5", "6-9"]),
        tier=st.sampled_from(["core", "periphery"]),
        activity=st.sampled_from(["bakery", "garage", "joiner"]),
        territory=st.sampled_from(["Blois", "Vendôme"]),
        staff=st.integers(1, 9),
    ),
    min_size=FEWEST,
    max_size=40,
)


def published_sums(members: Sequence[Member], figures: MemberFigures) -> list[list[int]]:
    """Return who is in each published sum of employees, as a reader who knows everyone's cells."""
    found: list[list[int]] = []
    for breakdown_name in (field.name for field in fields(MemberFigures)):
        breakdown: Breakdown = getattr(figures, breakdown_name)
        cells = [str(getattr(member, breakdown_name.removeprefix("by_"))) for member in members]
        found += _sums_of(cells, breakdown)
    return found


def _sums_of(cells: Sequence[str], breakdown: Breakdown) -> list[list[int]]:
    groups: Mapping[str | None, int | None] = {
        **{name: cell.quantity for name, cell in breakdown.cells.items()},
        None: breakdown.others.quantity if breakdown.others else None,
    }
    # A breakdown that only counts firms sums nothing.
    told = [name for name, quantity in groups.items() if quantity]
    rows = [
        [int((cell if cell in breakdown.cells else None) == name) for cell in cells]
        for name in told
    ]
    if breakdown.total is not None and breakdown.total.quantity:
        rows.append([1] * len(cells))
    return rows


@settings(max_examples=200, deadline=None)
@given(MEMBERS)
def test_no_sum_over_fewer_than_five_firms_follows_from_the_published_ones(
    members: list[Member],
) -> None:
    sums = np.array(published_sums(members, figures_of(members)), dtype=float)
    if not len(sums):
        return
    # Firms that stand in the same sums cannot be told apart; each such group is a candidate.
    for together in {tuple(column) for column in sums.T}:
        group = np.equal(sums.T, together).all(axis=1).astype(float)
        with_group = np.vstack([sums, group])
        if np.linalg.matrix_rank(with_group) == np.linalg.matrix_rank(sums):
            assert group.sum() >= FEWEST


def test_employees_are_summed_by_activity_and_nowhere_else() -> None:
    members = [Member("1-5", "core", "bakery", "Blois", 3)] * 6
    figures = figures_of(members)
    assert figures.by_activity.cells["bakery"].quantity == 18
    for breakdown in (figures.by_size, figures.by_tier, figures.by_territory):
        assert breakdown.total is not None
        assert breakdown.total.quantity == 0
