"""Members that are likely to compete: one trade, near each other, the three nearest of each."""

from collections.abc import Sequence
from math import hypot

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maillage.foundation.visibility import neighbours
from maillage.foundation.visibility.neighbours import NEAREST, REACH_METRES, Placed, nearest_pairs

PLACES = st.lists(
    st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=30
)  # kilometres, so that many are at the same distance


def at(*kilometres: tuple[int, int]) -> list[Placed]:
    return [Placed(pk, "10.71C", x * 1000.0, y * 1000.0) for pk, (x, y) in enumerate(kilometres, 1)]


def compared_one_by_one(members: Sequence[Placed]) -> set[tuple[int, int]]:
    """Return the pairs as their definition says, without any shortcut."""
    pairs = set()
    for member in members:
        others = sorted(
            (hypot(member.x - other.x, member.y - other.y), other.pk)
            for other in members
            if other.pk != member.pk
        )
        pairs |= {
            (min(member.pk, pk), max(member.pk, pk))
            for metres, pk in others[:NEAREST]
            if metres <= REACH_METRES
        }
    return pairs


def test_bakeries_farther_than_the_reach_do_not_compete() -> None:
    assert set(nearest_pairs(at((0, 0), (30, 0), (61, 0)))) == {(1, 2)}


def test_each_bakery_brings_its_three_nearest_and_no_more() -> None:
    in_a_row = at((0, 0), (1, 0), (2, 0), (3, 0), (4, 0))
    assert (1, 5) not in set(nearest_pairs(in_a_row))
    assert {(1, 2), (1, 3), (1, 4)} <= set(nearest_pairs(in_a_row))


@given(PLACES)
def test_pairs_are_those_of_comparing_everybody(kilometres: list[tuple[int, int]]) -> None:
    members = at(*kilometres)
    assert set(nearest_pairs(members)) == compared_one_by_one(members)


def test_pairs_do_not_depend_on_how_many_are_compared_at_a_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    members = at(*[(rank % 7 * 5, rank // 7 * 5) for rank in range(40)])
    at_once = set(nearest_pairs(members))
    monkeypatch.setattr(neighbours, "ROWS", 7)
    assert set(nearest_pairs(members)) == at_once == compared_one_by_one(members)
