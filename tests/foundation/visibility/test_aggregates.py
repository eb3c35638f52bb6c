"""Figures from which nothing about one firm can be worked out."""

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from maillage.foundation.visibility.aggregates import (
    FEWEST,
    LARGEST_SHARE,
    Answer,
    Cell,
    hides_enough,
    protected,
)

ANSWERS = st.lists(st.builds(Answer, st.sampled_from("abcdefg"), st.integers(0, 40)), max_size=60)


def counted(**cells: int) -> list[Answer]:
    return [Answer(name) for name, count in cells.items() for _ in range(count)]


def test_fewer_than_five_answers_show_nothing_at_all() -> None:
    breakdown = protected(counted(bakery=3, garage=1))
    assert (breakdown.cells, breakdown.others, breakdown.total) == ({}, None, None)


def test_cells_of_five_or_more_are_shown() -> None:
    breakdown = protected(counted(bakery=5, garage=8))
    assert breakdown.cells == {"bakery": Cell(5, 0), "garage": Cell(8, 0)}
    assert breakdown.others is None
    assert breakdown.total == Cell(13, 0)


def test_small_cells_are_put_together_without_their_names() -> None:
    breakdown = protected(counted(bakery=9, garage=3, joiner=4))
    assert breakdown.cells == {"bakery": Cell(9, 0)}
    assert breakdown.others == Cell(7, 0)


def test_a_single_small_cell_takes_the_smallest_shown_one_with_it() -> None:
    # 21 less 9 less 9 would give the garages away.
    breakdown = protected(counted(bakery=9, garage=3, joiner=9))
    assert breakdown.cells == {"joiner": Cell(9, 0)}
    assert breakdown.others == Cell(12, 0)


def test_others_that_could_only_be_one_thing_take_one_more_cell() -> None:
    # One garage beside five bakeries: a sum of 6 would say so, 13 does not.
    breakdown = protected(counted(garage=1, bakery=5, joiner=7, roofer=9))
    assert breakdown.cells == {"roofer": Cell(9, 0)}
    assert breakdown.others == Cell(13, 0)


def test_quantity_made_up_for_more_than_a_quarter_by_one_firm_is_not_shown() -> None:
    large = [Answer("garage", quantity) for quantity in (30, 10, 10, 10, 10)]
    even = [Answer("bakery", 10)] * 20
    more = [Answer("joiner", 10)] * 20
    breakdown = protected([*large, *even, *more])
    assert breakdown.cells["garage"].quantity is None
    # Nor is a second one: subtraction would give the first away.
    assert [cell.quantity for cell in breakdown.cells.values()].count(None) == 2
    assert breakdown.total is not None
    assert breakdown.total.quantity == 470


def test_firms_of_which_nothing_is_known_are_a_cell_like_another() -> None:
    breakdown = protected([*counted(bakery=7, garage=3, joiner=3), *[Answer("")] * 6])
    assert breakdown.cells == {"": Cell(6, 0), "bakery": Cell(7, 0)}
    assert breakdown.others == Cell(6, 0)


@given(ANSWERS)
def test_whatever_is_shown_adds_up_and_rests_on_five_answers(answers: list[Answer]) -> None:
    breakdown = protected(answers)
    shown = [*breakdown.cells.values(), *([breakdown.others] if breakdown.others else [])]
    assert all(cell.answers >= FEWEST for cell in shown)
    if shown:
        assert breakdown.total is not None
        assert sum(cell.answers for cell in shown) == breakdown.total.answers == len(answers)


@given(ANSWERS)
def test_no_sum_that_can_be_had_by_subtraction_is_ruled_by_one_answer(
    answers: list[Answer],
) -> None:
    breakdown = protected(answers)
    if breakdown.total is None or breakdown.total.quantity is None:
        return
    named = dict(breakdown.cells)
    for name, cell in named.items():
        if cell.quantity is not None:
            assert_spread([one.quantity for one in answers if one.cell == name])
    groups = {answer.cell if answer.cell in named else "" for answer in answers}
    hidden = {
        group
        for group in groups
        if (named[group] if group in named else breakdown.others or Cell(0, 0)).quantity is None
    }
    if hidden and hidden != groups:
        rest = [
            one.quantity for one in answers if (one.cell if one.cell in named else "") in hidden
        ]
        assert_spread(rest)


def assert_spread(quantities: list[int]) -> None:
    total = sum(quantities)
    assert total == 0 or max(quantities) <= LARGEST_SHARE * total


@given(st.lists(st.integers(1, 9), min_size=1, max_size=4))
def test_hidden_cells_keep_two_possible_values_for_who_knows_the_rule(counts: list[int]) -> None:
    small = [count < FEWEST for count in counts]
    total = sum(counts)
    possible = [
        values
        for values in product(
            *[range(1, FEWEST) if one else range(FEWEST, total + 1) for one in small]
        )
        if sum(values) == total
    ]
    free = all(len({values[i] for values in possible}) > 1 for i in range(len(counts)))
    assert hides_enough(counts) == (free and total >= FEWEST)
