"""Which offers go to which needs, and with which reasons."""

import random
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maillage.engines.matching import (
    MOST_POINTS,
    Instance,
    Match,
    ReasonKind,
    Statement,
    breaches,
    solve,
)
from maillage.engines.matching.checks import is_match, reasons_of
from maillage.engines.matching.solution import objective_of
from tests.engines.matching.statements import (
    BLOIS,
    CONTRES,
    SUMMER,
    VENDOME,
    WINTER,
    question,
    questions,
    statement,
)


def pairs(instance: Instance) -> list[tuple[str, str]]:
    """Return the pairs found, the best first."""
    return [(match.need_id, match.offer_id) for match in solve(instance).solution.matches]


def only(need: Statement, offer: Statement, **more: object) -> Match:
    """Return the one match of a need and an offer."""
    (match,) = solve(question([need], [offer], **more)).solution.matches
    return match


def test_a_match_says_each_of_its_reasons() -> None:
    baker = {"occupation": "D1106", "trade_words": frozenset({"baker"}), "sector": "food"}
    need = statement("n", "bakery", "night oven", half_hours=SUMMER, strength=4, **baker)
    hours = (0, 0, 0, 0, 0, 0, 15, 40, 40, 0, 0, 0)
    offer = statement("o", "inn", "oven", half_hours=hours, place=CONTRES, **baker)
    match = only(need, offer)
    held = {reason.kind: reason.thousandths for reason in match.reasons}
    # Of 90 half-hours asked, 15 in July and 30 in August; 20 of 30 kilometres.
    assert held == {
        "topic": 1000,
        "occupation": 1000,
        "words": 1000,
        "months": 500,
        "near": 1000 - 500 * 20022 // 30000,
        "sector": 1000,
        "strength": 800,
    }
    told = {reason.kind: reason for reason in match.reasons}
    assert told[ReasonKind.WORDS].words == ("oven",)
    assert told[ReasonKind.MONTHS].months == (7, 8)
    assert told[ReasonKind.NEAR].metres == match.metres == 20022
    assert match.points == 1000 + 3 * (1000 + 1000 + 500) + 2 * 667 + 1000 + 800
    assert told[ReasonKind.MONTHS].share == 0.5
    assert match.points < MOST_POINTS == 14_000


def test_a_trade_in_common_is_one_reason_and_not_two() -> None:
    baker = {"occupation": "D1106", "trade_words": frozenset({"baker"}), "place": None}
    need, offer = statement("n", "bakery", **baker), statement("o", "inn", **baker)
    assert pairs(question([need], [offer])) == []
    strong = replace(need, strength=3)
    assert [one.kind for one in only(strong, offer).reasons] == ["topic", "occupation", "strength"]


def test_the_word_of_a_trade_counts_where_codes_differ() -> None:
    need = statement("n", "bakery", trade_words=frozenset({"baker"}))
    offer = statement("o", "inn", trade_words=frozenset({"baker"}), occupation="D1106")
    assert [one.kind for one in only(need, offer).reasons] == ["topic", "words", "near"]


def test_firms_merely_near_have_nothing_to_tell_each_other() -> None:
    need = statement("n", "bakery", "english", sector="food", strength=5, topic="training")
    offer = statement("o", "inn", "welding", sector="food", topic="training")
    assert pairs(question([need], [offer])) == []
    assert pairs(question([need], [replace(offer, words=frozenset({"english"}))])) == [("n", "o")]


def test_one_word_of_many_is_no_reason() -> None:
    need = statement("n", "bakery", "oven night bread van english", strength=5)
    long = statement("o", "inn", "oven lift welding ledger cold")
    assert pairs(question([need], [long])) == []
    assert pairs(question([need], [statement("o", "inn", "oven lift welding ledger")])) == [
        ("n", "o")
    ]


def test_hours_in_no_month_in_common_bar_a_match() -> None:
    need = statement("n", "bakery", "oven", half_hours=SUMMER, strength=5)
    offer = statement("o", "inn", "oven", half_hours=WINTER)
    assert pairs(question([need], [offer])) == []
    assert pairs(question([need], [replace(offer, half_hours=())])) == [("n", "o")]
    assert pairs(question([need], [replace(offer, half_hours=(0,) * 12)])) == [("n", "o")]


def test_far_is_no_reason_and_an_unknown_place_neither() -> None:
    need = statement("n", "bakery", "oven", sector="food")
    far = only(need, statement("o", "inn", "oven", place=VENDOME, sector="food"))
    assert [one.kind for one in far.reasons] == ["topic", "words", "sector"]
    assert far.metres == 30630
    nowhere = only(need, statement("o", "inn", "oven", place=None, sector="food"))
    assert nowhere.metres is None
    nearer = statement("o", "inn", "oven", place=VENDOME, sector="food")
    assert len(only(need, nearer, near_metres=31_000).reasons) == 4


def test_a_topic_that_may_go_with_another_counts_half() -> None:
    need, offer = statement("n", "bakery", "oven"), statement("o", "inn", "oven", topic="other")
    assert only(need, offer).reasons[0].thousandths == 500
    assert pairs(question([need], [replace(offer, topic="training")])) == []


def test_competitors_a_firm_itself_and_what_was_refused_never_meet() -> None:
    need = statement("n", "bakery", "oven")
    offers = [statement(f"o {firm}", firm, "oven") for firm in ("bakery", "rival", "inn", "mill")]
    apart = question([need], offers, ("rival", "bakery"), refused=frozenset({("n", "o mill")}))
    assert pairs(apart) == [("n", "o inn")]


def test_nobody_is_proposed_everything() -> None:
    needs = [statement(f"n{rank}", f"firm {rank}", "oven") for rank in range(6)]
    loved, other = statement("o1", "inn", "oven"), statement("o2", "mill", "oven", place=CONTRES)
    spread = question(needs, [loved, other], offers_per_need=1, needs_per_offer=2)
    assert pairs(spread) == [("n0", "o1"), ("n1", "o1"), ("n2", "o2"), ("n3", "o2")]


@given(questions())
def test_every_match_holds_and_its_reasons_recompute(instance: Instance) -> None:
    result = solve(instance)
    assert breaches(instance, result.solution) == ()
    assert result.objective == objective_of(result.solution)
    for better, worse in pairwise(result.solution.matches):
        assert better.points >= worse.points


@given(questions())
def test_tables_and_plain_python_agree_on_every_pair(instance: Instance) -> None:
    weighed = solve(instance).weighed
    for row, need in enumerate(instance.needs):
        for column, offer in enumerate(instance.offers):
            assert bool(weighed.fits[row, column]) == is_match(instance, need, offer)
            points = sum(reason.points for reason in reasons_of(instance, need, offer))
            assert abs(int(weighed.points[row, column]) - points) <= 2  # a metre's rounding


@given(questions(), st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_nothing(instance: Instance, chance: random.Random) -> None:
    needs, offers = list(instance.needs), list(instance.offers)
    chance.shuffle(needs)
    chance.shuffle(offers)
    shuffled = replace(instance, needs=tuple(needs), offers=tuple(offers))
    assert solve(shuffled).solution == solve(instance).solution


@given(questions())
def test_a_pair_left_out_was_refused_by_better_ones(instance: Instance) -> None:
    result = solve(instance)
    kept = {(match.need_id, match.offer_id): match.points for match in result.solution.matches}
    of_need = {need.statement_id: [0] for need in instance.needs}
    of_offer = {offer.statement_id: [0] for offer in instance.offers}
    for (need_id, offer_id), points in kept.items():
        of_need[need_id].append(points)
        of_offer[offer_id].append(points)
    for row, need in enumerate(instance.needs):
        for column, offer in enumerate(instance.offers):
            pair = (need.statement_id, offer.statement_id)
            if not result.weighed.fits[row, column] or pair in kept:
                continue
            points = int(result.weighed.points[row, column])
            better_offers = [one for one in of_need[pair[0]] if one >= points]
            better_needs = [one for one in of_offer[pair[1]] if one >= points]
            assert (
                len(better_offers) == instance.offers_per_need
                or len(better_needs) == instance.needs_per_offer
            )


@pytest.mark.parametrize("empty", ["needs", "offers"])
def test_nothing_to_match_gives_nothing(empty: str) -> None:
    both = question([statement("n", "bakery", "oven")], [statement("o", "inn", "oven")])
    result = solve(replace(both, **{empty: ()}))
    assert (result.solution.matches, result.objective) == ((), 0)


def test_places_of_the_tests_are_where_they_are_said_to_be() -> None:
    assert BLOIS[0] < VENDOME[0]
