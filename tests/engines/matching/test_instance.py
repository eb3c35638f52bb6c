"""What makes no sense is told with its row and its field."""

import pytest

from maillage.engines.matching import InstanceError
from tests.engines.matching.statements import question, statement


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"strength": 0}, "strength"),
        ({"strength": 6}, "strength"),
        ({"half_hours": (1,) * 11}, "half_hours"),
        ({"half_hours": (337,) * 12}, "half_hours"),
        ({"half_hours": (-1,) * 12}, "half_hours"),
        ({"place": (91.0, 0.0)}, "place"),
        ({"place": (0.0, float("nan"))}, "place"),
    ],
)
def test_a_value_that_makes_no_sense_is_told(wrong: dict[str, object], field: str) -> None:
    with pytest.raises(InstanceError) as caught:
        question([], [statement("o1", "garage", **wrong)])
    assert (caught.value.row, caught.value.field) == ("offer o1", field)


def test_a_statement_is_given_once() -> None:
    twice = [statement("n1", "bakery"), statement("n1", "garage")]
    with pytest.raises(InstanceError, match="need n1, statement_id: is given twice"):
        question(twice, [])
    question([statement("n1", "bakery")], [statement("n1", "garage")])  # a need and an offer


@pytest.mark.parametrize("limit", ["near_metres", "offers_per_need", "needs_per_offer"])
def test_limits_are_at_least_one(limit: str) -> None:
    with pytest.raises(InstanceError, match=f"limits, {limit}"):
        question([], [], **{limit: 0})


def test_pairs_are_sorted_and_of_two() -> None:
    with pytest.raises(InstanceError, match="pair a, a, kept_apart"):
        question([], [], ("a", "a"))
