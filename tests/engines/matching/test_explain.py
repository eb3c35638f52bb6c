"""Why a need is left alone."""

from dataclasses import replace

import pytest
from hypothesis import given

from maillage.engines.matching import Instance, Lone, Why, solve
from tests.engines.matching.statements import SUMMER, WINTER, question, questions, statement

NEED = statement("n", "bakery", "oven", half_hours=SUMMER)
FITS = statement("o", "inn", "oven", half_hours=SUMMER)


@pytest.mark.parametrize(
    ("offer", "why"),
    [
        (replace(FITS, topic="export"), Why.NO_OFFER),
        (replace(FITS, words=frozenset({"lift"})), Why.ANOTHER_THING),
        (replace(FITS, half_hours=WINTER), Why.OTHER_MONTHS),
        (replace(FITS, half_hours=(), place=None), Why.TOO_FEW_REASONS),
        (replace(FITS, firm_id="bakery"), Why.KEPT_APART),
    ],
)
def test_a_need_left_alone_says_why(offer: object, why: Why) -> None:
    lone = solve(question([NEED], [offer])).explain()  # type: ignore[list-item]  # a statement
    assert lone == (Lone("n", why, 1),)


def test_a_need_whose_offers_suit_others_better_says_so() -> None:
    better = replace(NEED, statement_id="m", firm_id="mill", strength=5)
    lone = solve(question([NEED, better], [FITS], needs_per_offer=1)).explain()
    assert lone == (Lone("n", Why.TAKEN, 1),)


def test_without_any_offer_there_is_none() -> None:
    assert solve(question([NEED], [])).explain() == (Lone("n", Why.NO_OFFER, 0),)


@given(questions())
def test_a_need_is_either_matched_or_explained(instance: Instance) -> None:
    result = solve(instance)
    matched = {match.need_id for match in result.solution.matches}
    lone = {one.need_id for one in result.explain()}
    assert matched | lone == {need.statement_id for need in instance.needs}
    assert matched & lone == set()
