"""A wrong answer is found out, in words."""

from dataclasses import replace

import pytest

from maillage.engines.matching import (
    Match,
    Reason,
    ReasonKind,
    Solution,
    SolutionError,
    breaches,
    solve,
    verify,
)
from tests.engines.matching.statements import SUMMER, WINTER, question, statement

NEED = statement("n", "bakery", "oven", half_hours=SUMMER)
OFFER = statement("o", "inn", "oven", half_hours=SUMMER)
ASKED = question([NEED], [OFFER])
(GOOD,) = solve(ASKED).solution.matches


def told(match: Match, **more: object) -> str:
    """Return what the checks say of an answer of one match, to a question changed somewhat."""
    return "; ".join(breaches(replace(ASKED, **more), Solution((match,))))


def test_a_right_answer_passes() -> None:
    verify(ASKED, Solution((GOOD,)))


def test_what_does_not_exist_is_told() -> None:
    assert told(replace(GOOD, offer_id="x")) == "need n, offer x names what does not exist"


@pytest.mark.parametrize(
    "apart",
    [
        {"kept_apart": frozenset({("bakery", "inn")})},
        {"refused": frozenset({("n", "o")})},
        {"offers": (replace(OFFER, firm_id="bakery"),)},
    ],
)
def test_a_pair_kept_apart_is_told(apart: dict[str, object]) -> None:
    assert told(GOOD, **apart) == "need n, offer o brings together what is kept apart"


def test_too_few_reasons_are_told() -> None:
    first = replace(GOOD, reasons=GOOD.reasons[:1])
    assert "fewer than 2 reasons besides the topic" in told(first)
    assert "is not about one thing" in told(first)


def test_a_reason_that_does_not_recompute_is_told() -> None:
    wrong = Reason(kind=ReasonKind.WORDS, thousandths=1000, words=("van",))
    others = tuple(one for one in GOOD.reasons if one.kind != ReasonKind.WORDS)
    assert "words is Reason(" in told(replace(GOOD, reasons=(*others, wrong)))
    twice = replace(GOOD, reasons=(*GOOD.reasons, GOOD.reasons[0]))
    assert told(twice) == "need n, offer o gives a reason twice"


def test_hours_in_no_month_are_told() -> None:
    winter = replace(OFFER, half_hours=WINTER)
    assert "has hours in no month in common" in told(GOOD, offers=(winter,))


def test_more_than_its_fill_is_told() -> None:
    offers = [replace(OFFER, statement_id=name) for name in ("o", "p")]
    asked = question([NEED], offers)
    found = solve(asked).solution
    tight = replace(asked, offers_per_need=1)
    assert breaches(tight, found) == ("need n has 2 offers",)
    needs = [replace(NEED, statement_id=name) for name in ("n", "m")]
    asked = question(needs, [OFFER])
    tight = replace(asked, needs_per_offer=1)
    assert breaches(tight, solve(asked).solution) == ("offer o has 2 needs",)


def test_a_pair_given_twice_is_told() -> None:
    with pytest.raises(SolutionError, match="need n, offer o is given twice"):
        verify(ASKED, Solution((GOOD, GOOD)))
