from dataclasses import replace

import pytest

from maillage.engines.pooling.explain import Relaxation, relaxed
from maillage.engines.pooling.instance import Contract
from tests.engines.pooling.explain_cast import (
    AUGUST,
    DECEMBER,
    change,
    flat,
    instance_of,
    jobs,
    months,
    need,
    told,
)

YEAR = tuple(range(12))


def test_partner_a_little_too_far_is_worth_the_trip() -> None:
    bob, emma = need("bob", flat(17)), need("emma", flat(16), km=31)

    assert change(instance_of(bob, emma), "bob") == Relaxation(
        code="distance",
        details={"metres": 31_000, "job": None},
        partners=("emma",),
        gain_units=12 * 66,
    )


def test_distance_told_is_that_of_the_two_farthest_partners_told_the_largest_first() -> None:
    bob = need("bob", flat(11))
    emma = need("emma", flat(12), km=-18)
    farid = need("farid", flat(10), km=14)

    relaxation = change(instance_of(bob, emma, farid), "bob")

    assert relaxation.code == "distance"
    assert relaxation.details["metres"] == 32_000
    assert relaxation.partners == ("emma", "farid")


def test_nobody_is_asked_to_go_more_than_twice_as_far() -> None:
    bob, emma = need("bob", flat(17)), need("emma", flat(16), km=61)

    assert told(instance_of(bob, emma), "bob").relaxation is None


def test_peak_a_little_too_high_is_shaved() -> None:
    cannery = need("cannery", months({range(8, 9): 41}, elsewhere=19))
    farid = need("farid", months({range(8, 9): 6}, elsewhere=14))

    assert change(instance_of(cannery, farid), "cannery") == Relaxation(
        code="hours_down",
        details={"half_hours": 6, "periods": (AUGUST,), "job": None},
        partners=("farid",),
        gain_units=11 * 66 + 88,
    )


def test_need_too_high_alone_is_shaved_too() -> None:
    cannery = need("cannery", months({range(8, 9): 46}, elsewhere=19))
    farid = need("farid", months({range(8, 9): 0}, elsewhere=14))

    unserved = told(instance_of(cannery, farid), "cannery")

    assert unserved.reason.code == "peak_too_high"
    assert unserved.relaxation is not None
    assert unserved.relaxation.details == {"half_hours": 4, "periods": (AUGUST,), "job": None}


def test_excess_over_the_year_is_taken_off_in_as_few_months_as_can_be() -> None:
    bob, emma = need("bob", flat(19)), need("emma", flat(17.5))

    relaxation = change(instance_of(bob, emma), "bob")

    # 6 h over 12 months: 6 h in one month would do.
    assert relaxation.code == "hours_down"
    assert relaxation.details == {"half_hours": 12, "periods": (0,), "job": None}


def test_need_a_little_too_small_asks_for_the_same_all_year_round() -> None:
    bob, emma = need("bob", flat(14)), need("emma", flat(16))

    assert change(instance_of(bob, emma), "bob") == Relaxation(
        code="hours_up",
        details={"half_hours": 4, "periods": YEAR, "job": None},
        partners=("emma",),
        gain_units=12 * 64,
    )


def test_same_all_year_round_is_asked_though_a_few_months_would_take_a_little_less() -> None:
    bob = need("bob", flat(14))
    emma = need("emma", months({range(5, 6): 17}, elsewhere=16))

    # 23 h are missing over 12 months: 2 h all year round is 24 h.
    assert change(instance_of(bob, emma), "bob").details == {
        "half_hours": 4,
        "periods": YEAR,
        "job": None,
    }


def test_hours_are_added_where_there_is_room_when_some_months_are_full() -> None:
    bob = need("bob", flat(11))
    emma = need("emma", months({range(6, 9): 33}, elsewhere=11))

    # 54 h are missing over 12 months, and the three of summer are full: 6 h in the nine others.
    relaxation = change(instance_of(bob, emma), "bob")

    assert relaxation.code == "hours_up"
    assert relaxation.details["periods"] == (0, 1, 2, 3, 4, 8, 9, 10, 11)
    assert relaxation.details["half_hours"] == 12


def test_month_that_is_short_gets_nothing_when_the_year_is_full() -> None:
    full = Contract("full", 64, 64, 42, 88)
    bob = need("bob", months({range(1, 2): 11, range(2, 3): 23}, elsewhere=16))
    emma = need("emma", months({range(1, 2): 9, range(2, 3): 21}, elsewhere=16))

    unserved = told(replace(instance_of(bob, emma), contract=full), "bob")

    assert unserved.reason.details["missing_half_hours"] == 2
    assert unserved.relaxation is None


def test_need_short_in_one_month_asks_for_more_in_that_month() -> None:
    bob = need("bob", months({range(12, 13): 9}, elsewhere=17))
    emma = need("emma", months({range(12, 13): 8.5}, elsewhere=17))

    assert change(instance_of(bob, emma), "bob") == Relaxation(
        code="hours_up",
        details={"half_hours": 7, "periods": (DECEMBER,), "job": None},
        partners=("emma",),
        gain_units=11 * 68 + 42,
    )


def test_need_is_never_asked_for_more_than_twice_its_hours() -> None:
    bob, emma = need("bob", flat(8)), need("emma", flat(15))

    assert told(instance_of(bob, emma), "bob").relaxation is None
    assert change(instance_of(bob, emma), "emma").details["half_hours"] == 18


def test_need_is_never_asked_to_give_up_more_than_half_its_hours() -> None:
    bob, emma = need("bob", flat(14)), need("emma", flat(29))

    instance = instance_of(bob, emma)

    assert change(instance, "bob").code == "hours_down"
    assert (
        told(instance_of(need("bob", flat(13)), need("emma", flat(30))), "bob").relaxation is None
    )


def test_hours_change_by_the_same_amount_in_every_month_told() -> None:
    cannery = need("cannery", months({range(7, 8): 34, range(8, 9): 36}, elsewhere=18))
    farid = need("farid", months({range(7, 9): 13}, elsewhere=16))

    relaxation = change(instance_of(cannery, farid), "cannery")

    assert relaxation.details == {"half_hours": 10, "periods": (6, 7), "job": None}


def test_weeks_are_told_as_months_are() -> None:
    weeks = [19.0] * 52
    bob, emma = need("bob", [*weeks[:30], 41, *weeks[31:]]), need("emma", [14.0] * 52)

    assert change(instance_of(bob, emma), "bob").details == {
        "half_hours": 22,
        "periods": (30,),
        "job": None,
    }


def test_other_occupation_that_would_complete_the_job_is_told() -> None:
    bob = need("bob", flat(17), occupation="bread")
    emma = need("emma", flat(16), occupation="kitchen")

    assert change(instance_of(bob, emma), "emma") == Relaxation(
        code="occupation",
        details={"a": "bread", "b": "kitchen", "job": None},
        partners=("bob",),
        gain_units=12 * 66,
    )


def test_only_one_pair_of_occupations_may_give_way() -> None:
    bob = need("bob", flat(11), occupation="bread")
    emma = need("emma", flat(11), occupation="kitchen")
    farid = need("farid", flat(11), occupation="hair")
    denis = need("denis", flat(22), occupation="bread")
    needs = (bob, emma, farid, denis)
    enemies = [("bob", "denis"), ("emma", "denis"), ("farid", "denis")]

    two_pairs = instance_of(*needs, related=[("kitchen", "hair")], competitors=enemies)
    one_pair = instance_of(
        *needs, related=[("bread", "kitchen"), ("bread", "hair")], competitors=enemies
    )

    assert change(two_pairs, "bob").code == "competitor"
    assert change(one_pair, "bob").details == {"a": "hair", "b": "kitchen", "job": None}


@pytest.mark.parametrize(
    ("km", "occupation", "competes"),
    [(31, "hair", False), (31, "bread", True), (0, "hair", True)],
    ids=["far and of another trade", "far and a competitor", "a competitor of another trade"],
)
def test_only_one_rule_may_give_way(km: float, occupation: str, *, competes: bool) -> None:
    bob, emma = need("bob", flat(8)), need("emma", flat(25), km=km, occupation=occupation)
    denis, farid = need("denis", flat(16)), need("farid", flat(8))
    competitors = [("bob", "denis"), *([("bob", "emma")] if competes else [])]

    relaxation = change(instance_of(bob, emma, denis, farid, competitors=competitors), "bob")

    assert relaxation.code == "competitor"
    assert relaxation.partners == ("denis", "farid")


def test_distance_between_partners_counts_too() -> None:
    bob = need("bob", flat(11))
    emma, farid = need("emma", flat(11), km=31), need("farid", flat(11), km=-28)
    hair = need("hair", flat(22), occupation="hair")

    # Emma is 1 km too far from Bob, but 29 km too far from Farid.
    assert change(instance_of(bob, emma, farid, hair), "bob").code == "occupation"


def test_one_employer_more_and_another_change_are_two_changes() -> None:
    bob, emma = need("bob", flat(10)), need("emma", flat(11))
    farid, denis = need("farid", flat(10)), need("denis", flat(17))
    short = instance_of(bob, emma, farid, denis, max_employers=2)

    assert change(short, "bob") == Relaxation(
        code="hours_up",
        details={"half_hours": 10, "periods": YEAR, "job": None},
        partners=("denis",),
        gain_units=12 * 64,
    )

    hair = need("hair", flat(12), occupation="hair")
    rival = need("rival", flat(24))
    unrelated = instance_of(bob, emma, hair, rival, max_employers=2, competitors=[("bob", "rival")])
    assert change(unrelated, "bob").code == "competitor"


def test_competitors_are_asked_when_nothing_else_would_serve() -> None:
    bob, emma = need("bob", flat(17)), need("emma", flat(16))

    assert change(instance_of(bob, emma, competitors=[("emma", "bob")]), "bob") == Relaxation(
        code="competitor",
        details={"firm_a": "bob", "firm_b": "emma", "job": None},
        partners=("emma",),
        gain_units=12 * 66,
    )


def test_one_employer_more_than_allowed_may_be_the_change() -> None:
    bob, emma, farid = (need(name, flat(11)) for name in ("bob", "emma", "farid"))

    assert change(instance_of(bob, emma, farid, max_employers=2), "bob") == Relaxation(
        code="employers",
        details={"employers": 3, "job": None},
        partners=("emma", "farid"),
        gain_units=12 * 66,
    )


def test_need_may_enter_a_job_that_it_is_a_little_too_far_from() -> None:
    alice, emma, bob = need("alice", flat(17)), need("emma", flat(16)), need("bob", flat(3), km=33)

    assert change(instance_of(alice, emma, bob), "bob", jobs(["alice", "emma"])) == Relaxation(
        code="distance",
        details={"metres": 33_000, "job": 0},
        partners=("alice", "emma"),
        gain_units=12 * 6,
    )


def test_need_may_enter_a_job_with_fewer_hours() -> None:
    alice, emma = need("alice", flat(17)), need("emma", flat(16))
    bob = need("bob", months({range(8, 9): 14}, elsewhere=1))

    assert change(instance_of(alice, emma, bob), "bob", jobs(["alice", "emma"])) == Relaxation(
        code="hours_down",
        details={"half_hours": 6, "periods": (AUGUST,), "job": 0},
        partners=("alice", "emma"),
        gain_units=11 * 2 + 22,
    )


def test_need_may_enter_a_job_that_is_nearly_full_over_the_year() -> None:
    alice, emma, bob = need("alice", flat(18)), need("emma", flat(17)), need("bob", flat(1.5))

    # Half an hour a week too much over the year: all of Bob's hours in four months.
    assert change(instance_of(alice, emma, bob), "bob", jobs(["alice", "emma"])).details == {
        "half_hours": 3,
        "periods": (0, 1, 2, 3),
        "job": 0,
    }


def test_peak_shaved_may_leave_room_for_two_partners() -> None:
    bob = need("bob", months({range(7, 8): 41}, elsewhere=13))
    emma = need("emma", flat(9))
    farid = need("farid", months({range(7, 8): 0}, elsewhere=11))

    relaxation = change(instance_of(bob, emma, farid), "bob")

    assert relaxation.code == "hours_down"
    assert relaxation.details == {"half_hours": 12, "periods": (6,), "job": None}
    assert relaxation.partners == ("farid", "emma")


def test_need_may_enter_a_full_job_as_one_more_employer() -> None:
    alice, emma, bob = need("alice", flat(17)), need("emma", flat(16)), need("bob", flat(3))

    relaxation = change(
        instance_of(alice, emma, bob, max_employers=2), "bob", jobs(["alice", "emma"])
    )

    assert relaxation.code == "employers"
    assert relaxation.details == {"employers": 3, "job": 0}


def test_needs_served_are_never_taken_from_their_job() -> None:
    bob, emma, farid = (need(name, flat(17)) for name in ("bob", "emma", "farid"))

    assert told(instance_of(bob, emma, farid), "bob", jobs(["emma", "farid"])).relaxation is None


def test_cheapest_change_is_told() -> None:
    bob = need("bob", flat(17))
    hair = need("hair", flat(17), occupation="hair")

    # Half the distance again costs as much as another trade, and one kilometre less is cheaper.
    nearer = need("nearer", flat(17), km=44)
    farther = need("farther", flat(17), km=46)

    assert change(instance_of(bob, hair, nearer), "bob").code == "distance"
    assert change(instance_of(bob, hair, farther), "bob").code == "occupation"


def test_other_trade_is_cheaper_than_trust_between_competitors() -> None:
    bob, emma = need("bob", flat(17)), need("emma", flat(17))
    hair = need("hair", flat(17), occupation="hair")

    instance = instance_of(bob, emma, hair, competitors=[("bob", "emma")])

    assert change(instance, "bob").code == "occupation"


def test_new_job_comes_before_a_place_in_one_at_the_same_cost() -> None:
    alice, emma = (need(name, flat(16), occupation="hair") for name in ("alice", "emma"))
    farid, denis = (need(name, flat(15), occupation="hair") for name in ("farid", "denis"))
    bob = need("bob", flat(3))

    relaxation = change(instance_of(bob, alice, emma, farid, denis), "bob", jobs(["alice", "emma"]))

    assert relaxation.code == "occupation"
    assert relaxation.details["job"] is None
    assert relaxation.partners == ("farid", "denis")


def test_fewer_partners_come_first_at_the_same_cost() -> None:
    bob = need("bob", flat(11), occupation="bread")
    emma = need("emma", flat(11), occupation="kitchen")
    farid = need("farid", flat(11), occupation="hair")
    denis = need("denis", flat(22), occupation="school")

    relaxation = change(
        instance_of(bob, emma, farid, denis, related=[("bread", "kitchen"), ("bread", "hair")]),
        "bob",
    )

    assert relaxation.code == "occupation"
    assert relaxation.partners == ("denis",)


def test_change_applied_leaves_everything_else_as_it_was() -> None:
    bob, emma = need("bob", flat(14)), need("emma", flat(16))
    instance = instance_of(bob, emma)

    after = relaxed(instance, "bob", change(instance, "bob"))

    assert after.need_by_id["bob"].half_hours == (32,) * 12
    assert after.need_by_id["emma"] == emma
    assert after.max_distance_metres == instance.max_distance_metres


def test_change_with_nonsense_in_its_details_is_refused() -> None:
    instance = instance_of(need("bob", flat(14)), need("emma", flat(16)))

    with pytest.raises(TypeError, match="metres of distance is 'far'"):
        relaxed(instance, "bob", Relaxation("distance", {"metres": "far"}, ("emma",), 0))
    with pytest.raises(TypeError, match="the periods of hours_up are 3"):
        relaxed(instance, "bob", Relaxation("hours_up", {"periods": 3}, ("emma",), 0))


def test_change_that_is_none_changes_nothing() -> None:
    instance = instance_of(need("bob", flat(17)), need("emma", flat(16)))

    assert relaxed(instance, "bob", change(instance, "bob")) is instance
